import { and, asc, eq, sql } from 'drizzle-orm'
import { letOthers } from '#app/background.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { moveStage } from '#app/households/moves.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { countItems, getBatch, type Batch } from '#app/ratification/batches.ts'
import { findGateFailures } from '#app/ratification/gates.ts'
import { hashRecord } from '#app/ratification/manifest.ts'
import { countVerifiedProposals, gatherProposals } from '#app/ratification/proposals.ts'
import { advance, beginStep, demandRest, inTwoParts, isUnderWay, nextAfter, type Part, type Stepper } from '#app/ratification/steps.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { under } from '#app/users/scope.ts'
import { isBehind } from '#app/visits/rebasing.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchItems, households, visits } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

// A batch a person can still look through.
export const BATCH_LIMIT = 5000

// Each is judged by all five criteria.
const AT_ONCE = 25

type Waiting = { household: typeof households.$inferSelect, visit: typeof visits.$inferSelect }

// Lets the verified households and usulan of the kabupaten into the batch.
export function beginGathering(tx: Tx, { id, regionCode, itemCount }: Batch) {
  if (isUnderWay(tx, id, 'gather')) return
  const some = tx.db.select({ one: sql`1` }).from(households).where(isWaiting(regionCode)).limit(BATCH_LIMIT - itemCount).as('some')
  const visited = tx.db.select({ n: sql<number>`count(*)` }).from(some).get()!.n
  beginStep(tx, id, 'gather', { total: visited + countVerifiedProposals(tx.db, regionCode) })
}

// At once, a slice to a transaction: for seeds and tests, which know the moment it happened at.
export async function gather(db: Db, actor: Actor, { id }: Pick<Batch, 'id'>, at?: Date) {
  transact(db, actor, (tx) => beginGathering(tx, getBatch(tx, id)), at)
  while (transact(db, actor, (tx) => advance(tx, id, gathering), at)) await letOthers()
}

const isVerified = (regionCode: string) => and(eq(households.stage, 'verified'), under(households.regionCode, regionCode))

// One change of a household at a time, as proposals.ts has it for usulan: whichever the ministry decided second could not be written.
const hasUsulanOnItsWay = sql`EXISTS (SELECT 1 FROM proposal_households h JOIN proposals p ON p.id = h.proposal_id
  WHERE h.household_id = ${households.id} AND p.status IN ('batched', 'ratified', 'dispatched'))`
// Without a No KK or a NIK it can fulfil no criterion: it waits for Dukcapil, and comes by itself once it has them (numbers/giving.ts).
const waitsForNumbers = sql`EXISTS (SELECT 1 FROM number_waits w WHERE w.household_id = ${households.id})`
const isHeldBack = sql`(${hasUsulanOnItsWay} OR ${waitsForNumbers})`
const isWaiting = (regionCode: string) => and(isVerified(regionCode), sql`NOT ${isHeldBack}`)

const countHeldBack = (db: Db, regionCode: string) => db.select({ n: sql<number>`count(*)` }).from(households).where(and(isVerified(regionCode), isHeldBack)).get()!.n

export const gathering: Stepper = {
  some: (tx, step) => {
    const { regionCode } = getBatch(tx, step.batchId)
    return inTwoParts(step, () => gatherSome(tx, step.batchId, regionCode), (after) => gatherProposals(tx, step.batchId, regionCode, after))
  },
  finish: (tx, { batchId }) => {
    tx.db.update(batches).set({ status: 'open' }).where(and(eq(batches.id, batchId), eq(batches.status, 'gathering'))).run()
    tx.audit('batch.gathered', batchId)
  },
}

function gatherSome(tx: Tx, id: string, regionCode: string): Part {
  const { itemCount } = getBatch(tx, id)
  const room = Math.min(AT_ONCE, BATCH_LIMIT - itemCount)
  const waiting = tx.db.select({ household: households, visit: visits }).from(households)
    .innerJoin(visits, eq(visits.id, households.visitId))
    .where(isWaiting(regionCode))
    .orderBy(asc(households.regionCode), asc(households.stageAt), asc(households.number)).limit(room).all()
  const taken = waiting.filter((one) => take(tx, id, one)).length
  countItems(tx, id)
  const next = nextAfter(waiting, () => '', AT_ONCE)
  return { done: taken, passed: waiting.length - taken + (next === undefined ? countHeldBack(tx.db, regionCode) : 0), next }
}

const OVERTAKEN = 'Data induknya berubah sejak kunjungan dimulai: kembalikan ke petugas supaya diperbarui.'

// False when the master moved on since the visit began: nobody signs what the ministry could not write. It goes back to its checker.
function take(tx: Tx, batchId: string, { household, visit }: Waiting): boolean {
  if (isBehind(visit, household)) {
    moveStage(tx, household, 'recheck', { note: OVERTAKEN, subject: `batch:${batchId}` })
    tx.db.update(visits).set({ status: 'submitted' }).where(eq(visits.id, visit.id)).run()
    return false
  }
  const record = withEvidence(visit)
  const identity = { householdId: household.id, visitId: visit.id }
  const failures = findGateFailures(tx.db, {
    ...identity, record, outcome: visit.outcome ?? 1, questionnaireVersion: visit.questionnaireVersion, today: dayOf(tx.now),
  })
  tx.db.insert(batchItems).values({
    batchId, ...identity, regionCode: household.regionCode, position: 0, record, failures, changeCount: countChanges(household.record, visit.record), recordHash: hashRecord({ ...identity, record }),
  }).run()
  moveStage(tx, household, 'batched', { subject: `batch:${batchId}` })
  return true
}

// Answers of the household that differ; the outcome is the visit's own and counts for no change.
const countChanges = (master: HouseholdRecord, visited: HouseholdRecord) =>
  diffRecords(master, visited).filter(({ path }) => path !== 'household.hasilVerivali').length

// The record that will be determined: the answers, with what the system itself saw of the visit.
export function withEvidence({ record, latitude, longitude, activeMs, openedAt, submittedAt }: Pick<Waiting['visit'], 'record' | 'latitude' | 'longitude' | 'activeMs' | 'openedAt' | 'submittedAt'>): HouseholdRecord {
  return {
    ...record,
    household: {
      ...record.household, latitude, longitude, interviewDurationMs: activeMs,
      verivaliFirstOpenAt: openedAt, verivaliSubmittedAt: submittedAt, visitDate: record.household.visitDate ?? (submittedAt ? dayOf(submittedAt) : undefined),
    },
  }
}

// What became verified since: gathered into the same, still open batch.
export function reopenGathering(tx: Tx, id: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  if (batch.status !== 'open') return
  demandRest(tx, id)
  tx.db.update(batches).set({ status: 'gathering' }).where(eq(batches.id, id)).run()
  tx.audit('batch.gathering', id)
  beginGathering(tx, batch)
}
