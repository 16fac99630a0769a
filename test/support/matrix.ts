import { addHousehold, agus, as, BANTUL, budi, freshDatabase, hadi, PONCOSARI, rina, siti } from '#test/support/world.ts'
import { addDelivery, addLostPhoto, addPhone } from '#test/support/held.ts'
import { addPeriodsOfAllKinds } from '#test/support/periods.ts'
import { addSnapshots } from '#test/support/desil.ts'
import { addPair } from '#test/support/alike.ts'
import { addPayments } from '#test/support/payments.ts'
import { addEligibility } from '#test/support/eligibility.ts'
import { addRecipientsOfAllKinds } from '#test/support/recipients-of-all-kinds.ts'
import { addFinding } from '#test/support/crosschecks.ts'
import { addCertificate } from '#test/support/certificates.ts'
import { addReport } from '#test/support/reports.ts'
import { addCarriedOut } from '#test/support/carried-out.ts'
import { addProposal } from '#test/support/proposals.ts'
import { count as countDashboards } from '#test/support/dashboards.ts'
import { addCare } from '#test/support/care.ts'
import { addLocalAid } from '#test/support/local.ts'
import { addOversight } from '#test/support/oversight.ts'
import { addMatching } from '#test/support/matching.ts'
import { addProtection } from '#test/support/protection.ts'
import { addQuality } from '#test/support/quality.ts'
import { aRecord } from '#test/support/records.ts'
import { addVerified, addVisit } from '#test/support/visit.ts'
import { beginReview } from '#app/access/reviews.ts'
import { randomUUID } from 'node:crypto'
import { returnProposal } from '#app/proposals/decisions.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { attachments, batches, batchItems, exchangePackages, exchangeRuns, files, households, musdes, prelistImports, questionnaireExtensions, reportPhotos, visits } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'

const AT = '2026-03-01T02:00:00.000Z'

// A Bantul with one of everything that has an address: what each route of the matrix is asked about.
function furnished(): Db {
  const db = freshDatabase()
  for (const id of ['asep', 'ujang', 'verified', 'sent']) addHousehold(db, id, { stage: 'assigned', officer: siti })
  addVisit(db, 'ujang', siti, { id: 'visit-ujang', photos: true })
  addVerified(db, 'verified', siti, budi, { id: 'visit-verified' })
  addVerified(db, 'sent', siti, budi, { id: 'visit-sent' })
  addHousehold(db, 'waiting', { record: { ...aRecord({ serial: 777 }), families: [{ familySeq: 1 }] } })
  addVerified(db, 'waiting', siti, budi, { id: 'visit-waiting' })
  const { record, version } = db.select().from(households).where(eq(households.id, 'asep')).get()!
  db.insert(visits).values({ id: 'draft', householdId: 'asep', regionCode: PONCOSARI, officerId: 'siti', status: 'draft', record, savedSections: {}, revision: 1, baseVersion: version, questionnaireVersion: '2026', openedAt: AT }).run()
  db.insert(musdes).values({ id: 'musdes', regionCode: PONCOSARI, heldOn: '2026-02-01', startedAt: '09:00', endedAt: '11:00', place: 'Balai desa', chairName: 'Pak Lurah', chairPosition: 'Lurah', attendance: {}, minutesNumber: '1/2026', createdBy: 'siti', createdAt: AT }).run()
  db.insert(files).values({ sha256: 'cd'.repeat(32), mime: 'application/pdf', bytes: 1, storedAt: AT }).run()
  db.insert(attachments).values({ id: 'paper', sha256: 'cd'.repeat(32), regionCode: PONCOSARI, subject: 'musdes:musdes', kind: 'minutes', name: 'ba.pdf', addedBy: 'siti', addedAt: AT }).run()
  db.insert(prelistImports).values({ id: 'import', fileName: 'a.csv', sha256: 'ef'.repeat(32), regionCode: BANTUL, uploadedBy: 'rina', uploadedAt: AT, status: 'previewed', bytes: 1 }).run()
  addPhone(db, siti, { id: 'phone', made: 2 })
  addDelivery(db, siti, { status: 'held', reason: 'conflict' }, { id: 'held', householdId: 'ujang', deviceId: 'phone' })
  addLostPhoto(db, siti, 'phone')
  db.insert(exchangeRuns).values({ id: 'run', fileName: 'a.siks', sha256: 'ef'.repeat(32), bytes: 1, via: 'file', takenBy: 'rina', takenAt: AT, status: 'taken', total: 0 }).run()
  db.insert(exchangePackages).values({ id: 'package', regionCode: BANTUL, madeBy: 'rina', madeAt: AT, status: 'removed' }).run()
  addReport(db)
  addCertificate(db)
  addPeriodsOfAllKinds(db)
  db.insert(reportPhotos).values({ reportId: 'report', position: 1, sha256: 'cd'.repeat(32), addedAt: AT }).run()
  addSnapshots(db, ['asep', 'ujang', 'verified'])
  db.insert(questionnaireExtensions).values({ id: 'extension', extension: 'dtsen', regionCode: '34.04', validFrom: '2026-01-01', source: 'Surat 1/2026', setBy: 'agus', setAt: AT }).run()
  db.insert(visits).values({ id: 'extended', householdId: 'asep', regionCode: PONCOSARI, officerId: 'siti', status: 'draft', record, savedSections: {}, revision: 1, baseVersion: version, questionnaireVersion: '2026-dtsen', openedAt: AT }).run()
  addPair(db, 'pair', 'asep', 'ujang')
  addBatches(db)
  addProposals(db)
  addMatching(db, 'asep')
  addRecipientsOfAllKinds(db)
  addEligibility(db)
  addPayments(db)
  addCarriedOut(db)
  addFinding(db)
  addCare(db)
  addLocalAid(db)
  addQuality(db)
  addOversight(db)
  as(db, agus, (tx) => beginReview(tx, 'review'))
  addProtection(db, 'asep')
  countDashboards(db)
  return db
}

