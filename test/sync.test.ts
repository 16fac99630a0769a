import { generateKeyPairSync } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Fetch } from '#app/offline/line.ts'
import { readJournal } from '#app/offline/journal.ts'
import { nextAttemptAt, readStatus, type SyncStatus } from '#app/offline/status.ts'
import { aSender, KINDS, cutting, portal, queue, silence, type Queued, type Sender } from '#test/support/sending.ts'

const rowOf = async ({ db }: Sender, { id }: Queued) => (await db.get('outbox', id))!
const journalOf = async ({ db }: Sender) => (await readJournal(db, async () => 'Asep Sunarya')).map(({ sentence }) => sentence)

// What the office has is what the phone sent, to the last byte.
function assertArrived({ office }: Sender, ...sent: Queued[]) {
  for (const { id, text, photos } of sent) {
    assert.is(office.kept.get(id)?.text, text)
    for (const [kind, bytes] of photos) assert.ok(office.kept.get(id)!.photos.get(kind)!.bytes.equals(bytes), kind)
  }
  assert.is(office.kept.size, sent.length)
}

const only = (fetch: Fetch, wanted: (path: string, init: RequestInit) => boolean, otherwise: () => Promise<Response>): Fetch =>
  (path, init) => wanted(path, init) ? fetch(path, init) : otherwise()
const isPhoto = (path: string) => path.includes('/photos/')

async function quietly<T>(work: () => Promise<T>) {
  const say = console.error
  console.error = () => undefined
  return work().finally(() => { console.error = say })
}

const sync = suite('sending what waits')

sync('sends every text before the first photo, and all of it once', async () => {
  const phone = await aSender()
  const sent = [await queue(phone), await queue(phone, { head: 'Budi' })]
  const status = await phone.sync()
  assertArrived(phone, ...sent)
  const kinds = phone.office.told.map((line) => line.split('/')[0]!.trim() + (isPhoto(line) ? ' photo' : ''))
  assert.equal(kinds.slice(0, 4), ['POST', 'PUT', 'PUT', 'PATCH photo'])
  assert.equal([status.sentence, status.halt], ['Semua sudah sampai di server.', null])
  assert.is(await nextAttemptAt(phone.db, phone.clock), null)
})

sync('says the answers are safe while photos wait, and goes on where it was after a kill', async () => {
  const phone = await aSender()
  const sent = await queue(phone, { photos: 3 })
  phone.through = (fetch) => only(fetch, (path) => !isPhoto(path), silence)
  const status = await phone.sync()
  assert.match(status.sentence, /^Data aman, 3 foto menunggu\.$/)
  assert.ok((await journalOf(phone)).includes('Kunjungan Asep Sunarya: isian sudah aman di server. 3 foto menunggu sinyal.'))
  phone.through = (fetch) => fetch
  phone.office.told = []
  await phone.sync({ force: true })
  assertArrived(phone, sent)
  assert.equal(phone.office.told.filter((line) => line.startsWith('PUT')), [])
})

sync('goes on at the byte where a photo was cut', async () => {
  const phone = await aSender()
  const sent = await queue(phone, { photos: 1, bytes: 150_000 })
  const { air, through } = cutting(phone.office.fetch, 40_000)
  phone.through = () => through
  await phone.sync()
  assertArrived(phone, sent)
  assert.ok(air.cuts >= 3 && air.wire < 190_000, `${air.cuts} cuts, ${air.wire} bytes`)
})

sync('asks the server where it stands when it was killed before it could write the offset down', async () => {
  const phone = await aSender()
  const sent = await queue(phone, { photos: 1, bytes: 90_000 })
  phone.through = (fetch) => only(fetch, (path) => !isPhoto(path), silence)
  await phone.sync()
  const photo = phone.office.kept.get(sent.id)!.photos.get(KINDS[0]!)!
  photo.bytes = Buffer.from(sent.photos.get(KINDS[0]!)!.subarray(0, 50_000))
  phone.through = (fetch) => fetch
  await phone.sync({ force: true })
  assertArrived(phone, sent)
})

