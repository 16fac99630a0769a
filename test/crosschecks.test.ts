import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { moveRecipient } from '#app/programmes/recipients.ts'
import { crosscheckEvents, households, inactiveHouseholds, programmeWords } from '#db/schema/index.ts'
import { findingsNow, follow, member, numbers, pair, receiving, revise, runAll, sentences, setDesil, setLimit, toldNow } from '#test/support/crosschecks.ts'
import { addRecipient, recipientNow } from '#test/support/programmes.ts'
import { as, BALECATUR, PONCOSARI, rina, TRIMURTI } from '#test/support/world.ts'

const finding = suite('a cross-check finds')

finding('who is dead, and lets it go once he is not, keeping the history', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  await follow(db)
  assert.equal(toldNow(db), [])
  revise(db, 'asep', (record) => member(record, 0, { memberPresence: 2 }))
  await follow(db)
  assert.equal(toldNow(db), ['one dead'])
  assert.equal(sentences(db), ['Menerima Sembako sejak 1 Januari 2026, tetapi Asep tercatat meninggal.'])
  revise(db, 'asep', (record) => member(record, 0, { memberPresence: 1 }))
  await follow(db, '2026-03-05T03:00:00.000Z')
  assert.equal(findingsNow(db).map(({ status, statusAt }) => [status, statusAt.slice(0, 10)]), [['settled', '2026-03-05']])
  revise(db, 'asep', (record) => member(record, 0, { memberPresence: 2 }))
  await follow(db)
  assert.equal(toldNow(db), ['one dead'])
  assert.equal(db.select().from(crosscheckEvents).all().map(({ toStatus }) => toStatus), ['settled', 'open'])
})

finding('who has left, and whose household is inactive', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  receiving(db, 'two', 'ujang')
  revise(db, 'asep', (record) => member(record, 0, { memberPresence: 3 }))
  as(db, rina, (tx) => {
    tx.db.insert(inactiveHouseholds).values({ householdId: 'ujang', reason: 'pindah', since: '2026-02-01', cause: 'test' }).run()
    tx.audit('household.deactivated', 'ujang')
  })
  await follow(db)
  assert.equal(toldNow(db), ['one moved', 'two inactive'])
  assert.match(sentences(db).join(), /nonaktif sejak 1 Februari 2026/)
})

finding('who stands in no household, and links him when the registry gets to know him', async () => {
  const db = pair()
  const { nik, kkNumber } = numbers(db, 'asep')
  await follow(db)
  addRecipient(db, 'stray', { nik: '9902011205809999', name: 'Entah' })
  addRecipient(db, 'known', { nik, kkNumber, name: 'Asep' })
  await follow(db)
  assert.equal(toldNow(db), ['stray unregistered'])
  assert.equal(recipientNow(db, 'known')!.householdId, 'asep')
  revise(db, 'ujang', (record) => member(record, 1, { nik: '9902011205809999' }))
  await follow(db)
  assert.equal(toldNow(db), [])
  assert.equal([recipientNow(db, 'stray')!.householdId, recipientNow(db, 'stray')!.familySeq], ['ujang', 1])
})

finding('an excluded occupation, as the dated list has it', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  revise(db, 'asep', (record) => member(record, 1, { working: true, employmentStatus: 5 }))
  await follow(db)
  assert.equal(toldNow(db), ['one occupation'])
  db.update(programmeWords).set({ validTo: '2026-02-01' }).where(eq(programmeWords.list, 'excluded_employment')).run()
  await runAll(db)
  assert.equal(toldNow(db), [])
})

finding('the same aid twice, until one of them ends', async () => {
  const db = pair()
  const { kkNumber } = numbers(db, 'asep')
  receiving(db, 'one', 'asep')
  addRecipient(db, 'two', { householdId: 'ujang', familySeq: 1, kkNumber, nik: numbers(db, 'ujang').nik, name: 'Ujang' })
  receiving(db, 'pkh', 'asep', { programme: 'pkh' })
  await follow(db)
  assert.equal(toldNow(db), ['one double', 'two double'])
  assert.match(sentences(db).join(), /dua kali: Nomor KK yang sama dengan Ujang di Poncosari/)
  as(db, rina, (tx) => moveRecipient(tx, recipientNow(db, 'two')!, 'removed', { cause: 'test' }))
  await follow(db)
  assert.equal(toldNow(db), [])
})

