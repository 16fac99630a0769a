import sharp from 'sharp'
import { chancesFrom } from '#db/seeds/random.ts'
import { DRAWN, type Draw } from '#test/support/drawings.ts'

// Photos as visits bring them, made from nothing: houses, roofs, walls, floors, kitchens, people and cards, each from its seed.
// Those of one kind are composed alike, as real ones are: the house in the middle under the sky, the card filling the picture.
export type Motif = keyof typeof DRAWN
export const MOTIFS = Object.keys(DRAWN) as Motif[]
export const KIND_OF: Record<Motif, string> = {
  house: 'F-RUMAH', roof: 'F-ATAP', wall: 'F-DINDING', floor: 'F-LANTAI', kitchen: 'F-DAPUR', person: 'F-KRT', card: 'F-KTP', table: 'F-KK',
}

const chances = (seed: number) => chancesFrom(Math.imul(seed + 1, 2_654_435_761))

function drawing(motif: Motif, seed: number, w: number, h: number): string {
  const one = chances(seed * 131 + MOTIFS.indexOf(motif))
  const between = (from: number, to: number) => from + one() * (to - from)
  const shade: Draw['shade'] = (from, to, [r, g, b] = [1, 1, 1]) => {
    const light = between(from, to)
    return `rgb(${[r, g, b].map((part) => Math.max(0, Math.min(255, Math.round(light * part)))).join()})`
  }
  const body = DRAWN[motif]({ w, h, one, between, pick: (from) => from[Math.floor(one() * from.length)]!, shade })
  const turn = `rotate(${between(-3, 3).toFixed(2)} ${w / 2} ${h / 2}) translate(${between(-15, 15).toFixed(1)} ${between(-15, 15).toFixed(1)})`
  const [from, to, white, black] = [one(), one(), between(0, 0.35), between(0, 0.45)].map((n) => n.toFixed(2))
  const light = `<linearGradient id="l" x1="${from}" y1="0" x2="${to}" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="${white}"/><stop offset="1" stop-color="#000" stop-opacity="${black}"/></linearGradient>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}"><defs>${light}</defs><rect width="${w}" height="${h}" fill="#999"/><g transform="${turn}">${body}</g><rect width="${w}" height="${h}" fill="url(#l)"/></svg>`
}

type Options = { width?: number, height?: number, quality?: number }

// With the grain of a small camera's sensor.
export async function photograph(motif: Motif, seed: number, { width = 800, height = 600, quality = 75 }: Options = {}): Promise<Buffer> {
  const grain = Buffer.alloc(width * height * 3)
  const one = chances(seed * 17 + 5)
  for (let at = 0; at < grain.length; at += 3) grain[at] = grain[at + 1] = grain[at + 2] = 104 + one() * 48
  return sharp(Buffer.from(drawing(motif, seed, width, height)))
    .composite([{ input: grain, raw: { width, height, channels: 3 }, blend: 'soft-light' }]).flatten().jpeg({ quality }).toBuffer()
}

// What somebody does to a photo who shows it a second time. cut: the most taken from each side, as a share.
export type Disguise = { cut?: number, smallest?: number, light?: number, quality?: [number, number] }

export async function disguised(photo: Buffer, seed: number, { cut = 0, smallest = 1, light = 0, quality = [75, 85] }: Disguise): Promise<Buffer> {
  const one = chances(seed * 7 + 3)
  const between = (from: number, to: number) => from + one() * (to - from)
  const { width, height } = await sharp(photo).metadata()
  const [left, top, right, bottom] = [0, 0, 0, 0].map(() => between(0, cut)) as [number, number, number, number]
  const rest = { left: Math.round(left * width), top: Math.round(top * height), width: Math.round(width * (1 - left - right)), height: Math.round(height * (1 - top - bottom)) }
  return sharp(photo).extract(rest).resize({ width: Math.round(rest.width * between(smallest, 1)) })
    .linear(between(1 - light, 1 + light), between(-80 * light, 80 * light)).jpeg({ quality: Math.round(between(...quality)) }).toBuffer()
}
