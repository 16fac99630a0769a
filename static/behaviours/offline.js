// What a page does so that the phone can work without signal: it tells the worker whose page it is, and shows how sending
// goes. The worker does the rest. Preparing a phone has a file of its own.
const meta = (name) => {
  const found = document.querySelector(`meta[name="${name}"]`)
  return found && found.content
}
const container = navigator.serviceWorker
const madeHere = document.body.dataset.phone !== undefined
const EVERY_MINUTE = 60000
const TYPING_EVERY = 30000
const SOON = 10000
// A worker holds this page and was not asked for it: the browser goes past it.
const [asked] = performance.getEntriesByType('navigation')
let isPassedBy = !madeHere && container && container.controller && asked && !(asked.workerStart > 0)

export const tellWorker = (message) => container && container.controller && container.controller.postMessage(message)

// Whoever is signed in, also one without field work: the phone must know whose page it shows.
if (container && (madeHere || meta('siks-user'))) {
  container.addEventListener('message', ({ data }) => HEARD[data.kind] && HEARD[data.kind](data))
  // A new version has taken over: what it says about itself is old.
  container.addEventListener('controllerchange', () => isPassedBy ? beginAgain() : document.querySelector('[data-new-version]') && location.reload())
  if (isPassedBy) replaceWorker().catch(tellWho)
  else tellWho()
  window.addEventListener('online', () => tellWorker({ kind: 'sync' }))
  setInterval(() => document.hidden || tellWorker({ kind: 'sync' }), EVERY_MINUTE)
  document.addEventListener('htmx:afterSettle', offerToKeep)
  offerToKeep()
}

function tellWho() {
  tellWorker(meta('siks-user') ? { kind: 'user', id: meta('siks-user') } : { kind: 'sync' })
}

// The page comes home when the new one knows whose it is.
function beginAgain() {
  isPassedBy = false
  tellWho()
}

function offerToKeep() {
  document.querySelectorAll('[data-persist]').forEach((button) => { button.hidden = !navigator.storage || !navigator.storage.persist })
}

const HEARD = {
  // Not past a worker that is being replaced: a page asked of it in its last moment would never come.
  door: ({ door }) => door !== 'none' && !madeHere && !isPassedBy && comeHome(),
  sending: ({ status }) => showSending(status),
}

// The server made this page, but this phone has the officer's tasks and answers for them itself. Not twice in a row: no
// phone shall go round in circles.
function comeHome() {
  const before = Number(sessionStorage.getItem('home'))
  if (!/^\/field(\/|$)/.test(location.pathname) || Date.now() - before < SOON) return
  sessionStorage.setItem('home', String(Date.now()))
  location.reload()
}

// Whoever came home may leave and come again at once.
if (madeHere) sessionStorage.removeItem('home')

// A worker that is passed by has come to harm: a battery went empty while the browser wrote it down. It stays so until
// another takes over; what lies on the phone is not its own. Nothing is said to it before: the browser lets nobody take
// over from a worker that is busy. Where there is no other, it can still send.
async function replaceWorker() {
  const registration = await container.getRegistration()
  const next = () => registration.waiting || registration.installing
  if (!next()) await registration.update()
  if (next()) next().postMessage({ kind: 'take-over' })
  else tellWho()
}

// A page taken back out of the browser's memory may be from before the phone was locked.
window.addEventListener('pageshow', ({ persisted }) => persisted && madeHere && location.reload())

// While somebody types, the phone does not lock itself.
let typedAt = 0
document.addEventListener('input', () => {
  if (!madeHere || performance.now() - typedAt < TYPING_EVERY) return
  typedAt = performance.now()
  tellWorker({ kind: 'active' })
})

document.addEventListener('submit', (event) => {
  if (!event.target.hasAttribute('data-send-now') || !container || !container.controller) return
  event.preventDefault()
  wanted = true
  tellWorker({ kind: 'sync', force: true })
})

document.addEventListener('click', ({ target }) => {
  if (target.closest && target.closest('[data-persist]')) navigator.storage.persist().then(() => location.reload())
})

let wanted = false

function showSending({ running, sent, total, sentence, next, tone, halt }) {
  const box = document.querySelector('[data-sending]')
  if (!box) return
  box.className = `notice ${tone}`
  box.querySelector('[data-sending-words]').textContent = sentence
  const what = box.querySelector('[data-sending-next]')
  what.textContent = next || ''
  what.hidden = !next
  box.querySelector('[data-sending-sign-in]').hidden = halt !== 'signed_out'
  const bar = box.querySelector('[data-sending-bar]')
  bar.hidden = !running || !total
  bar.max = total || 1
  bar.value = sent
  if (running || !wanted) return
  // The list below is told anew as well.
  wanted = false
  location.reload()
}
