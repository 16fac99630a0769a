import { storePhotos } from '#app/deliveries/bundle.ts'
import type { DeliveryState } from '#app/deliveries/format.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { listDeliveryPhotos, receive, type Door, type StoredPhoto, type Via } from '#app/deliveries/receiving.ts'
import { regionOf } from '#app/deliveries/taking-up.ts'
import { readText, type Parsed } from '#app/deliveries/text.ts'
import type { FileBundle } from '#app/exchange/container.ts'
import type { Item, Outcome } from '#app/exchange/runs.ts'
import { Problem } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const refused = (message: string, of: Partial<Item> = {}): Item =>
  ({ outcome: 'refused', deliveryId: null, householdId: null, officerId: null, ...of, message })

// One delivery of a file, through the door the network uses. What the file gets wrong is said on its own line and never
// stops the others; only a full disk stops them all.
export async function takeBundle(door: Door, by: Actor, bundle: FileBundle, via: Via): Promise<Item> {
  try {
    const parsed = readText(bundle.text)
    return await takeParsed(door, by, parsed, bundle.photos, via)
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'full') throw error
    return refused([error.message, ...Object.values(error.fields)].join(' '))
  }
}

async function takeParsed(door: Door, by: Actor, parsed: Parsed, photos: FileBundle['photos'], via: Via): Promise<Item> {
  const { delivery } = parsed
  const refusal = refusalOf(door.db, by, delivery)
  // Nothing of it is kept, not even whom it was about.
  if (refusal) return refused(refusal, { deliveryId: delivery.id })
  const before = whatIsKnown(door.db, delivery)
  const about = { deliveryId: delivery.id, householdId: delivery.householdId, officerId: delivery.officerId }
  try {
    const state = await receive(door, by, parsed, await storeMissing(door, parsed, photos, before), via)
    return { ...about, ...outcomeOf(before, whatIsKnown(door.db, delivery), state) }
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'full') throw error
    return refused([error.message, ...Object.values(error.fields)].join(' '), about)
  }
}

// The photos that came and that the server lacks.
async function storeMissing({ db, dataDirectory }: Door, parsed: Parsed, photos: FileBundle['photos'], before: Known): Promise<StoredPhoto[]> {
  const { delivery, sha256 } = parsed
  if (before.status !== null && (before.status !== 'waiting_photos' || before.sha256 !== sha256)) return []
  const stored = listDeliveryPhotos(db, delivery.id).filter(({ storedAt }) => storedAt !== null).map(({ kind }) => kind)
  const wanted = delivery.photos.flatMap((photo, i) => photos[i] === null || stored.includes(photo.kind) ? [] : [{ photo, bytes: photos[i]! }])
  return storePhotos(dataDirectory, wanted.map(({ photo }) => photo), wanted.map(({ bytes }) => bytes))
}

// An office takes in what concerns its own region; elsewhere and nowhere are the same to it.
function refusalOf(db: Db, by: Actor, { householdId, officerId }: Parsed['delivery']): string | undefined {
  const region = regionOf(db, householdId)
  if (region === undefined || !isWithin(region, by)) return 'Rumah tangga kiriman ini tidak ada di wilayah Anda. Serahkan berkasnya kepada kantor wilayahnya.'
  if (!findOfficer(db, officerId)) return 'Petugas yang mengirim tidak terdaftar di server ini.'
}

type Known = { status: DeliveryState['status'] | null, sha256: string | null, submits: number }
const knownOf = statement<[string, string], Known>(`SELECT status, sha256, coalesce((SELECT submit_count FROM visits WHERE id = ?), 0) AS submits
  FROM (SELECT 1) LEFT JOIN deliveries ON id = ?`)
const whatIsKnown = (db: Db, { id, visitId }: Parsed['delivery']): Known => knownOf(db).get(visitId, id)!

// What the file changed here.
function outcomeOf(before: Known, after: Known, { status, reason, problem, photos }: DeliveryState): { outcome: Outcome, message: string } {
  const missing = photos.filter(({ stored }) => !stored).map(({ kind }) => kind)
  if (before.status === status) return { outcome: 'same', message: status === 'held' ? 'Sudah diterima sebelumnya dan masih ditahan.' : '' }
  if (status === 'waiting_photos') return { outcome: 'held', message: `Jawaban diterima; foto ${missing.join(', ')} tidak ada di berkas ini. Kirim dari HP asalnya.` }
  if (status === 'held') return { outcome: 'held', message: withFields(problem) }
  if (reason === 'merged') return { outcome: 'updated', message: 'Digabung dengan kunjungan lain ke rumah tangga yang sama.' }
  if (before.status !== null) return { outcome: 'updated', message: 'Foto yang ditunggu sudah lengkap.' }
  if (before.submits === 0) return { outcome: 'new', message: '' }
  return after.submits > before.submits ? { outcome: 'updated', message: 'Perbaikan kunjungan yang dikembalikan.' }
    : { outcome: 'same', message: 'Sudah diterima lewat jalan lain.' }
}

const TOLD = 3
const withFields = (problem: DeliveryState['problem']) => {
  const fields = Object.values(problem?.fields ?? {})
  const told = [...fields.slice(0, TOLD), ...(fields.length > TOLD ? [`dan ${fields.length - TOLD} lagi`] : [])].join('; ')
  return [problem?.message, told && `(${told})`].filter(Boolean).join(' ')
}
