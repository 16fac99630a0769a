import { and, asc, desc, eq, gt, or, sql } from 'drizzle-orm'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import { dueAfter, putStep, stepsOf } from '#app/protection/steps.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { endRestriction, restrict, restrictionOf, type Held } from '#app/protection/restrictions.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, members, proposalHouseholds, proposals, subjectCases, CASE_KINDS } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// A citizen asks Dinsos what the register holds of them, to put it right or to erase it, to halt or limit what is done with it, or objects
// to what a machine decided (UU 27/2022, art. 6 to 8, 10, 11, 30 and 32).
export type SubjectCase = typeof subjectCases.$inferSelect
export { CASE_KINDS }
export type CaseKind = typeof CASE_KINDS[number]
export type Asked = { id: string, kind: CaseKind, nik: string, asker: string, relation: string, identity: string, wish: string, receivedAt: string }

// Whoever asks is in the register of this region, or nothing is said: an exact NIK, as on the card that was shown.
export function openCase(tx: Tx, { nik, ...asked }: Asked): boolean {
  demand(tx.actor, 'subject_case.answer')
  if (tx.db.select({ id: subjectCases.id }).from(subjectCases).where(eq(subjectCases.id, asked.id)).get()) return false
  if (asked.receivedAt > tx.now) throw invalid({ receivedOn: 'Waktu ini belum terjadi.' })
  if (asked.kind !== 'access' && asked.wish.length < 5) throw invalid({ wish: asked.kind === 'correction' ? 'Tuliskan apa yang keliru dan apa yang benar.' : 'Tuliskan apa yang diminta dan mengapa.' })
  const person = tx.db.select({ householdId: members.householdId, memberSeq: members.seq, regionCode: households.regionCode }).from(members)
    .innerJoin(households, eq(households.id, members.householdId)).where(and(eq(members.nik, nik), within(households.regionCode, tx.actor))).orderBy(sql`${livesHere} DESC`, asc(households.number)).limit(1).get()
  if (!person) throw invalid({ nik: 'NIK ini tidak tercatat di wilayah Anda. Bila pemohon tercatat di kabupaten lain, arahkan ke Dinsos di sana; bila tidak tercatat di mana pun, jawab demikian kepada pemohon.' })
  tx.db.insert(subjectCases).values({ ...asked, ...person, dueAt: dueAfter(asked.receivedAt), status: 'open', openedBy: tx.actor.id, openedAt: tx.now }).run()
  putStep(tx, `case:${asked.id}`, 'opened')
  tx.audit('subject_case.opened', asked.id, { kind: asked.kind, household: person.householdId })
  return true
}

// Who moved keeps a row in the home that was left; what is asked about is the one of now.
const livesHere = sql.raw(`${PRESENT('members')} AND ${ALIVE('households.id')}`)

