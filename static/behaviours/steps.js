// A row of steps or of tabs scrolls sideways on a phone: bring the one that is open into sight.
const showStep = () => document.querySelectorAll('.steps .current, .tabs [aria-current]').forEach((step) => {
  step.closest('.steps, .tabs ul').scrollLeft = step.offsetLeft - 16
})

document.addEventListener('htmx:afterSettle', showStep)
showStep()
