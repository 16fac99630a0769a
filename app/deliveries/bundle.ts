import { createHash } from 'node:crypto'
import type { DeliveryPhoto } from '#app/deliveries/format.ts'
import type { StoredPhoto } from '#app/deliveries/receiving.ts'
import { readText, type Parsed } from '#app/deliveries/text.ts'
import { recognise } from '#app/files/kinds.ts'
import { keepLent, keepTogether, type Recognised } from '#app/files/packs.ts'
import { asIncoming } from '#app/files/store.ts'
import { invalid } from '#app/problems.ts'

export type Bundle = { text: Uint8Array, photos: Uint8Array[] }

// Cuts a bundle (format.ts) into its text and photos without copying. Throws invalid when lengths do not add up.
export function readBundle(bytes: Uint8Array): { parsed: Parsed, photos: Uint8Array[] } {
  if (bytes.length < 4) throw broken()
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  if (4 + length > bytes.length) throw broken()
  const parsed = readText(bytes.subarray(4, 4 + length))
  let at = 4 + length
  const photos = parsed.delivery.photos.map((photo) => bytes.subarray(at, at += photo.bytes))
  if (at !== bytes.length) throw broken()
  return { parsed, photos }
}

const broken = () => invalid({ text: 'Kiriman tidak utuh. Kirim lagi.' })

// Every photo is checked against what its text promised before the first one is written; then all are on the disk when
// this returns. Photos in lent memory are hashed and written in a thread.
export async function storePhotos(directory: string, promised: DeliveryPhoto[], photos: Uint8Array[]): Promise<StoredPhoto[]> {
  const recognised = promised.map((photo, i) => recognisePromised(photo, photos[i]!))
  const memory = photos[0]?.buffer
  const kept = memory instanceof SharedArrayBuffer ? await keepLent(directory, recognised, memory, photos[0]!.byteOffset)
    : wrongOf(promised, photos) ?? await keepTogether(directory, recognised)
  if ('wrong' in kept) throw damaged(promised[kept.wrong]!)
  return promised.map(({ kind }, i) => ({ kind, file: kept[i]! }))
}

// What is no photo may well be one that was damaged on the way; that is the truer word.
function recognisePromised(photo: DeliveryPhoto, bytes: Uint8Array): Recognised {
  const incoming = asIncoming([Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)], photo.sha256)
  try {
    return { incoming, found: recognise(photo.kind, 'photo', incoming) }
  } catch (problem) {
    throw isAsPromised(photo, bytes) ? problem : damaged(photo)
  }
}

const isAsPromised = ({ sha256 }: DeliveryPhoto, bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') === sha256
const damaged = ({ kind }: DeliveryPhoto) => invalid({ [kind]: 'Foto rusak di jalan. Kirim lagi.' })

function wrongOf(promised: DeliveryPhoto[], photos: Uint8Array[]) {
  const wrong = promised.findIndex((photo, i) => !isAsPromised(photo, photos[i]!))
  return wrong < 0 ? undefined : { wrong }
}
