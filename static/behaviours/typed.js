// The phone keeps what stands in a form before it is saved: a call comes in, and the system takes this page's memory back.
const SOON = 1500
let waiting

const madeHere = () => document.body.dataset.phone !== undefined

function keepLater(form) {
  if (!madeHere() || !form || form.dataset.keepTyped === undefined) return
  if (waiting && waiting.form !== form) keep()
  if (waiting) clearTimeout(waiting.timer)
  waiting = { form, timer: setTimeout(keep, SOON) }
}

function keep() {
  if (!waiting) return
  const { form } = waiting
  stop()
  // What cannot be kept now is still on the page.
  fetch(`${form.getAttribute('action')}/typed`, {
    method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams(new FormData(form)), keepalive: true,
  }).catch(() => undefined)
}

function stop() {
  if (waiting) clearTimeout(waiting.timer)
  waiting = undefined
}

for (const happening of ['input', 'change']) document.addEventListener(happening, ({ target }) => keepLater(target.form))
document.addEventListener('visibilitychange', () => document.hidden && keep())
window.addEventListener('pagehide', keep)
// It is being saved, or thrown away; another form of the page takes the page away.
document.addEventListener('submit', ({ target }) => {
  if (waiting && (waiting.form === target || target.action.endsWith('/typed/removal'))) stop()
  else keep()
})
