import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CHANGES_MAGIC, MOST, openContainer, PACKAGE_MAGIC } from '#app/exchange/container.ts'
import { officeIdentity, officeRecipient } from '#app/exchange/office-key.ts'
import { resumeRuns, runsDone } from '#app/exchange/run-work.ts'
import { LIMITS } from '#app/files/kinds.ts'
import { TEXT_BYTES } from '#app/deliveries/text.ts'
import { isDocument } from '#app/files/watermark.ts'
import { deliveries, exchangeItems, exchangeRuns, files, visits } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import { aBundle, forOffice, lock, outboxOf } from '#test/support/siks-file.ts'
import {
  actions, addHousehold, BALECATUR, budi, contentsOf, dewi, freshApp, rina, siti, stageOf, wawan, type Fields,
} from '#test/support/world.ts'

type World = ReturnType<typeof freshApp>

// Two households of Siti, and what her phone holds of both.
function field() {
  const world = freshApp()
  const bundles = ['asep', 'ujang'].map((id) => {
    addHousehold(world.db, id, { stage: 'assigned', officer: siti })
    return aBundle({ householdId: id, officer: siti, record: aRecord() })
  })
  return { ...world, bundles }
}

async function take({ as, db }: Pick<World, 'as' | 'db'>, file: File, fields: Fields = {}, by = rina) {
  const response = await as(by).post('/exchange', { ...fields, file })
  await runsDone(db)
  return { status: response.status, text: await response.text(), run: db.select().from(exchangeRuns).where(eq(exchangeRuns.id, response.headers.get('Location')?.split('/').at(-1) ?? '')).get()! }
}
const itemsOf = ({ db }: Pick<World, 'db'>, runId: string) => db.select().from(exchangeItems).where(eq(exchangeItems.runId, runId)).orderBy(exchangeItems.position).all()
const outcomesOf = (world: Pick<World, 'db'>, runId: string) => itemsOf(world, runId).map(({ outcome }) => outcome)

const office = suite("the office's key")

office('is made once, for this office alone, and nobody else may read it', async () => {
  const { dataDirectory } = freshApp()
  const [one, two] = await Promise.all([officeIdentity(dataDirectory), officeIdentity(dataDirectory)])
  assert.is(one, two)
  assert.match(await officeRecipient(dataDirectory), /^age1[a-z0-9]{58}$/)
  assert.is(statSync(join(dataDirectory, 'office-key.txt')).mode & 0o777, 0o600)
  assert.is(readdirSync(dataDirectory).length, 1)
  assert.is.not(await officeIdentity(freshApp().dataDirectory), one)
})

const container = suite('a container')

const reading = async (...parts: (string | Uint8Array)[]) => {
  async function* source() { for (const part of parts) for (const byte of Buffer.from(part as string)) yield Uint8Array.of(byte) }
  const { bundles } = await openContainer(source())
  const read = []
  for await (const bundle of bundles) read.push(bundle)
  return read
}
const refusal = (...parts: (string | Uint8Array)[]) => reading(...parts).then(() => 'taken', (error: { fields: Record<string, string> }) => String(error.fields.file))
const length = (bytes: number) => Buffer.from(new Uint32Array([bytes]).buffer).swap32()
const text = (photos: unknown) => { const json = JSON.stringify({ photos }); return Buffer.concat([length(json.length), Buffer.from(json)]) }

container('gives back what was put in, photos left at the office marked as such', async () => {
  const photos = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)]
  const made = aBundle({ householdId: 'asep', officer: siti, record: aRecord(), photos })
  const partial = { text: made.text, photos: [null, photos[1]!] }
  const read = await reading(outboxOf([made, partial]))
  assert.equal(read.map((bundle) => ({ text: Buffer.from(bundle.text).toString(), photos: bundle.photos.map((photo) => photo && [...photo]) })), [
    { text: Buffer.from(made.text).toString(), photos: [[1, 2, 3], [4, 5]] }, { text: Buffer.from(made.text).toString(), photos: [null, [4, 5]] },
  ])
  assert.equal(await reading('SIKS1\n'), [])
})

container('has the limits of the door it leads to', () =>
  assert.equal([MOST.textBytes, MOST.photoBytes], [TEXT_BYTES, LIMITS.photo]))

container('says what is wrong and at which visit, before room is made for it', async () => {
  const good = [text([{ bytes: 3 }]), 'abc']
  assert.match(await refusal('halo dunia'), /bukan kiriman SIKS/)
  assert.match(await refusal('SI'), /berakhir/)
  assert.match(await refusal(PACKAGE_MAGIC), /paket wilayah/)
  assert.match(await refusal(CHANGES_MAGIC, length(20_000)), /terlalu panjang/)
  assert.match(await refusal('SIKS1\n', ...good, length(1_000_001)), /ke-2: isinya lebih dari 1 MB/)
  assert.match(await refusal('SIKS1\n', ...good, length(4), 'abcd'), /ke-2: isinya tidak terbaca/)
  assert.match(await refusal('SIKS1\n', text(undefined)), /ke-1: daftar fotonya/)
  assert.match(await refusal('SIKS1\n', text(Array(21).fill({ bytes: 1 }))), /lebih dari 20 foto/)
  assert.match(await refusal('SIKS1\n', text([{ bytes: 9e6 }])), /foto ke-1 lebih dari 8 MB/)
  for (const bytes of [-1, 0, 1.5, '3', null]) assert.match(await refusal('SIKS1\n', text([{ bytes }])), /tidak masuk akal/)
  assert.match(await refusal('SIKS1\n', text([{ bytes: 4 }]), 'abc'), /ke-1: berkas berakhir/)
})

