import { and, eq } from 'drizzle-orm'
import { getHousehold } from '#app/households/records.ts'
import { recordAt } from '#app/households/versions.ts'
import type { Undo } from '#app/proposals/kinds.ts'
import { getProposal, versionsOf } from '#app/proposals/proposals.ts'
import { conflict, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import { batchProposals } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Reading = Pick<Tx, 'db' | 'actor'>
const NOTHING: Omit<Undo, 'of'> = { kind: 'undo', revised: [], moved: [], deactivated: [], reactivated: [] }

// What a determined proposal did, turned round. Only while nothing was written after it: a later version would be lost.
export function undoOfProposal({ db, actor }: Reading, proposalId: string): Undo {
  demand(actor, 'proposal.submit')
  const proposal = getProposal({ db, actor }, proposalId)
  const done = proposal.status === 'determined' ? db.select({ plan: batchProposals.plan, basis: batchProposals.basis }).from(batchProposals)
    .where(and(eq(batchProposals.proposalId, proposalId), eq(batchProposals.decision, 'accepted'))).get() : undefined
  if (!done) throw conflict('Hanya usulan yang sudah ditetapkan yang dapat dibatalkan.')
  const { revised, created, moved, deactivated, reactivated } = done.plan
  const now = versionsOf(db, revised.map(({ householdId }) => householdId))
  if (revised.some(({ householdId }) => now[householdId] !== (done.basis[householdId] ?? 0) + 1)) {
    throw conflict('Sesudah perubahan ini sudah ada versi yang lebih baru. Batalkan yang terbaru dahulu, atau ajukan perbaikan data.')
  }
  return {
    ...NOTHING, of: `proposal:${proposalId}`,
    revised: revised.map(({ householdId, before }) => ({ householdId, record: before })),
    moved: moved.map(({ householdId, from, to }) => ({ householdId, from: to, to: from })),
    deactivated: [
      ...reactivated.map(({ householdId }) => ({ householdId, reason: 'pembatalan' })),
      ...created.map(({ id }) => ({ householdId: id, reason: 'pembatalan' })),
    ],
    reactivated: deactivated.map(({ householdId }) => ({ householdId })),
  }
}

// The content of an earlier version, proposed again.
export function undoToVersion({ db, actor }: Reading, householdId: string, version: number): Undo {
  demand(actor, 'proposal.submit')
  const household = getHousehold({ db, actor }, householdId)
  const record = recordAt(db, householdId, version)
  if (!record) throw notFound('Versi ini')
  if (version === household.version) throw conflict('Versi ini sedang berlaku.')
  return { ...NOTHING, of: `version:${householdId}:${version}`, revised: [{ householdId, record }] }
}

// From the form's own word: "proposal:<id>" or "version:<household>:<number>".
export function readUndo(reading: Reading, of: string): Undo {
  const [what, id = '', version = ''] = of.split(':')
  if (what === 'proposal') return undoOfProposal(reading, id)
  if (what === 'version') return undoToVersion(reading, id, Number(version) || 0)
  throw notFound('Perubahan yang dibatalkan')
}
