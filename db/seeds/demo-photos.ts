import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { keep, spool } from '#app/files/store.ts'
import { recognise } from '#app/files/kinds.ts'
import type { NewPhoto } from '#app/visits/photos.ts'

// Drawn examples, one for each kind ("contoh" is written on them). Each visit gets its own copy: a JPEG comment with
// the visit's id makes the file another one, as two photos of one wall are.
const FOLDER = 'db/seeds/photos'

export async function photosFor(dataDirectory: string, visitId: string, kinds: readonly string[]): Promise<NewPhoto[]> {
  return Promise.all(kinds.map(async (kind) => {
    const incoming = await spool(dataDirectory, Readable.from([withComment(readFileSync(join(FOLDER, `${kind}.jpg`)), visitId)]))
    return { kind, file: await keep(dataDirectory, incoming, recognise(kind, 'photo', incoming)) }
  }))
}

function withComment(jpeg: Buffer, text: string) {
  const comment = Buffer.from(text)
  const size = comment.length + 2
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, size >> 8, size & 255]), comment, jpeg.subarray(2)])
}
