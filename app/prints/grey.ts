import sharp from 'sharp'

// A picture as brightness alone, one byte a pixel.
export type Grey = { width: number, height: number, data: Uint8Array }

// Enough to see a picture by; a JPEG is decoded at a fraction of its size, which costs a few milliseconds.
const LONGEST = 640
// A file of a few kB can unfold to gigabytes.
const MOST_PIXELS = 60_000_000

// One picture at a time, on one core: the other is for those who wait for an answer.
sharp.concurrency(1)
sharp.cache(false)

// As a person sees it: turned the way the phone says. Throws when the bytes are no picture.
export async function readGrey(bytes: Buffer): Promise<Grey> {
  const { data, info } = await sharp(bytes, { failOn: 'none', limitInputPixels: MOST_PIXELS, sequentialRead: true })
    .autoOrient().resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true, fastShrinkOnLoad: true })
    .greyscale().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: asOneChannel(data, info.channels) }
}

const asOneChannel = (data: Buffer, channels: number) => channels === 1
  ? new Uint8Array(data.buffer, data.byteOffset, data.length)
  : Uint8Array.from({ length: data.length / channels }, (_, at) => data[at * channels]!)