const taking = suite('taking in a file')

taking('brings each visit in as its officer sent it, with its photos byte for byte', async () => {
  const world = field()
  const { status, run } = await take(world, await forOffice(world.dataDirectory, world.bundles))
  assert.equal([status, run.status, run.total, run.done, run.newCount, run.via], [303, 'taken', 2, 2, 2, 'file'])
  const [first] = world.bundles
  const visit = world.db.select().from(visits).where(eq(visits.id, first!.delivery.visitId)).get()!
  assert.equal([visit.officerId, visit.status, visit.householdId, stageOf(world.db, 'asep')], ['siti', 'submitted', 'asep', 'submitted'])
  const photo = await world.as(rina).get(`/files/visits/${visit.id}/${first!.delivery.photos[3]!.kind}`)
  assert.equal(Buffer.from(await photo.arrayBuffer()), Buffer.from(first!.photos[3]!))
  assert.is(world.db.select().from(deliveries).all().every(({ via }) => via === 'file'), true)
  assert.ok(['exchange.received', 'visit.submitted', 'exchange.taken'].every((action) => actions(world.db).includes(action)))
  assert.equal(readdirSync(join(world.dataDirectory, 'exchange', 'runs')), [])
})

taking('the same file twice changes nothing and says so', async () => {
  const world = field()
  const file = await forOffice(world.dataDirectory, world.bundles)
  await take(world, file)
  const visitsBefore = world.db.select().from(visits).all()
  const { run } = await take(world, file)
  assert.equal([run.sameCount, run.newCount, outcomesOf(world, run.id)], [2, 0, ['same', 'same']])
  assert.equal(world.db.select().from(visits).all(), visitsBefore)
})

taking('opens with the passphrase of the officer, spaces around it forgiven', async () => {
  const world = field()
  const { run } = await take(world, await lock(outboxOf(world.bundles), { passphrase: 'melati-tujuh' }), { passphrase: ' melati-tujuh ' })
  assert.is(run.newCount, 2)
})

