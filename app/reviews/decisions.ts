import { and, desc, eq } from 'drizzle-orm'
import { findOfficer } from '#app/deliveries/officers.ts'
import { isJudged } from '#app/evidence/queue.ts'
import { moveStage, takeBackMove } from '#app/households/moves.ts'
import type { Stage } from '#app/households/stages.ts'
import { matchOfPerson } from '#app/matching/states.ts'
import { refuseOwnNumbers } from '#app/numbers/giving.ts'
import { conflict, forbidden, invalid, notFound, Problem } from '#app/problems.ts'
import { printsPending } from '#app/prints/prints.ts'
import { isEmpty, isPresent } from '#app/questionnaire/record.ts'
import { levelOf, WAITING, wasSentBack, type Level } from '#app/reviews/levels.ts'
import { isWithin, within } from '#app/users/scope.ts'
import { filledPages } from '#app/visits/answers.ts'
import { isBehind, takeUpMaster } from '#app/visits/rebasing.ts'
import type { Db } from '#db/connection.ts'
import { households, remarks, reviews, users, visits } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// documents: by member, 1 as on KTP/KK, 2 not, 3 not readable. remarks: by path of the question ("members.2.nik").
// key: made with the form, so that a form sent twice decides once. revision: what the checker has read.
export type Decision = { key: string, revision: number, note: string, documents: Record<string, string>, remarks: Record<string, string> }
export type Target = 'officer' | 'checker'

type Outcome = 'approved' | 'returned'
type Case = { visit: typeof visits.$inferSelect, household: Pick<typeof households.$inferSelect, 'id' | 'regionCode' | 'stage' | 'visitId' | 'headName' | 'record' | 'version'> }

export function approveVisit(tx: Tx, visitId: string, decision: Decision): Case {
  const { found, level, repeated } = begin(tx, visitId, decision)
  if (repeated) return found
  if (Object.keys(decision.remarks).length > 0) {
    throw invalid({ note: 'Ada catatan pada isian. Pilih "Kembalikan", atau hapus catatannya sebelum menyetujui.' })
  }
  refuseBehind(found)
  if (level === 1) checkDocuments(found.visit, decision)
  record(tx, found, { ...decision, level, outcome: 'approved' })
  settle(tx, found, level === 1 ? 'checked' : 'verified', decision)
  return found
}

// level 1 sends back to the officer; level 2 to the checker, or past them to the officer.
export function returnVisit(tx: Tx, visitId: string, decision: Decision, target: Target): Case {
  const { found, level, repeated } = begin(tx, visitId, decision)
  if (repeated) return found
  const remarks = { ...remarksOf(found.visit, decision), ...decision.remarks }
  if (!decision.note && Object.keys(remarks).length === 0) {
    throw invalid({ note: 'Tuliskan alasan pengembalian, atau catatan pada isian yang harus diperbaiki.' })
  }
  const to = level === 2 && target === 'checker' ? 'recheck' : 'returned'
  const behind = to === 'returned' && isBehind(found.visit, found.household)
  record(tx, found, { ...decision, note: [decision.note, behind && BEHIND].filter(Boolean).join(' '), remarks, level, outcome: 'returned' })
  settle(tx, found, to, { ...decision, note: decision.note || 'Lihat catatan pada isian.' })
  if (behind) takeUpMaster(tx, found.visit, found.household)
  if (to === 'returned') handOn(tx, found)
  return found
}

// A household that has moved out of its officer's places is visited by somebody who works where it lives now.
function handOn(tx: Tx, { visit, household }: Case) {
  const officer = findOfficer(tx.db, visit.officerId)
  if (officer && !isWithin(household.regionCode, officer)) moveStage(tx, { id: household.id, stage: 'returned' }, 'published', { subject: `visit:${visit.id}`, set: { officerId: null } })
}

const BEHIND = 'Data induk rumah tangga ini berubah sejak kunjungan dimulai. Perubahannya sudah dimasukkan ke isian; periksa lagi semuanya sebelum dikirim.'

const DOCUMENT_WORDS: Record<string, string> = { 2: 'NIK atau nama tidak sesuai KTP/KK.', 3: 'KTP/KK pada foto tidak terbaca. Ambil ulang fotonya.' }

// What was marked beside the photo needs no typing again: it is a remark at that person's NIK.
const remarksOf = ({ record: { members } }: Case['visit'], { documents }: Decision) => Object.fromEntries(
  members.flatMap(({ memberSeq }, index) => {
    const words = DOCUMENT_WORDS[documents[String(memberSeq ?? index + 1)] ?? '']
    return words ? [[`members.${index}.nik`, words]] : []
  }))

