// "Cetak" and "Kembali" mean nothing without script: the first is hidden until now, the second is a link anyway.
const offer = () => document.querySelectorAll('[data-print]').forEach((button) => { button.hidden = false })

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print()
  if (!event.target.closest('[data-back]') || history.length < 2) return
  event.preventDefault()
  history.back()
})

document.addEventListener('htmx:afterSettle', offer)
offer()