taking('names the passphrase that is missing or wrong, and changes nothing', async () => {
  const world = field()
  const file = await lock(outboxOf(world.bundles), { passphrase: 'melati-tujuh' })
  const before = contentsOf(world.db)
  for (const fields of [{}, { passphrase: 'melati-delapan' }] as Fields[]) {
    const { status, text: page } = await take(world, file, fields)
    assert.is(status, 422)
    assert.match(page, /#f-passphrase/)
  }
  assert.is(contentsOf(world.db).length, before.length)
  assert.is(world.db.select().from(exchangeRuns).all().length, 0)
  assert.equal(readdirSync(join(world.dataDirectory, 'exchange', 'runs')), [])
})

taking('refuses what is no file of ours, is cut or altered, or is meant for another office, and changes nothing', async () => {
  const world = field()
  const whole = new Uint8Array(await (await forOffice(world.dataDirectory, world.bundles)).arrayBuffer())
  const altered = whole.slice()
  altered[whole.length >> 1]! ^= 1
  const refusals: [File, RegExp][] = [
    [new File(['bukan berkas kami'], 'a.siks'), /bukan berkas .siks/],
    [new File(['age-encryption.org/v1\n-> X25519 rusak\n'], 'a.siks'), /rusak atau terpotong/],
    [new File([whole.subarray(0, whole.length - 700)], 'a.siks'), /rusak atau terpotong/],
    [new File([whole.subarray(0, 900)], 'a.siks'), /rusak atau terpotong/],
    [new File([altered], 'a.siks'), /rusak atau terpotong/],
    [await forOffice(freshApp().dataDirectory, world.bundles), /kantor lain/],
    [await lock(Buffer.concat([outboxOf(world.bundles), Buffer.from('xy')]), { recipient: await officeRecipient(world.dataDirectory) }), /ke-3/],
  ]
  for (const [file, words] of refusals) {
    const { status, text: page } = await take(world, file)
    assert.is(status, 422, String(words))
    assert.match(page, /#f-file/)
    assert.match(page, words)
  }
  assert.is((await world.as(rina).post('/exchange', { passphrase: 'x' })).status, 422)
  assert.equal([world.db.select().from(visits).all(), world.db.select().from(exchangeRuns).all()], [[], []])
  assert.equal(readdirSync(join(world.dataDirectory, 'exchange', 'runs')), [])
})

taking('refuses what is outside the region of the taker, keeps nothing of it, and takes the rest', async () => {
  const world = field()
  addHousehold(world.db, 'sleman', { regionCode: BALECATUR, stage: 'assigned', officer: dewi })
  const foreign = aBundle({ householdId: 'sleman', officer: dewi, record: aRecord({ head: 'Orang Sleman' }) })
  const nowhere = aBundle({ householdId: 'tidak-ada', officer: siti, record: aRecord() })
  const { run } = await take(world, await forOffice(world.dataDirectory, [foreign, world.bundles[0]!, nowhere]), {}, budi)
  assert.equal(outcomesOf(world, run.id), ['refused', 'new', 'refused'])
  assert.is(world.db.select().from(deliveries).all().length, 1)
  assert.is(world.db.select().from(files).all().length, 9)
  const page = await (await world.as(budi).get(`/exchange/runs/${run.id}`)).text()
  assert.match(page, /tidak ada di wilayah Anda/)
  assert.not.match(page, /Orang Sleman/)
})

taking('tells apart a visit sent again, one that waits for a person, and one that breaks the rules', async () => {
  const world = field()
  const [asep, ujang] = world.bundles as [typeof world.bundles[0], typeof world.bundles[0]]
  await take(world, await forOffice(world.dataDirectory, [asep]))
  const otherText = { ...asep, text: Buffer.from(Buffer.from(asep.text).toString().replace('Asep', 'Usep')) }
  const incomplete = aBundle({ householdId: 'ujang', officer: siti, record: aRecord(), photos: [] })
  const spoiled = aBundle({ householdId: 'ujang', officer: siti, record: aRecord() })
  spoiled.photos[2] = spoiled.photos[2]!.map((byte, i) => i === 20 ? byte ^ 1 : byte)
  const { run } = await take(world, await forOffice(world.dataDirectory, [asep, otherText, incomplete, spoiled, ujang]))
  assert.equal(outcomesOf(world, run.id), ['same', 'refused', 'held', 'refused', 'new'])
  assert.match(itemsOf(world, run.id)[1]!.message, /isi yang berbeda/)
  assert.match(itemsOf(world, run.id)[3]!.message, /Foto rusak/)
  const page = await (await world.as(rina).get(`/exchange/runs/${run.id}?outcome=held`)).text()
  assert.match(page, /belum lengkap[^<]*Foto KTP belum ada/)
  assert.match(page, new RegExp(`/deliveries/${incomplete.delivery.id}/case`))
  assert.not.match(page, /Foto rusak/)
})

taking('waits for a photo that the file leaves out, and is content when the server holds it', async () => {
  const world = field()
  const [asep] = world.bundles as [typeof world.bundles[0]]
  const without = { text: asep.text, photos: asep.photos.map((photo, i) => i === 4 ? null : photo) }
  const first = await take(world, await forOffice(world.dataDirectory, [without]))
  assert.equal(outcomesOf(world, first.run.id), ['held'])
  const second = await take(world, await forOffice(world.dataDirectory, [asep]))
  assert.equal(outcomesOf(world, second.run.id), ['updated'])
  // A document is shown with its reader's name in it.
  const plain = asep.delivery.photos.filter(({ kind }) => !isDocument(kind))
  const photos = await Promise.all(plain.map(async ({ kind }) => Buffer.from(await (await world.as(rina).get(`/files/visits/${asep.delivery.visitId}/${kind}`)).arrayBuffer())))
  assert.equal(photos, plain.map(({ kind }) => Buffer.from(asep.photos[asep.delivery.photos.findIndex((photo) => photo.kind === kind)]!)))
})

taking('goes on after a restart behind its last line, and clears what nobody needs', async () => {
  const world = field()
  const { run } = await take(world, await forOffice(world.dataDirectory, world.bundles))
  const folder = join(world.dataDirectory, 'exchange', 'runs', run.id)
  const left = join(world.dataDirectory, 'exchange', 'runs', randomUUID())
  for (const name of [folder, left]) mkdirSync(name, { recursive: true })
  writeFileSync(join(folder, 'plain'), outboxOf(world.bundles))
  world.db.delete(exchangeItems).where(eq(exchangeItems.position, 2)).run()
  world.db.update(exchangeRuns).set({ status: 'taking', done: 1, newCount: 1 }).run()
  resumeRuns(world)
  await runsDone(world.db)
  assert.equal(outcomesOf(world, run.id), ['new', 'same'])
  assert.equal([existsSync(left), existsSync(folder), world.db.select().from(exchangeRuns).get()!.status], [false, false, 'taken'])
})

taking('is for coordinators and Dinsos; the report is for whoever took the file', async () => {
  const world = field()
  const file = await forOffice(world.dataDirectory, world.bundles)
  for (const person of [siti, wawan]) assert.is((await world.as(person).post('/exchange', { file })).status, 403)
  const { run } = await take(world, file)
  assert.is((await world.as(budi).get(`/exchange/runs/${run.id}`)).status, 404)
  assert.is((await world.as(rina).get(`/exchange/runs/${run.id}`)).status, 200)
  assert.match(await (await world.as(rina).get('/exchange')).text(), /siks-siti\.siks/)
  assert.not.match(await (await world.htmx(rina).get(`/exchange/runs/${run.id}`)).text(), /<html/)
})

office.run()
container.run()
taking.run()