export function getCase({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): SubjectCase {
  demand(actor, 'subject_case.answer')
  const found = db.select().from(subjectCases).where(and(eq(subjectCases.id, id), within(subjectCases.regionCode, actor))).get()
  if (!found) throw notFound('Permohonan ini')
  return found
}

export type CaseView = ReturnType<typeof viewCase>

export function viewCase(db: Db, actor: Actor, id: string) {
  const found = getCase({ db, actor }, id)
  const person = db.select({ name: members.name }).from(members).where(and(eq(members.householdId, found.householdId), eq(members.seq, found.memberSeq))).get()
  return {
    case: found, person: person?.name ?? '(tidak tercatat lagi)', place: regionNames(db, [found.regionCode]).get(found.regionCode) ?? '',
    restriction: restrictionOf(db, id), steps: stepsOf(db, `case:${id}`), proposals: proposalsSince(db, found),
  }
}

// What the register holds changes by a usulan like any other, also where it is to be erased.
const NEEDS_PROPOSAL: readonly CaseKind[] = ['correction', 'erasure']
export const needsProposal = ({ kind }: Pick<SubjectCase, 'kind'>) => NEEDS_PROPOSAL.includes(kind)

// Those made for this household since the request was received.
const proposalsSince = (db: Db, { householdId, openedAt }: SubjectCase) =>
  db.select({ id: proposals.id, kind: proposals.kind, status: proposals.status, proposedAt: proposals.proposedAt }).from(proposalHouseholds)
    .innerJoin(proposals, eq(proposals.id, proposalHouseholds.proposalId))
    .where(and(eq(proposalHouseholds.householdId, householdId), sql`${proposals.proposedAt} >= ${openedAt}`)).orderBy(desc(proposals.proposedAt)).limit(20).all()

// Of a request that was granted; the reason is the reply, or what has come to be known since.
export function restrictAgain(tx: Tx, id: string, held: Held, reason: string) {
  const found = getCase(tx, id)
  if (found.kind !== 'restriction' || found.status !== 'answered') throw conflict('Pembatasan hanya berlaku untuk permohonan pembatasan yang sudah dikabulkan.')
  restrict(tx, found, held, reason)
}

export function release(tx: Tx, id: string, note: string) {
  const found = getCase(tx, id)
  if (!restrictionOf(tx.db, id)) return
  if (note.length < 5) throw invalid({ note: 'Tuliskan mengapa pembatasan diakhiri, misalnya permintaan warga.' })
  endRestriction(tx, found, note)
}

const PAGE = 50
export type CasePlace = { dueAt: string, number: number }

// What waits, the most urgent first; of the auditor's table only how many.
export function listCases(db: Db, actor: Actor, show: 'open' | 'closed' | 'restricted', after?: CasePlace) {
  demand(actor, 'subject_case.answer')
  const rows = db.select({ case: subjectCases, name: members.name }).from(subjectCases)
    .leftJoin(members, and(eq(members.householdId, subjectCases.householdId), eq(members.seq, subjectCases.memberSeq)))
    .where(and(show === 'open' ? eq(subjectCases.status, 'open') : sql`${subjectCases.status} <> 'open'`, show === 'restricted' ? sql`${subjectCases.id} IN (SELECT case_id FROM restrictions)` : undefined, within(subjectCases.regionCode, actor),
      after && or(gt(subjectCases.dueAt, after.dueAt), and(eq(subjectCases.dueAt, after.dueAt), gt(subjectCases.number, after.number)))))
    .orderBy(asc(subjectCases.dueAt), asc(subjectCases.number)).limit(PAGE + 1).all()
  const names = regionNames(db, rows.map((row) => row.case.regionCode))
  const shown = rows.slice(0, PAGE).map((row) => ({ ...row.case, name: row.name ?? '', place: names.get(row.case.regionCode) ?? '' }))
  return { rows: shown, next: rows.length > PAGE ? { dueAt: shown.at(-1)!.dueAt, number: shown.at(-1)!.number } : undefined }
}

export type CaseCounts = ReturnType<typeof countCases>

export const countCases = (db: Db, actor: Actor, now: string) => {
  demand(actor, 'subject_case.read')
  const where = can(actor, 'subject_case.answer') ? within(subjectCases.regionCode, actor) : undefined
  return db.select({
    open: sql<number>`count(*) FILTER (WHERE status = 'open')`, late: sql<number>`count(*) FILTER (WHERE status = 'open' AND due_at < ${now})`,
    answered: sql<number>`count(*) FILTER (WHERE status = 'answered')`, refused: sql<number>`count(*) FILTER (WHERE status = 'refused')`,
    inTime: sql<number>`count(*) FILTER (WHERE status <> 'open' AND closed_at <= due_at)`,
  }).from(subjectCases).where(where).get()!
}

export type Reply = { revision: number, reply: string, status: 'answered' | 'refused', held?: Held }

export function closeCase(tx: Tx, id: string, { revision, reply, status, held }: Reply) {
  const found = getCase(tx, id)
  // The same answer once more is the same.
  if (found.status === status && found.reply === reply && found.closedBy === tx.actor.id) return
  if (found.status !== 'open') throw conflict('Permohonan ini sudah dijawab.')
  if (found.revision !== revision) throw conflict('Permohonan ini baru saja diubah orang lain. Muat ulang, lalu ulangi.')
  if (reply.length < 10) throw invalid({ reply: status === 'refused' ? 'Tuliskan alasan penolakan, sedikitnya 10 huruf.' : 'Tuliskan jawaban kepada pemohon, sedikitnya 10 huruf.' })
  if (status === 'answered' && needsProposal(found) && proposalsSince(tx.db, found).length === 0) {
    throw invalid({ reply: `Belum ada usulan ${found.kind === 'correction' ? 'perbaikan' : 'perbaikan atau nonaktif'}. Ajukan dahulu usulannya, atau tolak dengan alasan.` })
  }
  tx.db.update(subjectCases).set({ status, reply, revision: revision + 1, closedBy: tx.actor.id, closedAt: tx.now }).where(eq(subjectCases.id, id)).run()
  putStep(tx, `case:${id}`, status, reply)
  if (found.kind === 'restriction' && status === 'answered') restrict(tx, found, held ?? { exports: false, programmes: false, untilOn: '' }, reply)
  tx.audit(`subject_case.${status}`, id, { household: found.householdId })
}
