import { and, eq } from 'drizzle-orm'
import { letOthers } from '#app/background.ts'
import { findComparison, type Comparison, type Pair } from '#app/dtsen/movement.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { dtsenComparisons, dtsenSnapshots } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact } from '#db/transaction.ts'

const CHUNK = 500

type Seen = { position: number, regionCode: string, desil: number, other: number | null }
type Walk = { own: string, other: string, after: number, limit: number, low: string, high: string }

// A family is known by its No KK, or else by the NIK of its head: a card is replaced when a family splits or moves.
const walk = statement<[Walk], Seen>(`SELECT r.position, r.region_code AS regionCode, r.desil, coalesce(
    (SELECT o.desil FROM dtsen_rows o WHERE o.kk_number = r.kk_number AND o.snapshot_id = @other),
    (SELECT min(o.desil) FROM dtsen_rows o WHERE o.nik = r.nik AND o.snapshot_id = @other)) AS other
  FROM dtsen_rows r WHERE r.snapshot_id = @own AND r.position > @after AND r.region_code >= @low AND r.region_code < @high
  ORDER BY r.position LIMIT @limit`)
const add = statement<[string, string, string, number, number, number], unknown>(`INSERT INTO dtsen_moves (from_id, to_id, region_code, from_desil, to_desil, families)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET families = families + excluded.families`)

// Walks first the later snapshot, then the earlier one for those who are no longer in it; a chunk and how far it came in
// one transaction, so going on after a restart counts nobody twice.
export async function compareSnapshots(db: Db, pair: Pair) {
  while (transact(db, system, (tx) => compareSome(tx.db, pair, tx.now))) await letOthers()
}

// False when nothing is left.
function compareSome(db: Db, pair: Pair, now: string): boolean {
  const at = findComparison(db, pair)
  if (!at || at.phase === 'done') return false
  const forward = at.phase === 'to'
  const [own, other] = forward ? [pair.toId, pair.fromId] : [pair.fromId, pair.toId]
  const scope = commonPlace(db, pair)
  const rows = walk(db).all({ own, other, after: at.doneTo, limit: CHUNK, low: scope, high: `${scope}:` })
  for (const { regionCode, desil, other: there } of rows) {
    if (forward) add(db).run(pair.fromId, pair.toId, regionCode, there ?? 0, desil, 1)
    else if (there === null) add(db).run(pair.fromId, pair.toId, regionCode, desil, 0, 1)
  }
  const last = rows.at(-1)?.position
  keepPlace(db, pair, last !== undefined ? { doneTo: last } : forward ? { phase: 'from', doneTo: 0 } : { phase: 'done', finishedAt: now })
  return true
}

const keepPlace = (db: Db, { fromId, toId }: Pair, set: Partial<Comparison>) =>
  db.update(dtsenComparisons).set(set).where(and(eq(dtsenComparisons.fromId, fromId), eq(dtsenComparisons.toId, toId))).run()

// A snapshot of one kabupaten says nothing of the others: only the place both are whole for is compared.
function commonPlace(db: Db, { fromId, toId }: Pair) {
  const place = (id: string) => db.select({ regionCode: dtsenSnapshots.regionCode }).from(dtsenSnapshots).where(eq(dtsenSnapshots.id, id)).get()!.regionCode
  return [place(fromId), place(toId)].sort((a, b) => b.length - a.length)[0]!
}
