import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import sharp from 'sharp'
import { pathOf, type StoredFile } from '#app/files/store.ts'
import { randomFrom } from '#db/seeds/random.ts'

// Photos of places that do not exist: every scene looks like itself alone, and the same again for the same number.
const [WIDE, HIGH] = [16, 12]
const [WIDTH, HEIGHT] = [320, 240]

// A neighbour's half of one building: the same roof and colours, another door, window and yard.
export type Scene = { number: number, neighbour?: number }

function fieldsOf({ number, neighbour }: Scene): Buffer {
  const [own, other] = [randomFrom(number), neighbour === undefined ? undefined : randomFrom(neighbour)]
  const fields = Buffer.alloc(WIDE * HIGH)
  for (let at = 0; at < fields.length; at += 1) {
    const [mine, theirs] = [own.below(256), other?.below(256) ?? 0]
    fields[at] = other && at < WIDE * 4 ? theirs : mine
  }
  return fields
}

export const takeScene = (scene: Scene): Promise<Buffer> => sharp(fieldsOf(scene), { raw: { width: WIDE, height: HIGH, channels: 1 } })
  .resize(WIDTH, HEIGHT, { kernel: 'cubic' }).jpeg({ quality: 82 }).toBuffer()

// The same photo once more, so that no byte is the same: cut a little at the edges, other brightness, saved again.
export async function disguise(photo: Buffer, seed: number): Promise<Buffer> {
  const random = randomFrom(seed)
  const cut = () => 1 + random.below(Math.round(WIDTH * 0.06))
  const [left, top] = [cut(), cut()]
  return sharp(photo).extract({ left, top, width: WIDTH - left - cut(), height: HEIGHT - top - Math.min(cut(), HEIGHT - top - 120) })
    .modulate({ brightness: 0.9 + random.below(20) / 100 }).jpeg({ quality: 55 + random.below(30) }).toBuffer()
}

// As the upload leaves it: the file under its own name.
export function store(directory: string, photo: Buffer): StoredFile {
  const file = { sha256: createHash('sha256').update(photo).digest('hex'), mime: 'image/jpeg', bytes: photo.length, width: WIDTH, height: HEIGHT }
  const path = pathOf(directory, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, photo)
  return file
}

// A photo that is known by its name alone, as from a region package.
export const byName = (name: string): StoredFile => ({ sha256: createHash('sha256').update(name).digest('hex'), mime: 'image/jpeg', bytes: 40_000, width: 1280, height: 960 })
