import { and, asc, desc, eq, sql, type SQL } from 'drizzle-orm'
import { findByDesil, hasDesil, type DesilChoice } from '#app/households/desil-filter.ts'
import { findUnplaced, IS_UNPLACED } from '#app/households/unplaced-filter.ts'
import { bears, seek, type Search } from '#app/households/search.ts'
import type { Stage } from '#app/households/stages.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { firstOf, oneByOne } from '#db/merging.ts'
import { households, LISTED_PROGRAMMES } from '#db/schema/index.ts'
import { guessesFor, statement } from '#db/statements.ts'

// regions: where to look, already within the reader's scope. active: left out, it does not matter.
export type Narrowing = {
  regions: string[], search?: Search, stage?: Stage, outcome?: number, officer?: string, programme?: (typeof LISTED_PROGRAMMES)[number], flagged?: boolean, desil?: DesilChoice, active?: 'yes' | 'no' | 'all', unplaced?: boolean
}
export type Place = { headName: string, number: number }
export type Turn = { from: Place, backward: boolean, limit: number }

export const START: Place = { headName: '', number: 0 }

// Up to so many rows are gathered by the index that knows them and sorted; beyond that they lie so close together that
// walking along the names meets the next fifty soon. Either way a page costs some milliseconds at most.
const FEW = 4000

// Along so many names a page is looked for; where those who are wanted bear quite other names, all of them are gathered after all.
const STEPS = 2000
const MANY = 50_000

export const placesInOrder = (db: Db, narrowing: Narrowing, turn: Turn, { few = FEW, steps = STEPS, desa = FEW_DESA } = {}): Place[] =>
  placesFrom(db, narrowing, sourceOf(db, narrowing, few), turn, steps, desa)

// With how many there are in all, up to `most`: where the rows come from is worked out once for both.
export function countedPlaces(db: Db, narrowing: Narrowing, turn: Turn, most: number): { places: Place[], total?: number } {
  const source = sourceOf(db, narrowing, FEW)
  // Words that very many bear need no counting.
  if (source.found !== undefined && source.found > most && isOnlySearched(narrowing) && !mayBeRare(narrowing)) return { places: places(db, source, turn) }
  if (source.from === NAMED || source.from === FOUND) return countedAmong(db, source, turn, most)
  return { places: placesFrom(db, narrowing, source, turn, STEPS, FEW_DESA), total: countUpTo(db, source, most) }
}

function placesFrom(db: Db, narrowing: Narrowing, source: Source, turn: Turn, steps: number, desa: number): Place[] {
  // In the order of names desa by desa, nothing has to be sorted.
  if (source.from === BY_NAME && !isRare(narrowing)) return alongDesa(db, narrowing.regions, source.where, turn, desa) ?? places(db, source, turn)
  if (source.from !== WALK || isOnlySearched(narrowing)) return places(db, source, turn)
  if (!isRare(narrowing)) return mayBeRare(narrowing) ? alongNames(db, narrowing.regions, source.where, turn, desa) : places(db, source, turn)
  return stepByStep(db, narrowing, source.where, turn, steps, desa) ?? places(db, sourceOf(db, narrowing, MANY), turn)
}

// So often on along the names, as long as so many steps promise a page.
const TURNS = 4

function stepByStep(db: Db, narrowing: Narrowing, where: SQL | undefined, turn: Turn, steps: number, desa: number): Place[] | undefined {
  let [from, found] = [turn.from, [] as Place[]]
  for (let done = 1; done <= TURNS; done += 1) {
    const near = namesAlong(db, narrowing, { ...turn, from }, steps, desa)
    const more = places(db, among(near.map(({ number }) => number), where), { ...turn, from, limit: turn.limit - found.length })
    found = turn.backward ? [...more, ...found] : [...found, ...more]
    if (found.length === turn.limit || near.length < steps) return found
    if (found.length * TURNS < turn.limit * done) return undefined
    from = turn.backward ? near[0]! : near.at(-1)!
  }
}

// What no index in the order of names can tell.
const isRare = ({ search, desil, active, unplaced }: Narrowing) => search !== undefined || desil !== undefined || active === 'no' || unplaced === true

// Those found are probed while the names are walked along, which needs no look into a row.
const isOnlySearched = ({ search, desil, active, unplaced }: Narrowing) => search !== undefined && !isRare({ regions: [], desil, active, unplaced })

const mayBeRare = ({ stage, outcome, officer, programme, flagged }: Narrowing) => [stage, outcome, officer, programme].some((wish) => wish !== undefined) || flagged === true

// The next names of all, as far as the index alone narrows them.
const namesAlong = (db: Db, { regions, stage, outcome, flagged }: Narrowing, turn: Turn, steps: number, desa: number) =>
  alongNames(db, regions, conditions({ regions, stage, outcome, flagged }, undefined), { ...turn, limit: steps }, desa)

