// The search box over any page, by "/" or Ctrl+K or the glass in the head. Without script the glass leads to a page of
// its own. Not on pages the phone itself makes: they have no glass.
const glass = () => document.querySelector('[data-palette]')
let dialog
let before

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest('[data-palette]')) return
  if (open()) event.preventDefault()
})

document.addEventListener('keydown', (event) => {
  const isK = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k'
  const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, textarea, select, dialog')
  if (!isK && !isSlash) return
  if (open()) event.preventDefault()
})

// False where there is no box to open.
function open() {
  const link = glass()
  if (!link || !window.htmx || !window.HTMLDialogElement) return false
  const own = document.querySelector('main [data-finder] input[type=search]')
  if (own) {
    own.focus()
    own.select()
    return true
  }
  if (dialog && dialog.open) return true
  if (document.querySelector('dialog[open]')) return false
  before = document.activeElement
  dialog = dialog || document.body.appendChild(made())
  dialog.showModal()
  window.htmx.ajax('GET', link.getAttribute('href'), { target: dialog, swap: 'innerHTML' }).then(() => {
    const box = dialog.querySelector('input[type=search]')
    if (box) box.focus()
    else location.assign(link.href)
  })
  return true
}

function made() {
  const element = document.createElement('dialog')
  element.className = 'palette'
  element.setAttribute('aria-label', 'Cari')
  element.addEventListener('click', (event) => { if (event.target === element) element.close() })
  // A search field would only empty itself at the first press.
  element.addEventListener('keydown', (event) => { if (event.key === 'Escape') element.close() })
  element.addEventListener('close', () => {
    element.textContent = ''
    // Newer browsers have given the focus back by themselves, and somebody may have gone on from there.
    if (document.activeElement === document.body && before && before.isConnected) before.focus()
  })
  return element
}

// In the box: arrows go from the field to the results and among them; Enter in the field opens the first, once the
// results are those of what is written there.
document.addEventListener('keydown', (event) => {
  const box = event.target.closest('[data-finder]')
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return
  const field = box.querySelector('input[type=search]')
  const stops = [field, ...box.querySelectorAll('a.found')]
  const at = stops.indexOf(event.target)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step && at >= 0) {
    event.preventDefault()
    stops[(at + step + stops.length) % stops.length].focus()
  } else if (event.key === 'Enter' && event.target === field && stops[1] && box.querySelector('#temuan').dataset.q === field.value.trim() && field.value.trim()) {
    event.preventDefault()
    stops[1].click()
  } else if (at > 0 && event.key.length === 1 && event.key !== ' ') field.focus()
})
