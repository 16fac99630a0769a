import { dayOf, isDate } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Version = { at: string, visited: string | null, pregnant: number | null }
const versions = statement<[number, string], Version>(`SELECT created_at AS at, record ->> '$.household.visitDate' AS visited,
  (SELECT value ->> '$.pregnant' FROM json_each(record, '$.members') WHERE coalesce(value ->> '$.memberSeq', key + 1) = ? LIMIT 1) AS pregnant
  FROM household_versions WHERE household_id = ? ORDER BY version DESC LIMIT 50`)

// Since when the registry calls a woman pregnant: the first of the versions in a row that say so, or the visit that asked her
// again since. null: no version tells. The caller has found the household in his scope.
export function pregnantSince(db: Db, householdId: string, seq: number): string | null {
  const found = versions(db).all(seq, householdId)
  const end = found.findIndex(({ pregnant }) => pregnant !== 1)
  const saying = end === -1 ? found : found.slice(0, end)
  const [first, visited] = [saying.at(-1), saying[0]?.visited]
  if (!first) return null
  const began = dayOf(first.at)
  return visited && isDate(visited) && visited > began ? visited : began
}
