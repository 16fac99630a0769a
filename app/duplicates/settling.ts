import { eq } from 'drizzle-orm'
import type { Change } from '#app/changes/changes.ts'
import { getPair, isDecidable, ownSides, stampOf, type Pair, type SideName } from '#app/duplicates/case.ts'
import { conflict, forbidden, invalid } from '#app/problems.ts'
import { submitProposal } from '#app/proposals/submitting.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { isPresent } from '#app/questionnaire/record.ts'
import { can, demand } from '#app/users/permissions.ts'
import { duplicatePairs, households } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// key: made with the form, so that a form sent twice settles once. seen: what things were like when the page was made.
// keep: the side that stays. member: the print of the finding whose member alone is double; '' is the whole household.
export type Settlement = {
  key: string, seen: string, note: string, decision: 'merge' | 'apart' | 'return', keep?: SideName, member: string, to?: SideName, proposalId: string
}
export type Settled = { status: Pair['status'], proposalId: string | null, waitsForOther: boolean }

export function settlePair(tx: Tx, id: string, settlement: Settlement): Settled {
  demand(tx.actor, 'duplicate.settle')
  const pair = getPair(tx, id)
  if (!isFirstTime(tx, settlement.key)) return resultOf(pair)
  if (!isDecidable(tx.db, pair)) throw conflict('Pasangan ini sudah diputuskan. Muat ulang halaman.')
  const versions = [pair.oneHousehold, pair.otherHousehold].map((household) => householdOf(tx, household).version)
  if (stampOf(pair, versions) !== settlement.seen) throw conflict('Datanya sudah berubah sejak Anda membuka halaman ini. Muat ulang, lalu putuskan lagi.')
  return DECISIONS[settlement.decision](tx, pair, settlement)
}

const resultOf = ({ status, proposalId, votes }: Pair): Settled => ({ status, proposalId, waitsForOther: status === 'open' && votes !== '' })
const householdOf = ({ db }: Tx, id: string) => db.select().from(households).where(eq(households.id, id)).get()!
const nameOf = (pair: Pair, side: SideName) => side === 'one' ? pair.oneHousehold : pair.otherHousehold
const otherOf = (side: SideName): SideName => side === 'one' ? 'other' : 'one'

type Decide = (tx: Tx, pair: Pair, settlement: Settlement) => Settled

// For good, as long as both stay who they are. Where the two lie in places of different offices, both have to say so.
const apart: Decide = (tx, pair, { note }) => {
  const votes = [...new Set([...pair.votes.split(',').filter(Boolean), ...ownSides(tx, pair)])].sort()
  if (votes.length < 2) {
    change(tx, pair, { votes: votes.join(','), note })
    tx.audit('duplicate.apart_voted', pair.id, { sides: votes })
    return { status: pair.status, proposalId: null, waitsForOther: true }
  }
  change(tx, pair, { status: 'apart', votes: '', note, keep: null, returnedTo: null, apart: [...new Set([...pair.apart, ...pair.findings.map(({ print }) => print)])] })
  tx.audit('duplicate.kept_apart', pair.id, { households: [pair.oneHousehold, pair.otherHousehold] })
  return { status: 'apart', proposalId: null, waitsForOther: false }
}

// Back to a desa, to ask the people themselves. Only one's own desa can be asked.
const giveBack: Decide = (tx, pair, { note, to }) => {
  if (!to) throw invalid({ to: 'Pilih desa yang harus memeriksa.' })
  demandSide(tx, pair, to)
  const returnedTo = to === 'one' ? pair.oneRegion : pair.otherRegion
  change(tx, pair, { status: 'returned', returnedTo, note, keep: null })
  tx.audit('duplicate.returned', pair.id, { to: returnedTo })
  return { status: 'returned', proposalId: null, waitsForOther: false }
}

// The record that gives way is the decider's own affair: who has both sides may choose. Who may not propose (a kecamatan, the
// ministry) tells the office of that place what to propose.
const merge: Decide = (tx, pair, settlement) => {
  const { keep, member, note } = settlement
  if (!keep) throw invalid({ keep: 'Pilih data yang dipertahankan.' })
  const gives = otherOf(keep)
  demandSide(tx, pair, gives)
  const finding = pair.findings.find(({ print, oneSeq }) => print === member && oneSeq !== null)
  if (member !== '' && !finding) throw invalid({ member: 'Pilih siapa yang ganda.' })
  if (!can(tx.actor, 'proposal.submit')) {
    const returnedTo = gives === 'one' ? pair.oneRegion : pair.otherRegion
    change(tx, pair, { status: 'returned', returnedTo, keep, note })
    tx.audit('duplicate.merge_ordered', pair.id, { keep: nameOf(pair, keep) })
    return { status: 'returned', proposalId: null, waitsForOther: false }
  }
  const seq = finding && (gives === 'one' ? finding.oneSeq : finding.otherSeq)
  const proposal = propose(tx, nameOf(pair, gives), seq ?? undefined, settlement)
  change(tx, pair, { status: 'merging', keep, note, proposalId: proposal.id, returnedTo: null })
  tx.audit('duplicate.merge_proposed', pair.id, { proposal: proposal.id, keep: nameOf(pair, keep), household: nameOf(pair, gives) })
  return { status: 'merging', proposalId: proposal.id, waitsForOther: false }
}

const DECISIONS: Record<Settlement['decision'], Decide> = { merge, apart, return: giveBack }

function demandSide(tx: Tx, pair: Pair, side: SideName) {
  if (!ownSides(tx, pair).includes(side)) throw forbidden('Data itu di wilayah lain. Hanya kantor wilayahnya, atau Kemensos, yang dapat memutuskannya.')
}

const MISTAKE = 5

// A draft: whoever decided it adds the minutes or the evidence and sends it on.
function propose(tx: Tx, householdId: string, seq: number | undefined, { note, proposalId }: Settlement) {
  const on = dayOf(tx.now)
  const change: Change = seq === undefined ? { kind: 'deactivation', on, householdId, reason: 'ganda' }
    : { kind: 'correction', on, householdId, answers: { [`members.${indexOf(tx, householdId, seq)}.memberPresence`]: MISTAKE } }
  return submitProposal(tx, {
    id: proposalId, key: `${proposalId}:draft`, draft: true, change, reasonCode: seq === undefined ? 'ganda' : 'salah_catat', note,
    musdesId: null, minutesNumber: null, minutesDate: null, reportId: null,
  }, [])
}

function indexOf(tx: Tx, householdId: string, seq: number): number {
  const { record } = householdOf(tx, householdId)
  const index = record.members.findIndex((member) => member.memberSeq === seq && isPresent(member))
  if (index < 0) throw conflict('Anggota ini sudah tidak ada di rumah tangga itu. Muat ulang halaman.')
  return index
}

const change = (tx: Tx, { id }: Pair, set: Partial<Pair>) => void tx.db.update(duplicatePairs)
  .set({ ...set, changedAt: tx.now, settledBy: tx.actor.id, settledAt: tx.now }).where(eq(duplicatePairs.id, id)).run()
