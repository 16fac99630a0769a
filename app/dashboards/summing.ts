import { KINDS, type Kind } from '#app/dashboards/contributions.ts'
import { DISTRICT, PROVINCE, REGENCY } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A full count adds to desa only. At its end every place above is summed up once, from those right below it: first all
// kecamatan, then all kabupaten, then the provinces, then the country; one kind of count at a time, so that no step is long.

const LEVELS = [DISTRICT, REGENCY, PROVINCE, 0]

// Where a place and a kind stand in that order, as a text that sorts so.
export const turnOf = (place: string, kind: string) => `${LEVELS.indexOf(place.length) + 1}${place}~${kind}`
// Households are still being counted; the first turn is next; everything is summed, so that a change adds to all places above.
export const NOTHING = ''
export const FIRST = '0'
export const EVERYTHING = '~'

const nextPlace = statement<[number, string], string>('SELECT region_code FROM dashboard_places WHERE length(region_code) = ? AND region_code > ? ORDER BY region_code LIMIT 1')
const isKnown = statement<[string], unknown>('SELECT 1 FROM dashboard_places WHERE region_code = ?')
const sumUp = statement<[number, string, string, number, string, string], unknown>(`INSERT INTO dashboard_counts (round, region_code, kind, key, day, count)
  SELECT ?, ?, ?, c.key, c.day, sum(c.count) FROM dashboard_places p CROSS JOIN dashboard_counts c ON c.round = ? AND c.region_code = p.region_code AND c.kind = ?
  WHERE p.parent_code = ? GROUP BY c.key, c.day HAVING sum(c.count) <> 0`)

// Sums up one kind of one place. Returns its turn; undefined when all are summed.
export function sumNext(db: Db, round: number, summed: string): string | undefined {
  const next = nextTurn(db, summed)
  if (!next) return undefined
  sumUp(db).run(round, next.place, next.kind, round, next.kind, next.place)
  return turnOf(next.place, next.kind)
}

function nextTurn(db: Db, summed: string): { place: string, kind: Kind } | undefined {
  const [place = '', kind = ''] = summed.slice(1).split('~')
  const later = KINDS.find((one) => one > kind)
  if (summed !== FIRST && later) return { place, kind: later }
  const level = Number(summed[0])
  const sibling = level === 0 || place === '' ? undefined : placeAfter(db, LEVELS[level - 1]!, place)
  const found = sibling ?? LEVELS.slice(level).map((length) => placeAfter(db, length, '')).find((one) => one !== undefined)
  return found === undefined ? undefined : { place: found, kind: KINDS[0] }
}

// The country has no code, and no other beside it.
const placeAfter = (db: Db, length: number, after: string): string | undefined =>
  length === 0 ? isKnown(db).get('') ? '' : undefined : nextPlace(db).pluck().get(length, after) as string | undefined
