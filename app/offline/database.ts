import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DeliveryState, DeliveryStatus, Receipt } from '#app/deliveries/format.ts'

// What the phone keeps. One database says whose phone it is; every user of it has another of their own, in which all
// that could be read is sealed by that user's key.
export type Sealed = { iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer }

// userIds: who has prepared this phone, the latest first. currentUser: whose pages it shows. endSession: somebody signed
// out without signal, and the server is still to hear of it.
export type DeviceMeta = { id: string, label: string, currentUser: string | null, userIds: string[], endSession?: boolean }

export type DeviceUser = { id: string, name: string, role: string, regions: string[], regionLabel: string }
// A data key under another key: the PIN's (with its salt and rounds) or the server's device secret.
export type WrappedKey = { iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer, salt: Uint8Array<ArrayBuffer>, rounds: number }
// byPin is null once ten wrong ones were typed or the phone was revoked; then only the server's secret opens.
// revoked: the office has ended this phone's right; what was never sent stays, sealed under the secret alone.
export type VaultKeys = { key: 'keys', byPin: WrappedKey | null, bySecret: WrappedKey, wrongPins: number, revoked: boolean }
// The key's handle while unlocked: it cannot be read out, only used.
export type VaultOpen = { key: 'open', dataKey: CryptoKey, lastUsed: string }
export type VaultSettings = {
  key: 'settings', user: DeviceUser, receiptKey: JsonWebKey, recipient: string
  expiryDays: number, idleMinutes: number, keepDays: number, lastContact: string
}
export type VaultRow = VaultKeys | VaultOpen | VaultSettings

// list: what the officer's list shows, apart from the pack it was read from, so that a list is there before the pack is open.
export type PackRow = Sealed & { key: 'pack' | 'list', sequence: number, cutAt: string, schema: number }

export type DraftStatus = 'draft' | 'queued'
export type DraftRow = Sealed & { visitId: string, householdId: string, status: DraftStatus }
export type PhotoRow = Sealed & {
  visitId: string, kind: string, bytes: number, sha256: string, addedAt: string, takenAt: string | null
}

export type OutboxPhoto = { kind: string, sha256: string, bytes: number, offset: number, stored: boolean }
// queued: nothing of it has arrived for certain. From the first receipt on, the server's own word. inPack: accepted, and
// the pack is newer than that; what became of the visit since stands in the pack.
export type OutboxState = 'queued' | DeliveryStatus
// A photo that had arrived and that the server has lost since; left: bytes of it that are not there again yet.
export type WantedPhoto = { kind: string, sha256: string, left: number }
export type OutboxRow = Sealed & {
  id: string, visitId: string, householdId: string, sequence: number, state: OutboxState, sha256: string, madeAt: string
  photos: OutboxPhoto[], receipt: Receipt | null, reason: string | null, problem: DeliveryState['problem']
  attempts: number, nextAt: string | null, receivedAt: string | null, inPack?: boolean, wanted?: WantedPhoto[]
}

export type JournalTone = 'good' | 'warn' | 'bad' | 'info'
export type JournalRow = { number?: number, at: string, tone: JournalTone, sentence: string, next: string | null, deliveryId?: string }

// How the line to the server has been, and who is at the sending just now (status.ts, alone.ts). tasksAt: since when the pack
// lacks nothing the server had told by then.
export type LineMemory = {
  key: 'memory', piece: number, quiet: number, run: number, failures: number, nextAt: string | null, halt: string | null, finishedAt: string | null
  tasksAt?: string
}
export type LineLease = { key: 'lease', holder: string, until: number }
// What stands in a form that was not saved yet (typed.ts), and the visit's revision it was typed over; nothing once it is saved.
export type TypedRow = { key: `typed ${string}`, revision: number, sealed: Sealed | null }
export type LineRow = LineMemory | LineLease | TypedRow

type DeviceRow = { key: 'device' } & DeviceMeta
interface DeviceSchema extends DBSchema {
  meta: { key: string, value: DeviceRow | { key: 'reserve', room: ArrayBuffer } }
}
interface UserSchema extends DBSchema {
  vault: { key: string, value: VaultRow }
  pack: { key: string, value: PackRow }
  drafts: { key: string, value: DraftRow, indexes: { household: string, state: [string, string] } }
  photos: { key: [string, string], value: PhotoRow, indexes: { visit: string } }
  outbox: { key: string, value: OutboxRow, indexes: { visit: string, household: string } }
  journal: { key: number, value: JournalRow }
  line: { key: string, value: LineRow }
}
export type DeviceDb = IDBPDatabase<DeviceSchema>
export type UserDb = IDBPDatabase<UserSchema>

export const DEVICE_DATABASE = 'siks-device'
export const userDatabase = (userId: string) => `siks-${userId}`

export const openDevice = (): Promise<DeviceDb> => openDB<DeviceSchema>(DEVICE_DATABASE, 1, {
  upgrade: (db) => void db.createObjectStore('meta', { keyPath: 'key' }),
  blocking: closeForOthers,
})

export const openUser = (userId: string): Promise<UserDb> => openDB<UserSchema>(userDatabase(userId), 1, {
  upgrade(db) {
    db.createObjectStore('vault', { keyPath: 'key' })
    db.createObjectStore('pack', { keyPath: 'key' })
    const drafts = db.createObjectStore('drafts', { keyPath: 'visitId' })
    drafts.createIndex('household', 'householdId')
    drafts.createIndex('state', ['status', 'householdId'])
    db.createObjectStore('photos', { keyPath: ['visitId', 'kind'] }).createIndex('visit', 'visitId')
    const outbox = db.createObjectStore('outbox', { keyPath: 'id' })
    outbox.createIndex('visit', 'visitId')
    outbox.createIndex('household', 'householdId')
    db.createObjectStore('journal', { keyPath: 'number', autoIncrement: true })
    db.createObjectStore('line', { keyPath: 'key' })
  },
  blocking: closeForOthers,
})

// A newer worker waits for this one to let go.
function closeForOthers(_now: number, _blocked: number | null, event: IDBVersionChangeEvent) {
  (event.target as IDBDatabase).close()
}

export const deleteUser = (userId: string) => deleteDB(userDatabase(userId))

// Whose phone this is; made the first time it is asked.
// What an officer was told is kept must be on the disk, not on its way there: a browser left to itself calls a write done
// before the system has it, and a phone's battery may be out.
export const ON_DISK: IDBTransactionOptions = { durability: 'strict' }

export async function readDevice(db: DeviceDb, label = ''): Promise<DeviceMeta> {
  const seen = await db.get('meta', 'device') as DeviceRow | undefined
  if (seen) return seen
  const tx = db.transaction('meta', 'readwrite')
  const known = await tx.store.get('device') as DeviceRow | undefined
  const device = known ?? { key: 'device' as const, id: crypto.randomUUID(), label, currentUser: null, userIds: [] }
  if (!known) await tx.store.put(device)
  await tx.done
  return device
}

export async function updateDevice(db: DeviceDb, change: (device: DeviceMeta) => Partial<DeviceMeta>): Promise<DeviceMeta> {
  await readDevice(db)
  const tx = db.transaction('meta', 'readwrite')
  const device = (await tx.store.get('device')) as DeviceRow
  const changed = { ...device, ...change(device) }
  await tx.store.put(changed)
  await tx.done
  return changed
}
