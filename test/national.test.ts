import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { stepsDone } from '#app/ratification/step-work.ts'
import { publicMinistryKey } from '#app/ratification/ministry-key.ts'
import { batches, batchItems, households } from '#db/schema/index.ts'
import { addVerified } from '#test/support/visit.ts'
import { archiveFrom, archiveOf, endOfAll, ministry, rootOfBatch, type Ministry, type Tampering } from '#test/support/nation.ts'
import { dispatched } from '#test/support/ratified.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, agus, BALECATUR, budi, freshApp, freshDatabase, hadi, mega, nia, prita, rina, siti, type Fields } from '#test/support/world.ts'

const shared = aRecord({ head: 'Slamet Riyadi', serial: 7000 })
const text = async (answer: Response | Promise<Response>) => (await answer).text()
const keyIn = (html: string) => /siks_\d{4}_[\w-]{32}/.exec(html)![0]

// A kabupaten that visited two and sent them.
async function kabupaten(ministryKey?: ReturnType<typeof publicMinistryKey>) {
  const world = freshApp(freshDatabase(), { ministryKey })
  for (const id of ['asep', 'ujang']) {
    addHousehold(world.db, id, { head: id })
    addVerified(world.db, id, siti, budi)
  }
  return { ...world, batch: await dispatched(world) }
}

const arriving = suite('a batch that arrives at the ministry')

arriving('is taken whole: its records, its people, its standing, its archive and its line in the trail', async () => {
  const [home, pusdatin] = [await kabupaten(), await ministry()]
  const answer = await pusdatin.upload(await archiveFrom(home, home.batch))
  const root = rootOfBatch(home, home.batch)
  assert.is(answer.headers.get('Location'), `/national/batches/${root}`)
  assert.equal(await pusdatin.rows('SELECT households, members, accepted, regency_code FROM nation.batches'), [{ households: 2, members: 4, accepted: 0, regency_code: '34.02' }])
  assert.equal((await pusdatin.rows('SELECT record_hash FROM nation.records ORDER BY position')).map(({ record_hash }) => record_hash), home.db.select().from(batchItems).orderBy(batchItems.position).all().map(({ recordHash }) => recordHash))
  assert.equal(await pusdatin.rows('SELECT households, waiting FROM nation.standing'), [{ households: 2, waiting: 2 }])
  assert.ok(actions(pusdatin.db).includes('national.taken'))
  const page = await text(pusdatin.as(mega).get(`/national/batches/${root}`))
  assert.match(page, /Pengesahan Maret/)
  assert.match(page, /Poncosari/)
})

arriving('twice is there once, and the same form twice is one attempt', async () => {
  const pusdatin = await ministry()
  const [archive, id] = [await archiveOf([{ id: 'asep', record: aRecord() }]), randomUUID()]
  for (const key of [id, id, randomUUID()]) assert.is((await pusdatin.upload(archive, key)).status, 303)
  assert.equal((await pusdatin.rows('SELECT outcome FROM nation.arrivals ORDER BY arrived_at')).map(({ outcome }) => outcome), ['taken', 'repeated'])
  assert.equal(await pusdatin.rows('SELECT count(*) AS n FROM nation.people'), [{ n: 2 }])
})

const replacing = (name: string, from: string | RegExp, to: string): Tampering => (files) => void files.set(name, files.get(name)!.replace(from, to))
const TAMPERED: [string, Tampering, RegExp][] = [
  ['a changed answer', replacing('records.jsonl', 'Jl. Melati 4', 'Jl. Melati 5'), /data ke-1 tidak cocok dengan manifes/],
  ['another root', replacing('root.txt', /^\w{8}/, '00000000'), /akar manifes tidak cocok/],
  ['a manifest with a line less', replacing('manifest.txt', /^.*\n/, ''), /akar manifes tidak cocok/],
  ['a record too few', replacing('records.jsonl', /^.*\n/, ''), /tidak cocok dengan manifes/],
  ['a desa of another kabupaten', replacing('rumah-tangga.csv', /34\.02\.01\.2001/, BALECATUR), /bukan dari 34\.02/],
  ['a kabupaten that is none', replacing('berkas.json', '34.02', '77.77'), /77\.77 tidak dikenal/],
  ['a part missing', (files) => void files.delete('records.jsonl'), /records\.jsonl tidak ada/],
]

