import { randomBytes, randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { alone, LEASE_MS } from '#app/offline/alone.ts'
import { openDevice, type LineLease } from '#app/offline/database.ts'
import { note, readJournal } from '#app/offline/journal.ts'
import { countOutbox, readOutbox, tellCounts } from '#app/offline/outbox.ts'
import { afterCut, afterPiece, FRESH_PACE, isCalm } from '#app/offline/pace.ts'
import { renewPin } from '#app/offline/preparing.ts'
import type { FetchedPack, PackShelf, SomeChanges } from '#app/offline/refresh.ts'
import { nextAttemptAt, readMemory, readStatus } from '#app/offline/status.ts'
import { unlock, vaultState } from '#app/offline/vault.ts'
import { Office } from '#test/support/office.ts'
import { aSender, cutting, portal, queue, silence, type Queued, type Sender } from '#test/support/sending.ts'

const DAY = 24 * 3600_000
const after = (at: string, days: number) => new Date(Date.parse(at) + days * DAY)
const copiesOf = async ({ db }: Sender, { id, visitId }: Queued) => [
  (await db.get('outbox', id))!.data.byteLength > 0, await db.countFromIndex('photos', 'visit', visitId), await db.get('drafts', visitId) !== undefined,
]
const WHOLE = [true, 2, true]
const CLEARED = [false, 0, false]

const keeping = suite('what the phone keeps')

keeping('stays for its days after the receipt by the server\'s clock, whatever the phone\'s says', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  await phone.sync()
  // Set on by a year, set back by a year: neither clears anything nor loses anything.
  for (const days of [365, -365]) {
    phone.clock = after(phone.office.at, days)
    await phone.sync()
    assert.equal(await copiesOf(phone, sent), WHOLE)
  }
  phone.office.at = after(phone.office.at, 13.9).toISOString()
  await phone.sync()
  assert.equal(await copiesOf(phone, sent), WHOLE)
  phone.office.at = after(phone.office.at, 0.2).toISOString()
  await phone.sync()
  assert.equal(await copiesOf(phone, sent), CLEARED)
  const row = (await phone.db.get('outbox', sent.id))!
  assert.equal([row.state, row.receipt?.photosComplete], ['accepted', true])
  assert.match((await readJournal(phone.db, async () => undefined))[0]!.sentence, /^Salinan 1 kunjungan dihapus dari HP/)
})

keeping('never clears what has no whole receipt, a receipt that is not genuine, or waits for a person', async () => {
  const phone = await aSender()
  const [waiting, forged, held, edited] = [await queue(phone), await queue(phone), await queue(phone), await queue(phone)]
  phone.office.hold = ({ id }) => id === held.id ? { reason: 'incomplete', message: 'Belum lengkap.' } : undefined
  phone.through = (fetch) => (path, init) => path.includes(`${waiting.id}/photos`) ? silence() : fetch(path, init)
  await phone.sync()
  const row = (await phone.db.get('outbox', forged.id))!
  await phone.db.put('outbox', { ...row, receipt: { ...row.receipt!, receivedAt: '2026-01-01T00:00:00.000Z' }, receivedAt: '2026-01-01T00:00:00.000Z' })
  await phone.db.put('drafts', { ...(await phone.db.get('drafts', edited.visitId))!, status: 'draft' })
  phone.office.at = after(phone.office.at, 100).toISOString()
  await phone.sync()
  for (const one of [waiting, forged, held, edited]) assert.equal(await copiesOf(phone, one), WHOLE)
})

keeping('clears nothing when a login page or nobody answers', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  await phone.sync()
  phone.office.at = after(phone.office.at, 100).toISOString()
  for (const air of [portal, silence]) {
    phone.through = () => air
    await phone.sync()
    assert.equal(await copiesOf(phone, sent), WHOLE)
  }
})

keeping('seals itself when the office revokes the phone; unsent work stays', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  phone.office.revoked = true
  const status = await phone.sync()
  assert.equal([status.halt, status.next, await vaultState(phone.db, phone.clock)], ['revoked', 'Hubungi Dinsos kabupaten.', 'revoked'])
  assert.equal([await copiesOf(phone, sent), phone.office.kept.size], [WHOLE, 0])
})

keeping('sends with the page locked, and leaves it locked', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  await phone.db.delete('vault', 'open')
  await phone.sync()
  assert.equal([phone.office.kept.get(sent.id)?.status, await vaultState(phone.db, phone.clock)], ['accepted', 'locked'])
})

