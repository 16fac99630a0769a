import { and, eq } from 'drizzle-orm'
import { listConfirmed, type Snapshot } from '#app/dtsen/snapshots.ts'
import { invalid, notFound } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { dtsenComparisons } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Pair = { fromId: string, toId: string }
export type Comparison = typeof dtsenComparisons.$inferSelect

export const findComparison = (db: Db, { fromId, toId }: Pair): Comparison | undefined =>
  db.select().from(dtsenComparisons).where(and(eq(dtsenComparisons.fromId, fromId), eq(dtsenComparisons.toId, toId))).get()

// Snapshots never change, so a pair is compared once; asked again it is already there.
export function askComparison(tx: Tx, { fromId, toId }: Pair): Pair {
  const { changes } = tx.db.insert(dtsenComparisons)
    .values({ fromId, toId, phase: 'to', requestedBy: tx.actor.id, requestedAt: tx.now }).onConflictDoNothing().run()
  if (changes) tx.audit('dtsen.compared', toId, { from: fromId })
  return { fromId, toId }
}

// The same, asked by a person for two snapshots that say something of his own places.
export function requestComparison(tx: Tx, pair: Pair): Pair {
  demand(tx.actor, 'dtsen.read')
  pairOf(tx.db, tx.actor, pair)
  return askComparison(tx, pair)
}

export function pairOf(db: Db, actor: Actor, { fromId, toId }: Pair): { from: Snapshot, to: Snapshot } {
  const known = listConfirmed(db, actor)
  const [from, to] = [fromId, toId].map((id) => known.find((snapshot) => snapshot.id === id))
  if (!from || !to) throw notFound('Potret desil')
  if (from.id === to.id) throw invalid({ to: 'Pilih dua potret yang berbeda.' })
  return { from, to }
}

export type Cell = { fromDesil: number, toDesil: number, families: number }
export type PlaceMoves = { code: string, name: string, up: number, down: number, same: number, entered: number, left: number }
export type Movement = { pair: { from: Snapshot, to: Snapshot }, comparison: Comparison | undefined, cells: Cell[], places: PlaceMoves[] }

type Asked = { fromId: string, toId: string, low: string, high: string }
const cellsIn = statement<[Asked], Cell>(`SELECT from_desil AS fromDesil, to_desil AS toDesil, sum(families) AS families FROM dtsen_moves
  WHERE from_id = @fromId AND to_id = @toId AND region_code >= @low AND region_code < @high GROUP BY from_desil, to_desil`)
const placesIn = statement<[Asked & { length: number }], Omit<PlaceMoves, 'name'>>(`SELECT substr(region_code, 1, @length) AS code,
    sum(iif(from_desil > 0 AND to_desil > from_desil, families, 0)) AS up, sum(iif(to_desil > 0 AND to_desil < from_desil, families, 0)) AS down,
    sum(iif(to_desil = from_desil, families, 0)) AS same, sum(iif(from_desil = 0, families, 0)) AS entered, sum(iif(to_desil = 0, families, 0)) AS left
  FROM dtsen_moves WHERE from_id = @fromId AND to_id = @toId AND region_code >= @low AND region_code < @high
  GROUP BY 1 ORDER BY 1 LIMIT 1000`)

// How the families of a place went from one snapshot to the other. region: within the reader's own.
export function readMovement(db: Db, actor: Actor, pair: Pair, region: string, below: number): Movement {
  demand(actor, 'dtsen.read')
  const found = pairOf(db, actor, pair)
  const comparison = findComparison(db, pair)
  if (comparison?.phase !== 'done') return { pair: found, comparison, cells: [], places: [] }
  const asked = { ...pair, low: region, high: `${region}:` }
  const places = placesIn(db).all({ ...asked, length: below })
  const names = regionNames(db, places.map(({ code }) => code))
  return { pair: found, comparison, cells: cellsIn(db).all(asked), places: places.map((place) => ({ ...place, name: names.get(place.code) ?? place.code })) }
}
