import { and, desc, eq } from 'drizzle-orm'
import { exclusionOfProposal, giveBackToVillage, liftExclusion } from '#app/proposals/exclusions.ts'
import { admitHousehold } from '#app/proposals/newcomers.ts'
import { NEXT } from '#app/proposals/kinds.ts'
import { householdsIn } from '#app/proposals/planning.ts'
import { isBegunByReceiver } from '#app/proposals/reaching.ts'
import { getProposal, moveProposal, seenOf, versionsOf, type Proposal } from '#app/proposals/proposals.ts'
import { conflict, forbidden, invalid } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchProposals, proposalSteps } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// key: of the form, so that a form sent twice decides once. seen: the revision and the versions that were on the screen.
export type Decision = { key: string, seen: string, note: string }
export type Turn = 'check' | 'verify' | 'accept'

// Whose turn it is: pengawas or kecamatan first, the receiving side of a move, then Dinsos. Never the proposer, and never one person twice.
export function turnOf(db: Db, actor: Actor, proposal: Proposal): Turn | undefined {
  if (proposal.proposedBy === actor.id) return undefined
  const here = isWithin(proposal.regionCode, actor)
  if (proposal.status === 'submitted' && here && can(actor, 'proposal.check')) return 'check'
  if (proposal.status === 'checked' && here && can(actor, 'proposal.verify')) return isChecker(db, actor, proposal) ? undefined : 'verify'
  const there = proposal.targetRegionCode !== null && isWithin(proposal.targetRegionCode, actor)
  return proposal.status === 'released' && there && can(actor, 'proposal.accept') && !isChecker(db, actor, proposal) ? 'accept' : undefined
}

// Whoever checked it first: a koordinator may have come to Dinsos since.
const isChecker = (db: Db, { id: actorId }: Actor, { id }: Proposal) => db.select({ actorId: proposalSteps.actorId }).from(proposalSteps)
  .where(and(eq(proposalSteps.proposalId, id), eq(proposalSteps.fromStatus, 'submitted'))).orderBy(desc(proposalSteps.id)).limit(1).get()?.actorId === actorId

// To be told to whoever would verify what they checked themselves.
export const hasChecked = (db: Db, actor: Actor, proposal: Proposal): boolean =>
  proposal.status === 'checked' && can(actor, 'proposal.verify') && isChecker(db, actor, proposal)

function demandTurn(tx: Tx, id: string): { proposal: Proposal, turn: Turn } {
  const { db, actor } = tx
  if (!(['proposal.check', 'proposal.verify', 'proposal.accept'] as const).some((verb) => can(actor, verb))) throw forbidden()
  const proposal = getProposal(tx, id)
  if (proposal.proposedBy === actor.id) throw forbidden('Anda tidak dapat memutuskan usulan Anda sendiri. Petugas lain yang memeriksanya.')
  const turn = turnOf(db, actor, proposal)
  if (!turn && hasChecked(db, actor, proposal)) throw forbidden('Anda sudah memeriksa usulan ini pada tahap pertama. Petugas Dinsos lain yang harus memutuskan.')
  if (!turn) throw conflict('Usulan ini tidak sedang menunggu keputusan Anda. Muat ulang halaman.')
  return { proposal, turn }
}

// Approves what was on the screen and nothing else: if the household or the proposal moved on since, the page is read again.
// Where the receiving side began it, it need not accept. The versions that were seen become the basis; against those, and only those, the ministry may write.
export function approveProposal(tx: Tx, id: string, { key, seen, note }: Decision): Proposal {
  if (!isFirstTime(tx, key)) return getProposal(tx, id)
  const { proposal, turn } = demandTurn(tx, id)
  const versions = versionsOf(tx.db, householdsIn(proposal.change))
  if (seen !== seenOf(proposal, versions)) throw conflict('Data ini berubah sejak halaman dibuka. Muat ulang, periksa lagi, lalu putuskan.')
  if (turn === 'verify') verify(tx, proposal, versions, note)
  else moveProposal(tx, proposal, turn === 'check' && proposal.targetRegionCode && !isBegunByReceiver(proposal) ? 'released' : 'checked', { note, set: { basis: versions } })
  return getProposal(tx, id)
}

function verify(tx: Tx, proposal: Proposal, versions: Record<string, number>, note: string) {
  if (proposal.change.kind !== 'new') return moveProposal(tx, proposal, 'verified', { note, set: { basis: versions } })
  admitHousehold(tx, proposal.id, proposal.change)
  moveProposal(tx, proposal, 'listed', { note, subject: `household:${proposal.change.householdId}`, set: { householdId: proposal.change.householdId } })
}