keeping('locked, and under a secret the server no longer has, says that the PIN helps; then it sends', async () => {
  const phone = await aSender()
  await queue(phone)
  phone.office.secret = randomBytes(32).toString('base64')
  await phone.db.delete('vault', 'open')
  const { halt, next } = await phone.sync()
  assert.is(halt, 'sealed')
  assert.match(next!, /^Buka kunci HP ini dengan PIN/)
  await unlock(phone.db, '274051', phone.clock)
  assert.equal([(await phone.sync()).halt, phone.office.kept.size], [null, 1])
})

keeping('asks a person when the server signs with another key, and sends once the PIN is made anew', async () => {
  const phone = await aSender()
  await queue(phone)
  const other = new Office(phone.userId)
  other.secret = phone.office.secret
  const status = await phone.sync({ fetch: other.fetch })
  assert.equal([status.halt, other.kept.size], ['key_changed', 0])
  assert.match(status.next!, /ganti PIN di halaman HP ini/)
  await renewPin({
    device: await openDevice(), openDb: async () => phone.db, fetch: other.fetch, label: 'HP uji', now: () => phone.clock, keepPack: async () => undefined, report: () => undefined,
  }, phone.userId, '835162')
  assert.equal([(await phone.sync({ fetch: other.fetch })).halt, other.kept.size], [null, 1])
})

keeping('tries again at growing intervals, and at once when the clock went back', async () => {
  const phone = await aSender()
  await queue(phone)
  phone.through = () => silence
  const waits: number[] = []
  for (let n = 0; n < 10; n++) {
    await phone.sync()
    waits.push((Date.parse((await nextAttemptAt(phone.db, phone.clock))!) - phone.clock.getTime()) / 1000)
  }
  assert.equal(waits, [15, 30, 60, 120, 240, 480, 960, 1800, 1800, 1800])
  const back = after(phone.clock.toISOString(), -400)
  assert.is(await nextAttemptAt(phone.db, back), back.toISOString())
  assert.is((await readJournal(phone.db, async () => undefined)).length, 1)
})

keeping('tells the newest lines of its journal, without a name where nobody may see it', async () => {
  const { db, clock } = await aSender()
  for (let n = 1; n <= 510; n++) await note(db, { tone: 'info', sentence: `Baris ${n}.`, next: null }, clock)
  assert.is(await db.count('journal'), 500)
  const phone = await aSender()
  await queue(phone)
  await phone.sync()
  const [named] = await readJournal(phone.db, async (id) => id === 'rt-Asep Sunarya' ? 'Asep Sunarya' : undefined)
  const [locked] = await readJournal(phone.db, async () => undefined)
  assert.match(named!.sentence, /^Kunjungan Asep Sunarya sudah lengkap/)
  assert.match(locked!.sentence, /^Kunjungan nomor 1 sudah lengkap/)
  assert.not.match(JSON.stringify(await phone.db.getAll('journal')), /Asep/)
})

const refreshing = suite('the tasks after a round')

const shelfOf = (sequence: number | null) => {
  const seen = { applied: [] as SomeChanges[], packs: [] as FetchedPack[] }
  const shelf: PackShelf = { sequence: async () => sequence, apply: async (changes) => void seen.applied.push(changes), replace: async (pack) => void seen.packs.push(pack) }
  return { seen, shelf: () => shelf }
}

refreshing('takes what changed, or a new pack when the server says so; without a pack it asks nothing', async () => {
  const phone = await aSender()
  const [some, none] = [shelfOf(3), shelfOf(null)]
  await phone.sync({ shelf: some.shelf })
  assert.is((await readMemory(phone.db)).tasksAt, phone.clock.toISOString())
  await phone.sync({ shelf: none.shelf })
  phone.office.changes = { sequence: 9, full: true }
  await phone.sync({ shelf: some.shelf })
  assert.equal([some.seen.applied.map(({ sequence }) => sequence), some.seen.packs.map(({ sequence }) => sequence), none.seen.applied], [[7], [9], []])
})

refreshing('keeps the pack it has when a login page stands in for the new one', async () => {
  const phone = await aSender()
  const { seen, shelf } = shelfOf(3)
  phone.office.changes = { sequence: 9, full: true }
  phone.through = (fetch) => (path, init) => path.startsWith('/packs/current') ? portal() : fetch(path, init)
  assert.is((await phone.sync({ shelf })).halt, 'foreign')
  assert.equal(seen.packs, [])
})

