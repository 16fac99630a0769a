import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeliveryText } from '#app/deliveries/format.ts'
import { deviceStore } from '#app/offline/device-store.ts'
import { openText } from '#app/offline/vault.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { aVillage, hashOf, jpeg, pagesOver } from '#test/support/field.ts'
import { aPocket, restart, type Pocket } from '#test/support/pocket.ts'
import { addVisit } from '#test/support/visit.ts'
import { siti, tono } from '#test/support/world.ts'

// A visit with nothing missing, ready to be sent from the phone.
async function completed(pocket: Pocket, householdId: string, { kinds = PHOTO_KINDS.map(({ code }) => code) } = {}) {
  const where = { householdId, visitId: (await pocket.store.beginVisit(householdId, randomUUID())).id }
  const save = async (section: 'respondent' | 'housing', fields: Record<string, string>, activeMs = 60_000) => {
    pocket.clock.count += 60_000
    const { revision } = await pocket.store.getVisit(where)
    return pocket.store.saveSection(where, { revision, activeMs, section, fields })
  }
  await save('respondent', { 'household.hasilVerivali': '1' })
  const { revision } = await pocket.store.getVisit(where)
  pocket.clock.count += 30_000
  await pocket.store.setLocation(where, { latitude: -7.9713, longitude: 110.2217, accuracyM: 9, locatedAt: null }, { revision, activeMs: 30_000 })
  if (kinds.length) await pocket.store.addPhotos(where, kinds.map((kind, i) => ({ kind, bytes: jpeg(i + 1), takenAt: '2026-03-02T02:59:00.000Z' })))
  return { where, save }
}

const shown = async (pocket: Pocket, path: string) => (await pagesOver(() => pocket.store).request(path)).text()

const phone = suite('a visit on the phone')
const problemOf = (work: unknown) => Promise.resolve(work).then(() => undefined, (error) => error)

phone('is there again when the worker was ended in between', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep')
  const before = await pocket.store.getVisit(where)
  const store = restart(pocket)
  assert.equal(await store.getVisit(where), before)
  assert.equal(await store.getPhoto(where, 'F-KK'), jpeg(2))
  assert.is((await store.getTask('asep')).openVisitId, where.visitId)
  const { tasks } = await store.listTasks({ tab: 'waiting', words: 'asep' })
  assert.equal(tasks.map(({ id, draftId }) => [id, draftId]), [['asep', where.visitId]])
})

phone('keeps a photo and what is saved at the same moment, both', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep', { kinds: [] })
  const { revision } = await pocket.store.getVisit(where)
  await Promise.all([
    ...['F-KTP', 'F-KK'].map((kind, i) => pocket.store.addPhotos(where, [{ kind, bytes: jpeg(i), takenAt: null }])),
    pocket.store.saveSection(where, { revision, section: 'housing', fields: { 'household.bedroomCount': '4' } }),
  ])
  const visit = await pocket.store.getVisit(where)
  assert.equal([visit.photos.map(({ kind }) => kind), visit.record.household.bedroomCount], [['F-KK', 'F-KTP'], 4])
  assert.is((await problemOf(pocket.store.saveSection(where, { revision, section: 'housing', fields: { 'household.bedroomCount': '5' } }))).code, 'conflict')
})

phone('takes the same page or new row a second time as the same one', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep', { kinds: [] })
  const page = { revision: (await pocket.store.getVisit(where)).revision, section: 'housing' as const, fields: { 'household.bedroomCount': '4' } }
  await pocket.store.saveSection(where, page)
  const { revision } = await pocket.store.getVisit(where)
  await pocket.store.saveSection(where, page)
  assert.is((await pocket.store.getVisit(where)).revision, revision)
  assert.equal(await pocket.store.addRow(where, 'members', { revision }), await pocket.store.addRow(where, 'members', { revision }))
})

