// Takes a photo in: made small (photo-shrink.js), looked at (photo-gate.js), and on the page of a visit kept as soon as it is
// taken. If anything fails, the original goes.
import { advise, withdraw } from './photo-gate.js'
import { shrink } from './photo-shrink.js'

// So much must be free on the phone before another photo is taken.
const ROOM = 20000000
const madeHere = document.body.dataset.phone !== undefined
let room = Infinity

// Asked ahead: a press on the button cannot wait for the answer.
function measureRoom() {
  if (!madeHere || !navigator.storage || !navigator.storage.estimate) return
  navigator.storage.estimate().then(({ quota, usage }) => { room = quota - usage })
}
measureRoom()
document.addEventListener('htmx:afterSettle', ({ detail: { boosted } }) => boosted && measureRoom())

document.addEventListener('click', (event) => {
  const box = event.target.type === 'file' && event.target.closest('[data-photo]')
  if (!box || room >= ROOM) return
  event.preventDefault()
  say(box, 'Penyimpanan HP hampir penuh, foto belum bisa diambil. Hapus video dan foto lain di HP; atau buka halaman HP ini, kirim yang menunggu, lalu tekan “Buat ruang”.')
})

document.addEventListener('change', ({ target: input }) => {
  const box = input.type === 'file' && input.closest('[data-photo]')
  if (box && input.files[0]) take(box, input, input.files[0])
})

// "Simpan foto" keeps what is still in the form in the same way, and the page stays: a phone that locked itself, or a session
// that ended, would answer with another page, and the photos would be gone with this one.
document.addEventListener('submit', (event) => {
  const form = event.target
  const inputs = form.hasAttribute('data-photos') ? [...form.querySelectorAll('input[type=file]')].filter(({ files }) => files.length > 0) : []
  if (inputs.length === 0) return
  event.preventDefault()
  event.stopPropagation()
  inputs.forEach((input) => {
    const box = input.closest('[data-photo]')
    store(box, input, input.files[0], input.files[0], box.querySelector('[data-photo-taken]'), sizeOf(input.files[0]))
  })
}, true)

async function take(box, input, original) {
  const taken = box.querySelector('[data-photo-taken]')
  if (taken) taken.value = new Date(original.lastModified || Date.now()).toISOString()
  say(box, 'Mengecilkan foto…')
  withdraw(box)
  const ofVisit = input.form !== null && input.form.hasAttribute('data-photos')
  const made = await shrink(original, input.name, ofVisit).catch(() => undefined)
  // Taken anew while this one was made small.
  if (input.files[0] !== original) return
  const photo = made ? put(input, made.small, original) : original
  preview(box, photo)
  const size = sizeOf(photo)
  if (made && ofVisit) attemptAdvice(box, input, made)
  if (made) made.canvas.width = 0
  if (ofVisit) return store(box, input, input.files[0], photo, taken, size)
  say(box, `Foto siap dikirim, ${size}.`)
}

const sizeOf = ({ size }) => `${Math.max(1, Math.round(size / 1000))} kB`

// Advice is worth no photo: where it cannot be given, the photo goes on without.
function attemptAdvice(...photo) {
  try {
    advise(...photo)
  } catch {
    return
  }
}

// One after another, so that a slow line or an old phone is never asked for nine at once.
let before = Promise.resolve()
const store = (...photo) => (before = before.then(() => storeNow(...photo)))

// Kept at once, and only then does the form let go of it. What could not be kept stays in the form, for its button.
async function storeNow(box, input, chosen, photo, taken, size) {
  // Taken anew meanwhile: that one comes next.
  if (input.files[0] !== chosen) return
  say(box, 'Menyimpan foto…')
  const form = input.form
  const body = new FormData()
  if (taken) body.append(taken.name, taken.value)
  body.append(input.name, photo, `${input.name}.jpg`)
  try {
    const answer = await fetch(form.action, { method: 'POST', headers: { Accept: 'application/json' }, body })
    const { stored, problem } = await answer.json()
    if (stored === undefined) return refuse(box, problem, input.name)
    count(form, stored)
    if (input.files[0] !== chosen) return
    letGo(form, input)
    say(box, madeHere ? `Foto tersimpan di HP, ${size}.` : `Foto tersimpan di server, ${size}.`)
  } catch {
    say(box, `Foto siap dikirim, ${size}. Tekan “Simpan foto”.`)
  }
  measureRoom()
}

// Where the way is shut, it is opened beside this page.
const DOORS = { forbidden: ['/field/device', 'Buka kunci di tab lain'], unauthenticated: ['/session', 'Masuk di tab lain'] }

function refuse(box, { code, message, fields }, name) {
  const door = DOORS[code]
  say(box, fields[name] || `${message} Foto masih ada di halaman ini. `)
  if (!door) return
  const link = Object.assign(document.createElement('a'), { href: door[0], textContent: door[1], target: '_blank' })
  box.querySelector('[data-photo-state]').append(link, ', lalu tekan “Simpan foto”.')
}

function letGo(form, input) {
  input.value = ''
  input.required = false
  if (![...form.querySelectorAll('input[type=file]')].some(({ files }) => files.length > 0)) form.dispatchEvent(new CustomEvent('siks:saved', { bubbles: true }))
}

function count(form, stored) {
  const bar = form.parentElement.querySelector('[data-photo-count] progress')
  if (!bar) return
  bar.value = stored
  const words = bar.parentElement
  words.querySelector('strong').textContent = stored === bar.max ? '100%' : `${Math.round(100 * stored / bar.max)}%`
  words.querySelector('.hint').textContent = `${stored} dari ${bar.max}`
}

// The file input is what the form posts, so the small photo has to get into it.
function put(input, small, original) {
  if (small.size >= original.size) return original
  const files = new DataTransfer()
  files.items.add(new File([small], `${input.name}.jpg`, { type: 'image/jpeg', lastModified: original.lastModified }))
  input.files = files.files
  return small
}

function preview(box, photo) {
  const image = box.querySelector('[data-photo-preview]')
  if (!image) return
  image.src = URL.createObjectURL(photo)
  image.alt = 'Foto yang baru diambil'
  image.hidden = false
}

function say(box, words) {
  const state = box.querySelector('[data-photo-state]')
  if (state) state.textContent = words
}
