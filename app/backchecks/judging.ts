import { and, asc, eq, sql } from 'drizzle-orm'
import { candidatesFor, getBackcheck, type Backcheck } from '#app/backchecks/assigning.ts'
import { labelOf } from '#app/backchecks/items.ts'
import { frontPhotos } from '#app/backchecks/revisits.ts'
import { conflict, forbidden, invalid } from '#app/problems.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { backcheckAnswers, backcheckJudgements, backcheckRounds, backchecks, households, visitPhotos, visits } from '#db/schema/index.ts'
import type { Verdict } from '#db/schema/backchecks.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'
import { userNames } from '#app/users/people.ts'

export type Pair = ReturnType<typeof openPair>

// Both visits side by side. Before the second has come there is nothing of the first to see, and whoever still has to go sees none of it.
export function openPair(tx: Tx, id: string) {
  demand(tx.actor, 'backcheck.read')
  const backcheck = getBackcheck(tx, id)
  const names = userNames(tx.db, [backcheck.firstOfficerId, backcheck.officerId ?? ''])
  const isDone = backcheck.status === 'done' || backcheck.submittedAt !== null
  const isPlanner = can(tx.actor, 'backcheck.judge') || can(tx.actor, 'backcheck.plan')
  if (isDone) tx.audit('pair.opened', id)
  return {
    backcheck, isDone,
    round: tx.db.select({ id: backcheckRounds.id, title: backcheckRounds.title }).from(backcheckRounds).where(eq(backcheckRounds.id, backcheck.roundId)).get()!,
    household: tx.db.select({ id: households.id, headName: households.headName, address: households.address }).from(households).where(eq(households.id, backcheck.householdId)).get()!,
    village: findRegionName(tx.db, backcheck.regionCode) ?? backcheck.regionCode,
    firstOfficer: names.get(backcheck.firstOfficerId)!, secondOfficer: backcheck.officerId ? names.get(backcheck.officerId)! : undefined,
    answers: isDone ? listAnswers(tx, id) : [], judgements: isDone ? listJudgements(tx, id) : [],
    first: isDone ? firstVisit(tx, backcheck.visitId) : undefined,
    photos: isDone ? frontPhotos(tx.db, tx.actor, id) : [],
    mayJudge: mayJudge(tx.actor, backcheck),
    candidates: backcheck.status === 'open' && isPlanner ? candidatesFor(tx.db, { ...backcheck, officerId: backcheck.firstOfficerId }) : [],
  }
}

// Nobody judges a pair of which one visit is their own.
const mayJudge = (actor: Actor, { status, firstOfficerId, officerId }: Backcheck) =>
  can(actor, 'backcheck.judge') && status === 'done' && actor.id !== firstOfficerId && actor.id !== officerId

const listAnswers = (tx: Tx, id: string) => tx.db.select().from(backcheckAnswers).where(eq(backcheckAnswers.backcheckId, id))
  .orderBy(asc(backcheckAnswers.type), asc(sql`rowid`)).all().map((row) => ({ ...row, label: labelOf(row.item) }))

function listJudgements(tx: Tx, id: string) {
  const rows = tx.db.select().from(backcheckJudgements).where(eq(backcheckJudgements.backcheckId, id)).orderBy(asc(backcheckJudgements.id)).limit(200).all()
  const names = userNames(tx.db, rows.map(({ judgedBy }) => judgedBy))
  return rows.map((row) => ({ ...row, label: labelOf(row.item), by: names.get(row.judgedBy)! }))
}

function firstVisit(tx: Tx, visitId: string) {
  const { id, submittedAt, activeMs } = tx.db.select().from(visits).where(eq(visits.id, visitId)).get()!
  const hasFront = tx.db.select({ kind: visitPhotos.kind }).from(visitPhotos).where(and(eq(visitPhotos.visitId, id), eq(visitPhotos.kind, 'F-RUMAH'))).get() !== undefined
  return { id, submittedAt, activeMs, hasFront }
}

export type Judged = { key: string, revision: number, verdicts: Record<string, Verdict>, note: string }

// What the coordinator makes of the differences. A later judgement of the same question takes the place of the one before, which stays in the history.
export function judgePair(tx: Tx, id: string, { key, revision, verdicts, note }: Judged): Backcheck {
  demand(tx.actor, 'backcheck.judge')
  const found = getBackcheck(tx, id)
  if (!isFirstTime(tx, key)) return found
  if (!mayJudge(tx.actor, found)) throw found.status === 'done' ? forbidden('Salah satu kunjungan ini milik Anda. Orang lain yang menilai.') : conflict('Kunjungan ulangnya belum selesai.')
  if (found.revision !== revision) throw conflict('Penilaian ini sudah berubah sejak Anda membukanya. Muat ulang, lalu nilai lagi.')
  const different = new Map(listAnswers(tx, id).filter(({ isDifferent }) => isDifferent).map((row) => [row.item, row]))
  const given = Object.entries(verdicts).filter(([item, verdict]) => different.has(item) && different.get(item)!.verdict !== verdict)
  if (given.length === 0) throw invalid({ verdicts: 'Pilih penilaian untuk paling sedikit satu perbedaan.' })
  for (const [item, verdict] of given) {
    tx.db.update(backcheckAnswers).set({ verdict }).where(and(eq(backcheckAnswers.backcheckId, id), eq(backcheckAnswers.item, item))).run()
    tx.db.insert(backcheckJudgements).values({ backcheckId: id, item, verdict, note, judgedBy: tx.actor.id, judgedAt: tx.now }).run()
  }
  tx.db.update(backchecks).set({ revision: revision + 1, ...counted(tx, id) }).where(eq(backchecks.id, id)).run()
  tx.audit('backcheck.judged', id, { verdicts: Object.fromEntries(given), note })
  return getBackcheck(tx, id)
}

// What was excused no longer counts against anybody: things had changed, or somebody else answered.
const EXCUSED: readonly Verdict[] = ['changed', 'other_respondent']

function counted(tx: Tx, id: string) {
  const different = tx.db.select().from(backcheckAnswers).where(and(eq(backcheckAnswers.backcheckId, id), eq(backcheckAnswers.isDifferent, true))).all()
  return {
    firmDifferences: different.filter(({ type, verdict }) => type === 1 && !(verdict && EXCUSED.includes(verdict))).length,
    openDifferences: different.filter(({ verdict }) => verdict === null).length,
  }
}
