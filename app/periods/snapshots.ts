import { desc, eq, inArray } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import { getPeriod, type Period } from '#app/periods/periods.ts'
import { placeFor, type Place } from '#app/periods/places.ts'
import { writeStep } from '#app/periods/write-step.ts'
import { hashSnapshot } from '#app/periods/snapshot-work.ts'
import { regionNames } from '#app/regions/regions.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { snapshotChecks, snapshots, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

export type Snapshot = typeof snapshots.$inferSelect
export type VillageCount = { code: string, name: string, households: number, members: number }
export type SnapshotCheck = typeof snapshotChecks.$inferSelect & { by: string }
export type SnapshotView = {
  period: Period, snapshot?: Snapshot, place: Place, rows: VillageCount[], total: { households: number, members: number }, checks: SnapshotCheck[]
}

export const snapshotOf = (db: Db, periodId: string): Snapshot | undefined =>
  db.select().from(snapshots).where(eq(snapshots.periodId, periodId)).get()

// By period, for lists.
export const snapshotsOf = (db: Db, periodIds: string[]): Map<string, Snapshot> => new Map(periodIds.length === 0 ? []
  : db.select().from(snapshots).where(inArray(snapshots.periodId, periodIds)).all().map((one) => [one.periodId, one]))

const sumByPlace = statement<[number, number, string, string], Omit<VillageCount, 'name'>>(`SELECT substr(region_code, 1, ?) AS code, sum(households) AS households,
  sum(members) AS members FROM snapshot_villages WHERE snapshot_id = ? AND region_code >= ? AND region_code < ? GROUP BY 1 ORDER BY 1`)

// Counts by place, and only of the reader's places.
export function readSnapshot(db: Db, actor: Actor, periodId: string, region = ''): SnapshotView {
  const period = getPeriod({ db, actor }, periodId)
  const snapshot = snapshotOf(db, periodId)
  const place = placeFor(db, actor, period.regionCode, region)
  const sums = snapshot?.status !== 'ready' ? [] : sumByPlace(db).all(place.below.length, snapshot.id, place.code, `${place.code}:`).filter(({ code }) => reaches(actor, code))
  const names = regionNames(db, sums.map(({ code }) => code))
  const rows = sums.map((row) => ({ ...row, name: names.get(row.code)! })).sort((one, other) => one.name.localeCompare(other.name, 'id'))
  const total = rows.reduce((sum, { households, members }) => ({ households: sum.households + households, members: sum.members + members }), { households: 0, members: 0 })
  return { period, snapshot, place, rows, total, checks: snapshot ? listChecks(db, snapshot.id) : [] }
}

export const reaches = (actor: Actor, code: string) => isWithin(code, actor) || actor.regions.some((region) => region.startsWith(code))

const listChecks = (db: Db, snapshotId: number): SnapshotCheck[] =>
  db.select({ check: snapshotChecks, by: users.name }).from(snapshotChecks).leftJoin(users, eq(users.id, snapshotChecks.askedBy))
    .where(eq(snapshotChecks.snapshotId, snapshotId)).orderBy(desc(snapshotChecks.askedAt)).limit(10).all()
    .map(({ check, by }) => ({ ...check, by: by ?? check.askedBy }))

// Has the hash taken again; the background does it. key comes from the form: twice is one.
export function askForCheck(tx: Tx, periodId: string, key: string) {
  demand(tx.actor, 'period.read')
  getPeriod(tx, periodId)
  const snapshot = snapshotOf(tx.db, periodId)
  if (snapshot?.status !== 'ready') throw notFound('Potret periode ini')
  const added = tx.db.insert(snapshotChecks).values({ id: key, snapshotId: snapshot.id, askedBy: tx.actor.id, askedAt: tx.now }).onConflictDoNothing().run()
  if (added.changes > 0) tx.audit('period.snapshot_check_asked', periodId)
}

export async function checkSnapshot(db: Db, key: string) {
  const found = db.select({ check: snapshotChecks, snapshot: snapshots }).from(snapshotChecks).innerJoin(snapshots, eq(snapshots.id, snapshotChecks.snapshotId))
    .where(eq(snapshotChecks.id, key)).get()
  if (!found || found.check.finishedAt) return
  const tell = (set: Partial<SnapshotCheck>) => writeStep(db, (tx) => tx.db.update(snapshotChecks).set(set).where(eq(snapshotChecks.id, key)).run())
  const hash = await hashSnapshot(db, found.snapshot.id, (done) => void tell({ done }))
  transact(db, system, (tx) => {
    tx.db.update(snapshotChecks).set({ hash, done: found.snapshot.householdCount, finishedAt: tx.now }).where(eq(snapshotChecks.id, key)).run()
    tx.audit('period.snapshot_checked', found.snapshot.periodId, { hash, whole: hash === found.snapshot.hash })
  })
}