for (const [what, tamper, said] of TAMPERED) {
  arriving(`is refused with ${what}, and nothing of it stays`, async () => {
    const pusdatin = await ministry()
    const answer = await pusdatin.upload(await archiveOf([{ id: 'asep', record: aRecord() }, { id: 'ujang', record: aRecord() }], {}, tamper))
    assert.is(answer.status, 422)
    assert.match(await answer.text(), said)
    assert.equal(await pusdatin.rows(`SELECT (SELECT count(*) FROM nation.batches) + (SELECT count(*) FROM nation.records) + (SELECT count(*) FROM nation.people) AS n`), [{ n: 0 }])
    assert.equal(await pusdatin.rows('SELECT outcome FROM nation.arrivals'), [{ outcome: 'refused' }])
    assert.match(await text(pusdatin.as(mega).get('/national/arrivals')), said)
  })
}

arriving('that is no archive at all is refused in words', async () => {
  const pusdatin = await ministry()
  assert.match(await text(pusdatin.upload(Buffer.from('PK\x03\x04 but nothing more'))), /bukan ZIP atau sudah rusak/)
})

arriving('by a key comes in at once, from its own kabupaten alone, and not when the key is revoked', async () => {
  const pusdatin = await ministry()
  const key = keyIn(await text(pusdatin.as(agus).post('/national/keys', { id: randomUUID(), regencyCode: '34.02', note: 'Rina, Dinsos Bantul' })))
  const send = async (bytes: Buffer) => pusdatin.anybody.send('/national/inbox', { method: 'POST', body: bytes as never, headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/zip' } })
  const first = await send(await archiveOf([{ id: 'asep', record: shared }]))
  assert.is(first.status, 201)
  const { root } = await first.json() as { root: string }
  assert.is((await send(await archiveOf([{ id: 'asep', record: shared }]))).status, 200)
  const other = await send(await archiveOf([{ id: 'dewi', record: aRecord(), village: BALECATUR }], { regionCode: '34.04' }))
  assert.is(other.status, 422)
  assert.match(await other.text(), /kunci ini milik 34\.02/)
  assert.is((await pusdatin.anybody.send(`/national/inbox/${root}/answer`, { headers: { Authorization: `Bearer ${key}` } })).status, 409)
  const { id } = (await pusdatin.rows('SELECT id FROM nation.keys'))[0]!
  await pusdatin.as(agus).post(`/national/keys/${id}/revocation`)
  assert.is((await send(await archiveOf([{ id: 'asep', record: shared }]))).status, 401)
  assert.is((await pusdatin.anybody.send('/national/inbox', { method: 'POST', body: 'x' })).status, 401)
})

const together = suite('what all kabupaten sent')

async function twoKabupaten(): Promise<Ministry> {
  const pusdatin = await ministry()
  await pusdatin.upload(await archiveOf([{ id: 'asep', record: shared }, { id: 'ujang', record: aRecord({ head: 'Ujang Suherman', spouse: 'Sri Wahyuni' }) }]))
  await pusdatin.upload(await archiveOf([{ id: 'slamet', record: shared, village: BALECATUR }], { regionCode: '34.04', title: 'Sleman Maret' }))
  return pusdatin
}

together('shows who is named by two of them, until one says otherwise', async () => {
  const pusdatin = await twoKabupaten()
  assert.equal((await pusdatin.rows('SELECT regencies FROM nation.doubles')).map(({ regencies }) => regencies), [['34.02', '34.04'], ['34.02', '34.04']])
  const page = await text(pusdatin.as(mega).get('/national/doubles'))
  assert.match(page, /Slamet Riyadi/)
  assert.not.match(page, new RegExp(String(shared.members[0]!.nik)))
  await pusdatin.upload(await archiveOf([{ id: 'slamet', record: aRecord({ head: 'Slamet Raharjo' }), village: BALECATUR }], { regionCode: '34.04', title: 'Sleman April' }))
  assert.equal(await pusdatin.rows('SELECT * FROM nation.doubles'), [])
  assert.equal(await pusdatin.rows('SELECT households, batches FROM nation.standing ORDER BY regency_code'), [{ households: 2, batches: 1 }, { households: 1, batches: 2 }])
})

together('is found by NIK, by No KK, by name and by a name as it sounds', async () => {
  const pusdatin = await twoKabupaten()
  const found = async (q: string, region = '') => [...(await text(pusdatin.as(mega).get(`/national/search?${new URLSearchParams({ q, region })}`))).matchAll(/<a href="\/national\/households\/([^"]+)"/g)].map((one) => one[1]).sort()
  assert.equal(await found(String(shared.members[0]!.nik)), ['34.02/asep', '34.04/slamet'])
  assert.equal(await found(String(shared.members[0]!.nik), '34.04'), ['34.04/slamet'])
  assert.is((await found(String(shared.families[0]!.kkNumber))).length, 4)
  assert.equal(await found('ujang suh'), ['34.02/ujang'])
  assert.equal(await found('Oejang Soeherman'), ['34.02/ujang'])
  assert.equal(await found('Udjang Suhermen'), ['34.02/ujang'])
  assert.equal(await found('Bambang'), [])
})

together('opens one household with a line in the trail, its numbers hidden, and says where else its people are', async () => {
  const pusdatin = await twoKabupaten()
  const page = await text(pusdatin.as(mega).get('/national/households/34.02/asep'))
  assert.match(page, /NIK yang sama ada di rumah tangga lain/)
  assert.match(page, /Jl. Melati 4/)
  assert.not.match(page, new RegExp(String(shared.members[0]!.nik)))
  assert.ok(actions(pusdatin.db).includes('national.opened'))
  for (const at of ['34.02/nobody', '34.04/asep', '99.99/asep', 'x/asep']) assert.is((await pusdatin.as(mega).get(`/national/households/${at}`)).status, 404, at)
})

const answering = suite('the ministry answers')

answering('with a signed file by which the kabupaten writes its master records and takes back what was returned', async () => {
  const pusdatin = await ministry()
  const home = await kabupaten(publicMinistryKey(pusdatin.dataDirectory))
  await pusdatin.upload(await archiveFrom(home, home.batch))
  const base = `/national/batches/${rootOfBatch(home, home.batch)}`
  assert.is((await pusdatin.as(mega).post(`${base}/return`, { id: 'ujang', reason: '' })).status, 422)
  assert.is((await pusdatin.as(mega).post(`${base}/return`, { id: 'ujang', reason: 'Foto atap tidak jelas' })).status, 303)
  assert.is((await pusdatin.as(mega).post(`${base}/acceptance`, { scope: 'clean' })).status, 303)
  assert.equal(await pusdatin.rows('SELECT waiting, accepted, returned FROM nation.standing'), [{ waiting: 0, accepted: 1, returned: 1 }])
  const file = await text(pusdatin.as(mega).post(`${base}/answer`))

  const carry = (content: string) => home.as(rina).post(`/batches/${home.batch}/answer`, { answer: new File([content], 'jawaban.jsonl') })
  assert.is((await carry(file.replace('"returned"', '"accepted"'))).status, 422)
  assert.equal(home.db.select().from(batchItems).all().map(({ decision }) => decision), ['pending', 'pending'])
  assert.is((await carry(file)).status, 303)
  await stepsDone(home.db)
  const stages = Object.fromEntries(home.db.select().from(households).all().map(({ id, stage, version }) => [id, `${stage} ${version}`]))
  assert.equal(stages, { asep: 'determined 2', ujang: 'checked 1' })
  assert.is(home.db.select().from(batchItems).where(eq(batchItems.householdId, 'ujang')).get()!.reason, 'Foto atap tidak jelas')
  assert.is(home.db.select().from(batches).get()!.status, 'determined')
  assert.is((await carry(file)).status, 303)
  assert.is(actions(home.db).filter((action) => action === 'household.determined').length, 1)
})

answering('and what it accepted but has changed at home since goes back instead of standing there for good', async () => {
  const pusdatin = await ministry()
  const home = await kabupaten(publicMinistryKey(pusdatin.dataDirectory))
  await pusdatin.upload(await archiveFrom(home, home.batch))
  const base = `/national/batches/${rootOfBatch(home, home.batch)}`
  await pusdatin.as(mega).post(`${base}/acceptance`, { scope: 'rest' })
  home.db.$client.exec("UPDATE households SET version = version + 1 WHERE id = 'asep'")
  await home.as(rina).post(`/batches/${home.batch}/answer`, { answer: new File([await text(pusdatin.as(mega).post(`${base}/answer`))], 'j.jsonl') })
  await stepsDone(home.db)
  assert.equal(home.db.select({ id: households.id, stage: households.stage }).from(households).orderBy(households.id).all(), [{ id: 'asep', stage: 'checked' }, { id: 'ujang', stage: 'determined' }])
  assert.match(home.db.select().from(batchItems).where(eq(batchItems.householdId, 'asep')).get()!.reason, /^Diterima Kemensos, tetapi/)
  assert.is(home.db.select().from(batches).get()!.status, 'determined')
})

answering('in parts: what still waits is in a later answer', async () => {
  const pusdatin = await ministry()
  const home = await kabupaten(publicMinistryKey(pusdatin.dataDirectory))
  await pusdatin.upload(await archiveFrom(home, home.batch))
  const base = `/national/batches/${rootOfBatch(home, home.batch)}`
  assert.is((await pusdatin.as(mega).post(`${base}/answer`)).status, 409)
  const answered = async (fields: Fields) => {
    await pusdatin.as(mega).post(`${base}/acceptance`, fields)
    await home.as(rina).post(`/batches/${home.batch}/answer`, { answer: new File([await text(pusdatin.as(mega).post(`${base}/answer`))], 'j.jsonl') })
    await stepsDone(home.db)
    return home.db.select().from(batches).get()!.status
  }
  assert.is(await answered({ id: 'asep' }), 'dispatched')
  assert.is(await answered({ scope: 'rest' }), 'determined')
})

answering('of another ministry, of another batch, or without its key is not believed', async () => {
  const [pusdatin, stranger] = [await ministry(), await ministry()]
  const home = await kabupaten(publicMinistryKey(pusdatin.dataDirectory))
  const archive = await archiveFrom(home, home.batch)
  const answerFrom = async (office: Ministry, bytes: Buffer) => {
    const base = (await office.upload(bytes)).headers.get('Location')!
    await office.as(mega).post(`${base}/acceptance`, { scope: 'rest' })
    return text(office.as(mega).post(`${base}/answer`))
  }
  const carry = async (world: typeof home, content: string) => { const answer = await world.as(rina).post(`/batches/${world.batch}/answer`, { answer: new File([content], 'j.jsonl') }); return [answer.status, await answer.text()] as const }
  const refused = [await carry(home, await answerFrom(stranger, archive)), await carry(home, await answerFrom(pusdatin, await archiveOf([{ id: 'x', record: aRecord() }]))), await carry(home, 'bukan jawaban')]
  assert.equal(refused.map(([status]) => status), [422, 422, 422])
  assert.match(refused[0]![1], /bukan tanda tangan Kemensos/)
  assert.match(refused[1]![1], /untuk berkas lain/)
  const keyless = await kabupaten()
  assert.is((await carry(keyless, await answerFrom(pusdatin, await archiveFrom(keyless, keyless.batch))))[0], 409)
  assert.is((await home.as(nia).post(`/batches/${home.batch}/answer`, { answer: new File(['x'], 'j') })).status, 404)
  assert.is((await home.as(hadi).post(`/batches/${home.batch}/answer`, { answer: new File(['x'], 'j') })).status, 403)
})

const away = suite('without its PostgreSQL')

away('the pages of the nation say so, and all others go on', async () => {
  const pusdatin = await ministry()
  await pusdatin.nation.pool.query(`UPDATE pg_database SET datallowconn = false WHERE datname = current_database()`)
  await pusdatin.nation.pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()').catch(() => undefined)
  const answer = await pusdatin.as(mega).get('/national')
  assert.is(answer.status, 503)
  assert.match(await answer.text(), /Data nasional sedang tidak dapat dibuka/)
  assert.is((await pusdatin.as(prita).get('/households')).status, 200)
})

arriving.run()
together.run()
answering.run()
away.after(endOfAll)
away.run()