// Back to the proposer with what is to be mended.
export function returnProposal(tx: Tx, id: string, { key, note }: Decision): Proposal {
  if (!isFirstTime(tx, key)) return getProposal(tx, id)
  const { proposal } = demandTurn(tx, id)
  moveProposal(tx, proposal, 'returned', { note: remarkIn(note) })
  return getProposal(tx, id)
}

// The end of it. The receiving side sends back; only those who check may end it.
export function rejectProposal(tx: Tx, id: string, { key, note }: Decision): Proposal {
  if (!isFirstTime(tx, key)) return getProposal(tx, id)
  const { proposal, turn } = demandTurn(tx, id)
  if (turn === 'accept') throw forbidden('Pihak penerima mengembalikan usulan dengan alasan; penolakan diputuskan pemeriksa dan Dinsos asal.')
  moveProposal(tx, proposal, 'rejected', { note: remarkIn(note) })
  liftExclusion(tx, proposal)
  return getProposal(tx, id)
}

// Whoever knows the household was found again says so before anybody has confirmed that it is gone: its desa, who checks, or Dinsos.
export const mayFind = (actor: Actor, { status, regionCode }: Pick<Proposal, 'status' | 'regionCode'>): boolean =>
  status === 'prepared' && isWithin(regionCode, actor) && (['proposal.submit', 'proposal.check', 'proposal.verify'] as const).some((verb) => can(actor, verb))

export function tellFound(tx: Tx, id: string, { key, note }: Omit<Decision, 'seen'>): Proposal {
  const proposal = getProposal(tx, id)
  if (!isFirstTime(tx, key)) return proposal
  if (!mayFind(tx.actor, proposal)) throw conflict('Usulan ini sudah ditindaklanjuti orang lain. Muat ulang halaman.')
  if (note.trim() === '') throw invalid({ note: 'Tuliskan di mana dan oleh siapa rumah tangga ini ditemukan.' })
  moveProposal(tx, proposal, 'rejected', { note })
  liftExclusion(tx, proposal)
  return getProposal(tx, id)
}

// What a return or a rejection must say.
export function remarkIn(note: string) {
  if (note.trim() === '') throw invalid({ note: 'Tuliskan alasannya, agar pengusul tahu apa yang harus diperbaiki.' })
  return note
}

// By whoever proposed it. What came back to somebody who does not mend it, because he has left, Dinsos takes away, with a reason.
export const mayWithdraw = (actor: Actor, { proposedBy, status, regionCode }: Pick<Proposal, 'proposedBy' | 'status' | 'regionCode'>): boolean =>
  proposedBy === actor.id ? NEXT[status].includes('withdrawn') : status === 'returned' && can(actor, 'proposal.verify') && isWithin(regionCode, actor)

// Taken back, as long as the list for the signature is not fixed. An open batch lets it go by itself.
export function withdrawProposal(tx: Tx, id: string, { key, note }: Omit<Decision, 'seen'>): Proposal {
  demand(tx.actor, 'proposal.submit')
  if (!isFirstTime(tx, key)) return getProposal(tx, id)
  const proposal = getProposal(tx, id)
  const isOwn = proposal.proposedBy === tx.actor.id
  if (!isOwn && !mayWithdraw(tx.actor, proposal)) throw forbidden('Hanya pengusul yang dapat menarik usulan.')
  if (!isOwn) remarkIn(note)
  if (proposal.status === 'batched') leaveOpenBatch(tx, id)
  if (exclusionOfProposal(tx.db, id)) giveBackToVillage(tx, proposal, note)
  else moveProposal(tx, proposal, 'withdrawn', { note })
  return getProposal(tx, id)
}

function leaveOpenBatch(tx: Tx, proposalId: string) {
  const place = tx.db.select({ batchId: batchProposals.batchId, status: batches.status }).from(batchProposals)
    .innerJoin(batches, eq(batches.id, batchProposals.batchId))
    .where(and(eq(batchProposals.proposalId, proposalId), eq(batchProposals.decision, 'pending'))).get()
  if (place?.status !== 'open') throw conflict('Berkas pengesahannya sudah dibekukan. Mintalah Dinsos membatalkan berkas itu dahulu.')
  tx.db.delete(batchProposals).where(and(eq(batchProposals.batchId, place.batchId), eq(batchProposals.proposalId, proposalId))).run()
  tx.audit('batch.proposal_removed', place.batchId, { proposal: proposalId })
}
