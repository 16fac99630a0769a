import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findList } from '#app/exports/lists.ts'
import { countCategories, FEW } from '#app/ppks/counts.ts'
import { listServices } from '#app/ppks/list.ts'
import { recordResult, recordService, type NewService } from '#app/ppks/serving.ts'
import { recipientOf } from '#app/programmes/recipients.ts'
import { PANELS } from '#app/programmes/panels.tsx'
import { addPsks } from '#app/psks/psks.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { ppksServices, recipientEvents } from '#db/schema/index.ts'
import { addRecipient } from '#test/support/participants.ts'
import { actions, as, budi, contentsOf, freshApp, freshDatabase, mega, nia, oki, PONCOSARI, prita, rina, TRIMURTI } from '#test/support/world.ts'

const NOW = '2026-03-02T03:00:00.000Z'

// One neglected child and one with HIV, both of Poncosari.
function cared() {
  const world = freshApp()
  addRecipient(world.db, { id: 'child', programme: 'ppks', variant: '2', state: 'registered', name: 'Putri Suryana', nik: '9902015001200001' })
  addRecipient(world.db, { id: 'hiv', programme: 'ppks', variant: '16', state: 'registered', name: 'Bambang Rahasia', nik: '9902011001800002' })
  return world
}
const service = (more: Partial<NewService> = {}): NewService => ({
  key: randomUUID(), recipientId: 'child', mode: 'given', kind: 'family_support', servedOn: '2026-03-01', givenBy: 'Budi, TKSK Srandakan', psksId: null, institution: '', result: '', note: '', ...more,
})
const record = (db: Db, more: Partial<NewService> = {}, by: Actor = rina) => as(db, by, (tx) => recordService(tx, service(more)))
const rows = (db: Db, by: Actor, query: Record<string, string> = {}, name = 'ppks-services') => [...findList(name)!.chunks({ db, actor: by }, query)].flat().map((row) => row.join('|')).join('\n')

const serving = suite('a service for somebody in PPKS')

serving('makes the person served, leaves the event and the trail', () => {
  const { db } = cared()
  record(db, {}, budi)
  const { state, phase, startedOn } = recipientOf(db, 'child')!
  assert.equal({ state, phase, startedOn }, { state: 'served', phase: 'receiving', startedOn: '2026-03-01' })
  assert.match(db.select().from(recipientEvents).all().at(-1)!.cause, /^service:/)
  assert.equal(actions(db).slice(-2), ['ppks.service_recorded', 'recipient.changed'])
})

serving('referred makes the person referred; the state follows the day of the service, not of its writing', () => {
  const { db } = cared()
  record(db, { mode: 'referred', institution: 'RS Jiwa Grhasia', servedOn: '2026-02-20' })
  assert.is(recipientOf(db, 'child')!.state, 'referred')
  record(db, { servedOn: '2026-02-10' })
  assert.is(recipientOf(db, 'child')!.state, 'referred')
  record(db, { servedOn: '2026-02-25' })
  assert.is(recipientOf(db, 'child')!.state, 'served')
})

serving('is one, however often its form comes', () => {
  const { db } = cared()
  const same = service()
  as(db, rina, (tx) => recordService(tx, same))
  const before = contentsOf(db)
  as(db, rina, (tx) => recordService(tx, same))
  assert.is(contentsOf(db), before)
})

for (const [words, more, field, refusal] of [
  ['a kind that is no word of the list', { kind: 'magic' }, 'kind', /Pilih jenis/], ['a day that has not come', { servedOn: '2026-03-03' }, 'servedOn', /belum tiba/],
  ['nobody who gave it', { givenBy: '' }, 'givenBy', /siapa/], ['nowhere referred to', { mode: 'referred' as const }, 'institution', /lembaga/],
  ['an institution of another kabupaten', { mode: 'referred' as const, psksId: 'sleman' }, 'psksId', /lembaga/],
] as const) {
  serving(`is refused with ${words}, and nothing changes`, () => {
    const { db } = cared()
    as(db, nia, (tx) => addPsks(tx, { key: 'sleman', kind: 'lks', regionCode: '34.04', name: 'LKS Sleman', contactName: '', phone: '', address: '', certificate: '', activeFrom: '2020-01-01', note: '' }))
    const before = contentsOf(db)
    assert.throws(() => record(db, more), (error: { fields: Record<string, string> }) => refusal.test(error.fields[field]!))
    assert.is(contentsOf(db), before)
  })
}

serving('refers to an institution of the register by its name', () => {
  const { db } = cared()
  as(db, rina, (tx) => addPsks(tx, { key: 'lks', kind: 'lks', regionCode: '34.02', name: 'LKS Kasih Ibu', contactName: '', phone: '', address: '', certificate: '', activeFrom: '2020-01-01', note: '' }))
  record(db, { mode: 'referred', psksId: 'lks', givenBy: '' }, budi)
  assert.is(listServices(db, rina, { region: '' }).rows[0]!.who, 'LKS Kasih Ibu')
})

serving('is not for who is done, and its result may be told later', () => {
  const { db } = cared()
  const { id } = record(db, { mode: 'referred', institution: 'Balai Rehsos' })
  assert.is(listServices(db, rina, { region: '', open: 'yes' }).rows.length, 1)
  as(db, rina, (tx) => recordResult(tx, id, { key: randomUUID(), result: 'Diterima, dirawat tiga bulan' }))
  assert.is(listServices(db, rina, { region: '', open: 'yes' }).rows.length, 0)
  addRecipient(db, { id: 'done', programme: 'ppks', variant: '2', state: 'ended' })
  assert.throws(() => record(db, { recipientId: 'done' }), /sudah selesai/)
})

