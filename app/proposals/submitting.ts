import { eq, inArray } from 'drizzle-orm'
import type { Plan } from '#app/changes/changes.ts'
import { refuseClashes } from '#app/changes/clashes.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { getHousehold, type Household } from '#app/households/records.ts'
import { exclusionOf, exclusionOfProposal, isConfirmable } from '#app/proposals/exclusions.ts'
import { EDITABLE, type ProposalStatus, type ProposedChange } from '#app/proposals/kinds.ts'
import { refuseKnownPeople } from '#app/proposals/newcomers.ts'
import { attachPapers, demandMeeting, demandPapers } from '#app/proposals/papers.ts'
import { householdsIn, planOf } from '#app/proposals/planning.ts'
import { crossingOf, veiled } from '#app/proposals/reaching.ts'
import { getProposal, moveProposal, versionsOf, type Proposal } from '#app/proposals/proposals.ts'
import { demandReason } from '#app/proposals/reasons.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { isPresent } from '#app/regions/picker.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { inactiveHouseholds, proposalHouseholds, proposals, proposalSteps } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// key: of the form, so that a form sent twice is one act. draft: kept for later, seen by nobody else.
export type Submission = Pick<Proposal, 'id' | 'reasonCode' | 'note' | 'musdesId' | 'minutesNumber' | 'minutesDate' | 'reportId'>
  & { key: string, draft: boolean, change: ProposedChange, reached?: string }

// Proposes a change, or sends a returned one again. The id comes with the form.
export function submitProposal(tx: Tx, submission: Submission, files: ReceivedFile[]): Proposal {
  demand(tx.actor, 'proposal.submit')
  const known = tx.db.select().from(proposals).where(eq(proposals.id, submission.id)).get()
  if (known?.status === 'prepared') return confirmPrepared(tx, known, submission, files)
  if (known && known.proposedBy !== tx.actor.id) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  if (!isFirstTime(tx, submission.key)) return known ?? getProposal(tx, submission.id)
  if (known && !EDITABLE.includes(known.status)) throw conflict('Usulan ini sudah diajukan dan tidak bisa diubah lagi.')
  const facts = judge(tx, submission)
  const kept = known ? rewrite(tx, known, facts) : write(tx, submission, facts)
  attachPapers(tx, kept, files)
  if (!submission.draft) demandPapers(tx, kept, dayOf(tx.now))
  // A proposal that came back stays "returned" while it is still being mended.
  if (!submission.draft) moveProposal(tx, kept, 'submitted')
  return getProposal(tx, kept.id)
}

// What the system has written belongs to nobody: whoever of the desa confirms it proposes it. Kept for later it stays the desa's.
function confirmPrepared(tx: Tx, known: Proposal, submission: Submission, files: ReceivedFile[]): Proposal {
  if (!isConfirmable(tx.actor, known)) throw notFound('Usulan')
  if (!isFirstTime(tx, submission.key)) return known
  const kept = rewrite(tx, known, judge(tx, submission))
  attachPapers(tx, kept, files)
  if (submission.draft) return getProposal(tx, kept.id)
  demandPapers(tx, kept, dayOf(tx.now))
  moveProposal(tx, kept, 'submitted', { set: { proposedBy: tx.actor.id, proposedAt: tx.now } })
  return getProposal(tx, kept.id)
}

type Facts = Pick<Proposal, 'kind' | 'regionCode' | 'targetRegionCode' | 'householdId' | 'headName' | 'reasonCode' | 'note' | 'musdesId' | 'minutesNumber' | 'minutesDate' | 'reportId' | 'basis' | 'change'>
  & { touched: string[] }

// Everything a proposal must be to be worth a checker's time: in one's own places, possible, and with a reason.
function judge(tx: Tx, { change: told, reasonCode, note, musdesId, minutesNumber, minutesDate, reportId, ...submission }: Submission): Facts {
  const { change, concerned } = concernedIn(tx, told, submission)
  const touched = concerned.map(({ id }) => id)
  refuseWrongState(tx, change, touched)
  refuseBesideExclusion(tx, change, submission.id)
  const [first = false, second = false] = concerned.map(({ regionCode }) => !isWithin(regionCode, tx.actor))
  const plan = veiled({ first, second, kind: change.kind }, () => planOf(change, new Map(concerned.map(({ id, record }) => [id, record]))))
  if (change.kind === 'new') refuseKnownPeople(tx, change)
  else refuseClashes(tx.db, plan)
  const regionCode = change.kind === 'new' ? demandOwnVillage(tx, change.regionCode) : concerned[0]!.regionCode
  demandReason(tx, change.kind, reasonCode)
  const targetRegionCode = targetOf(tx, change, plan, concerned)
  if (musdesId) demandMeeting(tx, musdesId, first && targetRegionCode ? targetRegionCode : regionCode)
  return {
    kind: change.kind, regionCode, targetRegionCode, householdId: touched[0] ?? null, headName: headOf(change, concerned),
    reasonCode, note, musdesId, minutesNumber, minutesDate, reportId, basis: versionsOf(tx.db, touched), change, touched,
  }
}

