import { and, eq } from 'drizzle-orm'
import type { Tally } from '#app/periods/comparing.ts'
import { invalid } from '#app/problems.ts'
import { getPeriod, listPeriods, type ListedPeriod, type Period } from '#app/periods/periods.ts'
import { placeFor, type Place } from '#app/periods/places.ts'
import { reaches, snapshotOf, snapshotsOf, type Snapshot } from '#app/periods/snapshots.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { comparisons } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Comparison = typeof comparisons.$inferSelect
export type Pairing = { from: Period, to: Period }
export type Ends = Pairing & { fromSnapshot: Snapshot, toSnapshot: Snapshot, regionCode: string }

// Two periods with a snapshot each, the older first. The narrower place of the two is what can be compared.
export function endsOf({ db, actor }: Pick<Tx, 'db' | 'actor'>, fromId: string, toId: string): Ends {
  const [from, to] = [getPeriod({ db, actor }, fromId), getPeriod({ db, actor }, toId)]
  if (from.id === to.id) throw invalid({ to: 'Pilih dua periode yang berbeda.' })
  const [fromSnapshot, toSnapshot] = [snapshotOf(db, from.id), snapshotOf(db, to.id)]
  if (fromSnapshot?.status !== 'ready') throw invalid({ from: 'Periode ini belum memiliki potret.' })
  if (toSnapshot?.status !== 'ready') throw invalid({ to: 'Periode ini belum memiliki potret.' })
  if (fromSnapshot.requestedAt > toSnapshot.requestedAt) throw invalid({ to: 'Pilih periode yang lebih baru daripada yang pertama.' })
  const [narrow, wide] = from.regionCode.length > to.regionCode.length ? [from, to] : [to, from]
  if (!narrow.regionCode.startsWith(wide.regionCode)) throw invalid({ to: 'Kedua periode dari kabupaten/kota yang berbeda.' })
  return { from, to, fromSnapshot, toSnapshot, regionCode: narrow.regionCode }
}

// Computed once and kept. Asked again it is there.
export function askForComparison(tx: Tx, fromId: string, toId: string) {
  demand(tx.actor, 'period.read')
  const { fromSnapshot, toSnapshot, regionCode } = endsOf(tx, fromId, toId)
  const added = tx.db.insert(comparisons).values({
    fromId: fromSnapshot.id, toId: toSnapshot.id, regionCode, status: 'comparing', total: fromSnapshot.householdCount + toSnapshot.householdCount,
    askedBy: tx.actor.id, askedAt: tx.now,
  }).onConflictDoNothing().run()
  if (added.changes > 0) tx.audit('period.comparison_asked', toId, { from: fromId })
}

export const findComparison = (db: Db, { fromSnapshot, toSnapshot }: Ends): Comparison | undefined => db.select().from(comparisons)
  .where(and(eq(comparisons.fromId, fromSnapshot.id), eq(comparisons.toId, toSnapshot.id))).get()

// What may be chosen: periods with a ready snapshot.
export function comparable(db: Db, actor: Actor, today: string): ListedPeriod[] {
  const listed = listPeriods(db, actor, today)
  const taken = snapshotsOf(db, listed.map(({ id }) => id))
  return listed.filter(({ id }) => taken.get(id)?.status === 'ready')
}

export type PlaceChanges = Tally & { code: string, name: string }
export type ComparisonView = Pairing & {
  comparison?: Comparison, place: Place, rows: PlaceChanges[], total: Tally, reasons: { label: string, count: number }[]
}

export const sumByPlace = statement<[number, number, string, string], Tally & { code: string }>(`SELECT substr(region_code, 1, ?) AS code,
  sum(before) AS before, sum(after) AS after, sum(entries) AS entries, sum(exits) AS exits, sum(moved_in) AS movedIn, sum(moved_out) AS movedOut,
  sum(members) AS members, sum(head) AS head, sum(address) AS address
  FROM comparison_villages WHERE comparison_id = ? AND region_code >= ? AND region_code < ? GROUP BY 1 ORDER BY 1`)
const sumReasons = statement<[number, string, string], { reason: string, count: number }>(`SELECT reason, sum(count) AS count FROM comparison_reasons
  WHERE comparison_id = ? AND region_code >= ? AND region_code < ? GROUP BY reason ORDER BY 2 DESC`)

export function readComparison(db: Db, actor: Actor, fromId: string, toId: string, region = ''): ComparisonView {
  const ends = endsOf({ db, actor }, fromId, toId)
  const comparison = findComparison(db, ends)
  const place = placeFor(db, actor, ends.regionCode, region)
  const ready = comparison?.status === 'ready' ? comparison : undefined
  const range = [place.code, `${place.code}:`] as const
  const sums = ready ? sumByPlace(db).all(place.below.length, ready.id, ...range).filter(({ code }) => reaches(actor, code)) : []
  const names = regionNames(db, sums.map(({ code }) => code))
  return {
    from: ends.from, to: ends.to, comparison, place, total: sumOf(sums),
    rows: sums.map((row) => ({ ...row, name: names.get(row.code)! })).sort((one, other) => one.name.localeCompare(other.name, 'id')),
    reasons: ready ? sumReasons(db).all(ready.id, ...range).map(({ reason, count }) => ({ label: wordsOf(db, reason), count })) : [],
  }
}

export const sumOf = (rows: Tally[]): Tally => rows.reduce((sum, row) => Object.fromEntries(
  Object.keys(sum).map((key) => [key, sum[key as keyof Tally] + row[key as keyof Tally]])) as Tally,
{ before: 0, after: 0, entries: 0, exits: 0, movedIn: 0, movedOut: 0, members: 0, head: 0, address: 0 })

const OWN_WORDS: Record<string, string> = {
  moved_away: 'Pindah ke luar wilayah', withdrawn: 'Ditarik dari prelist', undetermined: 'Tidak lagi ditetapkan',
}

// Words of a reason as it is kept: the label of nonaktif, or where the household went.
export function wordsOf(db: Db, reason: string): string {
  const [kind = '', code = ''] = reason.split(':')
  if (kind === 'inactive') return `Nonaktif: ${reasonLabel(db, 'deactivation', code)}`
  const to = kind === 'moved_away' && code ? findRegionName(db, code) : undefined
  return to ? `Pindah ke ${to}` : OWN_WORDS[kind] ?? ''
}
