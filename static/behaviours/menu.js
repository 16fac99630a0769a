// A menu in one row scrolls on a phone; the page one is on should be in sight.
const current = document.querySelector('.navigation [aria-current]')
const row = current && current.closest('.navigation > ul')
if (row) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2

// An open group lies over the page: it closes by Escape, by a look elsewhere and when the next one opens.
const groups = () => [...document.querySelectorAll('.navigation details[open]')]
const closeOthers = ({ target }) => groups().filter((group) => !group.contains(target)).forEach((group) => { group.open = false })
document.addEventListener('click', closeOthers)
document.addEventListener('focusin', closeOthers)
document.addEventListener('keydown', ({ key }) => {
  const [group] = key === 'Escape' ? groups() : []
  if (!group) return
  group.open = false
  group.querySelector('summary').focus()
})
