import sharp from 'sharp'
import { dotsOf, widthOf } from '#app/files/glyphs.ts'
import type { Actor } from '#app/users/actor.ts'

// Who looked, and when, over the whole photo of a document: a copy that turns up elsewhere names its reader. Written into the
// picture, so that it goes along wherever the picture goes.
const DOCUMENTS = ['F-KTP', 'F-KK']
export const isDocument = (kind: string) => DOCUMENTS.includes(kind)

const QUALITY = 72
const WIB_MS = 7 * 3_600_000
export const readerMark = ({ name }: Pick<Actor, 'name'>, now: Date) => {
  const [day = '', time = ''] = new Date(now.getTime() + WIB_MS).toISOString().split('T')
  return `${name.slice(0, 40)} - ${day.split('-').reverse().join('/')} ${time.slice(0, 5)} WIB`
}

const [SLOPE, LINE, GAP] = [0.4, 36, 20]

// A tile of slanting text, dark with a light edge, so thin that a NIK beneath stays readable. Its height divides the slope of a whole
// width, so that tiles meet. dot: pixels of one dot of a letter.
function tileOf(text: string, dot: number) {
  const rise = Math.max(1, Math.round((widthOf(text) + GAP) * SLOPE / LINE))
  const [width, height] = [Math.round(rise * LINE / SLOPE) * dot, LINE * dot]
  const pixels = Buffer.alloc(width * height * 4)
  const paint = (x: number, y: number, shade: number, alpha: number) => {
    const at = (((y % height + height) % height) * width + x % width) * 4
    pixels.fill(shade, at, at + 3)
    pixels[at + 3] = alpha
  }
  for (const [shade, alpha, off] of [[255, 90, dot > 1 ? 1 : 0], [0, 96, 0]] as const) {
    for (const [x, y] of dotsOf(text)) {
      const top = Math.round((y - x * SLOPE) * dot)
      for (let i = 0; i < dot * dot; i += 1) paint(x * dot + i % dot + off, top + Math.floor(i / dot) + off, shade, alpha)
    }
  }
  return { input: pixels, raw: { width, height, channels: 4 as const }, tile: true, blend: 'over' as const, gravity: 'northwest' as const }
}

// One at a time: writing what arrives comes before looking at it.
let turn: Promise<unknown> = Promise.resolve()

export function marked(jpeg: Buffer, text: string): Promise<Buffer> {
  const made = turn.then(() => draw(jpeg, text))
  turn = made.catch(() => undefined)
  return made
}

async function draw(jpeg: Buffer, text: string): Promise<Buffer> {
  const picture = sharp(jpeg, { failOn: 'none' }).rotate()
  const { width, height } = (await sharp(jpeg).metadata()).autoOrient
  const whole = tileOf(text, Math.max(1, Math.round(Math.min(width, height) / 380)))
  const tile = await within(whole, width, height)
  return picture.composite([tile]).jpeg({ quality: QUALITY }).toBuffer()
}

// A tile may not be larger than what it lies on.
async function within(tile: ReturnType<typeof tileOf>, width: number, height: number) {
  const { raw } = tile
  if (raw.width <= width && raw.height <= height) return tile
  const cut = { left: 0, top: 0, width: Math.min(width, raw.width), height: Math.min(height, raw.height) }
  return { ...tile, input: await sharp(tile.input, { raw }).extract(cut).raw().toBuffer(), raw: { ...raw, width: cut.width, height: cut.height } }
}
