import { eq } from 'drizzle-orm'
import { NEEDS_OTHER } from '#app/changes/changes.ts'
import { fieldsOf, readChange } from '#app/changes/forms.ts'
import { listHouseholds } from '#app/households/households.ts'
import { getHousehold } from '#app/households/records.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { isConfirmable } from '#app/proposals/exclusions.ts'
import type { ProposalKind, ProposedChange } from '#app/proposals/kinds.ts'
import { crossingOf, type Crossing } from '#app/proposals/reaching.ts'
import { MOST_MEMBERS, newHouseholdFields, readNewHousehold, villagesFor } from '#app/proposals/newcomers.ts'
import { meetingsOf, papersOf } from '#app/proposals/papers.ts'
import { householdsIn } from '#app/proposals/planning.ts'
import { openProposalsOf, type Proposal } from '#app/proposals/proposals.ts'
import { reasonsFor } from '#app/proposals/reasons.ts'
import { readUndo } from '#app/proposals/undoing.ts'
import { forbidden, invalid, notFound } from '#app/problems.ts'
import { maskName } from '#app/public/names.ts'
import { emptyRecord } from '#app/questionnaire/record.ts'
import { pickerLevels } from '#app/regions/picker.ts'
import { findRegion, pathTo } from '#app/regions/regions.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { households, inactiveHouseholds } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Reading = Pick<Tx, 'db' | 'actor'>
export type Wanted = { household?: string, other?: string, reached?: string, id?: string, of?: string, village?: string, target?: string, comes?: string, picks?: boolean }

// What a posted form proposes. Each kind reads its own fields; the id of the proposal is the id of what it creates.
export function readProposed(reading: Reading, kind: ProposalKind, fields: Record<string, string>, now: string): ProposedChange {
  const today = dayOf(now)
  if (kind === 'new') return readNewHousehold(fields, { householdId: fields.id ?? '', regionCode: fields.village ?? '', today })
  if (kind === 'undo') return readUndo(reading, fields.of ?? '')
  const crossing = crossesBorder(kind, fields) ? crossingOf(reading, fields, now) : undefined
  if (crossing && comesHere(kind, fields)) return readComing(reading, crossing, fields, today)
  const household = crossing && kind === 'household_move' ? crossing.household : getHousehold(reading, fields.household ?? '')
  const other = fields.other ? getHousehold(reading, fields.other) : kind === 'household_move' ? undefined : crossing?.household
  return readChange(kind, { ...fields, ...(crossing && !fields.other && toldByNumber(kind, fields, crossing)), targetRegionCode: fields.target ?? '' }, { household, other, newId: fields.id ?? '', today })
}

// The other household of these may lie beyond one's own places; of a move, the household itself.
const crossesBorder = (kind: ProposalKind, { household, other }: Pick<Wanted, 'household' | 'other'>) =>
  kind === 'household_move' ? !household : ['marriage', 'member_move'].includes(kind) && !other

// A marriage may be begun where the couple will live: then the one who leaves was found by NIK, and the partner is one's own.
const comesHere = (kind: ProposalKind, { comes }: Pick<Wanted, 'comes'>) => kind === 'marriage' && comes === '1'

function readComing(reading: Reading, { household, memberSeq }: Crossing, fields: Record<string, string>, today: string): ProposedChange {
  if (memberSeq === undefined) throw invalid({ number: BY_PERSON })
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !/^(newHead|newFamilyHead|heirTo)/.test(name)))
  return readChange('marriage', { ...own, memberSeq: String(memberSeq) }, { household, other: getHousehold(reading, fields.household ?? ''), newId: fields.id ?? '', today })
}

const BY_PERSON = 'Pasangannya harus dicari dengan NIK, bukan dengan Nomor KK.'

// Who and which card it is about was named by the number that was looked for, and by nothing that a form sends.
function toldByNumber(kind: ProposalKind, fields: Record<string, string>, { household, memberSeq, familySeq }: Crossing): Record<string, string> {
  if (kind === 'marriage') {
    if (memberSeq === undefined) throw invalid({ number: BY_PERSON })
    return { otherSeq: String(memberSeq), otherNewHead: '', otherNewFamilyHead: '' }
  }
  if (kind === 'member_move') return { familySeq: fields.familySeq ? String(familySeq ?? '') : '' }
  const [family, ...others] = household.record.families
  return family && others.length === 0 && fields.kkNumber ? { [`kkNumber.${String(family.familySeq)}`]: fields.kkNumber } : {}
}

