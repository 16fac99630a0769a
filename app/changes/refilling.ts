import { answerFields } from '#app/changes/answer-fields.ts'
import type { Fields } from '#app/changes/forms.ts'
import type { Change, Standing, Succession } from '#app/changes/kinds.ts'

// The form again as it was filled in: the inverse of readChange.
export function fieldsOf(change: Change): Fields {
  return Object.fromEntries(Object.entries({ on: change.on, ...ownFields(change) }).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]))
}

type Told = Record<string, string | number | boolean | undefined>

function ownFields(change: Change): Told {
  switch (change.kind) {
    case 'correction': return answerFields(change.answers)
    case 'birth': return { ...plain(change), certificate: change.certificate ? '1' : '' }
    case 'death': return { memberSeq: change.memberSeq, ...heirs(change.succession) }
    case 'marriage': return {
      ...plain(change), ...place(change.home), ...heirs(change.succession), begunBy: undefined, comes: change.begunBy && '1',
      otherNewHead: change.otherSuccession?.head, otherNewFamilyHead: change.otherSuccession?.familyHead,
    }
    case 'member_move': return { ...plain(change), ...chosen(change.movers), ...heirs(change.succession) }
    case 'family_split': return { kkNumber: change.kkNumber, ...chosen(change.movers), living: change.home ? 'new_household' : 'new_family', ...place(change.home), ...heirs(change.succession) }
    case 'family_merge': return { ...plain(change), ...standings(change.movers) }
    case 'household_move': return { targetRegionCode: change.to, address: change.address, slsName: change.slsName, ...Object.fromEntries(change.kkNumbers.map(({ familySeq, kkNumber }) => [`kkNumber.${familySeq}`, kkNumber])) }
    case 'deactivation': return { reasonCode: change.reason }
    case 'reactivation': return Object.fromEntries((change.present ?? []).map((seq) => [`present.${seq}`, '1']))
  }
}

const plain = (change: Change): Told => Object.fromEntries(Object.entries(change)
  .filter(([name, value]) => !['kind', 'householdId', 'otherId'].includes(name) && typeof value !== 'object')) as Told
const place = (home: { address: string, slsName?: string } | undefined): Told => home ? { address: home.address, slsName: home.slsName } : {}

const standings = (people: Standing[], [toHead, toFamilyHead] = ['relationToHead', 'relationToFamilyHead']): Told =>
  Object.fromEntries(people.flatMap(({ memberSeq, relationToHead, relationToFamilyHead }) => [[`${toHead}.${memberSeq}`, relationToHead], [`${toFamilyHead}.${memberSeq}`, relationToFamilyHead]]))
const chosen = (movers: Standing[]): Told => ({ ...Object.fromEntries(movers.map(({ memberSeq }) => [`mover.${memberSeq}`, '1'])), ...standings(movers) })
const heirs = ({ head, familyHead, relations = [] }: Succession = {}): Told => ({ newHead: head, newFamilyHead: familyHead, ...standings(relations, ['heirToHead', 'heirToFamilyHead']) })