phone('lies there sealed: no name and no number can be read', async () => {
  const pocket = await aPocket(aVillage(), siti)
  await completed(pocket, 'asep')
  const rows = [...await pocket.db.getAll('drafts'), ...await pocket.db.getAll('photos'), ...await pocket.db.getAll('pack')]
  for (const { data, ...told } of rows) {
    assert.not.match(Buffer.from(data).toString('latin1'), /Asep|hasilVerivali|SQLite format|JFIF/)
    assert.not.match(JSON.stringify(told), /Asep|990201/)
  }
})

phone('goes into the outbox once, as the exact text its hash names', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep')
  const [first, again] = [await pocket.store.submitVisit(where), await pocket.store.submitVisit(where)]
  assert.equal(again, first)
  assert.is(first.receivedAt, null)
  const rows = await pocket.db.getAll('outbox')
  assert.equal(rows.map(({ sequence, state, sha256 }) => [sequence, state, sha256]), [[1, 'queued', first.sha256]])
  const text = await openText(pocket.key, rows[0]!)
  assert.is(hashOf(Buffer.from(text)), first.sha256)
  const told = JSON.parse(text) as DeliveryText
  const visit = await pocket.store.getVisit(where)
  assert.equal([told.id, told.visitId, told.householdId, told.officerId, told.deviceId, told.baseVersion], [rows[0]!.id, where.visitId, 'asep', 'siti', pocket.deviceId, 1])
  assert.equal([told.visit.record, told.visit.activeMs, told.visit.coordinate], [JSON.parse(JSON.stringify(visit.record)), 90_000, visit.coordinate])
  assert.equal(told.photos.map(({ kind, sha256 }) => [kind, sha256]).sort(), PHOTO_KINDS.map(({ code }, i) => [code, hashOf(jpeg(i + 1))]).sort())
})

phone('is numbered on from the last, and sent only once from two pages at the same time', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const [asep, ujang] = [await completed(pocket, 'asep'), await completed(pocket, 'ujang')]
  await pocket.store.submitVisit(asep.where)
  await Promise.all([1, 2, 3].map(() => problemOf(pocket.store.submitVisit(ujang.where))))
  assert.equal((await pocket.db.getAll('outbox')).map(({ sequence, householdId }) => [sequence, householdId]).sort(), [[1, 'asep'], [2, 'ujang']])
})

phone('that is incomplete is refused with the fields the server names', async () => {
  const server = aVillage()
  const pocket = await aPocket(server, siti)
  const { where } = await completed(pocket, 'asep', { kinds: ['F-KTP'] })
  const refused = await problemOf(pocket.store.submitVisit(where))
  assert.is(refused.code, 'invalid')
  assert.equal(Object.keys(refused.fields).sort(), PHOTO_KINDS.slice(1).map(({ code }) => `photos.${code}`).sort())
  assert.equal([await pocket.db.count('outbox'), (await pocket.store.getVisit(where)).status], [0, 'draft'])
})

phone('once sent stands under "Sudah dikirim" in its own words, and changes no more', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep')
  const before = (await pocket.store.listTasks({ tab: 'sent', words: '' })).counts
  await pocket.store.submitVisit(where)
  const { tasks, counts } = await pocket.store.listTasks({ tab: 'sent', words: 'asep' })
  assert.equal(tasks.map(({ id, waiting }) => [id, waiting]), [['asep', 'queued']])
  assert.equal(counts, { ...before, waiting: before.waiting - 1, sent: before.sent + 1 })
  assert.equal((await pocket.store.listTasks({ tab: 'waiting', words: 'asep' })).tasks, [])
  const { revision } = await pocket.store.getVisit(where)
  assert.is((await problemOf(pocket.store.addRow(where, 'members', { revision }))).code, 'conflict')
  assert.is((await problemOf(pocket.store.beginVisit('asep', randomUUID()))).code, 'conflict')
  assert.match(await shown(pocket, '/field/asep'), /menunggu dikirim/)
})

