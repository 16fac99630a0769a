import { register } from '#app/offline/contact.ts'
import { readDevice, updateDevice, type DeviceDb, type UserDb } from '#app/offline/database.ts'
import { haltOf, tellHalt } from '#app/offline/halts.ts'
import type { Failure, Fetch, Line } from '#app/offline/line.ts'
import { highestMade, readOutbox } from '#app/offline/outbox.ts'
import { fetchPack, type FetchedPack } from '#app/offline/refresh.ts'
import { isPin, keepContact, prepareVault, readKey } from '#app/offline/vault.ts'
import { conflict, invalid, Problem } from '#app/problems.ts'

// Making a phone ready for one user: the phone is registered, the pack fetched, a vault made, the pack put into it.

export type Preparing = {
  device: DeviceDb, openDb: (userId: string) => Promise<UserDb>, fetch: Fetch, label: string, now: () => Date
  keepPack: (db: UserDb, key: CryptoKey, pack: FetchedPack) => Promise<void>
  report: (bytes: number) => void
}

export function demandPin(pin: string, again: string) {
  if (!isPin(pin)) throw invalid({ pin: 'PIN sedikitnya 6 angka dan tidak boleh angka yang sama semua.' })
  if (pin !== again) throw invalid({ again: 'PIN yang kedua tidak sama.' })
}

// Safe to repeat: after a cut everything that had arrived is used, and work already on the phone stays.
export async function preparePhone(context: Preparing, userId: string, pin: string): Promise<void> {
  const line = await lineOf(context, userId, true)
  const settings = await contactOf(line, context.label)
  const pack = await fetchPack({ ...line, fetch: counting(context.fetch, context.report) })
  if (pack.kind !== 'given') throw problemOf(pack)
  const db = await context.openDb(userId)
  await setPin(db, pin, settings, context.now())
  await context.keepPack(db, (await readKey(db, context.now()))!, pack.value)
  await updateDevice(context.device, ({ userIds }) => ({ currentUser: userId, userIds: [userId, ...userIds.filter((id) => id !== userId)] }))
}

// Forgotten, or to be changed: whoever is signed in with the account may set it anew.
export async function renewPin(context: Preparing, userId: string, pin: string): Promise<void> {
  const settings = await contactOf(await lineOf(context, userId), context.label)
  await setPin(await context.openDb(userId), pin, settings, context.now())
}

// After a long silence, or with a clock gone wrong: the office is asked whether this phone may still be used. Its rules
// and the hour are new then; the PIN is still needed.
export async function renewContact(context: Preparing, userId: string): Promise<void> {
  const { user, recipient, expiryDays, idleMinutes, keepDays } = await contactOf(await lineOf(context, userId), context.label)
  await keepContact(await context.openDb(userId), { user, recipient, expiryDays, idleMinutes, keepDays }, context.now())
}

async function setPin(db: UserDb, pin: string, { secret, id: _id, at: _at, missing: _missing, lost: _lost, ...settings }: Contacted, now: Date) {
  await prepareVault(db, { pin, secret, settings: { ...settings, lastContact: now.toISOString() } }, now)
}

async function lineOf({ device, openDb, fetch, label }: Preparing, userId: string, isNew = false): Promise<Line> {
  const { id, userIds } = await readDevice(device, label)
  const rows = isNew && !userIds.includes(userId) ? [] : await readOutbox(await openDb(userId))
  return { fetch, userId, deviceId: id, made: highestMade(rows) }
}

type Contacted = Extract<Awaited<ReturnType<typeof register>>, { contact: unknown }>['contact'] & object

async function contactOf(line: Line, label: string): Promise<Contacted> {
  const { contact, failure } = await register(line, label)
  if (failure) throw problemOf(failure)
  if (contact.user.id !== line.userId) throw conflict(tellHalt('wrong_user').sentence)
  return contact
}

const TRY_AGAIN = 'Coba lagi di tempat yang sinyalnya lebih baik.'

function problemOf(failure: Failure): Problem {
  if (failure.kind === 'refused' && failure.code !== 'unauthenticated') return new Problem('conflict', failure.message)
  const halt = haltOf(failure)
  if (halt === 'signed_out') return new Problem('unauthenticated', 'Anda belum masuk. Masuk dengan kata sandi, lalu ulangi.')
  if (halt === 'foreign') return conflict('Jaringan ini mengalihkan ke halaman lain (halaman login WiFi?). Masuk dahulu ke WiFi itu, atau pakai data seluler.')
  return conflict(`Server tidak terjangkau. ${TRY_AGAIN}`)
}

// Tells how much has come, while it comes.
const counting = (fetch: Fetch, report: (bytes: number) => void): Fetch => async (path, init) => {
  const response = await fetch(path, init)
  if (!response.body || response.status !== 200) return response
  let bytes = 0
  const told = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, to) {
      report(bytes += chunk.length)
      to.enqueue(chunk)
    },
  }))
  return new Response(told, { status: 200, headers: response.headers })
}
