import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Plan } from '#app/changes/changes.ts'
import { FIXED, type ProposedChange } from '#app/proposals/kinds.ts'
import { householdsIn, planOf } from '#app/proposals/planning.ts'
import { moveProposal, sameVersions, versionsOf, type Proposal } from '#app/proposals/proposals.ts'
import { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { findGateFailures, type GateFailure } from '#app/ratification/gates.ts'
import { hashPlan } from '#app/ratification/manifest.ts'
import { under } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchProposals, households, proposalHouseholds, proposals } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Usulan that Dinsos verified, in the batch beside the visits.
export const CHUNK = 100

type Reach = { taken: number, next?: string }

// Takes verified proposals into a batch that is being gathered, by their id, a chunk to a transaction.
export function gatherProposals(tx: Tx, batchId: string, regionCode: string, after = ''): Reach {
  const batch = tx.db.select({ status: batches.status }).from(batches).where(eq(batches.id, batchId)).get()
  if (batch?.status !== 'gathering') return { taken: 0 }
  const waiting = tx.db.select().from(proposals)
    .where(and(eq(proposals.status, 'verified'), under(proposals.regionCode, regionCode), gt(proposals.id, after)))
    .orderBy(asc(proposals.id)).limit(CHUNK).all()
  const taken = waiting.filter((proposal) => takeProposal(tx, batchId, proposal)).length
  return { taken, next: waiting.length === CHUNK ? waiting.at(-1)!.id : undefined }
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

// Fixes the order, after the visits of the same batch.
export const placeProposals = (tx: Tx, batchId: string) => void tx.db.run(sql`UPDATE batch_proposals SET position = ranked.rank FROM (
  SELECT proposal_id, row_number() OVER (ORDER BY region_code, proposal_id) AS rank FROM batch_proposals WHERE batch_id = ${batchId}
) AS ranked WHERE batch_proposals.batch_id = ${batchId} AND batch_proposals.proposal_id = ranked.proposal_id`)

export const countFailingProposals = (db: Db, batchId: string) => db.select({ n: sql<number>`count(*)` }).from(batchProposals)
  .where(and(eq(batchProposals.batchId, batchId), sql`${batchProposals.failures} <> '[]'`)).get()!.n

// All proposals of a batch take the same step with it.
export function moveProposalsOf(tx: Tx, batchId: string, to: 'verified' | 'ratified' | 'dispatched', note = '') {
  const rows = tx.db.select({ id: proposals.id, status: proposals.status }).from(batchProposals)
    .innerJoin(proposals, eq(proposals.id, batchProposals.proposalId)).where(eq(batchProposals.batchId, batchId)).all()
  for (const row of rows) if (FIXED.includes(row.status)) moveProposal(tx, row, to, { note, subject: `batch:${batchId}` })
}

// Takes one out again, back to the verified ones.
export function dropProposal(tx: Tx, batchId: string, proposalId: string, note: string) {
  tx.db.delete(batchProposals).where(and(eq(batchProposals.batchId, batchId), eq(batchProposals.proposalId, proposalId))).run()
  moveProposal(tx, { id: proposalId, status: 'batched' }, 'verified', { note, subject: `batch:${batchId}` })
  tx.audit('batch.proposal_removed', batchId, { proposal: proposalId })
}

export function dropFailingProposals(tx: Tx, batchId: string): number {
  const failing = tx.db.select({ id: batchProposals.proposalId }).from(batchProposals)
    .where(and(eq(batchProposals.batchId, batchId), sql`${batchProposals.failures} <> '[]'`)).all()
  for (const { id } of failing) dropProposal(tx, batchId, id, 'Tidak lolos kriteria integritas')
  return failing.length
}

export function dropAllProposals(tx: Tx, batchId: string, note: string) {
  moveProposalsOf(tx, batchId, 'verified', note)
  tx.db.delete(batchProposals).where(eq(batchProposals.batchId, batchId)).run()
}
