import { fromBase64, type Bytes } from '#app/offline/bytes.ts'
import type { Sealed, UserDb, VaultKeys, VaultOpen, VaultRow, VaultSettings, WrappedKey } from '#app/offline/database.ts'
import { unlessFull } from '#app/offline/room.ts'
import { Problem } from '#app/problems.ts'

// One key seals what a user keeps on the phone. It lies there twice, each time under another key: one made of the PIN,
// and the secret the server gives this phone when the user signs in. Unlocked, only a handle lies there that can be
// used but not read out.

const ROUNDS = 600_000
const MOST_WRONG_PINS = 10
export const PIN_LENGTH = { min: 6, max: 32 }
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const AES = { name: 'AES-GCM', length: 256 } as const

export const isPin = (pin: string) => pin.length >= PIN_LENGTH.min && pin.length <= PIN_LENGTH.max && new Set(pin).size > 1

type Prepared = { pin: string, secret: string, settings: Omit<VaultSettings, 'key'>, rounds?: number }

// After a sign-in: makes the key, or opens the one there is with the server's secret, and sets the PIN anew.
export async function prepareVault(db: UserDb, { pin, secret, settings, rounds = ROUNDS }: Prepared, now: Date) {
  const known = await readKeys(db)
  const raw = known ? await unwrap(known.bySecret, await secretKey(secret)) : crypto.getRandomValues(new Uint8Array(32))
  if (!raw) throw new Problem('conflict', 'Isi HP ini disegel dengan kunci lain, jadi PIN baru belum bisa dibuat. Buka dengan PIN lama, lalu kirim semua kunjungan. Lupa PIN: hubungi Dinsos.')
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const byPin = { ...await seal(await pinKey(pin, salt, rounds), raw), salt, rounds }
  const bySecret = known?.bySecret ?? { ...await seal(await secretKey(secret), raw), salt: new Uint8Array(0), rounds: 0 }
  const dataKey = await importData(raw)
  const tx = db.transaction('vault', 'readwrite')
  await Promise.all([
    tx.store.put({ key: 'keys', byPin, bySecret, wrongPins: 0, revoked: false }),
    tx.store.put({ key: 'settings', ...settings }),
    tx.store.put({ key: 'open', dataKey, lastUsed: now.toISOString() }),
    tx.done,
  ])
}

export const readKeys = async (db: UserDb): Promise<VaultKeys | undefined> => await db.get('vault', 'keys') as VaultKeys | undefined
export const readSettings = async (db: UserDb): Promise<VaultSettings | undefined> => await db.get('vault', 'settings') as VaultSettings | undefined

// What stands between the user and the key. unprepared: no pack was ever taken here. expired: no word from the office
// for too long. clock: the phone's clock lies before the last contact, so nobody can tell.
export type VaultState = 'open' | 'locked' | 'blocked' | 'expired' | 'clock' | 'revoked' | 'unprepared'

export const vaultState = async (db: UserDb, now: Date): Promise<VaultState> => (await lookIn(db, now)).state

export type Look = { state: VaultState, settings?: VaultSettings, key?: CryptoKey }

const lookIn = async (db: UserDb, now: Date): Promise<Look> => lookAt(db, await db.getAll('vault'), now)

// What the vault's rows, just read, say of it.
export async function lookAt(db: UserDb, rows: VaultRow[], now: Date): Promise<Look> {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const [keys, settings, open] = [byKey.get('keys'), byKey.get('settings'), byKey.get('open')] as
    [VaultKeys | undefined, VaultSettings | undefined, VaultOpen | undefined]
  if (!keys || !settings) return { state: 'unprepared' }
  const shut = shutBy(keys, settings, now)
  if (shut) return { state: shut, settings }
  if (!open) return { state: 'locked', settings }
  const key = staysOpen(keys, settings, open, now) && !isStale(open, now) ? open.dataKey : await readKey(db, now)
  return key ? { state: 'open', settings, key } : { state: 'locked', settings }
}

function shutBy({ revoked, byPin }: VaultKeys, { lastContact, expiryDays }: VaultSettings, now: Date): VaultState | undefined {
  if (revoked) return 'revoked'
  const days = (now.getTime() - Date.parse(lastContact)) / DAY_MS
  if (days > expiryDays) return 'expired'
  if (days < -1) return 'clock'
  return byPin ? undefined : 'blocked'
}

// The key while it is unlocked; each use counts against the idle lock. Undefined is locked.
export async function readKey(db: UserDb, now: Date): Promise<CryptoKey | undefined> {
  const tx = db.transaction('vault', 'readwrite')
  const [keys, settings, open] = await Promise.all((['keys', 'settings', 'open'] as const).map((key) => tx.store.get(key))) as
    [VaultKeys | undefined, VaultSettings | undefined, VaultOpen | undefined]
  const stays = keys && settings && open && staysOpen(keys, settings, open, now)
  // One transaction: a door shut at this very moment is not opened again.
  if (open && !stays) await tx.store.delete('open')
  else if (open && isStale(open, now)) void tx.store.put({ ...open, lastUsed: now.toISOString() }).catch(() => undefined)
  // Where no room is left to write it down, it is locked the sooner.
  await unlessFull(tx.done)
  return stays ? open.dataKey : undefined
}

