import { eq } from 'drizzle-orm'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { downloadPack } from '#app/packs/downloads.ts'
import { openHousehold } from '#app/households/detail.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import { openExport } from '#app/exports/exports.ts'
import { exportsDone, workOnExport } from '#app/exports/export-work.ts'
import { closeCase, countCases, openCase, viewCase } from '#app/protection/cases.ts'
import { listConcerned, openBreach, stepBreach, viewBreach } from '#app/protection/breaches.ts'
import { makeFile } from '#app/protection/subject-file.ts'
import { auditEntries, breachHouseholds, exportFiles } from '#db/schema/index.ts'
import { addRegistered, issue } from '#test/support/certificates.ts'
import { addPhone } from '#test/support/held.ts'
import { AT, addBreach, asksFor, lostPhone, nikOf } from '#test/support/protection.ts'
import { paidWorld } from '#test/support/payments.ts'
import { addProposal } from '#test/support/proposals.ts'
import { aRecord } from '#test/support/records.ts'
import { actions, addHousehold, agus, as, aulia, BALECATUR, budi, freshApp, freshDatabase, mega, nia, PONCOSARI, prita, rina, siti, TRIMURTI, oki } from '#test/support/world.ts'

// Siti's phone holds Asep; of Ujang, who is Tono's, it knows the name. Wati lives in another desa.
function world() {
  const db = freshDatabase()
  addPhone(db, siti, { id: 'phone', made: 0 })
  addHousehold(db, 'asep', { stage: 'assigned', officer: siti, record: aRecord({ head: 'Asep Suryana' }) })
  addHousehold(db, 'ujang', { stage: 'published', head: 'Ujang Hermawan' })
  addHousehold(db, 'wati', { stage: 'published', head: 'Wati Kartini', regionCode: TRIMURTI })
  as(db, siti, (tx) => downloadPack(tx, 'phone'), AT)
  return db
}
const concerned = (db: ReturnType<typeof world>) => db.select().from(breachHouseholds).all().map(({ householdId, why }) => [householdId, why]).sort()

const losing = suite('a lost phone')

losing('concerns whom its pack holds whole, and by name alone who lives in the same desa', async () => {
  const db = world()
  const breach = await addBreach(db)
  assert.equal(concerned(db), [['asep', 'task'], ['ujang', 'directory']])
  assert.equal([breach.counting, breach.households], ['counted', 2])
  assert.ok(actions(db).includes('breach.opened') && actions(db).includes('breach.counted'))
})

losing('still concerns a household that was handed on since', async () => {
  const db = world()
  db.$client.exec("UPDATE households SET officer_id = NULL, stage = 'published' WHERE id = 'asep'")
  await addBreach(db)
  assert.equal(concerned(db)[0], ['asep', 'task'])
})

losing('is due three days after it was known, not after it was written down', async () => {
  const breach = await addBreach(world(), { knownAt: '2026-03-01T10:30:00.000Z' })
  assert.is(breach.dueAt, '2026-03-04T10:30:00.000Z')
})

losing('written down twice is one, and one that has not happened yet is refused', () => {
  const db = world()
  assert.equal([as(db, agus, (tx) => openBreach(tx, lostPhone())), as(db, agus, (tx) => openBreach(tx, lostPhone()))], [true, false])
  assert.throws(() => as(db, agus, (tx) => openBreach(tx, lostPhone({ id: 'later', knownAt: '2026-03-02T04:00:00.000Z' }))), /Periksa kembali/)
  assert.throws(() => as(db, rina, (tx) => openBreach(tx, lostPhone({ id: 'rina' }))), /tidak berwenang/)
})

losing('is told to nobody whose people it does not concern, and its list only to who reads households there', async () => {
  const db = world()
  const { id } = await addBreach(db)
  assert.throws(() => viewBreach(db, nia, id), /tidak ditemukan/)
  assert.is(viewBreach(db, rina, id).places.length, 1)
  assert.equal(listConcerned(db, rina, id, PONCOSARI).rows.map(({ headName }) => headName), ['Asep Suryana', 'Ujang Hermawan'])
  assert.throws(() => listConcerned(db, nia, id, PONCOSARI), /tidak ditemukan/)
  for (const who of [agus, aulia]) assert.throws(() => listConcerned(db, who, id, PONCOSARI), /tidak berwenang/)
  assert.is(viewBreach(db, aulia, id).places[0]!.households, 2)
})

