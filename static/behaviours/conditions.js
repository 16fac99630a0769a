// Shows a question while its conditions hold, by the answers on this page. Without script it stays, with its hint.
const valueOf = (path) => {
  const fields = [...document.getElementsByName(path)]
  const chosen = fields.find((field) => field.checked) || fields.find((field) => field.type !== 'radio' && field.type !== 'checkbox')
  return chosen && chosen.value
}

function ageAt(path) {
  const born = valueOf(path.replace(/age$/, 'birthDate'))
  if (!born) return valueOf(path)
  const [date, now] = [new Date(born), new Date()]
  const had = now.getMonth() > date.getMonth() || (now.getMonth() === date.getMonth() && now.getDate() >= date.getDate())
  return String(now.getFullYear() - date.getFullYear() - (had ? 0 : 1))
}

function holds({ path, in: allowed, from, to }) {
  const value = path.endsWith('.age') ? ageAt(path) : valueOf(path)
  if (value === undefined || value === '') return false
  if (allowed) return allowed.some((one) => String(one) === value)
  return Number(value) >= from && (to === undefined || Number(value) <= to)
}

function refresh() {
  document.querySelectorAll('[data-asked-when]').forEach((box) => {
    box.hidden = !JSON.parse(box.dataset.askedWhen).every(holds)
  })
}

document.addEventListener('change', refresh)
document.addEventListener('htmx:afterSettle', refresh)
refresh()
