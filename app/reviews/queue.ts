import { and, count, eq, gt, inArray, ne, sql, sum, type SQL } from 'drizzle-orm'
import { judgedIn } from '#app/evidence/queue.ts'
import type { Stage } from '#app/households/stages.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { levelOf, WAITING, wasSentBack } from '#app/reviews/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { firstOf, oneByOne } from '#db/merging.ts'
import { householdCounts, households, visits } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

// order: without it the oldest first, because an officer waits for each; by weight what most needs a look.
export type Filter = { village?: string, officer?: string, outcome?: number, flags?: 'yes' | 'no', order?: 'weight' }

// Where a case stands in the queue: since when it waits, and its number where two came at once; first its weight, in that order.
export type Place = { stageAt: string, number: number, weight?: number }

const PAGE_SIZE = 50
const START: Place = { stageAt: '', number: 0 }

// A page of the queue with what stands around it, all from one reading of what waits where.
export function readQueue(db: Db, actor: Actor, filter: Filter = {}, after: Place = START) {
  const waits = waitsFor(db, actor)
  const found = filter.village || filter.officer ? waitsFor(db, actor, filter) : waits
  const { cases, next } = listWaiting(db, actor, filter, after, found)
  const oldest = after === START && filter.order === undefined ? cases[0]?.stageAt ?? null : oldestWaiting(db, actor, filter, found)
  return { cases, next, counts: { ...countWaiting(db, actor, filter, found), oldest }, choices: choicesAmong(db, actor, filter, waits) }
}

// Oldest first. A whole kabupaten is one seek in an index of what Dinsos waits for; else each village is one in the index (stage,
// village, since), and the firsts of each are put together here, so that neither the length of the queue nor the size of the region is felt.
// waits: of the filter's village and officer, where the caller has read them anyway.
export function listWaiting(db: Db, actor: Actor, filter: Filter = {}, after: Place = START, waits?: Waits[]) {
  const places = firstPlaces(db, actor, filter, after, PAGE_SIZE + 1, waits)
  const shown = places.slice(0, PAGE_SIZE)
  return { cases: casesAt(db, shown), next: places.length > PAGE_SIZE ? shown.at(-1)! : null }
}

export type WaitingCase = ReturnType<typeof casesAt>[number]

// The visit that follows `after` in the same queue; undefined at its end.
export function nextWaiting(db: Db, actor: Actor, filter: Filter = {}, after: Place = START) {
  const [place] = firstPlaces(db, actor, filter, after, 1)
  return place && casesAt(db, [place])[0]
}

// Of what waits at one stage in one village.
type Waits = { stage: Stage, code: string, name: string, waiting: number, flagged: number }

const waitsFor = (db: Db, actor: Actor, filter: Filter = {}): Waits[] => db.all<Waits>(sql`SELECT stage, region_code AS code, name,
    sum(n) AS waiting, sum(household_counts.flagged * n) AS flagged FROM household_counts JOIN regions ON code = region_code
  WHERE ${counted(actor, filter)} GROUP BY region_code, stage ORDER BY name, code`)

// What remains of them with flags, or without.
const narrowed = (waits: Waits[], { flags }: Filter): Waits[] => waits
  .map((one) => flags === undefined ? one : flags === 'yes' ? { ...one, waiting: one.flagged } : { ...one, waiting: one.waiting - one.flagged, flagged: 0 })
  .filter(({ waiting }) => waiting > 0)

export function countWaiting(db: Db, actor: Actor, filter: Filter = {}, waits = waitsFor(db, actor, filter)) {
  if (filter.outcome) return countEach(db, actor, filter)
  const found = narrowed(waits, filter)
  const of = (rows: Waits[], key: 'waiting' | 'flagged') => rows.reduce((all, row) => all + row[key], 0)
  return { waiting: of(found, 'waiting'), flagged: of(found, 'flagged'), rechecks: of(found.filter(({ stage }) => stage === 'recheck'), 'waiting') }
}

// By outcome nothing is counted beforehand: whoever asks for one waits for the queue to be read.
function countEach(db: Db, actor: Actor, filter: Filter) {
  const { waiting, flagged, rechecks } = db.select({
    waiting: count(), flagged: sum(sql`${households.flagCount} > 0`).mapWith(Number), rechecks: sum(sql`${households.stage} = 'recheck'`).mapWith(Number),
  }).from(households).where(mine(actor, filter)).get()!
  return { waiting, flagged: flagged ?? 0, rechecks: rechecks ?? 0 }
}