export type Drafting = ReturnType<typeof draftingOf>

// All a form of this kind is made from: the household it is about, the other one, reasons, meetings, what is already proposed.
export function draftingOf(reading: Reading, kind: ProposalKind, { household, other, reached, id, of, comes, village = '', target = '', picks = false }: Wanted, now: string) {
  const { db, actor } = reading
  demand(actor, 'proposal.submit')
  const undo = kind === 'undo' && of ? readUndo(reading, of) : undefined
  const about = undo ? householdsIn(undo)[0] : household
  const crossing = crossesBorder(kind, { household, other }) ? crossingOf(reading, { reached, id }, now) : undefined
  if (kind === 'household_move' && !household && !crossing) throw notFound('Rumah tangga')
  const found = about && kind !== 'new' ? described(reading, about) : undefined
  return {
    crossing: crossing && { ...veil(reading, crossing), reached, byPerson: crossing.memberSeq !== undefined, begins: kind === 'household_move' || comesHere(kind, { comes }) },
    kind, today: dayOf(now), mayReach: can(actor, 'proposal.reach'), household: found, other: other ? described(reading, other) : undefined, undo: of,
    needsOther: kind !== 'new' && kind !== 'undo' && (NEEDS_OTHER.includes(kind) || picks),
    villages: kind === 'new' || (crossing && kind === 'household_move') ? villagesFor(db, actor) : [], mostMembers: MOST_MEMBERS,
    target: kind === 'household_move' && !crossing ? pickerLevels(db, { chosen: target || found?.regionCode.slice(0, 8) }) : undefined,
    reasons: reasonsFor(db, kind, dayOf(now)), meetings: meetingsOf(db, actor, found?.regionCode ?? village),
    open: found ? openProposalsOf(db, actor, found.id) : [],
  }
}

// All that is told of a household of other places: enough to see that it is the right one.
const veil = ({ db }: Reading, { household: { headName, regionCode } }: Crossing) =>
  ({ home: { id: '', headName: maskName(headName), regionCode, record: emptyRecord(), places: [findRegion(db, regionCode)?.name ?? regionCode] } })

export function described(reading: Reading, id: string) {
  const { headName, address, regionCode, stage, memberCount, record, version } = getHousehold(reading, id)
  const inactive = reading.db.select().from(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, id)).get()
  return { id, headName, address, regionCode, stage, memberCount, record, version, inactive, places: pathTo(reading.db, regionCode).map(({ name }) => name).reverse() }
}

// Looked for in the reader's own places, also among those that left the register.
export const findHouseholds = ({ db, actor }: Reading, q: string) =>
  q.length < 3 ? [] : listHouseholds(db, actor, { q, region: '', active: 'all' }).households.slice(0, 20)

export type DescribedHousehold = ReturnType<typeof described>

// A returned proposal in its form again: what was typed, and which households it was about.
export function refilled(reading: Reading, proposal: Proposal): { typed: Record<string, string>, wanted: Wanted } {
  if (!isConfirmable(reading.actor, proposal) && proposal.proposedBy !== reading.actor.id) throw forbidden('Hanya pengusul yang dapat memperbaiki usulannya.')
  const { change } = proposal
  const own = change.kind === 'new' ? newHouseholdFields(change) : change.kind === 'undo' ? {} : fieldsOf(change)
  const [first, second] = householdsIn(change).map((id) => isOwn(reading, id) ? id : undefined)
  const comes = change.kind === 'marriage' && change.begunBy ? '1' : undefined
  return {
    typed: {
      ...own, id: proposal.id, reasonCode: proposal.reasonCode, note: proposal.note, musdesId: proposal.musdesId ?? '',
      minutesNumber: proposal.minutesNumber ?? '', minutesDate: proposal.minutesDate ?? '', report: proposal.reportId ?? '',
    },
    wanted: {
      ...(comes ? { household: second, comes } : { household: first, other: second }), id: proposal.id, target: proposal.targetRegionCode ?? undefined,
      ...(change.kind === 'new' && { village: change.regionCode }), ...(change.kind === 'undo' && { of: change.of }),
    },
  }
}

const isOwn = ({ db, actor }: Reading, id: string) => {
  const place = db.select({ regionCode: households.regionCode }).from(households).where(eq(households.id, id)).get()
  return place !== undefined && isWithin(place.regionCode, actor)
}

export const papersFor = ({ db, actor }: Reading, id: string) => papersOf(db, actor, { id })