// Only what nobody needs to look at twice: finished, without a flag, never returned, its head known to Dukcapil. The rest is told by its visit, with
// the reason.
export function approveTogether(tx: Tx, key: string, chosen: { visitId: string, revision: number }[]): Map<string, string> {
  const skipped = new Map<string, string>()
  levelOf(tx.actor)
  const first = isFirstTime(tx, key)
  for (const { visitId, revision } of chosen) {
    const decision: Decision = { key: `${key}:${visitId}`, revision, note: '', documents: {}, remarks: {} }
    const reason = approveUnseen(tx, visitId, decision, first)
    if (reason) skipped.set(visitId, reason)
  }
  return skipped
}

// Takes an approval back while nothing has followed it: the case waits again where it waited. The review itself stays, and
// so does the move; another move tells that it was undone.
export function withdrawApproval(tx: Tx, { id, stage, visitId }: { id: string, stage: Stage, visitId: string }, to: Stage, subject: string) {
  levelOf(tx.actor)
  takeBackMove(tx, { id, stage }, to, { note: 'Persetujuan bersama diurungkan.', subject })
  tx.db.update(visits).set({ status: STATUS[to] ?? 'submitted' }).where(eq(visits.id, visitId)).run()
  tx.audit('visit.approval_withdrawn', visitId, { household: id, subject })
}

// Photos are looked at behind the requests, in seconds or, on the last evening, in minutes. Where they cannot be (a store that does not
// answer, a photo that is no picture) whoever decides alone is told; all the others do not wait for ever.
const LOOKED_AT_WITHIN_MS = 60 * 60_000
const LOOKED_AT_STILL = 'fotonya masih diperiksa, coba lagi sebentar'
const isLookedAtStill = (db: Db, { id, submittedAt }: Pick<Case['visit'], 'id' | 'submittedAt'>, now: string) =>
  printsPending(db, id) && Date.parse(now) - Date.parse(submittedAt!) < LOOKED_AT_WITHIN_MS

// Nobody holds the head's NIK and name beside KTP and KK when many are approved at once, so the register must have found these very ones.
const UNKNOWN_HEAD = 'NIK dan nama kepala rumah tangga belum dicocokkan, periksa KTP/KK-nya satu per satu'
function isHeadKnown(db: Db, { householdId, record: { members } }: Pick<Case['visit'], 'householdId' | 'record'>): boolean {
  const head = headOf(members)
  return !head || matchOfPerson(db, householdId, { nik: String(head.nik ?? '') || null, name: String(head.name ?? '') })?.outcome === 'padan'
}

// What keeps a waiting visit from being approved unseen, beyond what its row in the queue tells.
export function openChecks({ db, actor }: Pick<Tx, 'db' | 'actor'>, visitId: string, now: string): string | undefined {
  const { visit } = findCase({ db, actor }, visitId)
  if (isLookedAtStill(db, visit, now)) return LOOKED_AT_STILL
  return levelOf(actor) === 1 && !isHeadKnown(db, visit) ? UNKNOWN_HEAD : undefined
}

