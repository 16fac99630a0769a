import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Plan } from '#app/changes/changes.ts'
import { hideNumber, seesNumbers, seesPhoto } from '#app/households/masking.ts'
import { masked } from '#app/households/versions.ts'
import { hasChecked, mayFind, mayWithdraw, turnOf } from '#app/proposals/decisions.ts'
import { exclusionOfProposal, isConfirmable } from '#app/proposals/exclusions.ts'
import { EDITABLE, FIXED, type ProposalStatus } from '#app/proposals/kinds.ts'
import { papersOf } from '#app/proposals/papers.ts'
import { householdsIn, planOf } from '#app/proposals/planning.ts'
import { OTHER_SIDE } from '#app/proposals/reaching.ts'
import { getProposal, isVeiled, nameFor, openProposalsOf, sameVersions, seenOf, versionsOf, type Proposal } from '#app/proposals/proposals.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import { Problem } from '#app/problems.ts'
import { maskName } from '#app/public/names.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import { emptyRecord, isPresent, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { pathTo, regionNames } from '#app/regions/regions.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchProposals, households, inactiveHouseholds, musdes, proposalSteps, users, visitPhotos, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type ProposalCase = ReturnType<typeof readCase>

// Reading a case is reading people's data in full, so it leaves a line in the trail.
export function openProposal(tx: Tx, id: string): ProposalCase {
  const found = readCase(tx, id)
  tx.audit('proposal.opened', id, { household: found.proposal.householdId, status: found.proposal.status })
  return found
}

function readCase({ db, actor, now }: Tx, id: string) {
  const proposal = getProposal({ db, actor }, id)
  const touched = householdsIn(proposal.change)
  const concerned = concernedBy(db, actor, touched)
  const versions = versionsOf(db, touched)
  const { plan: whole, trouble, batch } = planNow(db, proposal, new Map(concerned.map(({ id: household, record }) => [household, record])))
  const { plan, veiled } = whole ? visiblePart(actor, proposal, whole, concerned) : { plan: undefined, veiled: concerned.filter(({ mine }) => !mine) }
  const names = regionNames(db, [proposal.regionCode, ...concerned.map(({ regionCode }) => regionCode), ...(plan?.moved.flatMap(({ from, to }) => [from, to]) ?? [])])
  return {
    proposal: { ...proposal, headName: nameFor(actor, proposal) }, batch, trouble: trouble && veiled.length > 0 ? OTHER_SIDE : trouble, full: seesNumbers(actor), places: pathTo(db, proposal.regionCode).map(({ name }) => name).reverse(),
    targetPlaces: proposal.targetRegionCode ? pathTo(db, proposal.targetRegionCode).map(({ name }) => name).reverse() : [],
    households: concerned.map(({ id: household, headName, stage, mine }) => veiled.some((one) => one.id === household) ? { id: household, headName: maskName(headName), stage: undefined, mine } : { id: household, headName, stage, mine }),
    veiled: veiled.map(({ headName, regionCode }) => ({ headName: maskName(headName), village: names.get(regionCode)! })), people: plan ? peopleOf(actor, plan, concerned.filter(({ id: household }) => !veiled.some((one) => one.id === household))) : [],
    effects: plan ? effectsOf(actor, plan, concerned) : [],
    moved: plan?.moved.map(({ householdId, from, to }) => ({ householdId, from: names.get(from)!, to: names.get(to)! })) ?? [],
    deactivated: plan?.deactivated ?? [], reactivated: plan?.reactivated ?? [],
    warnings: plan ? warningsOf(plan, dayOf(now)) : [],
    movedOn: !FIXED.includes(proposal.status) && !sameVersions(proposal.basis, versions), seen: seenOf(proposal, versions),
    others: touched.flatMap((household) => openProposalsOf(db, actor, household)).filter((other, i, all) => other.id !== id && all.findIndex((one) => one.id === other.id) === i),
    reason: reasonLabel(db, proposal.kind, proposal.reasonCode), papers: papersOf(db, actor, proposal), steps: stepsOf(db, id),
    meeting: proposal.musdesId ? meetingOf(db, proposal.musdesId) : undefined, proposer: proposal.proposedBy === system.id ? system.name : nameOf(db, proposal.proposedBy),
    turn: turnOf(db, actor, proposal), own: proposal.proposedBy === actor.id, checkedBefore: hasChecked(db, actor, proposal), mayWithdraw: mayWithdraw(actor, proposal), mayFind: mayFind(actor, proposal), ...visitBehind(db, actor, proposal),
    mayEdit: can(actor, 'proposal.submit') && (isConfirmable(actor, proposal) || proposal.proposedBy === actor.id && EDITABLE.includes(proposal.status)),
    // From where the households live now.
    mayUndo: can(actor, 'proposal.submit') && proposal.status === 'determined' && proposal.kind !== 'undo' && concerned.every(({ mine }) => mine) && isWithin(proposal.kind === 'household_move' ? proposal.targetRegionCode! : proposal.regionCode, actor),
    readsBatches: can(actor, 'batch.read'),
  }
}

