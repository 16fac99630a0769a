import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Plan } from '#app/changes/changes.ts'
import { FIXED, type ProposedChange } from '#app/proposals/kinds.ts'
import { householdsIn, planOf } from '#app/proposals/planning.ts'
import { moveProposal, sameVersions, versionsOf, type Proposal } from '#app/proposals/proposals.ts'
import { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { findGateFailures, withFailures, type GateFailure } from '#app/ratification/gates.ts'
import { hashPlan } from '#app/ratification/manifest.ts'
import { nextAfter, SLICE, type Part } from '#app/ratification/steps.ts'
import { under } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batchProposals, households, proposalHouseholds, proposals, proposalSteps } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// Usulan that Dinsos verified, in the batch beside the visits.
const isWaiting = (regionCode: string) => and(eq(proposals.status, 'verified'), under(proposals.regionCode, regionCode))

export const countVerifiedProposals = (db: Db, regionCode: string) => db.select({ n: sql<number>`count(*)` }).from(proposals).where(isWaiting(regionCode)).get()!.n

// Takes the next verified proposals into a batch that is being gathered, by their id.
export function gatherProposals(tx: Tx, batchId: string, regionCode: string, after = ''): Part {
  const waiting = tx.db.select().from(proposals).where(and(isWaiting(regionCode), gt(proposals.id, after)))
    .orderBy(asc(proposals.id)).limit(SLICE).all()
  const taken = waiting.filter((proposal) => takeProposal(tx, batchId, proposal)).length
  return { done: taken, passed: waiting.length - taken, next: nextAfter(waiting, ({ id }) => id) }
}

// One change of a household at a time: what is on its way to the ministry already would make the next one stale.
function takeProposal(tx: Tx, batchId: string, proposal: Proposal): boolean {
  const touched = householdsIn(proposal.change)
  if (isOnItsWay(tx.db, touched)) return false
  const rows = touched.map((id) => tx.db.select({ id: households.id, record: households.record }).from(households).where(eq(households.id, id)).get()!)
  const again = (note: string) => {
    moveProposal(tx, proposal, 'checked', { note, subject: `batch:${batchId}` })
    return false
  }
  if (!sameVersions(proposal.basis, versionsOf(tx.db, touched))) return again('Data induknya berubah sesudah disetujui: periksa lagi sebelum dan sesudahnya.')
  const plan = planned(proposal.change, new Map(rows.map(({ id, record }) => [id, record])))
  if (plan instanceof Problem) return again(`Tidak dapat diterapkan lagi: ${plan.message}`)
  tx.db.insert(batchProposals).values({
    batchId, proposalId: proposal.id, regionCode: proposal.regionCode, position: 0, plan, planHash: hashPlan({ proposalId: proposal.id, plan }), basis: proposal.basis,
    failures: judgePlan(tx, plan), changeCount: plan.revised.reduce((sum, { before, after }) => sum + diffRecords(before, after).length, 0),
  }).run()
  moveProposal(tx, proposal, 'batched', { subject: `batch:${batchId}` })
  return true
}

