// One press, one post; and a warning before typed work is left behind.
const dirty = new Set()
const PATIENCE = 20000

document.addEventListener('input', ({ target: { form } }) => {
  if (form && form.dataset.guard === 'dirty') dirty.add(form)
})

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.dataset.sending) return event.preventDefault()
  dirty.delete(form)
  if (!form.dataset.guard || event.defaultPrevented || usesHtmx(form)) return
  form.dataset.sending = 'yes'
  // Later, so that the pressed button's own name and value still travel with the form.
  setTimeout(() => buttons(form).forEach((button) => { button.disabled = true }))
  setTimeout(() => release(form), PATIENCE)
})

// Refused or not arrived: what was typed is still unsaved.
for (const name of ['htmx:responseError', 'htmx:sendError']) {
  document.addEventListener(name, ({ target }) => {
    if (target.dataset && target.dataset.guard === 'dirty') dirty.add(target)
  })
}

// Kept already, bit by bit.
document.addEventListener('siks:saved', ({ target }) => dirty.delete(target))

// A page taken back out of the browser's memory must be usable again.
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sending]').forEach(release))

const isUnsaved = () => [...dirty].some((form) => form.isConnected)

// The browser's own question stands before a whole page alone.
document.addEventListener('htmx:confirm', (event) => {
  const link = event.target
  if (link.tagName !== 'A' || link.hasAttribute('hx-get') || !isUnsaved()) return
  event.preventDefault()
  location.assign(link.href)
})

window.addEventListener('beforeunload', (event) => {
  if (!isUnsaved()) return
  event.preventDefault()
  event.returnValue = ''
})

const usesHtmx = (form) => window.htmx && (form.hasAttribute('hx-post') || form.hasAttribute('hx-get'))
const buttons = (form) => form.querySelectorAll('button:not([type=button])')

function release(form) {
  delete form.dataset.sending
  buttons(form).forEach((button) => { button.disabled = false })
}