// Its last use is written down twice a minute, not at every page.
const isStale = (open: VaultOpen, now: Date) => Math.abs(idleOf(open, now)) > MINUTE_MS / 2
const idleOf = ({ lastUsed }: VaultOpen, now: Date) => now.getTime() - Date.parse(lastUsed)

// A clock set back must not keep the door open; a little back and forth is only a clock being set right.
function staysOpen(keys: VaultKeys, settings: VaultSettings, open: VaultOpen, now: Date) {
  const shut = shutBy(keys, settings, now)
  return (!shut || shut === 'blocked') && Math.abs(idleOf(open, now)) <= settings.idleMinutes * MINUTE_MS
}

export type Unlocking = { state: VaultState, pinsLeft: number }

// The tenth wrong PIN in a row takes the PIN's way in away; a sign-in gives it back.
export async function unlock(db: UserDb, pin: string, now: Date): Promise<Unlocking> {
  const state = await vaultState(db, now)
  const keys = state === 'locked' || state === 'open' ? await countTry(db) : undefined
  if (!keys?.byPin) return { state, pinsLeft: 0 }
  const raw = await unwrap(keys.byPin, await pinKey(pin, keys.byPin.salt, keys.byPin.rounds))
  if (!raw) {
    const pinsLeft = MOST_WRONG_PINS - keys.wrongPins
    if (pinsLeft <= 0) await db.put('vault', { ...keys, byPin: null })
    return { state: pinsLeft > 0 ? 'locked' : 'blocked', pinsLeft: Math.max(0, pinsLeft) }
  }
  await keepOpen(db, { ...keys, wrongPins: 0 }, raw, now)
  return { state: 'open', pinsLeft: MOST_WRONG_PINS }
}

// Counted before it is tried: closing the page in between does not give another try.
async function countTry(db: UserDb): Promise<VaultKeys | undefined> {
  const tx = db.transaction('vault', 'readwrite')
  const known = await tx.store.get('keys') as VaultKeys | undefined
  const counted = known?.byPin ? { ...known, wrongPins: known.wrongPins + 1 } : known
  if (counted) await tx.store.put(counted)
  await tx.done
  return counted
}

// The key in the hand of whoever just got the secret, and no door left open: a sync at night unlocks no pages.
export async function keyBySecret(db: UserDb, secret: string): Promise<CryptoKey | undefined> {
  const keys = await readKeys(db)
  const raw = keys && await unwrap(keys.bySecret, await secretKey(secret))
  return raw && importData(raw)
}

async function keepOpen(db: UserDb, keys: VaultKeys, raw: Bytes, now: Date) {
  const dataKey = await importData(raw)
  const tx = db.transaction('vault', 'readwrite')
  await Promise.all([tx.store.put(keys), tx.store.put({ key: 'open', dataKey, lastUsed: now.toISOString() }), tx.done])
}

export const lock = (db: UserDb) => db.delete('vault', 'open')

// The office was heard: the days without contact count from now, and its present rules hold.
export async function keepContact(db: UserDb, contact: Partial<Omit<VaultSettings, 'key' | 'lastContact'>>, now: Date) {
  const tx = db.transaction('vault', 'readwrite')
  const settings = await tx.store.get('settings') as VaultSettings | undefined
  if (settings) await tx.store.put({ ...settings, ...contact, lastContact: now.toISOString() })
  await tx.done
}

// The office has ended this phone's right. What was never sent stays, and only the server's secret opens it.
export async function revoke(db: UserDb) {
  const tx = db.transaction(['vault', 'pack'], 'readwrite')
  const keys = await tx.objectStore('vault').get('keys') as VaultKeys | undefined
  if (keys) await tx.objectStore('vault').put({ ...keys, byPin: null, revoked: true })
  await Promise.all([tx.objectStore('vault').delete('open'), tx.objectStore('pack').clear(), tx.done])
}

export async function seal(key: CryptoKey, bytes: BufferSource): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
}

export const open = async (key: CryptoKey, { iv, data }: Sealed): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data))

export const sealText = (key: CryptoKey, text: string) => seal(key, new TextEncoder().encode(text))
export const openText = async (key: CryptoKey, sealed: Sealed) => new TextDecoder().decode(await open(key, sealed))
export const sealJson = (key: CryptoKey, value: unknown) => sealText(key, JSON.stringify(value))
export const openJson = async <T>(key: CryptoKey, sealed: Sealed) => JSON.parse(await openText(key, sealed)) as T

// Undefined: it was another key. The cipher's own check tells.
const unwrap = (wrapped: WrappedKey, key: CryptoKey): Promise<Bytes | undefined> => open(key, wrapped).catch(() => undefined)
const importData = (raw: Bytes) => crypto.subtle.importKey('raw', raw, AES, false, ['encrypt', 'decrypt'])
const secretKey = (secret: string) => importData(fromBase64(secret))

async function pinKey(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const words = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, words, AES, false, ['encrypt', 'decrypt'])
}
