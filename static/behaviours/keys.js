// Shortcuts of the checking page: only inside [data-keys], never while typing or looking at a photo.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
  if (document.querySelector('dialog[open]')) return
  const found = [...document.querySelectorAll('[data-keys] [data-key]')].find((element) =>
    element.dataset.key.toLowerCase() === event.key.toLowerCase() && element.offsetParent && !element.checked)
  if (!found) return
  event.preventDefault()
  found.focus()
  found.click()
})

const isTyping = ({ tagName, type }) =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(tagName) && !/^(radio|checkbox|button|submit)$/.test(type)

// A question opened by key or press takes the cursor to its first field.
document.addEventListener('toggle', ({ target }) => {
  if (!target.open || !target.matches('.confirm')) return
  const first = target.querySelector('.confirm-panel input:not([type=hidden]), textarea, select')
  if (first) first.focus()
}, true)
