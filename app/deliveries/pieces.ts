import { createHash } from 'node:crypto'
import { mkdir, open, readFile, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DeliveryState, DeliveryText } from '#app/deliveries/format.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { keepPhotos, listDeliveryPhotos, stateOf, type Delivery, type Door } from '#app/deliveries/receiving.ts'
import { recognise } from '#app/files/kinds.ts'
import { asIncoming, keep, type Incoming } from '#app/files/store.ts'
import { asFull, conflict, invalid, notFound, Problem } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { transactTogether } from '#db/transaction.ts'

// A photo that comes in pieces lies in a file of its own until it is whole; that file's size is the offset.
export const partOf = (directory: string, id: string, kind: string) => join(directory, 'incoming', 'deliveries', `${id}-${kind}.part`)
export const sizeOf = (path: string) => stat(path).then(({ size }) => size, () => 0)
export const offsetOf = (directory: string, id: string, kind: string) => sizeOf(partOf(directory, id, kind))

export class WrongOffset extends Problem {
  constructor() {
    super('conflict', 'Potongan foto ini bukan lanjutan dari yang sudah sampai.')
  }
}

// One at a time for each photo: a piece sent twice finds the first one finished, and its offset moved on.
const turns = new Map<string, Promise<unknown>>()
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(name) ?? Promise.resolve()).catch(() => undefined).then(work)
  turns.set(name, turn)
  try {
    return await turn
  } finally {
    if (turns.get(name) === turn) turns.delete(name)
  }
}

export type Piece = { kind: string, offset: number, piece: Uint8Array }

// Adds a piece at its offset, synced before it is answered; where the connection broke in the middle of it, the phone goes on
// from what had arrived; browsers send a piece again by themselves, and of that only what is new is taken. The last piece makes the photo whole: its hash is checked and it moves into the store.
export const receivePiece = (door: Door, actor: Actor, delivery: Delivery, { kind, offset, piece }: Piece): Promise<DeliveryState> =>
  inTurn(`${delivery.id}-${kind}`, async () => {
    const photo = listDeliveryPhotos(door.db, delivery.id).find((one) => one.kind === kind)
    if (!photo) throw notFound('Foto kiriman ini')
    if (photo.storedAt !== null) return stateOf(door, delivery.id)
    const path = partOf(door.dataDirectory, delivery.id, kind)
    if (await addPiece(path, photo.bytes, { kind, offset, piece })) await finish(door, actor, delivery, photo, path)
    return stateOf(door, delivery.id)
  })

// Whether the photo is whole now.
export async function addPiece(path: string, bytes: number, { kind, offset, piece }: Piece): Promise<boolean> {
  const size = await sizeOf(path)
  if (offset > size) throw new WrongOffset()
  const fresh = piece.subarray(Math.min(size - offset, piece.length))
  if (size + fresh.length > bytes) throw invalid({ [kind]: 'Foto ini lebih panjang daripada yang disebut.' })
  if (fresh.length > 0) await append(path, fresh).catch((error) => { throw asFull(error) })
  return size + fresh.length === bytes
}

async function append(path: string, piece: Uint8Array) {
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(path, 'a')
  try {
    await handle.appendFile(piece)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

// A photo whose bytes are not what its text promised begins anew; nothing false is ever kept under its name.
const finish = (door: Door, actor: Actor, delivery: Delivery, photo: Promised, path: string) => takeWhole(path, photo, async (incoming) => {
  const file = await keep(door.dataDirectory, incoming, recognise(photo.kind, 'photo', incoming))
  await transactTogether(door.db, actor, (tx) => keepPhotos(tx, textOf(delivery), [{ kind: photo.kind, file }], findOfficer(tx.db, delivery.officerId)!))
})

type Promised = { kind: string, sha256: string }

export async function takeWhole(path: string, { kind, sha256 }: Promised, work: (incoming: Incoming) => Promise<void>) {
  const bytes = await readFile(path)
  try {
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw invalid({ [kind]: 'Foto rusak di jalan. Foto ini dikirim ulang dari awal.' })
    await work(asIncoming([bytes], sha256))
  } finally {
    await unlink(path).catch(() => undefined)
  }
}

function textOf({ text, status }: Delivery): DeliveryText {
  if (status !== 'waiting_photos') throw conflict('Kiriman ini tidak lagi menunggu foto.')
  return JSON.parse(text)
}