phone('that came back is the server\'s again, and may be sent a second time', async () => {
  const server = aVillage()
  const pocket = await aPocket(server, siti)
  const { where } = await completed(pocket, 'asep')
  await pocket.store.submitVisit(where)
  const [row] = await pocket.db.getAll('outbox')
  await pocket.db.put('outbox', { ...row!, state: 'accepted' })
  addVisit(server, 'asep', siti, { id: where.visitId, photos: true })
  server.$client.exec("UPDATE households SET stage = 'returned' WHERE id = 'asep'; UPDATE visits SET status = 'returned', revision = 4 WHERE household_id = 'asep'")
  assert.equal((await pocket.store.listTasks({ tab: 'sent', words: 'asep' })).tasks[0]?.waiting, 'received')
  await pocket.renew()
  assert.equal((await pocket.store.listTasks({ tab: 'returned', words: 'asep' })).tasks.length, 1)
  assert.equal([(await pocket.store.getVisit(where)).status, (await pocket.store.getVisit(where)).revision], ['returned', 4])
  await pocket.store.saveSection(where, { revision: 4, activeMs: 1000, section: 'housing', fields: { 'household.floorType': '9' } })
  await pocket.store.submitVisit(where)
  assert.equal((await pocket.db.getAll('outbox')).map(({ sequence, visitId }) => [sequence, visitId]).sort(), [[1, where.visitId], [2, where.visitId]])
})

phone('to a household given to somebody else is kept, shown and may still be sent', async () => {
  const server = aVillage()
  const pocket = await aPocket(server, siti)
  const { where, save } = await completed(pocket, 'asep')
  server.$client.exec("UPDATE households SET officer_id = 'tono' WHERE id = 'asep'")
  await pocket.renew()
  assert.equal((await pocket.store.listTasks({ tab: 'waiting', words: 'suryana' })).tasks.map(({ id, stage }) => [id, stage]), [['asep', 'withdrawn']])
  assert.match(await shown(pocket, '/field/asep'), /sudah tidak di tangan Anda/)
  await save('housing', { 'household.floorType': '9' })
  await pocket.store.submitVisit(where)
  assert.equal((await pocket.store.listTasks({ tab: 'sent', words: 'suryana' })).tasks.map(({ waiting }) => waiting), ['queued'])
})

phone('to a household that was sent from elsewhere meanwhile can be finished and sent as well', async () => {
  const server = aVillage()
  const pocket = await aPocket(server, siti)
  const { where, save } = await completed(pocket, 'asep')
  const { counts } = await pocket.store.listTasks({ tab: 'waiting', words: '' })
  addVisit(server, 'asep', siti, { photos: true })
  await pocket.renew()
  const { tasks, counts: after } = await pocket.store.listTasks({ tab: 'waiting', words: 'suryana' })
  assert.equal([tasks.map(({ draftId }) => draftId), after], [[where.visitId], counts])
  assert.equal((await pocket.store.listTasks({ tab: 'sent', words: 'suryana' })).tasks, [])
  assert.match(await shown(pocket, '/field/asep'), /sudah dikirim dari tempat lain/)
  await save('housing', { 'household.floorType': '9' })
  await pocket.store.submitVisit(where)
  assert.equal((await pocket.store.listTasks({ tab: 'sent', words: 'suryana' })).tasks.map(({ waiting }) => waiting), ['queued'])
})

phone('keeps its duration right when the clock is set back or forward', async () => {
  for (const shift of [-3_600_000, 30 * 86_400_000]) {
    const pocket = await aPocket(aVillage(), siti)
    const { where, save } = await completed(pocket, 'asep', { kinds: [] })
    const { activeMs } = await pocket.store.getVisit(where)
    pocket.clock.at = new Date(pocket.clock.at.getTime() + shift)
    await save('housing', {}, 50_000)
    assert.is((await pocket.store.getVisit(where)).activeMs, activeMs + 50_000)
    await save('housing', {}, 36_000_000)
    assert.is((await pocket.store.getVisit(where)).activeMs, activeMs + 110_000, 'no more than passed')
    restart(pocket)
    await pocket.store.addRow(where, 'members', { revision: (await pocket.store.getVisit(where)).revision })
    assert.is((await pocket.store.getVisit(where)).activeMs, activeMs + 110_000, 'nothing made up after a restart')
  }
})

