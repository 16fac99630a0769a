import { isDeepStrictEqual } from 'node:util'
import type { ImportRow } from '#app/assignments/import-rows.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Action = 'new' | 'changed' | 'same' | 'busy' | 'error'
// What confirming the row will do. id and version: the household it was compared with.
export type Plan = { action: Action, record: HouseholdRecord, id?: string, version?: number }

type Known = { id: string, regionCode: string, stage: Stage, version: number, record: string }
const byPrelistId = statement<[string], Known>(
  'SELECT id, region_code AS regionCode, stage, version, record FROM households WHERE prelist_id = ?')

export const findByPrelistId = (db: Db, prelistId: string) => byPrelistId(db).get(prelistId)

// Nobody has begun on it, or everybody is done with it. In between, the visit knows better than the list.
const AT_REST: readonly Stage[] = ['listed', 'published', 'determined']
export const isAtRest = ({ stage }: { stage: Stage }) => AT_REST.includes(stage)

export function compareRow(db: Db, { row, prelistId, regionCode, record, people, errors }: ImportRow): Plan {
  if (errors.length) return { action: 'error', record }
  const known = findByPrelistId(db, prelistId)
  if (!known) return { action: 'new', record }
  if (known.regionCode !== regionCode) {
    errors.push({ row, column: 'IDBDT', message: 'ID prelist ini sudah terdaftar di desa/kelurahan lain.', value: prelistId })
    return { action: 'error', record }
  }
  const before = JSON.parse(known.record) as HouseholdRecord
  const after = revised(before, record, people)
  if (isDeepStrictEqual(after, before)) return { action: 'same', record }
  return { action: isAtRest(known) ? 'changed' : 'busy', record: after, id: known.id, version: known.version }
}

// What the file says, over what is known. Its silence takes nothing away, except that its list of people is the list.
function revised(before: HouseholdRecord, file: HouseholdRecord, people: Answers[]): HouseholdRecord {
  const household = { ...before.household, ...given(file.household) }
  if (people.length === 0) return { ...before, household }
  const free = new Set(before.members)
  let seq = Math.max(0, ...before.members.map(({ memberSeq }) => Number(memberSeq) || 0))
  const members = file.members.map((member, i) => {
    const same = samePerson(free, member)
    if (!same) return { ...given(member), memberSeq: seq += 1 }
    free.delete(same)
    return { ...same, ...given(people[i]!, 'kkNumber'), familySeq: member.familySeq, memberSeq: same.memberSeq }
  })
  const families = file.families.map((family) => ({ ...before.families.find(({ familySeq }) => familySeq === family.familySeq), ...given(family) }))
  return { ...before, household, members, families }
}

const given = (answers: Answers, except?: string): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([key, value]) => value !== undefined && key !== except))

const nameOf = ({ name }: Answers) => String(name ?? '').toLowerCase().replace(/\s+/g, ' ').trim()

// By NIK; by name where one of the two has no NIK yet.
function samePerson(free: Set<Answers>, member: Answers): Answers | undefined {
  const others = [...free]
  return others.find(({ nik }) => nik && nik === member.nik)
    ?? others.find((other) => nameOf(other) === nameOf(member) && (!other.nik || !member.nik))
}
