import { createHash } from 'node:crypto'
import { mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DeliveryState, DeliveryText } from '#app/deliveries/format.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { keepPhotos, listDeliveryPhotos, stateOf, type Delivery, type Door } from '#app/deliveries/receiving.ts'
import { recognise } from '#app/files/kinds.ts'
import { asIncoming, keep } from '#app/files/store.ts'
import { conflict, invalid, notFound, Problem } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { transactTogether } from '#db/transaction.ts'

// A photo that comes in pieces lies in a file of its own until it is whole; that file's size is the offset.
const partOf = (directory: string, id: string, kind: string) => join(directory, 'incoming', 'deliveries', `${id}-${kind}.part`)
const sizeOf = (path: string) => stat(path).then(({ size }) => size, () => 0)
export const offsetOf = (directory: string, id: string, kind: string) => sizeOf(partOf(directory, id, kind))

export class WrongOffset extends Problem {
  constructor() {
    super('conflict', 'Potongan foto ini bukan lanjutan dari yang sudah sampai.')
  }
}

// One at a time for each photo: a piece sent twice finds the first one finished, and its offset moved on.
const turns = new Map<string, Promise<unknown>>()
async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(name) ?? Promise.resolve()).catch(() => undefined).then(work)
  turns.set(name, turn)
  try {
    return await turn
  } finally {
    if (turns.get(name) === turn) turns.delete(name)
  }
}

// Adds a piece at its offset, synced before it is answered. A connection that breaks leaves what had arrived, and the
// phone goes on from there. The last piece makes the photo whole: its hash is checked and it moves into the store.
export const receivePiece = (door: Door, actor: Actor, delivery: Delivery, kind: string, offset: number, body: AsyncIterable<Uint8Array>): Promise<DeliveryState> =>
  inTurn(`${delivery.id}-${kind}`, async () => {
    const photo = listDeliveryPhotos(door.db, delivery.id).find((one) => one.kind === kind)
    if (!photo) throw notFound('Foto kiriman ini')
    if (photo.storedAt !== null) return stateOf(door, delivery.id)
    const path = partOf(door.dataDirectory, delivery.id, kind)
    const size = await append(path, offset, body, photo.bytes)
    if (size === photo.bytes) await finish(door, actor, delivery, photo, path)
    return stateOf(door, delivery.id)
  })

async function append(path: string, offset: number, body: AsyncIterable<Uint8Array>, most: number): Promise<number> {
  await mkdir(dirname(path), { recursive: true })
  if (await sizeOf(path) !== offset) throw new WrongOffset()
  const handle = await open(path, 'a')
  let size = offset
  try {
    for await (const chunk of body) {
      const fitting = chunk.subarray(0, most - size)
      await handle.write(fitting)
      size += fitting.length
      if (fitting.length < chunk.length) throw invalid({ foto: 'Foto ini lebih panjang daripada yang disebut.' })
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? full() : error
  } finally {
    await handle.datasync().finally(() => handle.close())
  }
  return size
}

export const full = () => new Problem('full', 'Penyimpanan server penuh. Data Anda masih di HP; kirim lagi nanti.')

// A photo whose bytes are not what its text promised begins anew; nothing false is ever kept under its name.
async function finish(door: Door, actor: Actor, delivery: Delivery, photo: { kind: string, sha256: string }, path: string) {
  const bytes = await readFile(path)
  try {
    if (createHash('sha256').update(bytes).digest('hex') !== photo.sha256) throw invalid({ [photo.kind]: 'Foto rusak di jalan. Foto ini dikirim ulang dari awal.' })
    const incoming = asIncoming([bytes], photo.sha256)
    const file = await keep(door.dataDirectory, incoming, recognise(photo.kind, 'photo', incoming))
    await transactTogether(door.db, actor, (tx) => keepPhotos(tx, textOf(delivery), [{ kind: photo.kind, file }], findOfficer(tx.db, delivery.officerId)!))
  } finally {
    await unlink(path).catch(() => undefined)
  }
}

function textOf({ text, status }: Delivery): DeliveryText {
  if (status !== 'waiting_photos') throw conflict('Kiriman ini tidak lagi menunggu foto.')
  return JSON.parse(text)
}
