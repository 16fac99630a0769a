import { openDevice, openUser, readDevice, updateDevice, type DeviceDb, type DeviceUser, type LineMemory, type UserDb } from '#app/offline/database.ts'
import { forgetPack } from '#app/offline/pack-shelf.ts'
import { evenFull } from '#app/offline/room.ts'
import { FRESH_MEMORY, statusOf, type SyncStatus } from '#app/offline/status.ts'
import { lock, lookAt, readKey, readSettings, type VaultState } from '#app/offline/vault.ts'

// Whose phone this is just now, and whether what lies on it may be shown. Asked anew for every request: a worker is ended
// and started again at any moment and remembers nothing.

export type Person = { id: string, name: string }
export type Shut = Exclude<VaultState, 'open' | 'unprepared'>
// none: nobody's tasks lie here for whoever uses the phone now.
export type Door =
  | { kind: 'none', people: Person[] }
  | { kind: 'shut', state: Shut, user: DeviceUser, db: UserDb, deviceId: string, status: SyncStatus, others: Person[] }
  | { kind: 'open', user: DeviceUser, db: UserDb, deviceId: string, status: SyncStatus, key: CryptoKey }

let device: Promise<DeviceDb> | undefined
const users = new Map<string, Promise<UserDb>>()

// A connection that was closed to make way for a newer worker cannot be used again.
const isAlive = (db: { transaction: (store: never) => unknown }, store: string) => {
  try {
    db.transaction(store as never)
    return true
  } catch {
    return false
  }
}

export async function deviceDb(): Promise<DeviceDb> {
  const known = await device?.catch(() => undefined)
  return known && isAlive(known, 'meta') ? known : (device = openDevice())
}

export async function userDb(id: string): Promise<UserDb> {
  const known = await openedDb(id)
  if (known) return known
  const opening = openUser(id)
  users.set(id, opening)
  return opening
}

async function openedDb(id: string): Promise<UserDb | undefined> {
  const known = await users.get(id)?.catch(() => undefined)
  return known && isAlive(known, 'vault') ? known : undefined
}

// Whoever asked last most likely asks again, so both databases are asked at once: each ask is dear on an old phone. The
// phone's own row decides.
let lastUser: string | undefined

export async function readDoor(now = new Date()): Promise<Door> {
  const [{ id: deviceId, currentUser, userIds }, guessed] = await Promise.all([deviceDb().then((db) => readDevice(db)), lastUser && readAgain(lastUser)])
  if (currentUser === null || !userIds.includes(currentUser)) return { kind: 'none', people: await peopleOf(userIds) }
  const { db, vault, packs, status } = guessed && currentUser === guessed.userId ? guessed : await readInside(await userDb(currentUser))
  lastUser = currentUser
  const { state, settings, key } = await lookAt(db, vault, now)
  if (state === 'unprepared' || !settings || (packs === 0 && state !== 'revoked')) return { kind: 'none', people: await peopleOf(userIds) }
  const { user } = settings
  if (state === 'open') return { kind: 'open', user, db, deviceId, status, key: key! }
  forgetPack()
  return { kind: 'shut', state, user, db, deviceId, status, others: await peopleOf(userIds.filter((id) => id !== user.id)) }
}

// Undefined: his database is not open here any more.
async function readAgain(userId: string) {
  const db = await openedDb(userId)
  return db && { userId, ...await readInside(db) }
}

// All that every page needs of a user's database, in one transaction.
async function readInside(db: UserDb) {
  const tx = db.transaction(['vault', 'pack', 'line', 'outbox'])
  const [vault, packs, memory, outbox] = await Promise.all([
    tx.objectStore('vault').getAll(), tx.objectStore('pack').count(), tx.objectStore('line').get('memory'), tx.objectStore('outbox').getAll(),
  ])
  return { db, vault, packs, status: statusOf(memory as LineMemory | undefined ?? FRESH_MEMORY, outbox) }
}

async function peopleOf(ids: string[]): Promise<Person[]> {
  const settings = await Promise.all(ids.map(async (id) => readSettings(await userDb(id))))
  return settings.flatMap((known) => known ? [{ id: known.user.id, name: known.user.name }] : [])
}

// Somebody uses the phone from now on: what others had open is shut first.
export async function turnTo(userId: string): Promise<void> {
  const { currentUser, userIds } = await readDevice(await deviceDb())
  for (const other of userIds.filter((id) => id !== userId)) await lock(await userDb(other))
  if (currentUser !== userId) forgetPack()
  if (currentUser !== userId) await evenFull(async () => updateDevice(await deviceDb(), () => ({ currentUser: userId })))
}

// Somebody has just signed in; who, the next page of the server tells. Until then the phone shows nobody's tasks.
export const forgetWho = () => evenFull(async () => void await updateDevice(await deviceDb(), () => ({ currentUser: null, endSession: false })))

// Signed out without signal.
export const rememberToEnd = () => evenFull(async () => void await updateDevice(await deviceDb(), () => ({ endSession: true })))

export async function shutCurrent(): Promise<void> {
  const { currentUser, userIds } = await readDevice(await deviceDb())
  if (currentUser !== null && userIds.includes(currentUser)) await lock(await userDb(currentUser))
  forgetPack()
}

// Somebody is typing: the idle lock counts from now.
export async function stayOpen(now = new Date()): Promise<void> {
  const { currentUser, userIds } = await readDevice(await deviceDb())
  if (currentUser !== null && userIds.includes(currentUser)) await readKey(await userDb(currentUser), now)
}
