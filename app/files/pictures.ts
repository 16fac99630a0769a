import type { Incoming } from '#app/files/store.ts'
import { invalid } from '#app/problems.ts'

// As many as a phone's best camera makes; a file of a few kB can unfold to gigabytes.
const MOST_PIXELS = 50_000_000

// Decoded once, at a fraction of its size, before it is kept: what only calls itself a JPEG, or breaks off, is refused while its
// sender still stands at the form. Photos from phones come through another door (deliveries) and are decoded behind the requests
// (prints/printing.ts): there the picture was made by our own page, and nobody may wait for it.
export async function demandPicture(field: string, { chunks, path }: Incoming) {
  // Loaded when the first file comes: its memory is not taken where none does.
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  const picture = sharp(path ?? Buffer.concat(chunks), { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true })
  const format = await picture.metadata().then((found) => found.format, () => undefined)
  const decodes = format === 'jpeg' && await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer().then(() => true, () => false)
  if (!decodes) throw invalid({ [field]: 'Foto ini rusak atau bukan foto JPEG. Ambil ulang fotonya.' })
}
