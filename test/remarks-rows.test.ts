import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serverStore } from '#app/field/server-store.ts'
import type { FieldStore } from '#app/field/store.ts'
import { submitWhole } from '#app/visits/whole.ts'
import { remarks, visits } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { aVillage, pagesOver } from '#test/support/field.ts'
import { aPocket } from '#test/support/pocket.ts'
import { budi, freshApp, siti } from '#test/support/world.ts'

const BASE = '/field/euis/visits/visit-euis'
const PLACE = { householdId: 'euis', visitId: 'visit-euis' }

// Sent back with two newcomers: the first was typed by mistake, of the second the checker says something.
function sentBack() {
  const db = aVillage()
  const { record } = db.select().from(visits).where(eq(visits.id, PLACE.visitId)).get()!
  const own = record.members.length
  record.members.push({ memberSeq: own + 1, name: 'Salah Ketik', memberPresence: 4 }, { memberSeq: own + 2, name: 'Bayi Euis', memberPresence: 4 })
  db.update(visits).set({ record, savedSections: { [`members.${own}`]: '2026-03-01T02:00:00.000Z' } }).where(eq(visits.id, PLACE.visitId)).run()
  const say = (row: number, key: string, message: string) => db.insert(remarks).values({ reviewId: 'r1', visitId: PLACE.visitId, path: `members.${row}.${key}`, message }).run()
  say(own, 'name', 'Siapa ini?')
  say(own + 1, 'birthDate', 'Tanggal lahir beda dengan KK')
  return { db, own }
}

async function remove(store: () => FieldStore, index: number) {
  const { revision } = await store().getVisit(PLACE)
  const answer = await pagesOver(store).request(`${BASE}/members/rows/${index}/removal`, { method: 'POST', body: new URLSearchParams({ revision: String(revision), activeMs: '1000' }) })
  assert.is(answer.status, 303)
}

const following = suite('a remark on a person')

following('stays with that person when another is taken off, on the server and on the phone', async () => {
  const { db, own } = sentBack()
  const pocket = await aPocket(db, siti)
  for (const store of [() => pocket.store, () => serverStore(db, siti)]) {
    await remove(store, own)
    const { remarks: said, record, savedSections } = await store().getVisit(PLACE)
    assert.is(record.members[own]!.name, 'Bayi Euis')
    assert.equal(said.filter(({ path }) => path.startsWith('members')).map(({ path }) => path), ['members.-.name', `members.${own}.birthDate`])
    assert.equal((await store().getTask('euis')).remarks, said)
    assert.not.ok(`members.${own}` in savedSections)
    const list = await (await pagesOver(store).request(`${BASE}/members`)).text()
    assert.match(list, /Bayi Euis[\s\S]*1 catatan pemeriksa/)
    assert.match(await (await pagesOver(store).request(`${BASE}/members/${own}`)).text(), /Tanggal lahir beda dengan KK/)
  }
})

following('stays with that person when the mended visit comes from a phone', () => {
  const { db, own } = sentBack()
  const { record, questionnaireVersion, openedAt, householdId, regionCode } = db.select().from(visits).where(eq(visits.id, PLACE.visitId)).get()!
  const mended = { ...record, household: { ...record.household, hasilVerivali: 2 }, members: record.members.filter((_, i) => i !== own) }
  const coordinate = { latitude: -7.9713, longitude: 110.2217, accuracyM: 9, locatedAt: null }
  transact(db, siti, (tx) => submitWhole(tx, { id: householdId, regionCode, stage: 'returned' },
    { visitId: PLACE.visitId, visit: { record: mended, coordinate, activeMs: 600_000, openedAt, questionnaireVersion }, baseVersion: 1 }, []))
  const paths = db.select().from(remarks).all().map(({ path }) => path)
  assert.equal(paths, ['household.floorType', 'members.-.name', `members.${own}.birthDate`])
})

following('names its question to the checker, also at a photo and at a person taken off since', async () => {
  const { db, own } = sentBack()
  db.insert(remarks).values({ reviewId: 'r1', visitId: PLACE.visitId, path: 'photos.F-KTP', message: 'Terlalu gelap' }).run()
  await remove(() => serverStore(db, siti), own)
  const page = await (await freshApp(db).as(budi).get(`/reviews/${PLACE.visitId}`)).text()
  assert.match(page, /<strong>Nama anggota rumah tangga:<\/strong> Siapa ini\?/)
  assert.match(page, /<strong>[^<]*KTP[^<]*:<\/strong> Terlalu gelap/)
})

following.run()
