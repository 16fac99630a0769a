// A photo opens over the page: wheel, pinch or + and − to zoom, drag or arrow keys to move, Escape to close.
const MARKUP = `
  <p class="viewer-title" aria-live="polite"></p>
  <div class="viewer-stage"><img alt=""></div>
  <div class="viewer-bar">
    <button type="button" data-do="previous" aria-label="Foto sebelumnya">←</button>
    <button type="button" data-do="out" aria-label="Perkecil">−</button>
    <button type="button" data-do="in" aria-label="Perbesar">+</button>
    <button type="button" data-do="turn" aria-label="Putar">⟳</button>
    <button type="button" data-do="next" aria-label="Foto berikutnya">→</button>
    <button type="button" data-do="close">Tutup</button>
  </div>`

const KEYS = { '+': 'in', '=': 'in', '-': 'out', r: 'turn', n: 'next', p: 'previous' }
const ARROWS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }
const fingers = new Map()
let dialog, image, photos, place, view

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-zoom]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return
  event.preventDefault()
  photos = [...document.querySelectorAll('a[data-zoom]')]
  if (!dialog) build()
  dialog.showModal()
  show(photos.indexOf(link))
})

function build() {
  dialog = document.body.appendChild(document.createElement('dialog'))
  dialog.className = 'viewer'
  dialog.innerHTML = MARKUP
  image = dialog.querySelector('img')
  dialog.addEventListener('click', ({ target }) => act(target.dataset.do))
  dialog.addEventListener('keydown', press)
  const stage = dialog.querySelector('.viewer-stage')
  stage.addEventListener('wheel', (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2) }, { passive: false })
  stage.addEventListener('dblclick', () => zoom(view.scale > 1 ? 1 / view.scale : 2.5))
  stage.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    stage.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, event)
  })
  stage.addEventListener('pointermove', drag)
  stage.addEventListener('pointerup', ({ pointerId }) => fingers.delete(pointerId))
  stage.addEventListener('pointercancel', ({ pointerId }) => fingers.delete(pointerId))
}

function show(index) {
  place = (index + photos.length) % photos.length
  view = { scale: 1, x: 0, y: 0, turn: 0 }
  image.src = photos[place].href
  image.alt = photos[place].dataset.zoom
  dialog.querySelector('.viewer-title').textContent = `${image.alt} (${place + 1} dari ${photos.length})`
  draw()
}

const ACTS = {
  close: () => dialog.close(),
  in: () => zoom(1.4),
  out: () => zoom(1 / 1.4),
  turn: () => { view.turn += 90; draw() },
  next: () => show(place + 1),
  previous: () => show(place - 1),
}
const act = (name) => name && ACTS[name]()

function press(event) {
  act(KEYS[event.key])
  const wanted = photos.findIndex(({ dataset }) => dataset.key === event.key)
  if (wanted >= 0) show(wanted)
  const arrow = ARROWS[event.key]
  if (!arrow) return
  event.preventDefault()
  if (view.scale === 1 && arrow[0]) show(place - Math.sign(arrow[0]))
  else move(...arrow)
}

function drag(event) {
  const before = fingers.get(event.pointerId)
  if (!before) return
  const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId)
  if (other) zoom(apart(event, other) / Math.max(apart(before, other), 1))
  else move(event.clientX - before.clientX, event.clientY - before.clientY)
  fingers.set(event.pointerId, event)
}

const apart = (one, other) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)

function move(x, y) {
  Object.assign(view, { x: view.x + x, y: view.y + y })
  draw()
}

function zoom(times) {
  view.scale = Math.min(8, Math.max(1, view.scale * times))
  if (view.scale === 1) Object.assign(view, { x: 0, y: 0 })
  draw()
}

// Through the object model: the content security policy forbids style attributes in markup only.
function draw() {
  image.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale}) rotate(${view.turn}deg)`
}
