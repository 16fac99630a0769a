import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { currentDataKey } from '#app/files/data-keys.ts'
import { readKept } from '#app/files/opened.ts'
import { writePack } from '#app/files/pack-writer.ts'
import { pathOf, writeNew, type Incoming, type StoredFile } from '#app/files/store.ts'
import { asFull } from '#app/problems.ts'

// Photos that came in one post are written as one file, one after another: one open, one write and one sync instead of
// nine of each, which is most of what accepting a visit costs. Each is still known by its own hash.
const packPath = (directory: string, name: string) => join(directory, 'photos', name.slice(0, 2), name.slice(2, 4), `${name}.pack`)

export type Recognised = { incoming: Incoming, found: Omit<StoredFile, 'sha256' | 'bytes'> }

// Named by what is in it, so that the same photos again are the same file, and no other post can ever write over them. On
// the disk and synced when this returns.
export async function keepTogether(directory: string, photos: Recognised[]): Promise<StoredFile[]> {
  if (photos.length === 0) return []
  const { name, bytes, files } = describe(photos)
  await writeNew(directory, packPath(directory, name), { chunks: photos.flatMap(({ incoming }) => incoming.chunks), bytes }).catch((error) => { throw asFull(error) })
  return files
}

function describe(photos: Recognised[]) {
  const name = createHash('sha256').update(photos.map(({ incoming }) => incoming.sha256).join()).digest('hex')
  let bytes = 0
  const files = photos.map(({ incoming, found }): StoredFile => {
    const packOffset = bytes
    bytes += incoming.bytes
    return { sha256: incoming.sha256, bytes: incoming.bytes, ...found, pack: name, packOffset }
  })
  return { name, bytes, files }
}

// The same for photos that lie one after another in lent memory, unchecked: hashed and written in a thread beside the event
// loop. wrong: which of them is not what its hash says; then nothing was kept.
export async function keepLent(directory: string, photos: Recognised[], memory: SharedArrayBuffer, start: number): Promise<StoredFile[] | { wrong: number }> {
  if (photos.length === 0) return []
  const { name, bytes, files } = describe(photos)
  const order = {
    path: packPath(directory, name), memory, start, end: start + bytes, key: currentDataKey(directory),
    photos: files.map(({ packOffset, bytes: length, sha256 }) => ({ start: start + packOffset!, end: start + packOffset! + length, sha256 })),
  }
  const { wrong, code } = await writePack(order)
  if (wrong !== undefined) return { wrong }
  if (code === 'EEXIST') return keepTogether(directory, photos)
  if (code !== undefined) throw asFull(Object.assign(new Error(`Photos could not be written: ${code}`), { code }))
  return files
}

// One that was lost or spoilt here and has come once more: under a name of its own, so that nothing that lies here is written over.
export async function keepAnew(directory: string, { incoming, found }: Recognised, at: string): Promise<StoredFile> {
  const pack = createHash('sha256').update(`${incoming.sha256} ${at}`).digest('hex')
  await writeNew(directory, packPath(directory, pack), { chunks: incoming.chunks, bytes: incoming.bytes }).catch((error) => { throw asFull(error) })
  return { sha256: incoming.sha256, bytes: incoming.bytes, ...found, pack, packOffset: 0 }
}

// Where a stored file's bytes are: the first and the last of them, both read.
export const placeOf = (directory: string, file: StoredFile) => file.pack
  ? { path: packPath(directory, file.pack), start: file.packOffset!, end: file.packOffset! + file.bytes - 1 }
  : { path: pathOf(directory, file), start: 0, end: file.bytes - 1 }

export const readStored = (directory: string, file: StoredFile): Promise<Buffer> => file.pack
  ? readKept(directory, packPath(directory, file.pack), file.packOffset!, file.bytes)
  : readKept(directory, pathOf(directory, file))
