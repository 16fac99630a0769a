import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { findBrokenLine } from '#db/audit-chain.ts'
import { batches, batchItems, households, householdVersions, transitions, visits } from '#db/schema/index.ts'
import { getBatch, openBatch } from '#app/ratification/batches.ts'
import { acceptRecords, returnRecords } from '#app/ratification/determination.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { gather } from '#app/ratification/gathering.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { approveTogether } from '#app/reviews/decisions.ts'
import { setAnswer } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { actions, addHousehold, as, BANTUL, budi, freshApp, freshDatabase, hadi, joko, mega, nia, prita, rina, siti, stageOf } from '#test/support/world.ts'
import { aRecord } from '#test/support/records.ts'
import { addVerified } from '#test/support/visit.ts'

const letter = { letterNumber: '460/123/2026', letterDate: '2026-03-05', signatory: 'Bupati Bantul' }
const pdf = () => new File(['%PDF-1.4 surat'], 'surat.pdf', { type: 'application/pdf' })

// Two households of Bantul, visited and verified.
function verifiedWorld() {
  const world = freshApp(freshDatabase())
  for (const id of ['asep', 'ujang']) {
    addHousehold(world.db, id, { head: id })
    addVerified(world.db, id, siti, budi, { record: setAnswer(world.db.select().from(households).where(eq(households.id, id)).get()!.record, 'household.floorType', 2) })
  }
  return world
}

async function gathered(world = verifiedWorld()) {
  const id = randomUUID()
  const batch = as(world.db, rina, (tx) => openBatch(tx, { id, regionCode: BANTUL, title: 'Pengesahan Maret' }))
  await gather(world.db, rina, batch)
  return { ...world, id }
}

async function ratified() {
  const world = await gathered()
  as(world.db, rina, (tx) => freezeBatch(tx, world.id))
  const answer = await world.as(hadi).post(`/batches/${world.id}/ratification`, { id: randomUUID(), ...letter, letter: pdf() })
  assert.is(answer.status, 303)
  return world
}

async function dispatched() {
  const world = await ratified()
  assert.is((await world.as(rina).post(`/batches/${world.id}/dispatch`)).status, 303)
  return world
}

const opening = suite('opening a batch')

opening('is refused to the approver and to an officer of the village', async () => {
  const { as: by } = verifiedWorld()
  for (const person of [hadi, siti]) assert.is((await by(person).post('/batches', { id: randomUUID(), regionCode: BANTUL, title: 'Maret' })).status, 403)
})

opening('is refused for a kabupaten that is not one\'s own', async () => {
  const { as: by } = verifiedWorld()
  assert.is((await by(nia).post('/batches', { id: randomUUID(), regionCode: BANTUL, title: 'Maret' })).status, 422)
})

opening('sends back to its checker what the ministry could not write, because the master moved on since the visit began', async () => {
  const world = verifiedWorld()
  as(world.db, system, (tx) => {
    const asep = getHousehold(tx, 'asep')
    reviseHousehold(tx, asep, asep.version, setAnswer(asep.record, 'household.address', 'Jl. Baru 12'), 'determination:x')
  })
  const { id } = await gathered(world)
  assert.equal([getBatch({ db: world.db, actor: rina }, id).itemCount, stageOf(world.db, 'asep'), stageOf(world.db, 'ujang')], [1, 'recheck', 'batched'])
  const { note, toStage } = world.db.select().from(transitions).where(eq(transitions.householdId, 'asep')).all().at(-1)!
  assert.equal([toStage, note], ['recheck', 'Data induknya berubah sejak kunjungan dimulai: kembalikan ke petugas supaya diperbarui.'])
})

opening('gathers what Dinsos has verified, and twice is one batch', async () => {
  const world = await gathered()
  as(world.db, rina, (tx) => openBatch(tx, { id: world.id, regionCode: BANTUL, title: 'Pengesahan Maret' }))
  assert.is(world.db.select().from(batches).all().length, 1)
  assert.equal(world.db.select().from(batchItems).all().map(({ changeCount }) => changeCount), [1, 1])
  assert.equal([getBatch({ db: world.db, actor: rina }, world.id).itemCount, stageOf(world.db, 'asep')], [2, 'batched'])
})

opening('is not found by the neighbour', async () => {
  const world = await gathered()
  assert.is((await world.as(nia).get(`/batches/${world.id}`)).status, 404)
  assert.is((await world.as(joko).post(`/batches/${world.id}/ratification`, { id: randomUUID(), ...letter, letter: pdf() })).status, 404)
})

opening.run()

const gates = suite('the five criteria')

