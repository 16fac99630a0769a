import { programmeOf } from '#app/programmes/registry.ts'
import type { Phase } from '#app/programmes/programme.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { idAt } from '#db/seeds/bulk/ids.ts'
import type { Random } from '#db/seeds/random.ts'

// A family as the list of a programme has it, for those whose answers say that they receive.
export type Enrolled = {
  id: string, programme: 'pkh' | 'sembako', regionCode: string, householdId: string, familySeq: number, name: string, nik: string | null, kkNumber: string | null, address: string
  number: string | null, state: string, data: Record<string, string>
}

const STATES = {
  pkh: [[90, 'active'], [5, 'commitment'], [3, 'suspended'], [2, 'candidate']], sembako: [[91, 'active'], [5, 'suspended'], [4, 'account_check']],
} as const
const ANSWER = { pkh: 'progPkh', sembako: 'progRastra' } as const
export const phaseOf = ({ programme, state }: Pick<Enrolled, 'programme' | 'state'>): Phase => programmeOf(programme).states[state]!.phase

export function enrol(random: Random, { household, members, families }: HouseholdRecord, { householdId, serial, regionCode, ms }: { householdId: string, serial: number, regionCode: string, ms: number }): Enrolled[] {
  const [head, family] = [members[0]!, families[0]!]
  return (['pkh', 'sembako'] as const).filter((programme) => household[ANSWER[programme]] === true).map((programme): Enrolled => {
    const state = random.weighted<string>(STATES[programme])
    const number = state === 'candidate' || state === 'account_check' ? null : programme === 'pkh' ? `9902${String(serial).padStart(10, '0')}` : `60130199${String(serial).padStart(8, '0')}`
    return {
      id: idAt(random, ms), programme, regionCode, householdId, familySeq: 1, name: String(head.name), nik: head.nik ? String(head.nik) : null, kkNumber: family.kkNumber ? String(family.kkNumber) : null,
      address: String(household.address), number, state, data: programme === 'sembako' ? { bank: 'bri', accountState: state === 'account_check' ? 'checking' : 'good' } : {},
    }
  })
}
