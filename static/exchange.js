// "Simpan ke berkas": the worker gives the outbox in parts, this page locks each with age and saves it. In a file of its
// own, so that no other page carries the encryption.
import './has-own.js'
import { Encrypter } from 'age-encryption'

const area = document.querySelector('[data-export-outbox]')
const find = (name) => area.querySelector(`[data-export-${name}]`)

// 2^16: 64 MB of memory and a second or two on a slow phone. The office's computer would take more, an old phone not.
const WORK_FACTOR = 16
const SHORTEST = 8

const byPassphrase = () => find('lock').elements.lock.value === 'passphrase'

function showPassphrase() {
  find('passphrase').hidden = !byPassphrase()
}

async function save(button) {
  const refusal = refusePassphrase()
  if (refusal) return
  setBusy(true)
  try {
    say('Mengunci berkas…')
    const encrypter = await encrypterOf()
    const { savePart: part, bytes } = button.dataset
    const source = await readPart(part, Number(bytes))
    const locked = await new Response(await encrypter.encrypt(source.stream)).blob()
    if (source.count() !== Number(bytes)) throw sentence('Isi HP berubah sejak halaman ini dibuka. Muat ulang halaman ini, lalu simpan lagi.')
    const name = `siks-${area.dataset.name}-${today()}-${part}.siks`
    download(locked, name)
    say(`Tersimpan di folder Download: ${name}`)
  } catch (error) {
    console.error(error)
    say(error.sentence || 'Berkas gagal dibuat. Kunjungan tetap aman di HP. Muat ulang halaman ini, lalu coba lagi.')
  } finally {
    setBusy(false)
  }
}

// Marks the field that is wrong and says why; true when there is one.
function refusePassphrase() {
  const { passphrase, again } = find('lock').elements
  const short = byPassphrase() && passphrase.value.trim().length < SHORTEST
  const different = byPassphrase() && !short && passphrase.value.trim() !== again.value.trim()
  passphrase.setAttribute('aria-invalid', String(short))
  again.setAttribute('aria-invalid', String(different))
  if (short) say(`Kata sandi sedikitnya ${SHORTEST} huruf atau angka.`)
  if (different) say('Kedua kata sandi tidak sama. Ketik lagi.')
  if (short || different) (short ? passphrase : again).focus()
  return short || different
}

async function encrypterOf() {
  const encrypter = new Encrypter()
  if (!byPassphrase()) {
    encrypter.addRecipient(area.dataset.recipient)
    return encrypter
  }
  // The browser shows the sentence before the passphrase keeps it busy.
  await new Promise((resolve) => setTimeout(resolve, 50))
  encrypter.setScryptWorkFactor(WORK_FACTOR)
  encrypter.setPassphrase(find('lock').elements.passphrase.value.trim())
  return encrypter
}

// Counted on the way: a part that changed since the page was made is not saved under the page's words.
async function readPart(part, bytes) {
  const response = await fetch(`/field/device/outbox.bin?part=${part}`, { redirect: 'error', credentials: 'same-origin' })
  const type = response.headers.get('Content-Type') || ''
  if (!response.ok || type.indexOf('application/octet-stream') !== 0) throw sentence('HP ini terkunci atau isinya sudah berubah. Muat ulang halaman ini.')
  let read = 0
  const stream = response.body.pipeThrough(new TransformStream({
    transform(chunk, controller) {
      read += chunk.length
      find('progress').value = Math.min(100, read / bytes * 100)
      controller.enqueue(chunk)
    },
  }))
  return { stream, count: () => read }
}

const sentence = (words) => Object.assign(new Error(words), { sentence: words })

function download(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name, hidden: true })
  document.body.append(link)
  link.click()
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
    link.remove()
  }, 60_000)
}

function setBusy(busy) {
  find('progress').hidden = !busy
  find('progress').value = 0
  for (const button of area.querySelectorAll('[data-save-part]')) button.disabled = busy
}

const say = (words) => { find('state').textContent = words }

function today() {
  const now = new Date()
  const two = (value) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

if (area) {
  area.hidden = false
  find('lock').addEventListener('change', showPassphrase)
  find('lock').addEventListener('submit', (event) => event.preventDefault())
  for (const button of area.querySelectorAll('[data-save-part]')) button.addEventListener('click', () => void save(button))
  showPassphrase()
}