// In one's own places; or, where a change may join two desa, the one that the exact number led to.
function concernedIn(tx: Tx, change: ProposedChange, { id, reached }: Pick<Submission, 'id' | 'reached'>): { change: ProposedChange, concerned: Household[] } {
  const foreign = crossingOf(tx, { id, reached }, tx.now)?.household
  const crosses = (household: string, at: number) => household === foreign?.id && (BEYOND[change.kind] ?? []).includes(at)
  const concerned = householdsIn(change).map((household, at) => foreign && crosses(household, at) ? foreign : getHousehold(tx, household))
  if (change.kind !== 'household_move' && change.kind !== 'marriage') return { change, concerned }
  const { begunBy: _, ...rest } = change
  if (!foreign || concerned[0] !== foreign) return { change: rest, concerned }
  if (rest.kind === 'household_move') demandOwnVillage(tx, rest.to)
  return { change: { ...rest, begunBy: 'receiver' }, concerned }
}

// Which of the households of a change may lie beyond one's own places.
const BEYOND: Partial<Record<ProposedChange['kind'], number[]>> = { household_move: [0], marriage: [0, 1], member_move: [1] }

const headOf = (change: ProposedChange, [first]: Household[]) =>
  change.kind === 'new' ? String(change.record.household.headName ?? '') : first!.headName

function demandOwnVillage({ db, actor }: Tx, code: string): string {
  if (code.length !== 13 || !isWithin(code, actor) || !isPresent(db, code)) throw notFound('Desa/kelurahan')
  return code
}

// A household that left the register can only come back; one that is in it need not.
function refuseWrongState({ db }: Tx, { kind }: ProposedChange, touched: string[]) {
  if (kind === 'undo') return
  const inactive = db.select({ id: inactiveHouseholds.householdId }).from(inactiveHouseholds).where(inArray(inactiveHouseholds.householdId, touched)).all()
  if (kind === 'reactivation' && inactive.length === 0) throw conflict('Rumah tangga ini masih aktif.')
  if (kind !== 'reactivation' && inactive.length > 0) throw conflict('Rumah tangga ini nonaktif. Ajukan pengaktifan kembali dahulu.')
}

// Who is held back has a usulan nonaktif, which is about nobody else.
function refuseBesideExclusion({ db }: Tx, change: ProposedChange, id: string) {
  const own = exclusionOfProposal(db, id)
  if (own && (change.kind !== 'deactivation' || change.householdId !== own.householdId)) throw conflict('Usulan ini tentang rumah tangga lain. Buka lagi usulannya, lalu lengkapi dari sana.')
  if (!own && change.kind === 'deactivation' && exclusionOf(db, change.householdId)) throw conflict('Usulan nonaktif rumah tangga ini sudah disiapkan. Buka dari halaman rumah tangganya, lalu lengkapi usulan itu.')
}

// Where a household goes; or, of two households that one change joins, where the second one lives.
function targetOf({ db }: Tx, { kind }: ProposedChange, { moved: [move] }: Plan, [first, second]: Household[]): string | null {
  const regionCode = first?.regionCode
  if (!move) return kind !== 'undo' && second && second.regionCode !== regionCode ? second.regionCode : null
  if (!isPresent(db, move.to)) throw invalid({ targetRegionCode: 'Pilih desa/kelurahan tujuan.' })
  if (move.to === regionCode) throw invalid({ targetRegionCode: 'Tujuan sama dengan desa asal. Untuk ganti alamat dalam desa, ajukan perbaikan data.' })
  return move.to
}

function write(tx: Tx, { id, draft }: Submission, { touched, ...facts }: Facts): Proposal {
  const status: ProposalStatus = 'draft'
  tx.db.insert(proposals).values({ id, ...facts, status, statusAt: tx.now, proposedBy: tx.actor.id, proposedAt: tx.now }).run()
  tx.db.insert(proposalSteps).values({ proposalId: id, toStatus: status, at: tx.now, actorId: tx.actor.id }).run()
  tieHouseholds(tx, id, touched)
  tx.audit('proposal.written', id, { kind: facts.kind, household: facts.householdId, draft })
  return getProposal(tx, id)
}

function rewrite(tx: Tx, { id, kind, revision }: Proposal, { touched, ...facts }: Facts): Proposal {
  if (facts.kind !== kind) throw conflict('Jenis usulan tidak bisa diganti. Tarik usulan ini dan buat yang baru.')
  tx.db.update(proposals).set({ ...facts, revision: revision + 1 }).where(eq(proposals.id, id)).run()
  tieHouseholds(tx, id, touched)
  tx.audit('proposal.rewritten', id, { revision: revision + 1 })
  return getProposal(tx, id)
}

function tieHouseholds({ db }: Tx, proposalId: string, touched: string[]) {
  db.delete(proposalHouseholds).where(eq(proposalHouseholds.proposalId, proposalId)).run()
  for (const householdId of touched) db.insert(proposalHouseholds).values({ proposalId, householdId }).run()
}

