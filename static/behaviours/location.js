// Keeps the best of several fixes: the first one a cheap phone gives is often a cell tower away.
const GOOD = 20
const PATIENCE = 60000
const REFUSED = 'Izin lokasi ditolak. Izinkan lokasi untuk halaman ini, lalu coba lagi.'
const NO_FIX = 'Lokasi belum didapat. Pergilah ke tempat terbuka, lalu coba lagi.'

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-location-start]')
  if (button) start(button.closest('[data-location]'), button)
})

function start(box, button) {
  let best = null
  const stop = (words = NO_FIX) => {
    navigator.geolocation.clearWatch(watch)
    clearTimeout(timer)
    button.disabled = false
    button.textContent = 'Ambil ulang lokasi'
    say(box, best ? describe(best.coords) : words)
  }
  const watch = navigator.geolocation.watchPosition((position) => {
    if (!best || position.coords.accuracy < best.coords.accuracy) fill(box, (best = position))
    say(box, `Mencari lokasi… ±${Math.round(best.coords.accuracy)} m`)
    if (best.coords.accuracy <= GOOD) stop()
  }, ({ code }) => code === 1 && stop(REFUSED), { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE })
  const timer = setTimeout(() => stop(), PATIENCE)
  button.disabled = true
  say(box, 'Mencari lokasi…')
}

function fill(box, { coords, timestamp }) {
  const [latitude, longitude, accuracy] = box.querySelectorAll('input:not([data-location-time])')
  latitude.value = coords.latitude.toFixed(7)
  longitude.value = coords.longitude.toFixed(7)
  accuracy.value = String(Math.max(1, Math.round(coords.accuracy)))
  box.querySelector('[data-location-time]').value = new Date(timestamp).toISOString()
  latitude.dispatchEvent(new Event('input', { bubbles: true }))
}

function describe({ accuracy }) {
  const words = `Lokasi didapat, ketelitian ±${Math.max(1, Math.round(accuracy))} m.`
  return accuracy > 100 ? `${words} Kurang teliti: coba lagi di tempat terbuka.` : words
}

const say = (box, words) => { box.querySelector('[data-location-state]').textContent = words }

// A coordinate changed by hand is no longer the device's.
document.addEventListener('input', ({ target, isTrusted }) => {
  const box = isTrusted && target.closest('[data-location]')
  if (box) box.querySelector('[data-location-time]').value = ''
})

const offer = () => {
  if (!navigator.geolocation) return
  document.querySelectorAll('[data-location-start]').forEach((button) => { button.hidden = false })
}

document.addEventListener('htmx:afterSettle', offer)
offer()
