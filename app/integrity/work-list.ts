import { regionsIn } from '#app/households/households.ts'
import { notFound } from '#app/problems.ts'
import type { Kind } from '#app/integrity/overview.ts'
import type { Gate } from '#app/ratification/gates.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type WorkPlace = { region: string, number: number }
export type ListedFailure = ReturnType<typeof listFailing>['households'][number]

const PAGE = 30
const FIRST: WorkPlace = { region: '', number: 0 }
// A household that fails in everything need not fill the page.
const SHOWN = 12

// gate null: any.
type Wanted = { severity: 'error' | 'warning', gate: Gate | null }
type Seek = Wanted & WorkPlace & { from: string, to: string, limit: number }

// From the desa of the last one on; both conditions as one comparison, SQLite would leave the index's order.
const HERE = `region_code >= @from AND region_code < @to AND (region_code > @region OR household_number > @number)
  ORDER BY region_code, household_number LIMIT @limit`
const placesOfAny = statement<[Seek], WorkPlace>(`SELECT DISTINCT region_code AS region, household_number AS number
  FROM gate_failures INDEXED BY gate_failures_by_place WHERE severity = @severity AND ${HERE}`)
const placesOfGate = statement<[Seek], WorkPlace>(`SELECT DISTINCT region_code AS region, household_number AS number
  FROM gate_failures INDEXED BY gate_failures_by_gate WHERE severity = @severity AND gate = @gate AND ${HERE}`)

// Households of a place that fail a criterion ('w': that are warned of; none: any criterion), each with what is wrong.
export function listFailing(db: Db, actor: Actor, { region, kind }: { region: string, kind?: Kind }, after: WorkPlace = FIRST) {
  demand(actor, 'integrity.read')
  const name = findRegionName(db, region)
  if (name === undefined) throw notFound('Wilayah')
  const wanted: Wanted = kind === 'w' ? { severity: 'warning', gate: null } : { severity: 'error', gate: kind ?? null }
  const places = placesIn(db, regionsIn(actor, region), wanted, after)
  const shown = places.slice(0, PAGE)
  return { name, households: householdsAt(db, shown, wanted), next: places.length > PAGE ? shown.at(-1)! : undefined }
}

function placesIn(db: Db, regions: string[], wanted: Wanted, after: WorkPlace): WorkPlace[] {
  const find = wanted.gate === null ? placesOfAny(db) : placesOfGate(db)
  const places = new Map<number, WorkPlace>()
  for (const code of regions) {
    const seek = { ...wanted, ...after, from: after.region > code ? after.region : code, to: `${code}:`, limit: PAGE + 1 }
    for (const place of find.all(seek)) places.set(place.number, place)
  }
  return [...places.values()].sort(inOrder).slice(0, PAGE + 1)
}

const inOrder = (a: WorkPlace, b: WorkPlace) => a.region < b.region ? -1 : a.region > b.region ? 1 : a.number - b.number

type Judged = { id: string, number: number, headName: string, address: string, region: string, judgedAt: string, basis: 'master' | 'visit' }
const judged = statement<[number], Judged>(`SELECT h.id, h.number, h.head_name AS headName, h.address, h.region_code AS region, v.judged_at AS judgedAt, v.basis
  FROM households h JOIN gate_verdicts v ON v.household_id = h.id WHERE h.number = ?`)

// Asked of one household at a time and never of the severity first: half the table may be of one severity.
const failuresOf = statement<[Wanted & { id: string }], { gate: Gate, message: string, foundAt: string }>(`SELECT gate, message, found_at AS foundAt
  FROM gate_failures WHERE household_id = @id AND +severity = @severity AND (@gate IS NULL OR +gate = @gate) ORDER BY seq`)

function householdsAt(db: Db, places: WorkPlace[], wanted: Wanted) {
  const found = places.map(({ number }) => judged(db).get(number)).filter((one): one is Judged => one !== undefined).sort(inOrder)
  const names = regionNames(db, found.map(({ region }) => region))
  return found.map(({ region, ...household }) => {
    const failures = failuresOf(db).all({ ...wanted, id: household.id })
    return { ...household, regionCode: region, village: names.get(region)!, failures: failures.slice(0, SHOWN), more: Math.max(0, failures.length - SHOWN) }
  })
}

const newest = statement<[], string | null>('SELECT max(judged_at) FROM gate_verdicts')
export const lastJudged = (db: Db) => newest(db).pluck().get() as string | null
