import { memberNumber, type Person } from '#app/duplicates/keys.ts'
import { plainName } from '#app/duplicates/names.ts'
import { isDate } from '#app/questionnaire/age.ts'
import { presentMembers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Scanned = { id: string, number: number, regionCode: string, record: string, living: 0 | 1 }

const COLUMNS = `id, number, region_code AS regionCode, record, stage <> 'withdrawn'
  AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = households.id) AS living`
const byId = statement<[string], Scanned>(`SELECT ${COLUMNS} FROM households WHERE id = ?`)
const following = statement<[number, number], Scanned>(`SELECT ${COLUMNS} FROM households WHERE number > ? ORDER BY number LIMIT ?`)

export const findScanned = (db: Db, householdId: string) => byId(db).get(householdId)
export const scannedAfter = (db: Db, number: number, some: number) => following(db).all(number, some)

const text = (value: Value | undefined) => typeof value === 'string' && value !== '' ? value : null

// A household that is no longer active has nobody left to look for.
export function peopleOf({ number, regionCode, record: stored, living }: Scanned): Person[] {
  if (living === 0) return []
  const record = JSON.parse(stored) as HouseholdRecord
  const seqs = new Set<number>()
  return presentMembers(record).flatMap(({ memberSeq, familySeq, name, sex, birthDate, nik, motherMaidenName }, i): Person[] => {
    const seq = typeof memberSeq === 'number' && memberSeq > 0 && memberSeq < 1000 ? memberSeq : i + 1
    const plain = plainName(text(name) ?? '')
    if (plain === '' || seqs.has(seq)) return []
    seqs.add(seq)
    return [{
      member: memberNumber(number, seq), name: plain, sex: sex === 1 || sex === 2 ? sex : null, nik: text(nik), mother: plainName(text(motherMaidenName) ?? ''),
      birthDate: typeof birthDate === 'string' && isDate(birthDate) ? birthDate : null, regionCode,
      kkNumber: text(record.families.find((family) => family.familySeq === familySeq)?.kkNumber),
    }]
  })
}