phone('takes as a photo only a whole JPEG, and all of a post or none', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep', { kinds: [] })
  const bad = [new TextEncoder().encode('%PDF-1.4'), jpeg(3).subarray(0, 4000), new Uint8Array(0)]
  for (const bytes of bad) {
    const refused = await problemOf(pocket.store.addPhotos(where, [{ kind: 'F-KTP', bytes: jpeg(1), takenAt: null }, { kind: 'F-KK', bytes: new Uint8Array(bytes), takenAt: null }]))
    assert.equal(Object.keys(refused.fields), ['F-KK'])
  }
  assert.is((await problemOf(pocket.store.addPhotos(where, [{ kind: 'F-LAIN', bytes: jpeg(1), takenAt: null }]))).code, 'invalid')
  assert.equal([await pocket.db.count('photos'), (await pocket.store.getVisit(where)).photos], [0, []])
})

phone('of one user is nothing to the next on the same phone', async () => {
  const server = aVillage()
  const [one, other] = [await aPocket(server, siti), await aPocket(server, tono)]
  const { where } = await completed(one, 'asep')
  await one.store.submitVisit(where)
  for (const work of [() => other.store.demandTask('asep'), () => other.store.getTask('asep'), () => other.store.getVisit(where)]) assert.is((await problemOf(work())).code, 'not_found')
  assert.is(await other.store.getPhoto(where, 'F-KTP'), undefined)
  for (const tab of ['returned', 'waiting', 'sent'] as const) {
    assert.not.match(JSON.stringify(await other.store.listTasks({ tab, words: '' })), /asep/i)
  }
  assert.equal((await other.store.listTasks({ tab: 'waiting', words: '' })).tasks.map(({ headName }) => headName), ['Tugas Tono'])
})

phone('names the prelist row it joins, as far as the phone knows them', async () => {
  const server = aVillage()
  const pocket = await aPocket(server, siti)
  const { where, save } = await completed(pocket, 'asep')
  const said = async (other: string) => {
    await save('respondent', { 'household.hasilVerivali': '6', 'household.duplicateOfPrelistId': other })
    const { errors, warnings } = await pocket.store.findObstacles(where)
    return [errors, warnings].map((list) => list.filter(({ path }) => path === 'household.duplicateOfPrelistId').length)
  }
  assert.equal(await said('99tetangga'), [0, 0])
  assert.equal(await said('99ujang'), [0, 0])
  assert.equal(await said('99asep'), [1, 0])
  assert.equal(await said('99jauh'), [0, 1])
})

phone('keeps what was typed when its storage is full, and says so', async () => {
  const pocket = await aPocket(aVillage(), siti)
  const { where } = await completed(pocket, 'asep', { kinds: [] })
  const { revision } = await pocket.store.getVisit(where)
  // What a browser throws out of the transaction.
  const full = new Proxy(pocket.db, { get: (db, name) => name !== 'transaction' ? Reflect.get(db, name) : (...asked: unknown[]) => {
    if (asked[1] === 'readwrite') throw new DOMException('', 'QuotaExceededError')
    return (db.transaction as (...asked: unknown[]) => unknown)(...asked)
  } })
  const store = deviceStore({ ...pocket, db: full })
  const answer = await pagesOver(() => store).request(`/field/asep/visits/${where.visitId}/housing`, { method: 'POST', body: new URLSearchParams({ revision: String(revision), 'household.floorAreaM2': '36' }) })
  const html = await answer.text()
  assert.is(answer.status, 507)
  assert.match(html, /Penyimpanan HP penuh/)
  assert.match(html, /value="36"/)
})

phone.run()
