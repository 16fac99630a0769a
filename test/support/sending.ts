import 'fake-indexeddb/auto'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { DeliveryText } from '#app/deliveries/format.ts'
import { register } from '#app/offline/contact.ts'
import { openUser, type UserDb } from '#app/offline/database.ts'
import type { Fetch } from '#app/offline/line.ts'
import { highestMade, readOutbox } from '#app/offline/outbox.ts'
import { synchronise, type SyncContext } from '#app/offline/sync.ts'
import { keyBySecret, prepareVault, seal, sealText } from '#app/offline/vault.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { Office } from '#test/support/office.ts'
import { aRecord } from '#test/support/records.ts'

const PIN = '274051'
export const KINDS = PHOTO_KINDS.map(({ code }) => code)

export type Phone = {
  db: UserDb, userId: string, deviceId: string, dataKey: CryptoKey
  // What the phone's clock says, and how the air is: set by a test as it goes on.
  clock: Date, through: (fetch: Fetch) => Fetch
  sync: (more?: Partial<SyncContext>) => ReturnType<typeof synchronise>
}
export type Sender = Phone & { office: Office }

// A phone prepared at the server that `fetch` reaches.
export async function aPhone(userId: string, fetch: Fetch, deviceId: string = randomUUID()): Promise<Phone> {
  const [db, clock] = [await openUser(userId), new Date('2026-03-02T03:00:00.000Z')]
  const { secret, id: _id, at: _at, ...settings } = (await register({ fetch, userId, deviceId, made: 0 }, 'HP uji')).contact!
  await prepareVault(db, { pin: PIN, secret, settings: { ...settings, lastContact: clock.toISOString() }, rounds: 1000 }, clock)
  const phone: Phone = {
    db, userId, deviceId, clock, dataKey: (await keyBySecret(db, secret))!, through: (way) => way,
    sync: (more = {}) => synchronise({
      db, userId, deviceId, label: 'HP uji', now: () => phone.clock, pause: async () => undefined, fetch: phone.through(fetch), ...more,
    }),
  }
  return phone
}

// With an office in memory at the other end.
export async function aSender(userId = `siti-${randomUUID()}`): Promise<Sender> {
  const office = new Office(userId)
  const phone = await aPhone(userId, office.fetch)
  office.told = []
  return Object.assign(phone, { office })
}

export type Queued = { id: string, visitId: string, text: string, photos: Map<string, Buffer> }

type Given = { photos?: number, bytes?: number, head?: string, visitId?: string, householdId?: string, make?: (seed: number) => Buffer }

// A visit as it lies in the outbox after "Kirim".
export async function queue({ db, userId, deviceId, dataKey, clock }: Phone, {
  photos = 2, bytes = 30_000, head = 'Asep Sunarya', visitId = randomUUID(), householdId = `rt-${head}`, make = () => randomBytes(bytes),
}: Given = {}): Promise<Queued> {
  const [id, coordinate] = [randomUUID(), { latitude: -7.97, longitude: 110.22, accuracyM: 9, locatedAt: null }]
  const files = new Map(KINDS.slice(0, photos).map((kind, i) => [kind as string, make(i)]))
  const told = [...files].map(([kind, file]) => ({ kind, bytes: file.length, sha256: createHash('sha256').update(file).digest('hex'), takenAt: null }))
  const sequence = highestMade(await readOutbox(db)) + 1
  const delivery: DeliveryText = {
    format: 1, id, visitId, householdId, officerId: userId, deviceId, sequence, madeAt: clock.toISOString(), baseVersion: 1,
    visit: { record: aRecord({ head }), activeMs: 60_000, openedAt: clock.toISOString(), questionnaireVersion: '2026', coordinate }, photos: told,
  }
  const text = JSON.stringify(delivery)
  for (const { kind, sha256, bytes: size } of told) {
    await db.put('photos', { visitId, kind, bytes: size, sha256, addedAt: clock.toISOString(), takenAt: null, ...await seal(dataKey, Uint8Array.from(files.get(kind)!)) })
  }
  await db.put('drafts', { visitId, householdId, status: 'queued', ...await sealText(dataKey, '{}') })
  await db.put('outbox', {
    id, visitId, householdId, sequence, state: 'queued', sha256: createHash('sha256').update(text).digest('hex'), madeAt: clock.toISOString(),
    photos: told.map(({ kind, sha256, bytes: size }) => ({ kind, sha256, bytes: size, offset: 0, stored: false })), receipt: null, reason: null, problem: null,
    attempts: 0, nextAt: null, receivedAt: null, ...await sealText(dataKey, text),
  })
  return { id, visitId, text, photos: files }
}

export const silence = () => Promise.reject(new TypeError('Failed to fetch'))
export const portal = () => Promise.resolve(new Response('<h1>Selamat datang di WiFi</h1>', { headers: { 'Content-Type': 'text/html' } }))
const isPiece = (init: RequestInit) => init.method === 'PATCH'
const sizeOf = (body: unknown) => body instanceof Uint8Array ? body.length : typeof body === 'string' ? Buffer.byteLength(body) : 0

// A browser says more than a test does: who it is, what it speaks, its cookie; and the server sends its rules with all it answers.
const HEAD_UP = 520
const HEAD_DOWN = 900

// The air: counts what passes in both directions, heads too, and cuts each time `every` bytes have passed. What came
// through of a piece reaches the server unless something on the way holds pieces back until they are whole.
export function cutting(fetch: Fetch, every: number, { holdsBack = false } = {}) {
  const air = { wire: 0, cuts: 0, left: every }
  const pass = (bytes: number) => {
    const passed = Math.min(bytes, air.left)
    air.wire += passed
    air.left -= passed
    if (air.left > 0 || passed === bytes) return passed
    air.cuts++
    air.left = every
    return passed
  }
  const through: Fetch = async (input, init) => {
    const [head, size] = [HEAD_UP + input.length, sizeOf(init.body)]
    const passed = pass(head + size)
    if (passed < head + size) {
      const arrived = passed - head
      if (isPiece(init) && arrived > 0 && !holdsBack) await fetch(input, { ...init, body: (init.body as Uint8Array<ArrayBuffer>).slice(0, arrived) })
      return silence()
    }
    const answer = await fetch(input, init)
    const body = await answer.clone().arrayBuffer()
    return pass(HEAD_DOWN + body.byteLength) < HEAD_DOWN + body.byteLength ? silence() : answer
  }
  return { air, through }
}
