// Keys of the device: asks the server what to sign, the browser to have it signed, and sends the form with what came of it.
// The conversions are by hand: browsers know them by themselves only since 2024.
const able = window.PublicKeyCredential && navigator.credentials
const CANCELLED = 'Dibatalkan, atau waktunya habis. Coba sekali lagi.'
const WORDS = { NotAllowedError: CANCELLED, AbortError: CANCELLED, InvalidStateError: 'Perangkat ini sudah punya kunci untuk akun Anda.' }

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const opened = (keys) => keys && keys.map((key) => ({ ...key, id: bytes(key.id) }))

async function ask(form) {
  const answer = await fetch(`${form.action}/challenge`, { method: 'POST', headers: { Accept: 'application/json' } })
  const { options, problem } = await answer.json()
  if (problem) throw Object.assign(new Error(problem.code), { words: problem.message })
  const publicKey = { ...options, challenge: bytes(options.challenge), excludeCredentials: opened(options.excludeCredentials), allowCredentials: opened(options.allowCredentials) }
  if (publicKey.user) publicKey.user = { ...publicKey.user, id: bytes(publicKey.user.id) }
  return navigator.credentials[form.dataset.passkey]({ publicKey })
}

function written({ id, rawId, type, response }) {
  const fields = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) fields[name] = text(response[name])
  }
  if (response.getTransports) fields.transports = response.getTransports()
  return JSON.stringify({ id, rawId: text(rawId), type, response: fields, clientExtensionResults: {} })
}

document.addEventListener('submit', async (event) => {
  const form = event.target
  if (!form.dataset.passkey) return
  event.preventDefault()
  const [button, state] = [form.querySelector('button'), form.querySelector('[data-passkey-state]')]
  button.disabled = true
  state.textContent = 'Ikuti petunjuk di layar perangkat Anda…'
  try {
    form.elements.response.value = written(await ask(form))
    form.submit()
  } catch (error) {
    state.textContent = error.words || WORDS[error.name] || 'Belum berhasil. Periksa sambungan, lalu coba lagi.'
    button.disabled = false
  }
})

function show() {
  if (!able) return
  document.querySelectorAll('[data-passkey]').forEach((form) => { form.hidden = false })
  document.querySelectorAll('[data-passkey-old]').forEach((words) => { words.hidden = true })
}

// Back from the next page: the button must work again, and the last answer is used up.
window.addEventListener('pageshow', () => document.querySelectorAll('[data-passkey]').forEach((form) => {
  form.elements.response.value = ''
  form.querySelector('button').disabled = false
  form.querySelector('[data-passkey-state]').textContent = ''
}))
document.addEventListener('htmx:afterSettle', show)
show()