// The visit it was written after, as far as it lasts: what was seen there, and which other household was meant.
function visitBehind(db: Db, actor: Actor, { id, householdId }: Proposal) {
  const exclusion = exclusionOfProposal(db, id)
  const visit = householdId === null ? undefined : db.select({ visitId: visits.id, outcome: visits.outcome, submittedAt: visits.submittedAt, officer: users.name, latitude: visits.latitude, longitude: visits.longitude, accuracyM: visits.accuracyM })
    .from(visits).leftJoin(users, eq(users.id, visits.officerId)).where(and(eq(visits.id, exclusion?.visitId ?? id), eq(visits.householdId, householdId))).get()
  if (!visit) return { isHeld: exclusion !== undefined, evidence: undefined }
  const { latitude, longitude, accuracyM, ...rest } = visit
  const photos = db.select({ kind: visitPhotos.kind }).from(visitPhotos).where(eq(visitPhotos.visitId, visit.visitId)).limit(30).all().map(({ kind }) => kind).filter((kind) => seesPhoto(actor, kind))
  return { isHeld: exclusion !== undefined, evidence: { ...rest, photos, other: exclusion?.otherId ? meant(db, actor, exclusion.otherId) : undefined, point: latitude === null || longitude === null ? undefined : { latitude, longitude, accuracyM } } }
}

function meant(db: Db, actor: Actor, id: string) {
  const { headName, regionCode } = db.select({ headName: households.headName, regionCode: households.regionCode }).from(households).where(eq(households.id, id)).get()!
  const mine = isWithin(regionCode, actor)
  return { id, headName: mine ? headName : maskName(headName), mine }
}

// What was ratified is shown as it was frozen; anything else as it would be written now.
function planNow(db: Db, { id, status, change }: Proposal, records: Map<string, HouseholdRecord>): { plan?: Plan, trouble?: string, batch?: { id: string, title: string } } {
  const place = db.select({ id: batches.id, title: batches.title, plan: batchProposals.plan }).from(batchProposals)
    .innerJoin(batches, eq(batches.id, batchProposals.batchId))
    .where(eq(batchProposals.proposalId, id)).orderBy(desc(batches.preparedAt)).limit(1).get()
  const batch = place && { id: place.id, title: place.title }
  if (place && FIXED.includes(status)) return { plan: place.plan, batch }
  try {
    return { plan: planOf(change, records), batch }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { trouble: [error.message, ...Object.values(error.fields)].join(' '), batch }
  }
}

const AGREED: readonly ProposalStatus[] = ['checked', 'verified', 'listed', ...FIXED]

// Of two desa each sees its own household: of the other's only who comes, and that not before it was let go. A home that
// both found is seen once both agreed.
function visiblePart(actor: Actor, proposal: Proposal, plan: Plan, concerned: Concerned): { plan: Plan, veiled: Concerned } {
  // What left keeps being known to the desa that let it go.
  const isOwn = ({ id, mine }: Concerned[number]) => mine || (id === proposal.householdId && isWithin(proposal.regionCode, actor))
  if (concerned.every(isOwn)) return { plan, veiled: [] }
  const early = isVeiled(actor, proposal)
  const arriving = new Set(early ? [] : plan.moved.filter(({ to }) => isWithin(to, actor)).map(({ householdId }) => householdId))
  const veiled = concerned.filter((one) => !arriving.has(one.id) && !isOwn(one))
  // Also what one's own would become tells who comes.
  const isSeen = ({ householdId }: { householdId: string }) => !early && !veiled.some(({ id }) => id === householdId)
  const created = plan.created.filter(({ regionCode }) => AGREED.includes(proposal.status) && isWithin(regionCode, actor))
  return { plan: { ...plan, revised: plan.revised.filter(isSeen), created }, veiled }
}