// Since when the longest waiting one waits.
export const oldestWaiting = (db: Db, actor: Actor, filter: Filter = {}, waits?: Waits[]): string | null =>
  firstPlaces(db, actor, { ...filter, order: undefined }, START, 1, waits)[0]?.stageAt ?? null

// What the queue can be narrowed to: the villages and officers that have something waiting. officers: null where there are too many
// for a list to choose from, until one village is chosen; of one who is chosen already, he alone.
function choicesAmong(db: Db, actor: Actor, { village, officer }: Filter, waits: Waits[]) {
  const villages = new Map<string, Pick<Waits, 'code' | 'name' | 'waiting'>>()
  for (const { code, name, waiting } of waits) villages.set(code, { code, name, waiting: waiting + (villages.get(code)?.waiting ?? 0) })
  const few = village !== undefined || villages.size <= MOST_VILLAGES
  return { villages: [...villages.values()].slice(0, MOST_CHOICES), officers: few || officer ? listOfficers(db, actor, few ? { village } : { officer }) : null }
}

const [MOST_VILLAGES, MOST_CHOICES] = [30, 1000]
const listOfficers = (db: Db, actor: Actor, filter: Filter) =>
  db.all<{ id: string, name: string, waiting: number }>(sql`SELECT id, name, sum(n) AS waiting FROM household_counts JOIN users ON id = officer_id
    WHERE ${counted(actor, filter)} GROUP BY id ORDER BY name, id LIMIT ${MOST_CHOICES}`)

// The same queue, as it is counted beforehand; by flags and outcome it is narrowed elsewhere.
const counted = (actor: Actor, { village, officer }: Filter = {}): SQL => and(
  inArray(householdCounts.stage, [...WAITING[levelOf(actor)]]), within(householdCounts.regionCode, actor), gt(householdCounts.n, 0),
  ne(householdCounts.officerId, actor.id),
  village ? under(householdCounts.regionCode, village) : undefined,
  officer ? eq(householdCounts.officerId, officer) : undefined,
)!

// Nobody decides their own work, so it does not wait for them either.
const mine = (actor: Actor, { village, officer, outcome, flags }: Filter = {}): SQL => and(
  inArray(households.stage, [...WAITING[levelOf(actor)]]), within(households.regionCode, actor),
  sql`${households.officerId} IS NOT ${actor.id}`,
  village ? under(households.regionCode, village) : undefined,
  officer ? eq(households.officerId, officer) : undefined,
  outcome ? eq(households.outcome, outcome) : undefined,
  flags ? sql`(${households.flagCount} > 0) = ${flags === 'yes' ? 1 : 0}` : undefined,
)!

// place: a desa, or a whole kabupaten.
type Seek = { stage: string, place: string, me: string, officer: string | null, outcome: number | null, flagged: number | null, limit: number, weight: number } & Place

// Along one index by time, and of the flagged along another by weight: those of one weight that wait longer, and those of less weight.
function seeksAlong(byTime: string, byWeight: string, place: string) {
  const wanted = `${place} AND officer_id IS NOT @me AND (@officer IS NULL OR officer_id = @officer) AND (@outcome IS NULL OR outcome = @outcome)`
  const heavy = `SELECT stage_at AS stageAt, number, flag_weight AS weight FROM households INDEXED BY ${byWeight} WHERE ${wanted} AND flag_weight > 0`
  const LATER = '(stage_at, number) > (@stageAt, @number)'
  return {
    byTime: statement<[Seek], Place>(`SELECT stage_at AS stageAt, number FROM households INDEXED BY ${byTime}
      WHERE ${wanted} AND ${LATER} AND (@flagged IS NULL OR (flag_count > 0) = @flagged) ORDER BY stage_at, number LIMIT @limit`),
    same: statement<[Seek], Place>(`${heavy} AND flag_weight = @weight AND ${LATER} ORDER BY stage_at, number LIMIT @limit`),
    less: statement<[Seek], Place>(`${heavy} AND flag_weight < @weight ORDER BY flag_weight DESC, stage_at, number LIMIT @limit`),
  }
}
const IN_VILLAGE = seeksAlong('households_by_stage', 'households_by_weight', 'stage = @stage AND region_code = @place')
const IN_REGENCY = seeksAlong('households_checked', 'households_checked_by_weight', `stage = 'checked' AND substr(region_code, 1, ${REGENCY}) = @place`)

