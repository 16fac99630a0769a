import { isEmpty, isPresent, presentMembers, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'

// What happened to people, cards and address between two versions of a household, told for a reader. Pure.
export type LifeEvent =
  | { what: 'born' | 'arrived' | 'left' | 'died' | 'struck' | 'returned', seq: number, name: string, nik: string | null, on: string | null }
  | { what: 'began', people: number }
  | { what: 'card_new' | 'card_ended', family: number, kk: string }
  | { what: 'card_changed', family: number, kk: string, old: string }
  | { what: 'family_changed', seq: number, name: string, nik: string | null, family: number, kk: string }
  | { what: 'head', name: string, old: string }
  | { what: 'address', address: string, old: string }
  | { what: 'married' | 'widowed', seq: number, name: string, nik: string | null }

const text = (value: Value | undefined) => isEmpty(value) ? '' : String(value)
const nikOf = ({ nik }: Answers) => text(nik) || null
const who = (member: Answers) => ({ seq: Number(member.memberSeq), name: text(member.name), nik: nikOf(member) })

export function eventsBetween(before: HouseholdRecord | undefined, after: HouseholdRecord): LifeEvent[] {
  if (!before) return [{ what: 'began', people: presentMembers(after).length }, ...after.families.filter(({ kkNumber }) => !isEmpty(kkNumber)).map(cardNew)]
  const numbered = (seq: Value | undefined) => before.members.find(({ memberSeq }) => memberSeq === seq)
  return [
    ...after.members.flatMap((member) => memberEvents(numbered(member.memberSeq), member, after)),
    ...before.members.filter(({ memberSeq }) => !after.members.some((member) => member.memberSeq === memberSeq)).map((member): LifeEvent => ({ what: 'struck', ...who(member), on: null })),
    ...cardEvents(before, after), ...placeEvents(before, after),
  ]
}

const cardNew = ({ familySeq, kkNumber }: Answers): LifeEvent => ({ what: 'card_new', family: Number(familySeq), kk: text(kkNumber) })

function memberEvents(before: Answers | undefined, after: Answers, record: HouseholdRecord): LifeEvent[] {
  const [was, is] = [before !== undefined && isPresent(before), isPresent(after)]
  const on = text(after.presenceSince) || null
  if (!was && is) return [{ what: before ? 'returned' : on !== null && on === after.birthDate ? 'born' : 'arrived', ...who(after), on }]
  if (was && !is) return [{ what: after.memberPresence === 2 ? 'died' : after.memberPresence === 3 ? 'left' : 'struck', ...who(after), on }]
  if (!was || !before) return []
  const card = record.families.find(({ familySeq }) => familySeq === after.familySeq)
  return [
    ...(before.familySeq !== after.familySeq ? [{ what: 'family_changed' as const, ...who(after), family: Number(after.familySeq), kk: text(card?.kkNumber) }] : []),
    ...(before.maritalStatus !== 2 && after.maritalStatus === 2 ? [{ what: 'married' as const, ...who(after) }] : []),
    ...(before.maritalStatus === 2 && after.maritalStatus === 4 ? [{ what: 'widowed' as const, ...who(after) }] : []),
  ]
}

function cardEvents({ families: before }: HouseholdRecord, { families: after }: HouseholdRecord): LifeEvent[] {
  const counterpart = (rows: Answers[], { familySeq }: Answers) => rows.find((row) => row.familySeq === familySeq)
  return [
    ...after.flatMap((family): LifeEvent[] => {
      const old = counterpart(before, family)
      if (!old || isEmpty(old.kkNumber)) return isEmpty(family.kkNumber) ? [] : [cardNew(family)]
      return old.kkNumber === family.kkNumber ? [] : [{ what: 'card_changed', family: Number(family.familySeq), kk: text(family.kkNumber), old: text(old.kkNumber) }]
    }),
    ...before.filter((family) => !isEmpty(family.kkNumber) && !counterpart(after, family))
      .map(({ familySeq, kkNumber }): LifeEvent => ({ what: 'card_ended', family: Number(familySeq), kk: text(kkNumber) })),
  ]
}

function placeEvents({ household: before }: HouseholdRecord, { household: after }: HouseholdRecord): LifeEvent[] {
  return [
    ...(before.headName !== after.headName ? [{ what: 'head' as const, name: text(after.headName), old: text(before.headName) }] : []),
    ...(before.address !== after.address ? [{ what: 'address' as const, address: text(after.address), old: text(before.address) }] : []),
  ]
}

// Only what concerns one person: by the number there, and the card of the family the person is in.
export const concerning = (events: LifeEvent[], seq: number, family: Value | undefined): LifeEvent[] => events.filter((event) =>
  'seq' in event ? event.seq === seq : 'family' in event ? event.family === family : event.what === 'address')
