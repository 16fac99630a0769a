// One box ticks all boxes of its form that bear the name it tells. Hidden until now: without script it could do nothing.
const offer = () => document.querySelectorAll('[data-choose-all]').forEach((label) => { label.hidden = false })

document.addEventListener('change', ({ target }) => {
  const label = target.closest('[data-choose-all]')
  if (!label) return
  target.form.querySelectorAll(`input[type=checkbox][name="${label.dataset.chooseAll}"]`).forEach((box) => { box.checked = target.checked })
})

document.addEventListener('htmx:afterSettle', offer)
offer()