function firstPlaces(db: Db, actor: Actor, filter: Filter, after: Place, limit: number, waits?: Waits[]): Place[] {
  const { officer, outcome, flags, order } = filter
  const wanted = {
    ...after, me: actor.id, limit, officer: officer ?? null, outcome: outcome ?? null,
    flagged: flags ? Number(flags === 'yes') : null, weight: after.weight ?? HEAVIEST,
  }
  const whole = isOfWholeRegencies(actor, filter)
  const places = whole ? actor.regions.map((place) => ({ stage: 'checked', place }))
    : narrowed(waits ?? waitsFor(db, actor, filter), filter).map(({ stage, code }) => ({ stage, place: code }))
  const { byTime, same, less } = whole ? IN_REGENCY : IN_VILLAGE
  const collect = (read: (seek: Seek) => Place[], more: Partial<Seek> = {}) =>
    firstOf(places.map((place) => oneByOne(read, { ...wanted, ...more, ...place }, Math.ceil(limit / places.length))), limit, inOrder)
  if (order !== 'weight') return collect((one) => byTime(db).all(one))
  const heavy = flags === 'no' || wanted.weight === 0 ? [] : collect((one) => {
    const found = same(db).all(one)
    return found.length === one.limit ? found : [...found, ...less(db).all(one)].slice(0, one.limit)
  })
  if (heavy.length === limit || flags === 'yes') return heavy
  const light = collect((one) => byTime(db).all(one), { flagged: 0, ...(wanted.weight === 0 ? {} : START) })
  return [...heavy, ...light.map((place) => ({ ...place, weight: 0 }))].slice(0, limit)
}

// An officer's own few would be looked for in all of it.
const isOfWholeRegencies = (actor: Actor, { village, officer }: Filter) =>
  levelOf(actor) === 2 && !village && !officer && actor.regions.every((code) => code.length === REGENCY)

const HEAVIEST = 1_000_000
const inOrder = (one: Place, other: Place) => (other.weight ?? 0) - (one.weight ?? 0) || compare(one.stageAt, other.stageAt) || one.number - other.number

const compare = (one: string, other: string) => one < other ? -1 : Number(one > other)

function casesAt(db: Db, places: Place[]) {
  const rank = new Map(places.map(({ number }, i) => [number, i]))
  return readCases(db, places).sort((one, other) => rank.get(one.number)! - rank.get(other.number)!)
}

type Case = Pick<typeof households.$inferSelect, 'number' | 'stage' | 'stageAt' | 'headName' | 'headNik'>
  & Pick<typeof visits.$inferSelect, 'outcome' | 'activeMs' | 'flagCount' | 'flagWeight' | 'revision' | 'status' | 'submitCount'>
  & { visitId: string, householdId: string, village: string | null, officerName: string, judged: number, noCard: 0 | 1, newNumbers: 0 | 1 }

const casesOf = statement<[string], Case>(`SELECT v.id AS visitId, h.id AS householdId, h.number, h.stage, h.stage_at AS stageAt, h.head_name AS headName, h.head_nik AS headNik,
    r.name AS village, u.name AS officerName, v.outcome, v.active_ms AS activeMs, v.flag_count AS flagCount, v.flag_weight AS flagWeight, ${judgedIn('v')} AS judged, v.revision, v.status, v.submit_count AS submitCount,
    EXISTS (SELECT 1 FROM visit_flags f WHERE f.visit_id = v.id AND f.code = 'no_card') AS noCard,
    EXISTS (SELECT 1 FROM given_numbers g WHERE g.visit_id = v.id AND g.given_at = h.stage_at) AS newNumbers
  FROM json_each(?) AS place CROSS JOIN households h ON h.number = place.value JOIN visits v ON v.id = h.visit_id JOIN users u ON u.id = v.officer_id LEFT JOIN regions r ON r.code = h.region_code`)

const readCases = (db: Db, places: Place[]) => casesOf(db).all(JSON.stringify(places.slice(0, PAGE_SIZE).map(({ number }) => number)))
  .map((waiting) => ({ ...waiting, sentBack: wasSentBack(waiting) }))
