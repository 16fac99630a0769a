// A phone's photo of 4 MB becomes one of about 120 kB before it travels. Cards carry small letters, so they may be larger.
import { isDocument } from '#app/prints/advice.ts'
import { carryExif } from '#app/prints/small-exif.ts'

const SIZES = {
  document: { longest: 1600, goal: 240000, qualities: [0.82, 0.75, 0.68, 0.6] },
  other: { longest: 1280, goal: 120000, qualities: [0.8, 0.7, 0.6, 0.5, 0.4] },
}

// Resolves to the small photo and the canvas it came from, which still shows the picture. place: keep when and where it was
// taken; a citizen's photo travels without.
export async function shrink(file, kind, place) {
  const { longest, goal, qualities } = isDocument(kind) ? SIZES.document : SIZES.other
  const image = await load(file)
  const [width, height] = [image.naturalWidth, image.naturalHeight]
  const canvas = draw(image, { width, height }, longest)
  URL.revokeObjectURL(image.src)
  const small = await lightest(canvas, goal, qualities)
  return { small: place ? await withPlace(file, small) : small, canvas, width, height }
}

// A canvas that shows the picture, no side longer than this.
export function draw(picture, { width, height }, longest) {
  const scale = Math.min(1, longest / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

async function lightest(canvas, goal, qualities) {
  for (const quality of qualities) {
    const blob = await encode(canvas, quality)
    if (blob.size <= goal || quality === qualities[qualities.length - 1]) return blob
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

// What the camera wrote stands at the beginning of the file. Browsers before 81 do not turn a picture while drawing it.
const HEAD_BYTES = 131072
const turns = window.CSS && CSS.supports('image-orientation', 'from-image')

async function withPlace(original, small) {
  try {
    const [head, bytes] = await Promise.all([read(original.slice(0, HEAD_BYTES)), read(small)])
    return new Blob([carryExif(head, bytes, turns)], { type: 'image/jpeg' })
  } catch {
    return small
  }
}

const read = async (blob) => new Uint8Array(await new Response(blob).arrayBuffer())
