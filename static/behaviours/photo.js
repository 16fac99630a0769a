// A phone's photo of 4 MB becomes one of about 120 kB before it travels. If anything fails, the original goes.
const LONGEST = 1280
const GOAL = 120000
const QUALITIES = [0.8, 0.7, 0.6, 0.5, 0.4]

document.addEventListener('change', ({ target: input }) => {
  const box = input.type === 'file' && input.closest('[data-photo]')
  if (box && input.files[0]) take(box, input, input.files[0])
})

async function take(box, input, original) {
  const taken = box.querySelector('[data-photo-taken]')
  if (taken) taken.value = new Date(original.lastModified || Date.now()).toISOString()
  say(box, 'Mengecilkan foto…')
  const photo = await shrink(original).then((small) => put(input, small, original)).catch(() => original)
  preview(box, photo)
  say(box, `Foto siap dikirim, ${Math.max(1, Math.round(photo.size / 1000))} kB.`)
}

async function shrink(file) {
  const image = await load(file)
  const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.naturalWidth * scale)
  canvas.height = Math.round(image.naturalHeight * scale)
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
  URL.revokeObjectURL(image.src)
  for (const quality of QUALITIES) {
    const blob = await encode(canvas, quality)
    if (blob.size <= GOAL || quality === QUALITIES[QUALITIES.length - 1]) return blob
  }
}

const load = (file) => new Promise((resolve, reject) => {
  const image = new Image()
  image.onload = () => resolve(image)
  image.onerror = () => reject(new Error('not a picture'))
  image.src = URL.createObjectURL(file)
})

const encode = (canvas, quality) => new Promise((resolve, reject) =>
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality))

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
