// The row of steps scrolls sideways on a phone: bring the open page's step into sight.
const showStep = () => document.querySelectorAll('.steps .current').forEach((step) => {
  step.closest('.steps').scrollLeft = step.offsetLeft - 16
})

document.addEventListener('htmx:afterSettle', showStep)
showStep()