sync('believes neither a login page nor a receipt of another key, another text or another delivery', async () => {
  const phone = await aSender()
  const [sent, other] = [await queue(phone), await queue(phone)]
  await phone.office.fetch(`/deliveries/${other.id}`, { method: 'PUT', body: other.text, headers: { 'Siks-User': phone.userId } })
  await phone.office.fetch(`/deliveries/${sent.id}`, { method: 'PUT', body: sent.text, headers: { 'Siks-User': phone.userId } })
  const genuine = phone.office.state(sent.id)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const says = (body: unknown) => async () => new Response(JSON.stringify(body), { status: 200 })
  const lies = [
    portal, says({ ok: true }), says(null), says(phone.office.state(sent.id, privateKey)), says(phone.office.state(other.id)),
    says({ ...genuine, receipt: { ...genuine.receipt, photosComplete: true } }), says({ ...genuine, receipt: { ...genuine.receipt, signature: '~' } }),
    async () => new Response(null, { status: 302, headers: { Location: 'http://login.wifi/' } }), async () => new Response('<p>Authentication required', { status: 511 }),
  ]
  for (const lie of lies) {
    phone.through = (fetch) => only(fetch, (path) => path === '/devices', lie)
    const status = await phone.sync({ force: true })
    assert.equal([status.halt, (await rowOf(phone, sent)).receipt], ['foreign', null])
    assert.match(status.sentence, /jaringan ini mengalihkan \(halaman login WiFi\?\)/)
  }
  phone.through = () => portal
  assert.is((await phone.sync()).halt, 'foreign')
})

sync('makes one delivery of five tries whose answers were lost', async () => {
  const phone = await aSender()
  const sent = await queue(phone, { photos: 1 })
  let lost = 5
  phone.through = (fetch) => async (path, init) => {
    const answer = await fetch(path, init)
    return init.method === 'PUT' && lost-- > 0 ? silence() : answer
  }
  // The question after a lost answer would find it; here the server must cope with the text itself.
  const deaf: Fetch = (path, init) => init.method === 'GET' ? silence() : phone.through(phone.office.fetch)(path, init)
  for (let n = 0; n < 5; n++) {
    await phone.db.put('outbox', { ...await rowOf(phone, sent), attempts: 0, nextAt: null })
    await phone.sync({ fetch: deaf })
  }
  await phone.sync({ force: true })
  assertArrived(phone, sent)
})

sync('goes on with the next when one is refused, and says what to do about it', async () => {
  const phone = await aSender()
  const [bad, worse, good] = [await queue(phone, { head: 'Budi' }), await queue(phone, { head: 'Cici' }), await queue(phone)]
  phone.office.refuse = ({ id }) => id === bad.id ? { status: 422, code: 'invalid', message: 'Isi kiriman tidak terbaca.' }
    : id === worse.id ? { status: 409, code: 'conflict', message: 'Nomor ini sudah dipakai.' } : undefined
  const status = await phone.sync()
  assertArrived(phone, good)
  assert.equal([status.sentence, status.halt], ['2 kunjungan belum bisa dikirim.', null])
  assert.match((await journalOf(phone)).join('\n'), /belum bisa dikirim: Isi kiriman tidak terbaca\. Kunjungan lain tetap dikirim/)
  phone.office.refuse = () => undefined
  await phone.sync({ force: true })
  assertArrived(phone, bad, worse, good)
})

sync('goes on when one of them cannot be opened, meets another text under its number, or is held up on the way', async () => {
  const phone = await aSender()
  const [broken, taken, filtered, good] = [await queue(phone), await queue(phone), await queue(phone), await queue(phone)]
  await phone.db.put('outbox', { ...await rowOf(phone, broken), iv: new Uint8Array(12) })
  await phone.office.fetch(`/deliveries/${taken.id}`, { method: 'PUT', body: `${taken.text} `, headers: { 'Siks-User': phone.userId } })
  await phone.db.put('outbox', { ...await rowOf(phone, taken), attempts: 1 })
  phone.through = (fetch) => only(fetch, (path, { method }) => method === 'GET' || !path.endsWith(filtered.id), portal)
  const [status, report] = [await quietly(() => phone.sync()), await journalOf(phone)]
  assert.equal([status.halt, (await rowOf(phone, good)).state], [null, 'accepted'])
  for (const words of [/tidak terbaca di HP/, /sudah dipakai untuk isi yang berbeda/, /ditahan sesuatu di jaringan/]) assert.match(report.join('\n'), words)
})