// In so few desa each is walked along by itself and the firsts are put together: then nobody passes over the names of a whole
// country to find those of a kecamatan.
const FEW_DESA = 60
// From one to the next, each by a look into the index; DISTINCT would read all who live there.
const desaIn = statement<[Record<string, string | number>], string>(`WITH RECURSIVE desa (code) AS (
    SELECT (SELECT min(region_code) FROM households INDEXED BY households_by_place WHERE region_code >= @from AND region_code < @to)
    UNION ALL SELECT (SELECT min(region_code) FROM households INDEXED BY households_by_place WHERE region_code > desa.code AND region_code < @to) FROM desa WHERE desa.code IS NOT NULL LIMIT @most)
  SELECT code FROM desa WHERE code IS NOT NULL`)

const alongNames = (db: Db, regions: string[], where: SQL | undefined, turn: Turn, most: number): Place[] =>
  alongDesa(db, regions, where, turn, most) ?? places(db, { from: WALK, where }, turn)

// Undefined where there are more than `most` of them.
function alongDesa(db: Db, regions: string[], where: SQL | undefined, turn: Turn, most: number): Place[] | undefined {
  const codes = most > 0 ? [...new Set(regions.flatMap((region) => desaIn(db).pluck().all({ from: region, to: `${region}:`, most: most + 1 }) as string[]))] : []
  if (codes.length === 0 || codes.length > most) return undefined
  const query = placesQuery(db, { from: BY_NAME, where: and(eq(households.regionCode, sql.placeholder('desa')), where) }, ASKED, turn.backward).prepare()
  const seek = { ...turn.from, limit: turn.limit }
  const rows = codes.map((desa) => oneByOne((one) => asPlaces(query.values(one)), { ...seek, desa }, Math.ceil(turn.limit / codes.length)))
  const found = firstOf(rows, turn.limit, turn.backward ? (one, other) => inOrder(other, one) : inOrder)
  return turn.backward ? found.reverse() : found
}

// Filled in from desa to desa, and from one reading of it to the next.
const ASKED = { from: { headName: sql.placeholder('headName'), number: sql.placeholder('number') }, limit: sql.placeholder('limit') }

// As SQLite compares, by bytes: the same as by UTF-16 for every letter a name is written with.
const inOrder = (one: Place, other: Place) => one.headName < other.headName ? -1 : one.headName > other.headName ? 1 : one.number - other.number

// Those found by number are looked up once, for the page and for how many there are; the looking up is most of the work.
function countedAmong(db: Db, source: Source, { from, backward, limit }: Turn, most: number): { places: Place[], total?: number } {
  const [beyond, order] = backward ? [sql`<`, sql`DESC`] : [sql`>`, sql`ASC`]
  const rows = db.all<Place & { total: number }>(sql`WITH found AS MATERIALIZED (SELECT head_name, number FROM ${source.from} WHERE ${source.where})
    SELECT head_name AS headName, number, (SELECT count(*) FROM found) AS total FROM found
    WHERE (head_name, number) ${beyond} (${from.headName}, ${from.number}) ORDER BY head_name ${order}, number ${order} LIMIT ${limit}`)
  const total = rows[0]?.total ?? countUpTo(db, source, most)
  const places = rows.map(({ headName, number }) => ({ headName, number }))
  return { places: backward ? places.reverse() : places, total: total !== undefined && total > most ? undefined : total }
}

// Up to `most`; beyond it, undefined.
function countUpTo(db: Db, { from, where }: Source, most: number): number | undefined {
  if (from === WALK) return undefined
  const n = countFirst(db, from, where, most + 1)
  return n > most ? undefined : n
}

// About how many there are, where an index alone can tell; undefined where every row would have to be read for it.
export function countNarrowed(db: Db, narrowing: Narrowing): number | undefined {
  const { regions, stage, outcome, flagged, active: _, ...more } = narrowing
  if (Object.values(more).some((wanted) => wanted !== undefined)) return undefined
  const from = regions.includes('') ? WALK : BY_NAME
  return db.select({ n: sql<number>`count(*)` }).from(from).where(conditions({ regions, stage, outcome, flagged }, undefined)).get()!.n
}

// found: how many the words alone find, where they were gathered by them.
type Source = { from: SQL, where: SQL | undefined, found?: number }

// Written out, not bound: only so does SQLite see that a partial index holds these rows.
const FLAGGED = sql`${households.flagCount} > 0`
const BEARS = Object.fromEntries(LISTED_PROGRAMMES.map((programme) => [programme, sql.raw(`instr("households"."programmes", ',${programme},') > 0`)]))

const by = (index: string) => sql`households INDEXED BY ${sql.raw(index)}`
const WALK = by('households_in_name_order')
const [BY_NAME, BY_OFFICER, FLAGGED_ONES, BY_OUTCOME, BY_STAGE] = [by('households_by_name'), by('households_by_officer'), by('households_flagged'), by('households_by_outcome'), by('households_by_stage')]
const NAMED = by('households_named')
const FOUND = sql`household_search CROSS JOIN ${NAMED} ON ${households.number} = household_search.rowid`
const BY_PROGRAMME = Object.fromEntries(LISTED_PROGRAMMES.map((programme) => [programme, by(`households_with_${programme}`)])) as Record<(typeof LISTED_PROGRAMMES)[number], SQL>