losing('closes only after the authority and the people were told, each step with its date', async () => {
  const db = world()
  const { id } = await addBreach(db)
  const step = (kind: 'authority' | 'subjects' | 'closed', revision: number) => as(db, mega, (tx) => stepBreach(tx, id, { kind, note: 'Surat 12/2026', revision }))
  assert.throws(() => step('closed', 1), /Periksa kembali/)
  step('authority', 1)
  assert.throws(() => step('subjects', 1), /baru saja diubah/)
  step('subjects', 2)
  step('closed', 3)
  assert.throws(() => step('authority', 4), /sudah ditutup/)
  assert.equal(viewBreach(db, mega, id).steps.map(({ kind }) => kind), ['opened', 'counted', 'authority', 'subjects', 'closed'])
})

losing('gives a letter for each household with what art. 46 asks, and its printing is on record', async () => {
  const { db, as: on } = freshApp(world())
  const { id } = await addBreach(db)
  const body = await (await on(rina).get(`/protection/breaches/${id}/letters?region=${PONCOSARI}`)).text()
  for (const words of ['Bapak/Ibu Asep Suryana', 'HP petugas hilang di pasar.', 'Nama, NIK, alamat', 'Akses HP dicabut.', 'pasal 46', 'hanya nama kepala rumah tangga']) assert.ok(body.includes(words), words)
  assert.not.ok(body.includes(nikOf(db, 'asep')))
  assert.is(actions(db).at(-1), 'breach.letters_printed')
})

const leaking = suite('a leaked file or account')

leaking('concerns the rows of the file, as its maker saw the list', async () => {
  const { db, dataDirectory } = freshApp(world())
  const wanted = { id: 'file', list: 'households', query: `region=${TRIMURTI}`, format: 'csv' as const, full: false, fullReason: '', recipientName: 'Bank', recipientInstitution: 'Bank Desa', purpose: 'salur', legalBasis: 'PKS', expiresOn: '2099-01-01' }
  as(db, rina, (tx) => openExport(tx, { ...wanted, expiresOn: '2026-03-20' }))
  workOnExport({ db, dataDirectory }, 'file')
  await exportsDone(db)
  assert.is(db.select().from(exportFiles).get()!.rowsDone, 1)
  await addBreach(db, { kind: 'export', subject: 'file' })
  assert.equal(concerned(db), [['wati', 'row']])
})

leaking('of an account concerns what it opened and took along in that time, and nothing else', async () => {
  const db = world()
  as(db, rina, (tx) => openHousehold(tx, 'wati'), '2026-03-01T05:00:00.000Z')
  as(db, rina, (tx) => openHousehold(tx, 'ujang'), '2026-03-02T01:00:00.000Z')
  await addBreach(db, { kind: 'account', subject: 'rina', fromAt: '2026-03-02T00:00:00.000Z', untilAt: '2026-03-02T02:00:00.000Z' })
  assert.equal(concerned(db), [['ujang', 'opened']])
  await addBreach(db, { id: 'other', kind: 'account', subject: 'siti', fromAt: '2026-03-02T00:00:00.000Z', untilAt: '2026-03-03T00:00:00.000Z' })
  assert.equal(db.select().from(breachHouseholds).where(eq(breachHouseholds.breachId, 'other')).all().map(({ householdId }) => householdId).sort(), ['asep', 'ujang'])
})

const asking = suite('a citizen who asks for their data')

asking('is found by the exact NIK within the region, and nowhere else', () => {
  const db = world()
  assert.ok(as(db, rina, (tx) => openCase(tx, asksFor(db, 'asep'))))
  assert.not.ok(as(db, rina, (tx) => openCase(tx, asksFor(db, 'asep'))))
  assert.throws(() => as(db, nia, (tx) => openCase(tx, asksFor(db, 'asep', { id: 'other' }))), /Periksa kembali/)
  addHousehold(db, 'sleman', { regionCode: BALECATUR })
  for (const who of [budi, prita, mega, agus]) assert.throws(() => as(db, who, (tx) => openCase(tx, asksFor(db, 'asep', { id: who.id }))), /tidak berwenang/)
  assert.throws(() => viewCase(db, nia, asksFor(db, 'asep').id), /tidak ditemukan/)
})