refreshing('goes on with the old tasks when this phone cannot lay in the new ones', async () => {
  const phone = await aSender()
  const sent = await queue(phone)
  const fails = async () => { throw new Error('no wasm here') }
  const status = await phone.sync({ shelf: () => ({ sequence: async () => 3, apply: fails, replace: fails }) })
  assert.equal([status.halt, phone.office.kept.get(sent.id)?.status, (await readMemory(phone.db)).tasksAt], [null, 'accepted', undefined])
  assert.match((await readJournal(phone.db, async () => undefined))[0]!.sentence, /Yang lama tetap dipakai/)
})

const one = suite('one at a time')

one('lets a second caller go while the first is sending', async () => {
  const phone = await aSender()
  await queue(phone)
  const [first, second] = await Promise.all([phone.sync(), phone.sync()])
  assert.equal([first.halt, second.halt, phone.office.told.filter((line) => line === 'POST /devices').length], [null, null, 1])
})

one('takes over from a worker that was killed, once its lease has run out or the clock went back', async () => {
  const { db } = await aSender()
  const work = () => alone(db, 'siti', async () => 'done')
  const lease = (until: number): LineLease => ({ key: 'lease', holder: randomUUID(), until })
  await db.put('line', lease(Date.now() + LEASE_MS / 2))
  assert.is(await work(), undefined)
  for (const until of [Date.now() - 1, Date.now() + 2 * LEASE_MS]) {
    await db.put('line', lease(until))
    assert.is(await work(), 'done')
  }
})

one('uses the browser\'s own locks where there are some', async () => {
  const { db } = await aSender()
  const asked: string[] = []
  const locks = (free: boolean) => ({ request: async <T>(name: string, _options: object, work: (lock: unknown) => Promise<T>) => (asked.push(name), work(free ? {} : null)) })
  assert.equal([await alone(db, 'siti', async () => 'done', locks(true)), await alone(db, 'siti', async () => 'done', locks(false)), asked[0]], ['done', undefined, 'siks-sync-siti'])
})

const line = suite('the size of the pieces')

line('grows while the line is quick, and shrinks only where a cut lost the whole piece', () => {
  const quick = afterPiece(FRESH_PACE, 16_384, 900)
  const large = { piece: 65_536, quiet: 100_000, run: 1_048_576 }
  assert.equal([quick.piece, afterPiece(quick, 32_768, 30_000).piece, afterPiece(large, 65_536, 10).piece], [32_768, 16_384, 65_536])
  const [part, nothing, answer] = [afterCut(large, 65_536, 9000), afterCut(large, 65_536, 0), afterCut({ ...large, run: 90_000 }, 65_536, 65_536)]
  assert.equal([part.piece, nothing.piece, afterPiece(nothing, 24_495, 10).piece, answer.run], [65_536, 24_495, 24_495, 90_000])
  assert.equal([isCalm(FRESH_PACE), isCalm(part)], [true, false])
})

line('costs little more than what it carries, cut every 100 kB', async () => {
  const phone = await aSender()
  const sent = [await queue(phone, { photos: 9, bytes: 120_000 }), await queue(phone, { photos: 9, bytes: 120_000 })]
  const { air, through } = cutting(phone.office.fetch, 100_000)
  await phone.sync({ fetch: through })
  const payload = sent.reduce((sum, { text, photos }) => sum + Buffer.byteLength(text) + [...photos.values()].reduce((all, { length }) => all + length, 0), 0)
  assert.equal(sent.map(({ id }) => phone.office.kept.get(id)?.status), ['accepted', 'accepted'])
  assert.ok(air.wire / payload <= 1.15, `${(air.wire / payload).toFixed(3)} after ${air.cuts} cuts`)
})

const words = suite('the line of status')

words('says what is safe where', async () => {
  const none = { queued: 0, photos: 0, troubled: 0, held: 0, arrived: 3 }
  assert.is(tellCounts(none), 'Semua sudah sampai di server.')
  assert.is(tellCounts({ ...none, photos: 3 }), 'Data aman, 3 foto menunggu.')
  assert.is(tellCounts({ ...none, queued: 2, photos: 3, held: 1 }), '2 kunjungan menunggu dikirim, aman di HP; 3 foto menunggu; 1 kunjungan perlu diperhatikan.')
  const phone = await aSender()
  await queue(phone)
  assert.equal([(await readStatus(phone.db)).sentence, countOutbox(await readOutbox(phone.db)).queued], ['1 kunjungan menunggu dikirim, aman di HP.', 1])
})

keeping.run()
refreshing.run()
one.run()
line.run()
words.run()