gates('keep a household with a NIK that another has out, and name it', async () => {
  const world = verifiedWorld()
  const twin = aRecord({ head: 'Kembar' })
  const known = world.db.select().from(households).where(eq(households.id, 'asep')).get()!.record.members[0]!
  addHousehold(world.db, 'kembar', { record: setAnswer(twin, 'members.0.nik', known.nik) })
  addVerified(world.db, 'kembar', siti, budi)
  const { id } = await gathered(world)
  const page = await (await world.as(rina).get(`/batches/${id}/items?show=failing`)).text()
  assert.match(page, /NIK sudah ada di rumah tangga/)
  assert.is((await world.as(rina).post(`/batches/${id}/freeze`)).status, 409)
})

gates('let the rest go on without those that fail', async () => {
  const world = verifiedWorld()
  addHousehold(world.db, 'cacat', { head: 'Cacat' })
  addVerified(world.db, 'cacat', siti, budi, { record: setAnswer(aRecord({ head: 'Cacat' }), 'household.floorType', undefined) })
  const { id } = await gathered(world)
  await world.as(rina).post(`/batches/${id}/failing-removal`)
  assert.is((await world.as(rina).post(`/batches/${id}/freeze`)).status, 303)
  assert.equal([stageOf(world.db, 'cacat'), stageOf(world.db, 'asep')], ['checked', 'batched'])
})

gates('send back to Dinsos what they keep out, with the reason, and it goes from there to its officer', async () => {
  const world = verifiedWorld()
  addHousehold(world.db, 'cacat', { head: 'Cacat' })
  const visit = addVerified(world.db, 'cacat', siti, budi, { record: setAnswer(aRecord({ head: 'Cacat' }), 'household.floorType', undefined) })
  const { id } = await gathered(world)
  await world.as(rina).post(`/batches/${id}/items/cacat/removal`, { note: 'Lantai kosong.' })
  const page = await (await world.as(rina).get(`/reviews/${visit}`)).text()
  for (const words of ['Dikeluarkan dari berkas pengesahan', 'Lantai kosong. Jenis lantai terluas']) assert.match(page, words)
  assert.match(await (await world.as(rina).get('/reviews')).text(), 'Kembali sesudah disetujui')
  const { revision } = world.db.select().from(visits).where(eq(visits.id, visit)).get()!
  assert.is((await world.as(rina).post(`/reviews/${visit}/return`, { key: randomUUID(), revision: String(revision), note: 'Isi jenis lantai', target: 'officer' })).status, 303)
  assert.is(stageOf(world.db, 'cacat'), 'returned')
})

gates.run()

const ratifying = suite('ratifying')

ratifying('is refused to whoever prepared the batch, even with the approver\'s right', async () => {
  const world = await gathered()
  as(world.db, rina, (tx) => freezeBatch(tx, world.id))
  assert.throws(() => as(world.db, { ...rina, role: 'regency_approver' }, (tx) => ratifyBatch(tx, world.id, letter, {} as never)), /orang lain/)
  assert.is((await world.as(rina).post(`/batches/${world.id}/ratification`, { id: randomUUID(), ...letter, letter: pdf() })).status, 403)
})

ratifying('needs the letter, each missing part named', async () => {
  const world = await gathered()
  as(world.db, rina, (tx) => freezeBatch(tx, world.id))
  const answer = await world.as(hadi).post(`/batches/${world.id}/ratification`, { id: randomUUID(), ...letter, letterNumber: '', letter: pdf() })
  assert.is(answer.status, 422)
  assert.match(await answer.text(), /Isi nomor surat pengesahan/)
  assert.match(await (await world.as(hadi).post(`/batches/${world.id}/ratification`, { id: randomUUID(), ...letter, letter: new File([], '') })).text(), /Unggah surat pengesahan/)
  assert.is(stageOf(world.db, 'asep'), 'batched')
})

ratifying('moves every household on and keeps the letter', async () => {
  const world = await ratified()
  assert.is(stageOf(world.db, 'asep'), 'ratified')
  assert.match(await (await world.as(hadi).get(`/batches/${world.id}`)).text(), /surat\.pdf/)
})

ratifying('prints berita acara and BNBA as PDF', async () => {
  const world = await ratified()
  for (const paper of ['minutes', 'names']) {
    const answer = await world.as(hadi).get(`/batches/${world.id}/${paper}.pdf`)
    assert.is(Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString(), '%PDF-')
  }
})

ratifying.run()

const dispatching = suite('dispatching')