asking('gets everything the register holds of them, who opened it too, and the others\' answers not', async () => {
  const db = world()
  as(db, budi, (tx) => openHousehold(tx, 'asep'), '2026-03-02T02:00:00.000Z')
  const asked = asksFor(db, 'asep')
  as(db, rina, (tx) => openCase(tx, asked))
  const file = as(db, rina, (tx) => makeFile(tx, asked.id))
  const answers = JSON.stringify(file.blocks)
  assert.ok(answers.includes(nikOf(db, 'asep')))
  assert.not.ok(answers.includes(nikOf(db, 'asep', 2)))
  assert.ok(file.readers.some(({ name, action }) => name === 'Budi Santoso' && action === 'household.opened'))
  assert.equal(file.moves.map(({ to }) => to), ['listed', 'assigned', 'downloaded'])
  const page = await (await freshApp(db).as(rina).post(`/protection/cases/${asked.id}/file`)).text()
  for (const words of ['Asep Suryana', 'Siapa yang membuka data ini', 'Budi Santoso', 'Potret penetapan']) assert.ok(page.includes(words), words)
  assert.is(db.select().from(auditEntries).all().filter(({ action }) => action === 'subject_case.file_made').length, 2)
})

asking('reads which letters were written for them, and not those for another of the house', () => {
  const db = world()
  addRegistered(db)
  issue(db, oki)
  issue(db, rina, { id: '5a5a5a5a-0000-4000-8000-00000000c002', memberSeq: 1 })
  const asked = asksFor(db, 'registered')
  as(db, rina, (tx) => openCase(tx, asked))
  assert.equal(as(db, rina, (tx) => makeFile(tx, asked.id)).letters.map(({ number }) => number.split('/').slice(0, 3).join('/')), ['0001/SKT-SIKS/34.02'])
})

asking('gets their own row, KK and business, also after a row before theirs has gone', () => {
  const db = freshDatabase()
  const { members: [head, wife], ...rest } = aRecord({ head: 'Asep Suryana', spouse: 'Wati Suryani' })
  addHousehold(db, 'asep', { record: {
    ...rest, families: [{ familySeq: 1, kkNumber: '9902011503100101' }, { familySeq: 2, kkNumber: '9902011503100102' }],
    members: [head!, { ...wife, memberSeq: 3, familySeq: 2 }, { ...head, memberSeq: 2, name: 'Ujang Suryana', nik: '9902011203050009', relationToHead: 3 }],
    businesses: [{ ownerMemberSeq: 2, ownerName: 'Ujang Suryana', businessField: 'Bengkel' }, { ownerMemberSeq: 3, ownerName: 'Wati Suryani', businessField: 'Warung' }],
  } })
  const asked = asksFor(db, 'asep', { nik: nikOf(db, 'asep', 3) })
  as(db, rina, (tx) => openCase(tx, asked))
  const answers = JSON.stringify(as(db, rina, (tx) => makeFile(tx, asked.id)).blocks)
  for (const own of [wife!.nik as string, '9902011503100102', 'Warung']) assert.ok(answers.includes(own), own)
  for (const another of ['9902011203050009', 'Ujang', '9902011503100101', 'Bengkel']) assert.not.ok(answers.includes(another), another)
})

asking('is answered from the home somebody lives in now, not from the one that was left', () => {
  const db = world()
  const left = getHousehold({ db, actor: rina }, 'asep')
  const there = getHousehold({ db, actor: rina }, 'ujang')
  const [person, ...others] = left.record.members
  as(db, rina, (tx) => {
    reviseHousehold(tx, left, 1, { ...left.record, members: [{ ...person!, memberPresence: 3 }, ...others] }, 'proposal:move')
    reviseHousehold(tx, there, 1, { ...there.record, members: [...there.record.members, { ...person!, memberSeq: 3, memberPresence: 4 }] }, 'proposal:move')
  })
  const asked = asksFor(db, 'asep')
  as(db, rina, (tx) => openCase(tx, asked))
  assert.equal([viewCase(db, rina, asked.id).case.householdId, viewCase(db, rina, asked.id).case.memberSeq], ['ujang', 3])
})

