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

// As whoever hides a photo shows it: lying on a side, upside down, as in a mirror. Seven ways beside the one it was made in.
export const TURNS = [1, 2, 3, 4, 5, 6, 7] as const
export function turnGrey({ width, height, data }: Grey, turn: typeof TURNS[number]): Grey {
  const [swapped, mirrored, upsideDown] = [(turn & 4) !== 0, (turn & 1) !== 0, (turn & 2) !== 0]
  const [wide, high] = swapped ? [height, width] : [width, height]
  const turned = new Uint8Array(data.length)
  for (let y = 0, at = 0; y < high; y += 1) for (let x = 0; x < wide; x += 1, at += 1) {
    const [a, b] = [mirrored ? wide - 1 - x : x, upsideDown ? high - 1 - y : y]
    turned[at] = data[swapped ? a * width + b : b * width + a]!
  }
  return { width: wide, height: high, data: turned }
}

const asOneChannel = (data: Buffer, channels: number) => channels === 1
  ? new Uint8Array(data.buffer, data.byteOffset, data.length)
  : Uint8Array.from({ length: data.length / channels }, (_, at) => data[at * channels]!)