dispatching('is refused before ratification and to the ministry', async () => {
  const world = await gathered()
  assert.is((await world.as(rina).post(`/batches/${world.id}/dispatch`)).status, 409)
  assert.is((await world.as(mega).post(`/batches/${world.id}/dispatch`)).status, 403)
})

dispatching('shows the batch to the ministry only then', async () => {
  const world = await ratified()
  assert.is((await world.as(mega).get(`/batches/${world.id}`)).status, 404)
  await world.as(rina).post(`/batches/${world.id}/dispatch`)
  assert.is((await world.as(mega).get(`/batches/${world.id}`)).status, 200)
})

dispatching.run()

const determining = suite('determining')

determining('is refused to Dinsos and the province', async () => {
  const world = await dispatched()
  for (const person of [rina, prita]) assert.is((await world.as(person).post(`/batches/${world.id}/acceptance`, { scope: 'all' })).status, 403)
})

determining('writes the visit\'s answers into the master, the batch as its cause', async () => {
  const world = await dispatched()
  await world.as(mega).post(`/batches/${world.id}/acceptance`, { scope: 'all' })
  const asep = world.db.select().from(households).where(eq(households.id, 'asep')).get()!
  assert.equal([asep.record.household.floorType, asep.version, asep.stage], [2, 2, 'determined'])
  const version = world.db.select().from(householdVersions).where(eq(householdVersions.version, 2)).all()
  assert.equal(version.map(({ cause }) => cause), [`determination:${world.id}`, `determination:${world.id}`])
  assert.is(getBatch({ db: world.db, actor: mega }, world.id).status, 'determined')
  assert.is(findBrokenLine(world.db), undefined)
})

determining('leaves a household pending whose master moved on meanwhile', async () => {
  const world = await dispatched()
  world.db.update(households).set({ version: 7 }).where(eq(households.id, 'asep')).run()
  const { accepted, stale } = as(world.db, mega, (tx) => acceptRecords(tx, world.id, 'all'))
  assert.equal([accepted, stale, stageOf(world.db, 'asep')], [1, ['asep'], 'dispatched'])
})

determining('shows, record by record, what a visit brings; and what became of the master meanwhile, so that it can be sent back', async () => {
  const world = await dispatched()
  const open = async () => (await (await world.as(mega).get(`/batches/${world.id}/items/asep`)).text())
  assert.match(await open(), /Yang dibawa kunjungan ini/)
  assert.match(await open(), />Tetapkan</)
  assert.is(actions(world.db).at(-1), 'household.opened')
  as(world.db, system, (tx) => {
    const asep = getHousehold({ db: tx.db, actor: system }, 'asep')
    reviseHousehold(tx, asep, asep.version, { ...asep.record, household: { ...asep.record.household, address: 'Jl. Baru 12' } }, 'proposal:x')
  })
  const page = await open()
  for (const words of ['Data induk sudah berubah sejak kunjungan dimulai', 'Jl. Baru 12', 'Versi 2']) assert.match(page, words)
  assert.not.match(page, />Tetapkan</)
  assert.is((await world.as(nia).get(`/batches/${world.id}/items/asep`)).status, 404)
})

determining('returns a household to the kabupaten\'s queue, with the reason', async () => {
  const world = await dispatched()
  assert.throws(() => as(world.db, mega, (tx) => returnRecords(tx, world.id, ['asep'], ' ')), /Periksa kembali/)
  await world.as(mega).post(`/batches/${world.id}/return`, { household: 'asep', reason: 'Foto KK tidak terbaca' })
  assert.equal([stageOf(world.db, 'asep'), stageOf(world.db, 'ujang')], ['checked', 'dispatched'])
  const moves = world.db.select().from(transitions).where(eq(transitions.householdId, 'asep')).all()
  assert.is(moves.at(-1)!.note, 'Foto KK tidak terbaca')
  assert.match(await (await world.as(rina).get('/reviews')).text(), 'Kembali sesudah disetujui')
  const { visitId, revision } = world.db.select({ visitId: visits.id, revision: visits.revision }).from(visits).where(eq(visits.householdId, 'asep')).get()!
  assert.match(as(world.db, rina, (tx) => approveTogether(tx, randomUUID(), [{ visitId, revision }])).get(visitId)!, 'pernah dikembalikan')
})

determining('the same acceptance twice writes one version', async () => {
  const world = await dispatched()
  for (let time = 0; time < 2; time++) await world.as(mega).post(`/batches/${world.id}/acceptance`, { household: 'asep' })
  assert.is(world.db.select().from(batchItems).where(eq(batchItems.decision, 'accepted')).all().length, 1)
  assert.is(world.db.select().from(households).where(eq(households.id, 'asep')).get()!.version, 2)
})

determining.run()
