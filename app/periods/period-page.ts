import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { daysUntil, getPeriod, ownRegency, statusOf, type Period, type PeriodStatus } from '#app/periods/periods.ts'
import { snapshotOf, type Snapshot } from '#app/periods/snapshots.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, periodBatches, periods, users } from '#db/schema/index.ts'

const SHOWN = 200
const missed = alias(periods, 'missed')

export type FiledBatch = ReturnType<typeof listFiled>[number]
export type PeriodView = {
  period: Period, status: PeriodStatus, today: string, days: number, regionName: string, incoming: FiledBatch[], outgoing: FiledBatch[], snapshot?: Snapshot,
  people: { made: string, cut?: string, closed?: string }, may: { manage: boolean, cutoff: boolean }
}

// Visited households and usulan alike.
const itemCount = sql<number>`${batches.itemCount} + (SELECT count(*) FROM batch_proposals p WHERE p.batch_id = ${batches.id})`

// Batches that count in this period, or that missed it and where they went, in the order in which that happened.
const listFiled = (db: Db, actor: Actor, column: 'periodId' | 'missedId', id: string) => db.select({
  batchId: batches.id, title: batches.title, regionCode: batches.regionCode, status: batches.status, itemCount,
  reason: periodBatches.reason, at: periodBatches.at, accepted: periodBatches.accepted, returned: periodBatches.returned,
  periodId: periodBatches.periodId, periodName: periods.name, missedId: periodBatches.missedId, missedName: missed.name,
}).from(periodBatches).innerJoin(batches, eq(batches.id, periodBatches.batchId)).leftJoin(periods, eq(periods.id, periodBatches.periodId))
  .leftJoin(missed, eq(missed.id, periodBatches.missedId))
  .where(and(eq(periodBatches[column], id), within(batches.regionCode, actor))).orderBy(periodBatches.number).limit(SHOWN).all()

export function readPeriod(db: Db, actor: Actor, id: string, today: string): PeriodView {
  const period = getPeriod({ db, actor }, id)
  const nameOf = (user: string | null) => user ? db.select({ name: users.name }).from(users).where(eq(users.id, user)).get()?.name ?? 'Sistem' : undefined
  return {
    period, status: statusOf(period, today), today, days: daysUntil(period.cutoffOn, today), regionName: findRegionName(db, period.regionCode) ?? period.regionCode,
    incoming: listFiled(db, actor, 'periodId', id), outgoing: listFiled(db, actor, 'missedId', id), snapshot: snapshotOf(db, id),
    people: { made: nameOf(period.madeBy)!, cut: nameOf(period.cutBy), closed: nameOf(period.closedBy) },
    may: { manage: can(actor, 'period.manage'), cutoff: can(actor, 'period.cutoff') && ownRegency(actor) !== '' },
  }
}

export const filedRegions = (db: Db, { incoming, outgoing }: Pick<PeriodView, 'incoming' | 'outgoing'>) =>
  regionNames(db, [...incoming, ...outgoing].map(({ regionCode }) => regionCode))