// The households as they are. Reached through the proposal, which is in the reader's scope even when they are not.
const concernedBy = (db: Db, actor: Actor, ids: string[]) => ids.length === 0 ? [] : db.select({
  id: households.id, headName: households.headName, address: households.address, regionCode: households.regionCode, stage: households.stage,
  version: households.version, record: households.record, inactive: inactiveHouseholds.reason,
}).from(households).leftJoin(inactiveHouseholds, eq(inactiveHouseholds.householdId, households.id)).where(inArray(households.id, ids)).all()
  .map((household) => ({ ...household, mine: isWithin(household.regionCode, actor) }))

type Concerned = ReturnType<typeof concernedBy>

// Question by question, one table for each household that would be written.
function effectsOf(actor: Actor, { revised, created }: Plan, concerned: Concerned) {
  const rows = (before: HouseholdRecord, after: HouseholdRecord) => diffRecords(before, after).map((one) => seesNumbers(actor) ? one : masked(one))
  return [
    ...revised.map(({ householdId, before, after }) => ({
      householdId, isNew: false, headName: concerned.find(({ id }) => id === householdId)?.headName ?? String(after.household.headName ?? ''), rows: rows(before, after),
    })),
    ...created.map(({ id, record }) => ({ householdId: id, isNew: true, headName: String(record.household.headName ?? ''), rows: rows(emptyRecord(), record) })),
  ]
}

// Who lives in it, for what touches a household as a whole: it moves, or leaves or comes back to the register.
function peopleOf(actor: Actor, { moved, deactivated, reactivated }: Plan, concerned: Concerned) {
  const whole = new Set([...moved, ...deactivated, ...reactivated].map(({ householdId }) => householdId))
  return concerned.filter(({ id }) => whole.has(id)).map(({ id, headName, record, mine }) => ({
    id, headName, members: record.members.filter(isPresent).map(({ name, nik, sex, birthDate }) => ({
      name: String(name ?? ''), nik: nik ? (mine && seesNumbers(actor) ? String(nik) : hideNumber(String(nik))) : '', sex, birthDate: birthDate ? String(birthDate) : '',
    })),
  }))
}

// Signs that ask for a closer look; none of them decides.
const warningsOf = ({ created }: Plan, today: string) => created.flatMap(({ record }) => record.members.flatMap(({ name, nik, sex, birthDate }) => nik
  ? findNikMistakes(String(nik), { sex: sex as 1 | 2, birthDate: birthDate as string, today }).map(({ message }) => `${name}: ${message}`)
  : [`${name}: belum ada NIK.`]))

const STEPS_SHOWN = 200

const stepsOf = (db: Db, id: string) => db.select({
  from: proposalSteps.fromStatus, to: proposalSteps.toStatus, at: proposalSteps.at, note: proposalSteps.note, by: users.name,
}).from(proposalSteps).leftJoin(users, eq(users.id, proposalSteps.actorId)).where(eq(proposalSteps.proposalId, id))
  .orderBy(asc(proposalSteps.id)).limit(STEPS_SHOWN).all()
  // Written and sent in one act is one step.
  .filter(({ to, at }, i, all) => !(to === 'draft' && all[i + 1]?.at === at))

const meetingOf = (db: Db, id: string) => db.select({ id: musdes.id, heldOn: musdes.heldOn, minutesNumber: musdes.minutesNumber, regionCode: musdes.regionCode })
  .from(musdes).where(eq(musdes.id, id)).get()

const nameOf = (db: Db, id: string) => db.select({ name: users.name }).from(users).where(eq(users.id, id)).get()?.name ?? id