// The reason why not, or nothing. A refused case is left as it is and does not hold up the others.
function approveUnseen(tx: Tx, visitId: string, decision: Decision, first: boolean): string | undefined {
  try {
    const { found: { visit, household }, level, repeated } = begin(tx, visitId, decision)
    if (repeated) return undefined
    if (!first) return 'tidak diproses lagi.'
    if (visit.flagCount > 0) return 'ada tanda yang harus dibaca.'
    if (!isJudged(tx.db, visit.id)) return 'bukti masih dinilai, coba lagi sebentar.'
    if (isLookedAtStill(tx.db, visit, tx.now)) return `${LOOKED_AT_STILL}.`
    if (visit.outcome !== 1) return 'hasil kunjungan bukan "selesai dicacah".'
    if (isBehind(visit, household)) return 'data induk berubah sejak kunjungan dimulai, kembalikan ke petugas.'
    if (wasSentBack({ ...visit, stage: household.stage })) return 'pernah dikembalikan, periksa satu per satu.'
    if (level === 1 && !isHeadKnown(tx.db, visit)) return `${UNKNOWN_HEAD}.`
    record(tx, { visit, household }, { ...decision, level, outcome: 'approved', bulk: true })
    settle(tx, { visit, household }, level === 1 ? 'checked' : 'verified', decision)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

// Everything that must be true before anything is decided.
function begin(tx: Tx, visitId: string, { key, revision }: Decision) {
  const level = levelOf(tx.actor)
  const found = findCase(tx, visitId)
  const before = tx.db.select().from(reviews).where(eq(reviews.id, key)).get()
  if (before && (before.visitId !== visitId || before.decidedBy !== tx.actor.id)) throw conflict('Formulir ini sudah dipakai. Muat ulang halaman.')
  if (!before) {
    refuseOwnWork(tx, found, level)
    refuseStale(tx, found, level, revision)
  }
  return { found, level, repeated: before !== undefined }
}

function findCase({ db, actor }: Pick<Tx, 'db' | 'actor'>, visitId: string): Case {
  const found = db.select({
    visit: visits,
    household: { id: households.id, regionCode: households.regionCode, stage: households.stage, visitId: households.visitId, headName: households.headName, record: households.record, version: households.version },
  }).from(visits).innerJoin(households, eq(households.id, visits.householdId))
    .where(and(eq(visits.id, visitId), within(households.regionCode, actor))).get()
  if (!found || found.visit.status === 'draft') throw notFound('Kunjungan')
  return found
}

function refuseOwnWork({ db, actor }: Tx, { visit }: Case, level: Level) {
  if (visit.officerId === actor.id) throw forbidden('Ini hasil kunjungan Anda sendiri. Pemeriksa lain yang harus memutuskan.')
  const checkedByMe = level === 2 && db.select({ id: reviews.id }).from(reviews)
    .where(and(eq(reviews.visitId, visit.id), eq(reviews.decidedBy, actor.id), eq(reviews.level, 1))).get()
  refuseOwnNumbers({ db, actor }, visit.id)
  if (checkedByMe) throw forbidden('Anda sudah memeriksa data ini pada tahap pertama. Petugas Dinsos lain yang harus memutuskan.')
}

function refuseStale({ db }: Tx, { visit, household }: Case, level: Level, revision: number) {
  const waits = household.visitId === visit.id && WAITING[level].includes(household.stage)
  if (waits && visit.revision === revision) return
  const officer = db.select({ name: users.name }).from(users).where(eq(users.id, visit.officerId)).get()?.name
  if (waits) throw conflict(`Data ini sudah dikirim ulang oleh ${officer} sejak Anda membukanya. Muat ulang, lalu periksa lagi.`)
  const last = db.select({ outcome: reviews.outcome, name: users.name }).from(reviews).innerJoin(users, eq(users.id, reviews.decidedBy))
    .where(eq(reviews.visitId, visit.id)).orderBy(desc(reviews.decidedAt)).limit(1).get()
  throw conflict(last
    ? `Data ini sudah ${last.outcome === 'approved' ? 'disetujui' : 'dikembalikan'} oleh ${last.name}. Keputusan Anda tidak disimpan.`
    : 'Data ini tidak sedang menunggu pemeriksaan Anda.')
}

// A usulan was determined, or a prelist came, since the visit began: what it says was said of another record, and the ministry could
// not write it.
function refuseBehind({ visit, household }: Case) {
  if (isBehind(visit, household)) throw conflict('Data induk rumah tangga ini berubah sejak kunjungan dimulai, jadi hasilnya tidak dapat ditetapkan. Kembalikan ke petugas: isiannya ikut diperbarui, lalu dikirim lagi.')
}

const headOf = (members: Case['visit']['record']['members']) => members.find((member) => member.relationToHead === 1 && isPresent(member))

// The checker answers for the head's NIK and name: they were held beside the photo of KTP or KK.
function checkDocuments({ outcome, record: { members } }: Case['visit'], { documents, note }: Decision) {
  if (outcome !== 1) return
  const head = headOf(members)
  const seq = head && !isEmpty(head.nik) && String(head.memberSeq ?? members.indexOf(head) + 1)
  if (seq && !documents[seq]) {
    throw invalid({ [`documents.${seq}`]: 'Cocokkan NIK dan nama kepala rumah tangga dengan foto KTP/KK dahulu.' })
  }
  if (Object.values(documents).includes('2') && !note) {
    throw invalid({ note: 'Ada yang tidak sesuai dokumen. Kembalikan, atau tuliskan mengapa tetap disetujui.' })
  }
}

function record(tx: Tx, { visit, household }: Case, { key, level, outcome, note, documents, remarks: words, bulk = false }: Decision & { level: Level, outcome: Outcome, bulk?: boolean }) {
  tx.db.insert(reviews).values({
    id: key, visitId: visit.id, householdId: household.id, visitRevision: visit.revision, level, outcome, note, documents, bulk,
    decidedBy: tx.actor.id, decidedAt: tx.now,
  }).run()
  for (const [path, message] of Object.entries(words)) tx.db.insert(remarks).values({ reviewId: key, visitId: visit.id, path, message }).run()
  tx.audit(`visit.${outcome}`, visit.id, { level, review: key, remarks: Object.keys(words).length, ...(bulk ? { bulk } : {}) })
}

// Sent back to the checker, a visit waits as if just submitted.
const STATUS: Partial<Record<Stage, typeof visits.$inferSelect['status']>> = { recheck: 'submitted', returned: 'returned', checked: 'checked', verified: 'verified' }

function settle(tx: Tx, { visit, household }: Case, to: Stage, { key, note }: Pick<Decision, 'key' | 'note'>) {
  moveStage(tx, household, to, { note, subject: `review:${key}` })
  const filled = to === 'returned' && { savedSections: { ...filledPages(visit, visit.submittedAt ?? visit.openedAt), ...visit.savedSections } }
  tx.db.update(visits).set({ status: STATUS[to], ...filled }).where(eq(visits.id, visit.id)).run()
}
