import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { ProposalKind } from '#app/proposals/kinds.ts'
import { getBatch } from '#app/ratification/batches.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { batchProposals, proposals, regions } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type ProposalSummary = {
  regionCode: string, name: string, kind: ProposalKind, count: number, failing: number, accepted: number, returned: number
}

// Per desa and kind: how many, and how far gates and determination are. The caller has asked getBatch first.
const summary = statement<[string], ProposalSummary>(`
  SELECT b.region_code AS regionCode, COALESCE(r.name, b.region_code) AS name, p.kind, count(*) AS count,
    sum(b.failures <> '[]') AS failing, sum(b.decision = 'accepted') AS accepted, sum(b.decision = 'returned') AS returned
  FROM batch_proposals b JOIN proposals p ON p.id = b.proposal_id LEFT JOIN regions r ON r.code = b.region_code
  WHERE b.batch_id = ? GROUP BY b.region_code, p.kind ORDER BY b.region_code, p.kind`)

export const summariseProposals = (db: Db, batchId: string) => summary(db).all(batchId)

const gateCounts = statement<[string], { gate: string, count: number }>(`
  SELECT json_extract(f.value, '$.gate') AS gate, count(DISTINCT b.proposal_id) AS count
  FROM batch_proposals b, json_each(b.failures) f WHERE b.batch_id = ? GROUP BY 1`)

export const countProposalGates = (db: Db, batchId: string): Record<string, number> =>
  Object.fromEntries(gateCounts(db).all(batchId).map(({ gate, count }) => [gate, count]))

export type BatchProposal = ReturnType<typeof listBatchProposals>[number]
const PAGE = 50

// The proposals of a batch by their id. `failing`: only those a gate keeps out; `pending`: only undecided ones.
export function listBatchProposals(db: Db, actor: Actor, batchId: string, { after, failing, pending }: { after?: string, failing?: boolean, pending?: boolean } = {}) {
  getBatch({ db, actor }, batchId)
  return db.select({
    proposalId: batchProposals.proposalId, kind: proposals.kind, headName: proposals.headName, village: sql<string>`COALESCE(${regions.name}, ${batchProposals.regionCode})`,
    changeCount: batchProposals.changeCount, planHash: batchProposals.planHash, failures: batchProposals.failures, decision: batchProposals.decision, reason: batchProposals.reason,
  }).from(batchProposals).innerJoin(proposals, eq(proposals.id, batchProposals.proposalId)).leftJoin(regions, eq(regions.code, batchProposals.regionCode))
    .where(and(eq(batchProposals.batchId, batchId), after ? gt(batchProposals.proposalId, after) : undefined,
      failing ? sql`${batchProposals.failures} <> '[]'` : undefined, pending ? eq(batchProposals.decision, 'pending') : undefined))
    .orderBy(asc(batchProposals.proposalId)).limit(PAGE + 1).all()
}

export type ListedChange = { position: number, village: string, headName: string, kind: ProposalKind, changeCount: number, recordHash: string }

// In the frozen order, for the list that is signed.
const listed = statement<[string], ListedChange>(`
  SELECT b.position, COALESCE(r.name, b.region_code) AS village, p.head_name AS headName, p.kind, b.change_count AS changeCount, b.plan_hash AS recordHash
  FROM batch_proposals b JOIN proposals p ON p.id = b.proposal_id LEFT JOIN regions r ON r.code = b.region_code
  WHERE b.batch_id = ? ORDER BY b.position`)

export const listedProposals = (db: Db, batchId: string) => listed(db).all(batchId)

const plans = statement<[string, number, number], { proposalId: string, position: number, plan: string }>(
  'SELECT proposal_id AS proposalId, position, plan FROM batch_proposals WHERE batch_id = ? AND position > ? ORDER BY position LIMIT ?')
const CHUNK = 200

// The frozen plans in their order, a chunk at a time.
export function* plansOf(db: Db, batchId: string): Generator<{ proposalId: string, plan: unknown }> {
  for (let after = 0; ;) {
    const rows = plans(db).all(batchId, after, CHUNK)
    for (const { proposalId, plan } of rows) yield { proposalId, plan: JSON.parse(plan) }
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.position
  }
}
