// Makes this phone ready to work without signal: the worker and its files first, then the pack, under a new PIN.
const page = document.querySelector('[data-prepare]')
const worker = document.querySelector('meta[name="siks-worker"]')
const part = (name) => document.querySelector(`[data-prepare-${name}]`)
const able = navigator.serviceWorker && window.indexedDB && window.caches && window.crypto && crypto.subtle

if (page && worker && able) {
  part('old').hidden = true
  page.hidden = false
  install().then(askAbility).catch(() => undefined)
  page.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault()
    prepare(event.target)
  })
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data.kind === 'preparing') say(`Mengunduh daftar tugas: ${Math.ceil(data.bytes / 1000)} kB…`)
  })
}

// Resolves when the worker answers for this page.
async function install() {
  const registration = await navigator.serviceWorker.register(worker.content, { scope: '/' })
  const coming = registration.installing
  await new Promise((resolve, reject) => {
    if (navigator.serviceWorker.controller) return resolve()
    navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true })
    if (coming) coming.addEventListener('statechange', () => coming.state === 'redundant' && reject(new Error('not whole')))
  })
}

async function askAbility() {
  const { able: isAble } = await (await fetch('/field/device/status', { headers: { Accept: 'application/json' } })).json()
  if (isAble !== false) return
  part('old').hidden = false
  page.hidden = true
}

async function prepare(form) {
  busy(form, true)
  try {
    say('Memasang SIKS di HP ini…')
    await install()
    say('Menghubungi server…')
    const body = new URLSearchParams(new FormData(form))
    const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body })
    const { ready, problem } = await answer.json()
    if (!ready) return refuse(form, problem)
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist()
    location.assign('/field/device')
  } catch {
    refuse(form, { message: 'Unduhan belum utuh. Coba lagi di tempat yang sinyalnya lebih baik.' })
  }
}

function refuse(form, { code, message, fields = {} }) {
  busy(form, false)
  const box = part('problem')
  box.className = 'notice bad'
  box.textContent = [Object.keys(fields).length > 0 ? '' : message, ...Object.values(fields)].filter(Boolean).join(' ')
  if (code !== 'unauthenticated') return
  const link = box.appendChild(document.createElement('a'))
  link.href = '/session?next=/field/device'
  link.textContent = ' Masuk'
}

function busy(form, isBusy) {
  form.hidden = isBusy
  part('progress').hidden = !isBusy
  part('problem').className = ''
  part('problem').textContent = ''
}

const say = (words) => { part('words').textContent = words }