function planned(change: ProposedChange, records: Parameters<typeof planOf>[1]): Plan | Problem {
  try {
    return planOf(change, records)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const isOnItsWay = (db: Db, ids: string[]) => ids.some((id) => db.select({ one: sql`1` }).from(proposalHouseholds)
  .innerJoin(proposals, eq(proposals.id, proposalHouseholds.proposalId))
  .where(and(eq(proposalHouseholds.householdId, id), sql`${proposals.status} IN ('batched', 'ratified', 'dispatched')`)).get()
  ?? db.select({ one: sql`1` }).from(households).where(and(eq(households.id, id), sql`${households.stage} IN ('batched', 'ratified', 'dispatched')`)).get())

// The criteria, of each record as it would become. What the master lacks already keeps no change out: only what the change
// itself would break does. A household that is only being made is visited later, so it need not be complete yet.
function judgePlan({ db, now }: Tx, { revised, created, deactivated }: Plan): GateFailure[] {
  const besides = [...revised.map(({ householdId }) => householdId), ...created.map(({ id }) => id), ...deactivated.map(({ householdId }) => householdId)]
  const leaves = new Set(deactivated.map(({ householdId }) => householdId))
  const judge = (householdId: string, record: Plan['created'][number]['record']) =>
    findGateFailures(db, { householdId, record, outcome: 1, questionnaireVersion: CURRENT.version, today: dayOf(now), besides })
  const key = ({ gate, message }: GateFailure) => `${gate}${message}`
  return [
    ...revised.filter(({ householdId }) => !leaves.has(householdId)).flatMap(({ householdId, before, after }) => {
      const known = new Set(judge(householdId, before).map(key))
      return judge(householdId, after).filter((failure) => !known.has(key(failure)))
    }),
    ...created.flatMap(({ id, record }) => judge(id, record).filter(({ gate }) => gate !== 'e')),
  ]
}

export const proposalLeaves = (db: Db, batchId: string) => db
  .select({ proposalId: batchProposals.proposalId, recordHash: batchProposals.planHash }).from(batchProposals)
  .where(eq(batchProposals.batchId, batchId)).orderBy(asc(batchProposals.position), asc(batchProposals.proposalId)).all()

const place = statement<[number, string, string], unknown>('UPDATE batch_proposals SET position = ? WHERE batch_id = ? AND proposal_id = ?')

// Fixes the order, after the visits of the same batch, of the next some. before: how many have their place.
export function placeProposals({ db }: Tx, batchId: string, before: number): Part {
  const rows = db.select({ id: batchProposals.proposalId }).from(batchProposals).where(and(eq(batchProposals.batchId, batchId), eq(batchProposals.position, 0)))
    .orderBy(asc(batchProposals.regionCode), asc(batchProposals.proposalId)).limit(SLICE).all()
  rows.forEach(({ id }, i) => place(db).run(before + i + 1, batchId, id))
  return { done: rows.length, next: rows.length < SLICE ? undefined : before + rows.length }
}

export const countFailingProposals = (db: Db, batchId: string) => db.select({ n: sql<number>`count(*)` }).from(batchProposals)
  .where(and(eq(batchProposals.batchId, batchId), sql`${batchProposals.failures} <> '[]'`)).get()!.n

// The next proposals of a batch take the same step with it.
export function moveProposalsOf(tx: Tx, batchId: string, after: string, to: 'ratified' | 'dispatched', note = ''): Part {
  const rows = tx.db.select({ id: proposals.id, status: proposals.status }).from(batchProposals)
    .innerJoin(proposals, eq(proposals.id, batchProposals.proposalId)).where(and(eq(batchProposals.batchId, batchId), gt(batchProposals.proposalId, after)))
    .orderBy(asc(batchProposals.proposalId)).limit(SLICE).all()
  for (const row of rows) if (FIXED.includes(row.status)) moveProposal(tx, row, to, { note, subject: `batch:${batchId}` })
  return { done: rows.length, next: nextAfter(rows, ({ id }) => id) }
}

// Takes one out again, back to the verified ones; what fails a gate back to Dinsos, since it would fail again in every batch.
export function dropProposal(tx: Tx, batchId: string, proposalId: string, note: string) {
  const [dropped] = tx.db.delete(batchProposals).where(and(eq(batchProposals.batchId, batchId), eq(batchProposals.proposalId, proposalId))).returning({ failures: batchProposals.failures }).all()
  const failures = dropped?.failures ?? []
  moveProposal(tx, { id: proposalId, status: 'batched' }, failures.length > 0 ? 'checked' : 'verified', { note: withFailures(note, failures), subject: `batch:${batchId}` })
  tx.audit('batch.proposal_removed', batchId, { proposal: proposalId })
}

export const wasDropped = (db: Db, batchId: string, proposalId: string) => db.select({ id: proposalSteps.id }).from(proposalSteps)
  .where(and(eq(proposalSteps.proposalId, proposalId), eq(proposalSteps.fromStatus, 'batched'), eq(proposalSteps.subject, `batch:${batchId}`))).limit(1).get() !== undefined

export const countProposals = (db: Db, batchId: string) =>
  db.select({ n: sql<number>`count(*)` }).from(batchProposals).where(eq(batchProposals.batchId, batchId)).get()!.n

// Some of the rest go back to the verified ones: those that fail a gate, or all before the batch is closed.
export function dropProposals(tx: Tx, batchId: string, which: 'failing' | 'all', note: string): Part {
  const rows = tx.db.select({ id: batchProposals.proposalId, status: proposals.status }).from(batchProposals).innerJoin(proposals, eq(proposals.id, batchProposals.proposalId))
    .where(and(eq(batchProposals.batchId, batchId), which === 'failing' ? sql`${batchProposals.failures} <> '[]'` : undefined)).orderBy(asc(batchProposals.proposalId)).limit(SLICE).all()
  for (const { id } of rows) dropProposal(tx, batchId, id, note)
  return { done: rows.length, next: nextAfter(rows, () => '') }
}