// Where the rows come from: the first index that holds few enough of them, or the names from one end to the other.
function sourceOf(db: Db, narrowing: Narrowing, few: number): Source {
  const { regions, search } = narrowing
  const sought = search && seek(db, search, regions)
  if (sought && 'numbers' in sought) return among(sought.numbers, conditions(narrowing, undefined))
  if (sought && sought.count <= few) return { from: FOUND, where: conditions(narrowing, sql`household_search MATCH ${sought.text}`), found: sought.count }
  const where = conditions(narrowing, sought && bears(sought))
  const narrow = choicesFor(narrowing).find(([wanted, index, condition], i) => wanted && fews(db, JSON.stringify([i, few, wanted, regions]), () => isFew(db, index, condition, few)))
  if (narrow) return { from: narrow[1], where }
  const ofDesil = narrowing.desil && findByDesil(db, narrowing.desil, regions, few)
  if (ofDesil) return among(ofDesil, conditions({ ...narrowing, desil: undefined }, sought && bears(sought)))
  const unplaced = narrowing.unplaced && findUnplaced(db, regions, few)
  if (unplaced) return among(unplaced, where)
  const inactive = narrowing.active === 'no' ? numbersOfInactive(db).pluck().all(few + 1) as number[] : undefined
  return inactive && inactive.length <= few ? among(inactive, where) : { from: WALK, where }
}

const among = (numbers: number[], where: SQL | undefined): Source =>
  ({ from: NAMED, where: and(sql`${households.number} IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`, where) })

const numbersOfInactive = statement<[number], number>(
  'SELECT number FROM inactive_numbers LIMIT ?')

const IS_INACTIVE = sql`EXISTS (SELECT 1 FROM inactive_numbers i WHERE i.number = ${households.number})`
const STANDING = { yes: sql`NOT ${IS_INACTIVE}`, no: IS_INACTIVE, all: undefined }

const conditions = ({ regions, stage, outcome, officer, programme, flagged, desil, active = 'all', unplaced }: Narrowing, found: SQL | undefined) => and(
  found, within(households.regionCode, { regions }),
  stage ? eq(households.stage, stage) : undefined, outcome ? eq(households.outcome, outcome) : undefined,
  officer ? eq(households.officerId, officer) : undefined, flagged ? FLAGGED : undefined,
  programme ? BEARS[programme] : undefined, desil ? hasDesil(desil) : undefined, unplaced ? IS_UNPLACED : undefined, STANDING[active],
)

type Choice = [wanted: unknown, index: SQL, condition: SQL | undefined]

// Each with what it alone decides. Those where the region stands second serve one region only: for several, SQLite
// would pass over the region and read the whole country.
function choicesFor({ regions, stage, outcome, officer, programme, flagged }: Narrowing): Choice[] {
  const here = within(households.regionCode, { regions })
  const one = regions.length === 1
  return [
    [officer, BY_OFFICER, eq(households.officerId, officer ?? '')],
    [one && flagged, FLAGGED_ONES, and(FLAGGED, here)],
    [one && outcome, BY_OUTCOME, and(eq(households.outcome, outcome ?? 0), here)],
    [one && stage, BY_STAGE, and(eq(households.stage, stage ?? 'listed'), here)],
    [one && programme, BY_PROGRAMME[programme ?? 'pkh'], and(BEARS[programme ?? 'pkh'], here)],
    [!regions.includes(''), BY_NAME, here],
  ]
}

const fews = guessesFor<boolean>(60_000)

const isFew = (db: Db, from: SQL, condition: SQL | undefined, few: number) => countFirst(db, from, condition, few + 1) <= few

const countFirst = (db: Db, from: SQL, where: SQL | undefined, most: number) =>
  db.get<{ n: number }>(sql`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${most})`).n

function places(db: Db, source: Source, turn: Turn): Place[] {
  const found = asPlaces(placesQuery(db, source, turn, turn.backward).values())
  return turn.backward ? found.reverse() : found
}

// Read as bare values: finding out for every row what its columns are took a twentieth of a page.
const asPlaces = (rows: unknown[][]): Place[] => (rows as [string, number][]).map(([headName, number]) => ({ headName, number }))

type Beginning = Pick<Turn, 'from' | 'limit'> | typeof ASKED

function placesQuery(db: Db, { from: source, where }: Source, { from, limit }: Beginning, backward: boolean) {
  const place = sql`(${households.headName}, ${households.number})`
  const there = sql`(${from.headName}, ${from.number})`
  const order = backward ? desc : asc
  return db.select({ headName: sql<string>`${households.headName}`, number: sql<number>`${households.number}` }).from(source)
    .where(and(where, backward ? sql`${place} < ${there}` : sql`${place} > ${there}`))
    .orderBy(order(households.headName), order(households.number)).limit(limit)
}
