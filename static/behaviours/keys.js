// Shortcuts. Those a page names itself (data-key, only inside [data-keys]); in every list j and k, or the arrows once a row
// has the focus, go from row to row, x ticks its box; ? tells them all. Never while typing or looking at a photo.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
  if (document.querySelector('dialog[open]')) return
  const act = ownKey(event.key) || listKey(event)
  if (!act) return
  event.preventDefault()
  act()
})

const isTyping = ({ tagName, type }) =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(tagName) && !/^(radio|checkbox|button|submit)$/.test(type)

function ownKey(key) {
  const found = [...document.querySelectorAll('[data-keys] [data-key]')].find((element) =>
    element.dataset.key.toLowerCase() === key.toLowerCase() && element.offsetParent && !element.checked)
  return found && (() => {
    found.focus()
    found.click()
  })
}

const isSeen = (element) => element.offsetParent !== null
const handleOf = (row) => row.querySelector('.lead a[href]') || row.querySelector('.lead input') || row.querySelector('a[href], input, button')
const rowsOf = () => [...document.querySelectorAll('main .table tbody tr')].filter((row) => isSeen(row) && handleOf(row))

function listKey({ key, target }) {
  if (key === '?') return tellKeys
  const row = target.closest('main .table tbody tr')
  const arrows = row && target.type !== 'radio'
  if (key === 'j' || (key === 'ArrowDown' && arrows)) return step(row, 1)
  if (key === 'k' || (key === 'ArrowUp' && arrows)) return step(row, -1)
  const box = key === 'x' && row && row.querySelector('input[type=checkbox]')
  return box && (() => box.click())
}

function step(row, by) {
  const rows = rowsOf()
  const next = row ? rows[rows.indexOf(row) + by] : rows[by > 0 ? 0 : rows.length - 1]
  return next && (() => {
    handleOf(next).focus()
    next.scrollIntoView({ block: 'nearest' })
  })
}

const KEYS = [['/ atau Ctrl+K', 'Cari'], ['j / k', 'Baris berikutnya / sebelumnya'], ['↑ ↓', 'Pindah baris, bila sebuah baris terpilih'], ['Enter', 'Buka baris'], ['x', 'Centang baris'], ['?', 'Pintasan ini'], ['Esc', 'Tutup']]

function tellKeys() {
  const dialog = document.createElement('dialog')
  dialog.className = 'palette'
  dialog.setAttribute('aria-labelledby', 'pintasan')
  const own = [...document.querySelectorAll('[data-keys] [data-key]')].filter(isSeen).map((element) => [element.dataset.key.toUpperCase(), wordsOf(element)])
  const title = dialog.appendChild(document.createElement('h2'))
  title.id = 'pintasan'
  title.textContent = 'Pintasan papan ketik'
  const list = dialog.appendChild(document.createElement('dl'))
  list.className = 'keys'
  for (const [key, words] of [...KEYS, ...own]) {
    const line = list.appendChild(document.createElement('div'))
    line.appendChild(document.createElement('dt')).appendChild(document.createElement('kbd')).textContent = key
    line.appendChild(document.createElement('dd')).textContent = words
  }
  const close = dialog.appendChild(document.createElement('button'))
  close.className = 'button secondary'
  close.textContent = 'Tutup'
  close.addEventListener('click', () => dialog.close())
  const before = document.activeElement
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (document.activeElement === document.body && before && before.isConnected) before.focus()
  })
  dialog.addEventListener('keydown', ({ key }) => { if (key === 'Escape') dialog.close() })
  document.body.appendChild(dialog).showModal()
}

// Without the hint that stands in the button itself.
const wordsOf = (element) => {
  const copy = element.cloneNode(true)
  copy.querySelectorAll('kbd').forEach((hint) => hint.remove())
  const picture = copy.querySelector('img')
  return copy.textContent.trim() || (picture ? picture.alt : '')
}

// A question opened by key or press takes the cursor to its first field.
document.addEventListener('toggle', ({ target }) => {
  if (!target.open || !target.matches('.confirm')) return
  const first = target.querySelector('.confirm-panel input:not([type=hidden]), textarea, select')
  if (first) first.focus()
}, true)