serving('is recorded by the kecamatan and Dinsos, each in their places', async () => {
  const { as: signedIn, db } = cared()
  const fields = { key: randomUUID(), recipient: 'child', mode: 'given', kind: 'therapy', servedOn: '2026-02-01', givenBy: 'Budi' }
  assert.is((await signedIn(oki).post('/ppks/services', fields)).status, 403)
  assert.is((await signedIn(nia).post('/ppks/services', fields)).status, 404)
  const wrong = await signedIn(budi).post('/ppks/services', { ...fields, givenBy: '', note: 'sudah ditulis' })
  assert.is(wrong.status, 422)
  assert.match(await wrong.text(), /siapa yang memberi[\s\S]*sudah ditulis/)
  assert.is((await signedIn(budi).post('/ppks/services', fields)).status, 303)
  assert.is(db.select().from(ppksServices).all().length, 1)
})

const secret = suite('a sensitive category')

secret('and what was done for it are there for Dinsos and the ministry alone', async () => {
  const { as: signedIn, db } = cared()
  const { id } = record(db, { recipientId: 'hiv', note: 'rahasia' })
  record(db)
  for (const person of [oki, budi, prita]) {
    assert.equal(listServices(db, person, { region: '' }).rows.map(({ name }) => name), ['Putri Suryana'], person.id)
    assert.equal(listServices(db, person, { region: '', category: '16' }).rows, [])
    assert.is((await signedIn(person).get(`/ppks/services/${id}`)).status, 404, person.id)
    assert.not.match(await (await signedIn(person).get('/ppks/services')).text(), /Bambang|HIV/)
  }
  assert.is((await signedIn(budi).get('/ppks/services/new?recipient=hiv')).status, 404)
  assert.throws(() => record(db, { recipientId: 'hiv' }, budi), /tidak ditemukan/)
  assert.is((await signedIn(budi).post(`/ppks/services/${id}/result`, { key: randomUUID(), result: 'x' })).status, 404)
  for (const person of [rina, mega]) assert.match(await (await signedIn(person).get('/ppks/services')).text(), /Bambang Rahasia/)
})

secret('stays out of exports, unless who may see it asks for that very category', () => {
  const { db } = cared()
  record(db, { recipientId: 'hiv' })
  record(db)
  for (const person of [oki, budi, prita]) {
    assert.match(rows(db, person), /Putri Suryana/)
    for (const category of ['', '16']) assert.not.match(rows(db, person, category ? { category } : {}), /Bambang|HIV/)
  }
  assert.not.match(rows(db, rina), /Bambang|HIV/)
  assert.match(rows(db, rina, { category: '16' }), /Bambang Rahasia/)
  const people = { programme: 'ppks' }
  for (const person of [oki, rina]) assert.not.match(rows(db, person, people, 'recipients'), /Bambang|HIV/)
  assert.not.match(rows(db, oki, { ...people, variant: '16' }, 'recipients'), /Bambang|HIV/)
  assert.match(rows(db, rina, { ...people, variant: '16' }, 'recipients'), /Bambang Rahasia/)
})

secret(`is blurred below ${FEW} in the picture for the others, none at all included`, () => {
  const db = freshDatabase()
  const of = (person: Actor, code: string) => countCategories(db, person, '', NOW).find((one) => one.code === code)!
  assert.equal([of(oki, '16').open, of(oki, '16').parts], [undefined, undefined])
  for (let n = 1; n <= 4; n += 1) addRecipient(db, { id: `p${n}`, programme: 'ppks', variant: '16', state: 'registered', name: `P${n}`, regionCode: n > 2 ? TRIMURTI : PONCOSARI })
  assert.is(of(budi, '16').open, undefined)
  assert.is(of(rina, '16').open, 4)
  addRecipient(db, { id: 'p5', programme: 'ppks', variant: '16', state: 'served', name: 'P5' })
  assert.equal([of(budi, '16').open, of(budi, '16').parts], [5, undefined])
  assert.is(of(oki, '16').open, undefined)
  assert.equal(of(rina, '16').parts, { registered: 4, served: 1, referred: 0, ended: 0 })
})

secret('is drawn as nothing where it is blurred; others are told as they are', async () => {
  const { as: signedIn } = cared()
  const page = await (await signedIn(oki).get('/ppks')).text()
  assert.match(page, /&lt;5/)
  assert.not.match(page, /Putri|Bambang/)
  assert.match(await (await signedIn(oki).get('/ppks/counts.csv')).text(), /16;"?Orang dengan HIV\/AIDS \(ODHA\)"?;;;;<5;/)
  assert.match(await (await signedIn(rina).get('/ppks/counts.csv')).text(), /16;"?Orang dengan HIV\/AIDS \(ODHA\)"?;1;0;0;1;0/)
  assert.is((await signedIn(nia).get('/ppks?region=34.02')).status, 404)
})

const panel = suite('the panel of services')

panel('tells the services of the person, with the button for who may serve', () => {
  const { db } = cared()
  record(db, { mode: 'referred', institution: 'RS Jiwa Grhasia' })
  const drawn = (by: Actor) => PANELS.ppks.map((draw) => String(draw(db, by, recipientOf(db, 'child')!, NOW))).join('')
  assert.match(drawn(budi), /RS Jiwa Grhasia[\s\S]*menunggu kabar/)
  assert.match(drawn(budi), /Catat layanan atau rujukan/)
  assert.not.match(drawn(oki), /Catat layanan atau rujukan/)
})

serving.run()
secret.run()
panel.run()
