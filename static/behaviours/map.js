// The map is moved by dragging, the wheel and the arrow keys; every move is a link the page has anyway, so without script
// nothing is lost but comfort. Only the map's part of the page is fetched.
const KEYS = { ArrowLeft: [-120, 0], ArrowRight: [120, 0], ArrowUp: [0, -120], ArrowDown: [0, 120] }
let drag

const partOf = (node) => node.closest('#peta')

// Whoever works without a mouse goes on at the same button; a mark has gone, so at the part itself.
function go(address) {
  const held = document.activeElement
  const [isInside, name] = [Boolean(partOf(held)), held.getAttribute('aria-label')]
  htmx.ajax('GET', address, { target: '#peta', swap: 'outerHTML' }).then(() => {
    const part = document.getElementById('peta')
    if (!part) return
    if (part.dataset.mapAddress) history.replaceState(null, '', part.dataset.mapAddress)
    if (isInside) (name && part.querySelector(`nav [aria-label="${name}"]`) || part).focus({ preventScroll: true })
  })
}

const dotsPer = (map) => { const { width, height } = map.getBoundingClientRect(); return 1 / Math.max(width / 720, height / 540) }

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-map-part]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  if (drag && drag.far) return
  go(link.getAttribute('href'))
}, true)

document.addEventListener('pointerdown', (event) => {
  const map = event.target.closest('[data-map]')
  drag = map && event.isPrimary && event.button === 0 ? { map, x: event.clientX, y: event.clientY, far: false } : undefined
})

document.addEventListener('pointermove', (event) => {
  if (!drag || !drag.map || !event.isPrimary) return
  const [right, down] = [event.clientX - drag.x, event.clientY - drag.y]
  if (Math.abs(right) + Math.abs(down) > 8) drag.far = true
  const dots = dotsPer(drag.map)
  if (drag.far) drag.map.querySelector('[data-map-moving]').setAttribute('transform', `translate(${right * dots} ${down * dots})`)
})

document.addEventListener('pointerup', (event) => {
  if (!drag || !drag.map) return
  const { map, far, x, y } = drag
  // The click that follows must not open what lies under the finger.
  setTimeout(() => { drag = undefined })
  const dots = dotsPer(map)
  if (far) moveBy(map, (x - event.clientX) * dots, (y - event.clientY) * dots)
  drag.map = undefined
})

function moveBy(map, right, down) {
  const address = partOf(map).dataset.mapAddress
  go(`${address}&dx=${Math.round(Math.max(-720, Math.min(720, right)))}&dy=${Math.round(Math.max(-540, Math.min(540, down)))}`)
}

let wheeled = 0
document.addEventListener('wheel', (event) => {
  const map = event.target.closest && event.target.closest('[data-map]')
  if (!map || !event.ctrlKey) return
  event.preventDefault()
  if (Date.now() - wheeled < 400) return
  wheeled = Date.now()
  const link = partOf(map).querySelector(event.deltaY < 0 ? '[aria-label="Perbesar"]' : '[aria-label="Perkecil"]')
  if (link) link.click()
}, { passive: false })

document.addEventListener('keydown', (event) => {
  const map = event.target.closest && event.target.closest('[data-map]')
  if (!map || !KEYS[event.key]) return
  event.preventDefault()
  moveBy(map, ...KEYS[event.key])
})

document.addEventListener('dragstart', (event) => event.target.closest('[data-map]') && event.preventDefault())
