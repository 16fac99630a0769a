// A refusal is read out first, and every line of it leads to its field.
const anchored = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))

document.addEventListener('click', (event) => {
  const link = event.target.closest('.problem a[href^="#"]')
  const field = link && anchored(link)
  if (!field) return
  event.preventDefault()
  const folded = field.closest('details')
  if (folded) folded.open = true
  field.scrollIntoView({ block: 'center' })
  field.focus({ preventScroll: true })
})

document.addEventListener('htmx:afterSwap', ({ target }) => {
  if (target.id === 'pesan') meet()
})

function meet() {
  const problem = document.querySelector('main .problem')
  if (!problem) return
  problem.querySelectorAll('a[href^="#"]').forEach((link) => {
    const field = anchored(link)
    if (!field) return
    if (field.matches('input, select, textarea')) field.setAttribute('aria-invalid', 'true')
    const box = field.closest('.field')
    if (box) box.classList.add('wrong')
  })
  problem.focus()
}

meet()
