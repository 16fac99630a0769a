import { matchOfPerson } from '#app/matching/states.ts'
import { isEmpty, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { findMistakes, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The five integrity criteria of Permensos 3/2021 art. 8(3), as gates a record must pass before it is ratified. Their
// words are on the screen: views/ratification/gates.tsx.
export type Gate = 'a' | 'b' | 'c' | 'd' | 'e'
export type GateFailure = { gate: Gate, message: string }

// Why something is taken out of a batch, for whoever has to mend it.
export const withFailures = (note: string, failures: readonly GateFailure[]) => [note, ...failures.map(({ message }) => message)].join(' ').slice(0, LONGEST_NOTE)
const LONGEST_NOTE = 1000

// besides: households of the same change. What moves from one of them to another is in neither twice.
type Candidate = { householdId: string, record: HouseholdRecord, outcome: number, questionnaireVersion: string, today: string, besides?: string[] }

const present = ({ members }: HouseholdRecord) =>
  members.filter(({ memberPresence }) => memberPresence === 1 || memberPresence === 4)

// What keeps this record from being ratified. A household that was not interviewed claims nothing of its people.
export function findGateFailures(db: Db, candidate: Candidate): GateFailure[] {
  if (candidate.outcome !== 1) return []
  const { record } = candidate
  return [
    ...uniquePeople(db, candidate), ...identifiedPeople(db, candidate), ...wholeFamilies(record),
    ...apartFamilies(db, candidate), ...completeAnswers(candidate),
  ]
}

const who = ({ name, memberSeq }: Answers) => `ART ${memberSeq} (${name ?? 'tanpa nama'})`

// Whose it is, as far as the reader's own office may know: beyond the kabupaten no name is told.
const TOLD = `CASE WHEN substr(h.region_code, 1, 5) = coalesce((SELECT substr(region_code, 1, 5) FROM households WHERE id = ?), substr(h.region_code, 1, 5))
  THEN h.head_name ELSE 'di kabupaten/kota lain' END AS headName`

const otherHouseholdWithNik = statement<[string, string, string, string], { headName: string }>(`SELECT ${TOLD} FROM members m
  JOIN households h ON h.id = m.household_id WHERE m.nik = ? AND m.household_id <> ? AND h.stage <> 'withdrawn'
  AND m.household_id NOT IN (SELECT value FROM json_each(?)) AND COALESCE(m.presence, 1) IN (1, 4)
  AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) LIMIT 1`)

function uniquePeople(db: Db, { householdId, record, besides = [] }: Candidate): GateFailure[] {
  const seen = new Map<string, Answers>()
  return present(record).flatMap((member): GateFailure[] => {
    if (typeof member.nik !== 'string' || member.nik === '') return []
    const twin = seen.get(member.nik)
    seen.set(member.nik, member)
    if (twin) return [{ gate: 'a', message: `${who(member)}: NIK sama dengan ${who(twin)}.` }]
    const other = otherHouseholdWithNik(db).get(householdId, member.nik, householdId, JSON.stringify(besides))
    return other ? [{ gate: 'a', message: `${who(member)}: NIK sudah ada di rumah tangga ${other.headName}.` }] : []
  })
}

// The newest answer of Dukcapil about this NIK and name, or where there is none what the record itself says of it
// (dukcapilMatch, 2 = tidak padan); and the NIK's own rules.
function identifiedPeople(db: Db, { householdId, record, today }: Candidate): GateFailure[] {
  const failures: GateFailure[] = record.household.address ? [] : [{ gate: 'b', message: 'Alamat belum diisi.' }]
  for (const member of present(record)) {
    const { nik, name, sex, birthDate, dukcapilMatch } = member
    const answer = nik ? matchOfPerson(db, householdId, { nik: String(nik), name: String(name ?? '') }) : undefined
    if (!name) failures.push({ gate: 'b', message: `ART ${member.memberSeq}: nama belum diisi.` })
    if (!nik) failures.push({ gate: 'b', message: `${who(member)}: belum memiliki NIK.` })
    else if (answer?.failure) failures.push({ gate: 'b', message: `${who(member)}: ${answer.failure}` })
    else if (!answer && dukcapilMatch === 2) failures.push({ gate: 'b', message: `${who(member)}: tidak padan dengan Dukcapil.` })
    else {
      const [mistake] = findNikMistakes(String(nik), { sex: sex as 1 | 2, birthDate: birthDate as string, today })
        .filter(({ severity }) => severity === 'error')
      if (mistake) failures.push({ gate: 'b', message: `${who(member)}: ${mistake.message}` })
    }
  }
  return failures
}

export function wholeFamilies(record: HouseholdRecord): GateFailure[] {
  return record.families.flatMap(({ familySeq, kkNumber, kkMissingReason }): GateFailure[] => {
    const people = present(record).filter((member) => member.familySeq === familySeq)
    const heads = people.filter(({ relationToFamilyHead }) => relationToFamilyHead === 1)
    if (people.length === 0) return [{ gate: 'c', message: `Keluarga ${familySeq}: tidak ada anggotanya.` }]
    if (heads.length !== 1) return [{ gate: 'c', message: `Keluarga ${familySeq}: kepala keluarga harus tepat satu.` }]
    return kkNumber ? [] : [{ gate: 'c', message: isEmpty(kkMissingReason) ? `Keluarga ${familySeq}: Nomor KK belum diisi.` : `Keluarga ${familySeq}: belum memiliki KK, menunggu Dukcapil.` }]
  })
}

const otherHouseholdWithKk = statement<[string, string, string, string], { headName: string }>(`SELECT ${TOLD} FROM families f
  JOIN households h ON h.id = f.household_id WHERE f.kk_number = ? AND f.household_id <> ? AND h.stage <> 'withdrawn'
  AND f.household_id NOT IN (SELECT value FROM json_each(?)) AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) LIMIT 1`)

function apartFamilies(db: Db, { householdId, record, besides = [] }: Candidate): GateFailure[] {
  return record.families.flatMap(({ familySeq, kkNumber }): GateFailure[] => {
    if (typeof kkNumber !== 'string' || kkNumber === '') return []
    const twice = record.families.some((other) => other.kkNumber === kkNumber && other.familySeq !== familySeq)
    if (twice) return [{ gate: 'd', message: `Keluarga ${familySeq}: Nomor KK dipakai dua keluarga di rumah ini.` }]
    const other = otherHouseholdWithKk(db).get(householdId, kkNumber, householdId, JSON.stringify(besides))
    return other ? [{ gate: 'd', message: `Keluarga ${familySeq}: Nomor KK juga ada di rumah tangga ${other.headName}.` }] : []
  })
}

export function completeAnswers({ record, questionnaireVersion, today }: Pick<Candidate, 'record' | 'questionnaireVersion' | 'today'>): GateFailure[] {
  const questionnaire = questionnaireOf(questionnaireVersion)
  if (!questionnaire) return [{ gate: 'e', message: `Versi kuesioner ${questionnaireVersion} tidak dikenal.` }]
  return findMistakes(questionnaire, record, { context: { today } })
    .filter(({ severity }) => severity === 'error').slice(0, 20)
    .map(({ message }): GateFailure => ({ gate: 'e', message }))
}
