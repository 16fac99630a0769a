import { randomUUID } from 'node:crypto'
import { turned, type Finding, type FindingKind } from '#app/duplicates/pairs.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Place = { id: string, number: number, regionCode: string }
type Pair = { id: string, number: number, oneHousehold: string, otherHousehold: string, status: string, findings: string, apart: string, oneRegion: string, otherRegion: string }

const COLUMNS = `id, number, one_household AS oneHousehold, other_household AS otherHousehold, status, findings, apart, one_region AS oneRegion, other_region AS otherRegion`
const pairsOf = statement<{ id: string }[], Pair>(`SELECT ${COLUMNS} FROM duplicate_pairs WHERE one_household = @id
  UNION SELECT ${COLUMNS} FROM duplicate_pairs WHERE other_household = @id`)
const between = statement<[string, string], Pair>(`SELECT ${COLUMNS} FROM duplicate_pairs WHERE one_household = ? AND +other_household = ?`)
const placeOf = statement<[number], Place>('SELECT id, number, region_code AS regionCode FROM households WHERE number = ?')
const putPair = statement<unknown[], unknown>(`INSERT INTO duplicate_pairs (id, one_household, other_household, one_region, other_region, kind, status, score,
  found_at, changed_at, findings, apart) VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, '[]')`)
const changePair = statement<unknown[], unknown>(`UPDATE duplicate_pairs SET kind = ?, status = ?, score = ?, changed_at = ?, findings = ?, one_region = ?, other_region = ?,
  votes = CASE WHEN ? THEN '' ELSE votes END WHERE id = ?`)
const endPair = statement<[string, string], unknown>("UPDATE duplicate_pairs SET status = 'gone', changed_at = ? WHERE id = ? AND status NOT IN ('gone', 'apart')")

// found: all that this household has in common with others, by their numbers; what was known and is not found any more has gone.
export function keepPairs(db: Db, household: Place, found: Map<number, Finding[]>, now: string) {
  const known = new Map(pairsOf(db).all({ id: household.id }).map((pair) => [pair.oneHousehold === household.id ? pair.otherHousehold : pair.oneHousehold, pair]))
  for (const [number, findings] of found) {
    const other = placeOf(db).get(number)
    if (!other) continue
    const pair = known.get(other.id)
    known.delete(other.id)
    if (pair) renewPair(db, pair, sidesOf(household, other, findings, pair.oneHousehold === household.id), now)
    else beginPair(db, household, other, findings, now)
  }
  for (const { id } of known.values()) endPair(db).run(now, id)
}

const isLater = statement<[string, string], unknown>('SELECT 1 FROM duplicate_later WHERE household_id IN (?, ?)')

// What a search through everybody found between two households; findings are seen from the lower number. Tells which pair it is.
// What has changed meanwhile is looked at again by itself.
export function keepPair(db: Db, numbers: [lower: number, higher: number], findings: Finding[], now: string): number | undefined {
  const [one, other] = [placeOf(db).get(numbers[0]), placeOf(db).get(numbers[1])]
  if (!one || !other) return undefined
  const pair = between(db).get(one.id, other.id)
  if (isLater(db).get(one.id, other.id)) return pair?.number
  if (!pair) return beginPair(db, one, other, findings, now)
  renewPair(db, pair, sidesOf(one, other, findings, true), now)
  return pair.number
}

const openAfter = statement<[number, number], { id: string, number: number }>(`SELECT id, number FROM duplicate_pairs WHERE number > ?
  AND status NOT IN ('gone', 'apart') AND NOT EXISTS (SELECT 1 FROM duplicate_later WHERE household_id IN (one_household, other_household)) ORDER BY number LIMIT ?`)

// Ends what a search through everybody did not find again, some at a time. Returns where to go on.
export function endOthers(db: Db, found: Set<number>, after: number, some: number, now: string): number | undefined {
  const pairs = openAfter(db).all(after, some)
  for (const { id, number } of pairs) if (!found.has(number)) endPair(db).run(now, id)
  return pairs.at(-1)?.number
}

type Sides = { oneRegion: string, otherRegion: string, findings: Finding[] }
const sidesOf = ({ regionCode }: Place, other: Place, findings: Finding[], isOne: boolean): Sides => isOne
  ? { oneRegion: regionCode, otherRegion: other.regionCode, findings } : { oneRegion: other.regionCode, otherRegion: regionCode, findings: findings.map(turned) }

// The household that came first is "one".
function beginPair(db: Db, household: Place, other: Place, findings: Finding[], now: string): number {
  const isOne = household.number < other.number
  const [one, two] = isOne ? [household.id, other.id] : [other.id, household.id]
  const { oneRegion, otherRegion, findings: told } = sidesOf(household, other, findings, isOne)
  const { lastInsertRowid } = putPair(db).run(randomUUID(), one, two, oneRegion, otherRegion, kindOf(told), scoreOf(told), now, now, JSON.stringify(told))
  return Number(lastInsertRowid)
}

const GRAVITY: FindingKind[] = ['nik', 'kk', 'person']
const kindOf = (findings: Finding[]) => GRAVITY.find((kind) => findings.some((finding) => finding.kind === kind))!
const scoreOf = (findings: Finding[]) => Math.max(...findings.map(({ score }) => score))

// What was decided to be kept apart stays so; only a finding with another print, which is that of changed people, opens it again.
function renewPair(db: Db, pair: Pair, { oneRegion, otherRegion, findings }: Sides, now: string) {
  const apart: string[] = JSON.parse(pair.apart)
  const open = findings.filter(({ print }) => !apart.includes(print))
  if (open.length === 0) return
  const before = (JSON.parse(pair.findings) as Finding[]).map(({ print }) => print).sort().join()
  const isNew = open.map(({ print }) => print).sort().join() !== before
  const status = pair.status === 'gone' || pair.status === 'apart' || (isNew && pair.status === 'returned') ? 'open' : pair.status
  if (!isNew && status === pair.status && oneRegion === pair.oneRegion && otherRegion === pair.otherRegion) return
  changePair(db).run(kindOf(open), status, scoreOf(open), now, JSON.stringify(open), oneRegion, otherRegion, isNew ? 1 : 0, pair.id)
}
