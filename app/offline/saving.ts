import { bundlePieces, outboxStart } from '#app/exchange/container.ts'
import type { OutboxRow, UserDb } from '#app/offline/database.ts'
import { isCleared, isWaiting, readOutbox } from '#app/offline/outbox.ts'
import { open } from '#app/offline/vault.ts'

// The outbox as files, for days without a signal. It stays where it is: whatever way it arrives first, it counts once.

export type FilePart = { part: number, bytes: number, visits: number }
type Part = { rows: OutboxRow[], bytes: number }

// So much an old phone can lock in one go.
const PART_BYTES = 12_000_000
const SEAL_BYTES = 16

export async function listParts(db: UserDb): Promise<FilePart[]> {
  return (await partsOf(db)).map(({ rows, bytes }, i) => ({ part: i + 1, bytes, visits: rows.length }))
}

// Undefined: there is no such part any more. One bundle is read at a time.
export async function openPart(db: UserDb, key: CryptoKey, part: number): Promise<ReadableStream<Uint8Array> | undefined> {
  const found = (await partsOf(db))[part - 1]
  const rows = found?.rows.values()
  return rows && new ReadableStream({
    start: (to) => to.enqueue(outboxStart()),
    async pull(to) {
      const { value: row, done } = rows.next()
      if (done) return to.close()
      for (const piece of bundlePieces({ text: await open(key, row), photos: await readPhotos(db, key, row) })) to.enqueue(piece)
    },
  })
}

async function partsOf(db: UserDb): Promise<Part[]> {
  const parts: Part[] = []
  for (const row of (await readOutbox(db)).filter((one) => isWaiting(one) && !isCleared(one))) {
    const bytes = await sizeOf(db, row)
    const last = parts[parts.length - 1]
    if (!last || last.bytes + bytes > PART_BYTES) parts.push({ rows: [row], bytes: outboxStart().length + bytes })
    else Object.assign(last, { rows: [...last.rows, row], bytes: last.bytes + bytes })
  }
  return parts
}

async function sizeOf(db: UserDb, row: OutboxRow): Promise<number> {
  const photos = await Promise.all(row.photos.map((photo) => lying(db, row, photo)))
  const here = photos.flatMap((photo) => photo ? [photo.bytes] : [])
  return 4 + row.data.byteLength - SEAL_BYTES + (here.length < photos.length ? photos.length : 0) + here.reduce((sum, bytes) => sum + bytes, 0)
}

const readPhotos = (db: UserDb, key: CryptoKey, row: OutboxRow) => Promise.all(row.photos.map(async (photo) => {
  const found = await lying(db, row, photo)
  return found ? open(key, found) : null
}))

// A photo of a returned visit that was not taken again lies at the office only.
async function lying(db: UserDb, { visitId }: OutboxRow, { kind, sha256 }: OutboxRow['photos'][number]) {
  const photo = await db.get('photos', [visitId, kind])
  return photo?.sha256 === sha256 ? photo : undefined
}
