import { listConfirmed, type Snapshot } from '#app/dtsen/snapshots.ts'
import { notFound } from '#app/problems.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export const DESILS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

// The place a report is about: the chosen one, or one's own. Another's is not found.
export function placeOf(actor: Actor, chosen: string): string {
  if (chosen && !isWithin(chosen, actor)) throw notFound('Wilayah')
  return chosen || (actor.regions[0] ?? '')
}

// How long the codes of the places right below are: provinces, kabupaten, kecamatan, desa; a desa stands for itself.
export const lengthBelow = (region: string) => ({ 0: 2, 2: 5, 5: 8 })[region.length] ?? 13

const effectiveIn = statement<[string, string], { id: string }>(
  'SELECT DISTINCT snapshot_id AS id FROM dtsen_effective WHERE region_code >= ? AND region_code < ?')

// The chosen snapshot, or the one in effect. undefined: there is none yet.
export function snapshotFor(db: Db, actor: Actor, region: string, chosen?: string): { snapshot: Snapshot | undefined, snapshots: Snapshot[], current: string[] } {
  demand(actor, 'dtsen.read')
  const snapshots = listConfirmed(db, { regions: [region] })
  const regency = regencyOf(region)
  const current = effectiveIn(db).all(regency, `${regency}:`).map(({ id }) => id)
  const snapshot = chosen ? snapshots.find(({ id }) => id === chosen) : snapshots.find(({ id }) => current.includes(id)) ?? snapshots[0]
  if (chosen && !snapshot) throw notFound('Potret desil')
  return { snapshot, snapshots, current }
}

export type DesilCount = { found: number, unknown: number }
export type PlaceCounts = { code: string, name: string, byDesil: DesilCount[], found: number, unknown: number }
export type Distribution = { places: PlaceCounts[], total: DesilCount[] }
type Counted = { code: string, desil: number } & DesilCount
type Asked = { id: string, low: string, high: string, length: number }

const countsIn = statement<[Asked], Counted>(`SELECT substr(region_code, 1, @length) AS code, desil, sum(matched) AS found, sum(unmatched) AS unknown
  FROM dtsen_counts WHERE snapshot_id = @id AND region_code >= @low AND region_code < @high GROUP BY 1, 2 ORDER BY 1, 2`)
const none = () => DESILS.map((): DesilCount => ({ found: 0, unknown: 0 }))

// Families of the snapshot by desil, for each place right below and for all of them. A family whose village the file does
// not tell stands under the place of the file.
export function distributionOf(db: Db, snapshot: Snapshot, region: string): Distribution {
  const rows = countsIn(db).all({ id: snapshot.id, low: region, high: `${region}:`, length: lengthBelow(region) })
  const names = regionNames(db, rows.map(({ code }) => code))
  const places = new Map<string, PlaceCounts>()
  const total = none()
  for (const { code, desil, found, unknown } of rows) {
    const name = code === region && region.length < 13 ? 'Desa tidak disebut' : names.get(code)!
    const place = places.get(code) ?? { code, name, byDesil: none(), found: 0, unknown: 0 }
    place.byDesil[desil - 1] = { found, unknown }
    total[desil - 1]!.found += found
    total[desil - 1]!.unknown += unknown
    places.set(code, { ...place, found: place.found + found, unknown: place.unknown + unknown })
  }
  return { places: [...places.values()], total }
}

export type PlaceCoverage = { code: string, name: string, households: number, families: number, withDesil: number }
const coverageIn = statement<[Omit<Asked, 'id'>], Omit<PlaceCoverage, 'name'>>(`SELECT substr(region_code, 1, @length) AS code, sum(household_count) AS households,
    sum(family_count) AS families, sum(desil_count) AS withDesil
  FROM desil_coverage WHERE region_code >= @low AND region_code < @high GROUP BY 1 HAVING sum(household_count) > 0 ORDER BY 1 LIMIT 1000`)

// Of the families in the registry, how many have a desil in effect.
export function coverageOf(db: Db, actor: Actor, region: string): PlaceCoverage[] {
  demand(actor, 'dtsen.read')
  const rows = coverageIn(db).all({ low: region, high: `${region}:`, length: lengthBelow(region) })
  const names = regionNames(db, rows.map(({ code }) => code))
  return rows.map((row) => ({ ...row, name: names.get(row.code)! }))
}

export const nameOf = (db: Db, region: string) => findRegionName(db, region) ?? region

// A table leaves as a file: who took it, and of which place.
export function recordTable(tx: Tx, table: string, details: Record<string, unknown>) {
  demand(tx.actor, 'dtsen.read')
  tx.audit('dtsen.table_downloaded', table, details)
}
