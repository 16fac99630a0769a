import { isDummyNumber, findNikMistakes } from '#app/questionnaire/nik.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { completeAnswers, wholeFamilies, type GateFailure } from '#app/ratification/gates.ts'

// The integrity criteria once more, by the office that receives: what one record shows by itself. Who is named by two
// kabupaten is found where all of them lie together (storing.ts).
export function judgeRecord(record: HouseholdRecord, today: string): GateFailure[] {
  if (record.household.hasilVerivali !== 1) return []
  return [...twiceInside(record), ...identified(record, today), ...wholeFamilies(record), ...completeAnswers({ record, questionnaireVersion: CURRENT.version, today })]
}

function twiceInside(record: HouseholdRecord): GateFailure[] {
  const seen = new Set<unknown>()
  return presentMembers(record).flatMap(({ nik, memberSeq }): GateFailure[] => {
    if (!nik) return []
    if (seen.has(nik)) return [{ gate: 'a', message: `ART ${memberSeq}: NIK sama dengan anggota lain di rumah ini.` }]
    seen.add(nik)
    return []
  })
}

const identified = (record: HouseholdRecord, today: string): GateFailure[] => presentMembers(record).flatMap(({ nik, name, memberSeq, sex, birthDate }): GateFailure[] => {
  if (!name) return [{ gate: 'b', message: `ART ${memberSeq}: nama belum diisi.` }]
  if (!nik) return [{ gate: 'b', message: `ART ${memberSeq}: belum memiliki NIK.` }]
  const [mistake] = findNikMistakes(String(nik), { sex, birthDate, today }).filter(({ severity }) => severity === 'error')
  return mistake ? [{ gate: 'b', message: `ART ${memberSeq}: ${mistake.message}` }] : []
})

// Whoever bears it can be told from everybody else.
export const isNumber = (value: unknown): value is string => typeof value === 'string' && /^\d{16}$/.test(value) && !isDummyNumber(value)