asking('is told how often they themselves were paid, not everybody', async () => {
  const { db } = await paidWorld()
  const asked = asksFor(db, 'asep')
  as(db, rina, (tx) => openCase(tx, asked))
  assert.equal(as(db, rina, (tx) => makeFile(tx, asked.id)).programmes.map(({ payments }) => payments), [1])
})

asking('is answered or refused with a reason, once, and the auditor reads how many', () => {
  const db = world()
  const asked = asksFor(db, 'asep')
  as(db, rina, (tx) => openCase(tx, asked))
  assert.throws(() => as(db, rina, (tx) => closeCase(tx, asked.id, { revision: 1, reply: 'tidak', status: 'refused' })), /Periksa kembali/)
  as(db, rina, (tx) => closeCase(tx, asked.id, { revision: 1, reply: 'Salinan diserahkan di loket.', status: 'answered' }))
  assert.throws(() => as(db, rina, (tx) => closeCase(tx, asked.id, { revision: 2, reply: 'Sekali lagi diserahkan.', status: 'answered' })), /sudah dijawab/)
  assert.equal(countCases(db, aulia, AT), { open: 0, late: 0, answered: 1, refused: 0, inTime: 1 })
  assert.is(countCases(db, nia, AT).answered, 0)
})

asking('for a correction is not answered before there is a usulan', () => {
  const db = world()
  const asked = asksFor(db, 'asep', { kind: 'correction', wish: 'Tanggal lahir keliru.' })
  as(db, rina, (tx) => openCase(tx, asked))
  const close = () => as(db, rina, (tx) => closeCase(tx, asked.id, { revision: 1, reply: 'Usulan perbaikan dikirim.', status: 'answered' }))
  assert.throws(close, /Periksa kembali/)
  addProposal(db, { kind: 'death', on: '2026-02-10', householdId: 'asep', memberSeq: 2 }, { id: 'fix' })
  db.$client.exec("UPDATE proposals SET proposed_at = '2026-03-03T00:00:00.000Z' WHERE id = 'fix'")
  close()
  assert.is(viewCase(db, rina, asked.id).case.status, 'answered')
})

asking('may want it erased, halted, or decided by a person; each has its clock, and says what is wanted', async () => {
  const db = world()
  const { as: on } = freshApp(db)
  const form = (kind: string, n: number) => ({ ...asksFor(db, 'asep', { id: `00000000-0000-4000-8000-0000000000d${n}` }), kind, receivedOn: '2026-03-02', receivedTime: '08:00', wish: 'Hapus data saya dari daftar.' }) as unknown as Record<string, string>
  assert.is((await on(rina).post('/protection/cases', { ...form('erasure', 1), wish: '' })).status, 422)
  for (const [n, kind, words] of [[1, 'erasure', 'Ajukan nonaktif'], [2, 'restriction', 'sampai kapan'], [3, 'objection', 'diputuskan orang']] as const) {
    const { status, headers } = await on(rina).post('/protection/cases', form(kind, n))
    assert.is(status, 303, kind)
    assert.match(await (await on(rina).get(headers.get('Location')!)).text(), words)
    assert.is(viewCase(db, rina, form(kind, n).id!).case.dueAt, '2026-03-05T01:00:00.000Z')
  }
  const answer = (n: number, status: 'answered' | 'refused') => as(db, rina, (tx) => closeCase(tx, form('', n).id!, { revision: 1, reply: 'Diputuskan bersama kepala bidang.', status, held: { exports: true, programmes: false, untilOn: '' } }))
  assert.throws(() => answer(1, 'answered'), /Periksa kembali/, 'nothing was asked to be taken out')
  answer(1, 'refused')
  for (const n of [2, 3]) answer(n, 'answered')
  assert.equal(countCases(db, aulia, AT), { open: 0, late: 0, answered: 2, refused: 1, inTime: 3 })
})

losing.run()
leaking.run()
asking.run()