sync('waits for a sign-in and then goes on; nothing is lost meanwhile', async () => {
  const phone = await aSender()
  const sent = [await queue(phone), await queue(phone)]
  let texts = 0
  phone.through = (fetch) => (path, init) => {
    if (init.method === 'PUT' && ++texts === 2) phone.office.user = null
    return fetch(path, init)
  }
  const status = await phone.sync()
  assert.equal([status.halt, status.next], ['signed_out', 'Masuk lagi untuk meneruskan.'])
  assert.equal([await nextAttemptAt(phone.db, phone.clock), (await readStatus(phone.db)).halt], [null, 'signed_out'])
  phone.office.user = phone.userId
  await phone.sync()
  assertArrived(phone, ...sent)
})

sync('sends nothing under another user\'s session', async () => {
  const phone = await aSender()
  await queue(phone)
  phone.office.user = 'oki'
  assert.is((await phone.sync()).halt, 'wrong_user')
  assert.equal([phone.office.told, phone.office.kept.size], [['POST /devices'], 0])
})

sync('keeps everything when the server is full, or breaks, and tries again later', async () => {
  const phone = await aSender()
  const sent = [await queue(phone), await queue(phone)]
  phone.office.full = true
  const status = await phone.sync()
  assert.match(status.sentence, /^2 kunjungan menunggu dikirim, aman di HP\. Server penuh; data tetap di HP\./)
  phone.office.full = false
  assert.is(await nextAttemptAt(phone.db, phone.clock), '2026-03-02T03:00:15.000Z')
  phone.through = (fetch) => only(fetch, (path) => !path.endsWith(sent[0]!.id), async () => new Response('{"problem":{"code":"broken","message":"Rusak"}}', { status: 500 }))
  await phone.sync()
  assert.equal([...phone.office.kept.keys()], [sent[1]!.id])
  assert.is((await rowOf(phone, sent[0]!)).nextAt, '2026-03-02T03:00:30.000Z')
  phone.through = (fetch) => fetch
  phone.clock = new Date('2026-03-02T03:00:40.000Z')
  await phone.sync()
  assertArrived(phone, ...sent)
})

sync('sends the whole delivery in one post on a good network, and in pieces when that is cut', async () => {
  const phone = await aSender()
  const sent = await queue(phone, { photos: 3 })
  await phone.sync({ good: true })
  assertArrived(phone, sent)
  assert.equal(phone.office.told.filter((line) => line.includes('/deliveries/')), [`POST /deliveries/${sent.id}/bundle`])
  const next = [await queue(phone, { photos: 4 }), await queue(phone, { photos: 4 })]
  phone.through = (fetch) => cutting(fetch, 60_000).through
  phone.office.told = []
  await phone.sync({ good: true })
  assertArrived(phone, sent, ...next)
  assert.is(phone.office.told.filter((line) => line.endsWith('/bundle')).length, 0)
})

sync('sends what the officer finishes while it is sending', async () => {
  const phone = await aSender()
  const sent = [await queue(phone)]
  phone.through = (fetch) => async (path, init) => {
    if (isPhoto(path) && sent.length === 1) sent.push(await queue(phone))
    return fetch(path, init)
  }
  await phone.sync()
  assertArrived(phone, ...sent)
})

sync('tells pages how far it is', async () => {
  const phone = await aSender()
  await queue(phone, { photos: 2 })
  const told: SyncStatus[] = []
  await phone.sync({ onProgress: (status) => void told.push(status) })
  assert.ok(told.length > 4 && told.every(({ sent }, i) => i === told.length - 1 || sent >= (told[i - 1]?.sent ?? 0)))
  assert.equal([told.at(-2)!.sent, told.at(-1)!.running], [told.at(-2)!.total, false])
  assert.match(told[1]!.sentence, /^Mengirim \d+ dari \d+ kB\.$/)
})

sync.run()