// One batch that waits for the approver, one that the ministry already has.
function addBatches(db: Db) {
  for (const [id, household] of [['frozen', 'verified'], ['dispatched', 'sent']] as const) {
    as(db, rina, (tx) => openBatch(tx, { id, regionCode: BANTUL, title: id }))
    const visitId = `visit-${household}`
    const { record } = db.select().from(visits).where(eq(visits.id, visitId)).get()!
    db.insert(batchItems).values({ batchId: id, householdId: household, visitId, regionCode: PONCOSARI, position: 1, record, recordHash: '0', failures: [] }).run()
    db.update(batches).set({ status: 'open' }).where(eq(batches.id, id)).run()
    db.update(households).set({ stage: 'batched' }).where(eq(households.id, household)).run()
    as(db, rina, (tx) => freezeBatch(tx, id))
  }
  db.update(batches).set({ status: 'dispatched', ratifiedBy: hadi.id }).where(eq(batches.id, 'dispatched')).run()
  db.update(households).set({ stage: 'dispatched' }).where(eq(households.id, 'sent')).run()
}

// One usulan that waits for the kecamatan, one that came back to its proposer.
function addProposals(db: Db) {
  for (const id of ['submitted', 'returned']) {
    addProposal(db, { kind: 'death', on: '2026-02-10', householdId: 'ujang', memberSeq: 2 }, { id })
  }
  as(db, budi, (tx) => returnProposal(tx, 'returned', { key: randomUUID(), seen: '', note: 'Unggah akta kematiannya' }))
  db.$client.exec(`INSERT INTO proposals SELECT 'prepared', 'deactivation', region_code, NULL, household_id, head_name, 'prepared', status_at, 1, 'tidak_dijumpai', '', NULL, NULL, NULL, NULL, 'system', proposed_at, basis,
    json_object('kind', 'deactivation', 'on', '2026-03-02', 'householdId', household_id, 'reason', 'tidak_dijumpai') FROM proposals WHERE id = 'submitted'`)
}

let bytes: Buffer | undefined
export const furnishedDatabase = (): Db => openDatabase(bytes ??= furnished().$client.serialize())
