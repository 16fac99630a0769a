import { isEmpty, parsePath, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Roster } from '#app/questionnaire/types.ts'

// A checker's remark names its question by the place of the row. When rows go or come, it follows its row.

const KNOWN_BY: Record<Exclude<Roster, 'household'>, string> = { families: 'familySeq', members: 'memberSeq', children: 'name', businesses: 'ownerName' }

// Where the question stands in the record as it is now. Of a row that is gone nothing but the kind of row is left.
export function followRow(path: string, before: HouseholdRecord, after: HouseholdRecord): string {
  const place = parsePath(path)
  if (!place || place.roster === 'household') return path
  const { roster, index, key } = place
  const at = findRow(before[roster], after[roster], index, KNOWN_BY[roster])
  return `${roster}.${at < 0 ? GONE : at}.${key}`
}
const GONE = '-'

// By its number or name; of two that share one, the first stays the first. A name may have been mended in its place.
function findRow(before: Answers[], after: Answers[], index: number, key: string): number {
  const known = before[index]?.[key]
  const alike = (rows: Answers[]) => rows.flatMap((row, i) => row[key] === known ? [i] : [])
  const at = isEmpty(known) ? undefined : alike(after)[alike(before).indexOf(index)]
  return at ?? (before.length === after.length ? index : -1)
}

type Saved = Record<string, string>

// Which pages were saved, once the row at this place is gone: those of the rows after it move up.
export const savedWithout = (saved: Saved, roster: string, index: number): Saved => Object.fromEntries(Object.entries(saved).flatMap(([section, at]): [string, string][] => {
  const now = movedUp(section, roster, index)
  return now === undefined ? [] : [[now, at]]
}))

// The same place once the row is gone; undefined: it was of that row.
export function movedUp(path: string, roster: string, index: number): string | undefined {
  const [first, at, ...rest] = path.split('.')
  if (first !== roster || at === undefined || Number(at) < index) return path
  return Number(at) === index ? undefined : [first, Number(at) - 1, ...rest].join('.')
}
