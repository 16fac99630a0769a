import { and, asc, eq, inArray } from 'drizzle-orm'
import { applyPlan } from '#app/changes/applying.ts'
import type { Plan } from '#app/changes/changes.ts'
import { moveStage } from '#app/households/moves.ts'
import { getHousehold } from '#app/households/records.ts'
import { NEXT } from '#app/households/stages.ts'
import { invalid, Problem } from '#app/problems.ts'
import { countDetermined } from '#app/periods/filing.ts'
import { endExclusion } from '#app/proposals/exclusions.ts'
import { moveProposal, sameVersions, versionsOf } from '#app/proposals/proposals.ts'
import { demandSent } from '#app/ratification/batches.ts'
import { closeWhenDone, type Chosen, type Determined } from '#app/ratification/determination.ts'
import { demand } from '#app/users/permissions.ts'
import { batchProposals } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Item = typeof batchProposals.$inferSelect

// The ministry accepts: exactly what was ratified is written, in one transaction, with this batch as its cause. If a household
// moved on since, the proposal is left pending and named: its before/after would no longer be true.
export function acceptProposals(tx: Tx, batchId: string, chosen: Chosen): Determined {
  demand(tx.actor, 'batch.determine')
  const stale: string[] = []
  const items = pendingProposals(tx, batchId, chosen)
  for (const item of items) {
    if (!writes(tx, item)) {
      stale.push(item.proposalId)
      continue
    }
    keepPrelist(tx, item.plan, `batch:${batchId}`)
    endExclusions(tx, item)
    moveProposal(tx, { id: item.proposalId, status: 'dispatched' }, 'determined', { subject: `batch:${batchId}` })
    decide(tx, item, 'accepted', '')
  }
  countDetermined(tx, batchId, { accepted: items.length - stale.length })
  closeWhenDone(tx, batchId)
  return { accepted: items.length - stale.length, stale }
}

// Back to the kabupaten's own queue, with the reason.
export function returnProposals(tx: Tx, batchId: string, chosen: Chosen, reason: string): number {
  demand(tx.actor, 'batch.determine')
  if (reason.trim() === '') throw invalid({ reason: 'Tuliskan alasan pengembalian.' })
  const items = pendingProposals(tx, batchId, chosen)
  for (const item of items) {
    moveProposal(tx, { id: item.proposalId, status: 'dispatched' }, 'checked', { note: reason, subject: `batch:${batchId}` })
    decide(tx, item, 'returned', reason)
  }
  countDetermined(tx, batchId, { returned: items.length })
  closeWhenDone(tx, batchId)
  return items.length
}

// False when the master is no longer what the plan was made for: a newer version, or a person who meanwhile is elsewhere. In
// a savepoint, so that one that cannot be written does not take the others back with it.
function writes(tx: Tx, { plan, basis, batchId }: Item): boolean {
  if (!sameVersions(basis, versionsOf(tx.db, Object.keys(basis)))) return false
  try {
    tx.db.$client.transaction(() => applyPlan(tx, plan, basis, `determination:${batchId}`))()
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return false
    throw error
  }
}

// Nobody is sent to a household that left the register: its row leaves the prelist, out of an officer's hands too. What has
// been visited already goes its own way. Who comes back begins again at the list.
function keepPrelist(tx: Tx, { deactivated, reactivated }: Plan, subject: string) {
  for (const { householdId } of deactivated) {
    const { stage } = getHousehold(tx, householdId)
    const move = { note: 'Rumah tangga menjadi nonaktif', subject, set: { officerId: null } }
    if (stage === 'assigned' || stage === 'downloaded') {
      moveStage(tx, { id: householdId, stage }, 'published', move)
      moveStage(tx, { id: householdId, stage: 'published' }, 'withdrawn', move)
    } else if (NEXT[stage].includes('withdrawn')) moveStage(tx, { id: householdId, stage }, 'withdrawn', move)
  }
  for (const { householdId } of reactivated) {
    if (getHousehold(tx, householdId).stage === 'withdrawn') moveStage(tx, { id: householdId, stage: 'withdrawn' }, 'listed', { note: 'Rumah tangga aktif kembali', subject })
  }
}

// Who has left the registry, or was found in another desa, is held back no longer.
function endExclusions(tx: Tx, { plan: { deactivated, moved }, proposalId }: Item) {
  for (const { householdId } of deactivated) endExclusion(tx, householdId, 'Sudah keluar dari registri.', proposalId)
  for (const { householdId } of moved) endExclusion(tx, householdId, 'Ditemukan di tempat tinggalnya yang baru.', proposalId)
}

function pendingProposals(tx: Tx, batchId: string, chosen: Chosen): Item[] {
  demandSent(tx, batchId)
  if (chosen !== 'all' && chosen.length === 0) throw invalid({ proposal: 'Pilih sedikitnya satu usulan.' })
  return tx.db.select().from(batchProposals).where(and(eq(batchProposals.batchId, batchId), eq(batchProposals.decision, 'pending'),
    chosen === 'all' ? undefined : inArray(batchProposals.proposalId, chosen))).orderBy(asc(batchProposals.position)).all()
}

const decide = (tx: Tx, { batchId, proposalId }: Item, decision: 'accepted' | 'returned', reason: string) =>
  void tx.db.update(batchProposals).set({ decision, reason, decidedBy: tx.actor.id, decidedAt: tx.now })
    .where(and(eq(batchProposals.batchId, batchId), eq(batchProposals.proposalId, proposalId))).run()
