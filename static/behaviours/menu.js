// The menu is a row that scrolls on a phone; the page one is on should be in sight.
const current = document.querySelector('.navigation [aria-current]')
const row = current && current.closest('ul')
if (row) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
