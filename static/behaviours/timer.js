// Time with the page in front of the officer, by the clock that nobody can set. Written when the form is sent.
let active = 0
let since = document.hidden ? null : performance.now()

document.addEventListener('visibilitychange', () => {
  if (document.hidden && since !== null) active += performance.now() - since
  since = document.hidden ? null : performance.now()
})

// Another page, in the same document.
document.addEventListener('htmx:afterSwap', ({ detail: { boosted } }) => {
  if (!boosted) return
  active = 0
  since = document.hidden ? null : performance.now()
})

document.addEventListener('submit', ({ target: form }) => {
  const field = form.querySelector('input[data-timer]')
  if (!field) return
  field.dataset.before = field.dataset.before || field.value || '0'
  const now = active + (since === null ? 0 : performance.now() - since)
  field.value = String(Math.round(Number(field.dataset.before) + now))
}, true)