finding('programmes that may not go together, as dated data', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  receiving(db, 'pkh', 'asep', { programme: 'pkh' })
  db.insert(programmeWords).values({ programme: 'pkh', list: 'contradicts', code: 'sembako', label: 'Tidak bersamaan', validFrom: '2026-01-01', source: 'uji' }).run()
  await runAll(db)
  assert.equal(toldNow(db), ['one double', 'pkh double'])
})

finding('a desil above the limit with aid, and one within it without any', async () => {
  const db = pair()
  setLimit(db, 'sembako', 4)
  setLimit(db, 'pkh', 4)
  setLimit(db, 'pbi', 5)
  receiving(db, 'one', 'asep')
  setDesil(db, { [numbers(db, 'asep').kkNumber]: 8, [numbers(db, 'ujang').kkNumber]: 2 })
  await runAll(db)
  assert.equal(toldNow(db), ['one high_desil', 'ujang/1 low_desil'])
  assert.equal(sentences(db), ['Desil 2, tetapi belum menerima program apa pun. Masuk batas PBI-JK, PKH, Sembako.', 'Menerima Sembako sejak 1 Januari 2026, tetapi desil 8; batas program ini 4.'])
  receiving(db, 'two', 'ujang')
  await follow(db)
  assert.equal(toldNow(db), ['one high_desil'])
})

finding('one person in two families, where one of them receives', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  const { spouse } = numbers(db, 'asep')
  revise(db, 'ujang', (record) => member(record, 1, { nik: spouse }))
  await follow(db)
  assert.equal(toldNow(db), ['one two_families'])
  revise(db, 'ujang', (record) => member(record, 1, { nik: null }))
  await follow(db)
  assert.equal(toldNow(db), [])
})

const linking = suite('the link to the registry')

linking('follows a head of family into another household, and his household into another desa', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  const { nik } = numbers(db, 'asep')
  revise(db, 'asep', (record) => member(record, 0, { memberPresence: 3 }))
  revise(db, 'ujang', (record) => void record.members.push({ ...record.members[1], memberSeq: 3, name: 'Asep', nik, memberPresence: 4 }))
  await follow(db)
  assert.equal([recipientNow(db, 'one')!.householdId, recipientNow(db, 'one')!.state], ['ujang', 'active'])
  as(db, rina, (tx) => {
    tx.db.update(households).set({ regionCode: TRIMURTI }).where(eq(households.id, 'ujang')).run()
    tx.audit('household.moved', 'ujang')
  })
  await follow(db)
  assert.equal(recipientNow(db, 'one')!.regionCode, TRIMURTI)
  assert.equal(toldNow(db), [])
})

linking('leaves the aid with its kabupaten when the household moves out of it, and tells it there', async () => {
  const db = pair()
  receiving(db, 'one', 'asep')
  as(db, rina, (tx) => {
    tx.db.update(households).set({ regionCode: BALECATUR }).where(eq(households.id, 'asep')).run()
    tx.audit('household.moved', 'asep')
  })
  await follow(db)
  assert.equal(recipientNow(db, 'one')!.regionCode, PONCOSARI)
  assert.equal(toldNow(db), ['one moved'])
  assert.match(sentences(db).join(), /kini di Balecatur/)
})

linking('follows a person of PBI-JK by the NIK, and is lost when nothing tells of him', async () => {
  const db = pair()
  const { spouse } = numbers(db, 'asep')
  addRecipient(db, 'person', { programme: 'pbi', state: 'active', householdId: 'asep', familySeq: 1, memberSeq: 2, nik: spouse, name: 'Wati Suryani' })
  revise(db, 'asep', (record) => member(record, 1, { nik: '9902011205807777', name: 'Orang Lain' }))
  await follow(db)
  assert.equal(recipientNow(db, 'person')!.householdId, null)
  assert.equal(toldNow(db), ['person unregistered'])
})

finding.run()
linking('is made by a run before it judges, so nothing false is found on the way', async () => {
  const db = pair()
  const { nik, kkNumber } = numbers(db, 'asep')
  addRecipient(db, 'known', { nik, kkNumber, name: 'Asep' })
  await runAll(db)
  assert.equal([recipientNow(db, 'known')!.householdId, findingsNow(db)], ['asep', []])
})

linking.run()
