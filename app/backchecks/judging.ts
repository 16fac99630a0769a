import { and, asc, eq, sql } from 'drizzle-orm'
import { candidatesFor, getBackcheck, type Backcheck } from '#app/backchecks/assigning.ts'
import { labelOf } from '#app/backchecks/items.ts'
import { frontPhotos } from '#app/backchecks/revisits.ts'
import { seenName } from '#app/households/seen-name.ts'
import { metresIfKnown } from '#app/evidence/places.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { conflict, forbidden, invalid } from '#app/problems.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { backcheckAnswers, backcheckJudgements, backcheckRounds, backchecks, households, reviews, visitPhotos, visits } from '#db/schema/index.ts'
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
  const household = householdIn(tx, backcheck.householdId)
  const isPlanner = can(tx.actor, 'backcheck.judge') || can(tx.actor, 'backcheck.plan')
  if (isDone) tx.audit('pair.opened', id)
  return {
    backcheck, isDone,
    round: tx.db.select({ id: backcheckRounds.id, title: backcheckRounds.title }).from(backcheckRounds).where(eq(backcheckRounds.id, backcheck.roundId)).get()!,
    household,
    village: findRegionName(tx.db, backcheck.regionCode) ?? backcheck.regionCode,
    firstOfficer: names.get(backcheck.firstOfficerId)!, secondOfficer: backcheck.officerId ? names.get(backcheck.officerId)! : undefined,
    answers: isDone ? listAnswers(tx, id).filter(({ item }) => !household.hasMoved || item !== 'memberNames') : [], judgements: isDone ? listJudgements(tx, id) : [],
    first: isDone ? firstVisit(tx, backcheck.visitId) : undefined,
    photos: isDone ? frontPhotos(tx.db, tx.actor, id) : [],
    mayJudge: mayJudge(tx, backcheck), whyNot: can(tx.actor, 'backcheck.judge') ? whyNotJudge(tx, backcheck) : undefined, doubt: isDone ? doubtOf(tx, backcheck) : undefined,
    candidates: backcheck.status === 'open' && isPlanner ? candidatesFor(tx.db, { ...backcheck, officerId: backcheck.firstOfficerId }) : [],
  }
}

// hasMoved: out of the reader's places, and with it its address and photos.
function householdIn({ db, actor }: Tx, id: string) {
  const { regionCode, address, ...household } = db.select({ id: households.id, headName: seenName(actor), address: households.address, regionCode: households.regionCode }).from(households).where(eq(households.id, id)).get()!
  const hasMoved = !isWithin(regionCode, actor)
  return { ...household, hasMoved, address: hasMoved ? null : address }
}

// Nobody judges a pair of which one visit is their own, nor a visit they let through themselves at the first check.
const mayJudge = (tx: Tx, backcheck: Backcheck) => can(tx.actor, 'backcheck.judge') && backcheck.status === 'done' && whyNotJudge(tx, backcheck) === undefined

function whyNotJudge({ db, actor }: Tx, { visitId, firstOfficerId, officerId }: Backcheck): string | undefined {
  if (actor.id === firstOfficerId || actor.id === officerId) return 'Salah satu kunjungan ini milik Anda. Orang lain yang menilai.'
  const letThrough = db.select({ id: reviews.id }).from(reviews)
    .where(and(eq(reviews.visitId, visitId), eq(reviews.decidedBy, actor.id), eq(reviews.level, 1), eq(reviews.outcome, 'approved'))).get()
  return letThrough && 'Anda sendiri yang menyetujui kunjungan pertama. Dinsos yang menilai perbedaannya.'
}

// What makes the second visit itself doubtful: it too may be made up at home.
function doubtOf({ db }: Tx, { visitId, latitude, longitude, locatedAt }: Backcheck): 'copied' | 'typed' | undefined {
  const first = db.select({ latitude: visits.latitude, longitude: visits.longitude }).from(visits).where(eq(visits.id, visitId)).get()!
  const apart = metresIfKnown(first, { latitude, longitude })
  if (apart !== null && apart < THRESHOLDS.prelist.sameM) return 'copied'
  return locatedAt === null && latitude !== null ? 'typed' : undefined
}

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
  if (found.status !== 'done') throw conflict('Kunjungan ulangnya belum selesai.')
  const refused = whyNotJudge(tx, found)
  if (refused) throw forbidden(refused)
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
