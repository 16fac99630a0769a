import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { findPeriod, periodsFor, statusOf, type Period, type StoredPeriod } from '#app/periods/periods.ts'
import type { Db } from '#db/connection.ts'
import { batches, periodBatches } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Batch = Pick<typeof batches.$inferSelect, 'id' | 'regionCode' | 'preparedAt'>
type Filed = typeof periodBatches.$inferSelect
type Counts = { accepted?: number, returned?: number }

// Ready while the period was still taking work in: to have missed it is to be late.
const wasInTime = ({ opensOn, cutoffOn, cutAt }: Period, at: string) =>
  opensOn <= dayOf(at) && dayOf(at) <= cutoffOn && (cutAt === null || at < cutAt)

// Where work of this day counts, and the period before it that it came too late for.
export function placeInTime(all: Period[], preparedAt: string, today: string): { period?: Period, missed?: Period } {
  const at = all.findIndex((one) => ['open', 'planned'].includes(statusOf(one, today)))
  const before = at === -1 ? all : all.slice(0, at)
  const missed = before.filter((one) => one.opensOn <= dayOf(preparedAt) && (statusOf(one, today) === 'cut_off' || wasInTime(one, preparedAt))).at(-1)
  return { period: all[at], missed }
}

// A batch belongs to the period in which it was dispatched before the cut-off; late, it goes on to the next by itself.
export function fileDispatched(tx: Tx, batch: Batch): Filed {
  const { period, missed } = placeInTime(periodsFor(tx.db, batch.regionCode), batch.preparedAt, dayOf(tx.now))
  return file(tx, batch.id, { periodId: period?.id ?? null, missedId: missed?.id ?? null, reason: missed ? 'late' : 'in_time' })
}

function file(tx: Tx, batchId: string, where: Pick<Filed, 'periodId' | 'missedId' | 'reason'>): Filed {
  const filed = tx.db.insert(periodBatches).values({ batchId, ...where, at: tx.now }).returning().get()
  tx.audit('period.batch_filed', batchId, { period: where.periodId, missed: where.missedId, reason: where.reason })
  return filed
}

const newestOf = (db: Db, batchId: string): Filed | undefined =>
  db.select().from(periodBatches).where(eq(periodBatches.batchId, batchId)).orderBy(desc(periodBatches.number)).limit(1).get()

// What the ministry has decided, counted in the period that was still open to it.
export function countDetermined(tx: Tx, batchId: string, { accepted = 0, returned = 0 }: Counts) {
  if (accepted + returned === 0) return
  const batch = tx.db.select().from(batches).where(eq(batches.id, batchId)).get()!
  let filed = newestOf(tx.db, batchId) ?? fileDispatched(tx, batch)
  const period = findPeriod(tx.db, filed.periodId)
  if (period && statusOf(period, dayOf(tx.now)) === 'closed') filed = rollOver(tx, batch, period)
  tx.db.update(periodBatches).set({ accepted: sql`accepted + ${accepted}`, returned: sql`returned + ${returned}` })
    .where(eq(periodBatches.number, filed.number)).run()
}

// The period closed before everything in the batch was decided: the rest belongs to the next.
function rollOver(tx: Tx, { id, regionCode }: Batch, closed: StoredPeriod): Filed {
  return file(tx, id, { periodId: nextAfter(tx, regionCode, closed.id)?.id ?? null, missedId: closed.id, reason: 'undetermined' })
}

const nextAfter = (tx: Tx, regionCode: string, closedId: string) =>
  periodsFor(tx.db, regionCode).find((one) => one.id !== closedId && statusOf(one, dayOf(tx.now)) !== 'closed')

const isNewest = sql`NOT EXISTS (SELECT 1 FROM period_batches later WHERE later.batch_id = ${periodBatches.batchId} AND later.number > ${periodBatches.number})`

// All that waits for a decision in a period that closes.
export function rollOverUndetermined(tx: Tx, closed: StoredPeriod): number {
  const waiting = tx.db.select({ batch: batches }).from(periodBatches).innerJoin(batches, eq(batches.id, periodBatches.batchId))
    .where(and(eq(periodBatches.periodId, closed.id), eq(batches.status, 'dispatched'), isNewest)).all()
  for (const { batch } of waiting) rollOver(tx, batch, closed)
  return waiting.length
}

// Work that had no period to go to enters the one that has been made now.
export function takeUpWaiting(tx: Tx): number {
  const waiting = tx.db.select({ filed: periodBatches, batch: batches }).from(periodBatches).innerJoin(batches, eq(batches.id, periodBatches.batchId))
    .where(and(sql`${periodBatches.periodId} IS NULL`, eq(batches.status, 'dispatched'), isNewest)).all()
  let taken = 0
  for (const { filed, batch } of waiting) {
    const period = filed.reason === 'undetermined' && filed.missedId ? nextAfter(tx, batch.regionCode, filed.missedId)
      : placeInTime(periodsFor(tx.db, batch.regionCode), batch.preparedAt, dayOf(tx.now)).period
    if (!period) continue
    tx.db.update(periodBatches).set({ periodId: period.id }).where(eq(periodBatches.number, filed.number)).run()
    tx.audit('period.batch_filed', batch.id, { period: period.id, missed: filed.missedId, reason: filed.reason })
    taken += 1
  }
  return taken
}

export type BatchPeriod = { filed: (Filed & { period?: StoredPeriod, missed?: StoredPeriod })[], upcoming?: Period, missing?: Period }

// For the page of a batch, which its reader has got already: where it counts, or where it would if it were sent today.
export function periodOfBatch(db: Db, batch: Batch & { status: string }, today: string): BatchPeriod {
  const rows = db.select().from(periodBatches).where(eq(periodBatches.batchId, batch.id)).orderBy(periodBatches.number).all()
  const filed = rows.map((row) => ({ ...row, period: findPeriod(db, row.periodId), missed: findPeriod(db, row.missedId) }))
  if (filed.length > 0 || !BEFORE.includes(batch.status)) return { filed }
  const { period, missed } = placeInTime(periodsFor(db, batch.regionCode), batch.preparedAt, today)
  return { filed, upcoming: period, missing: missed }
}

const BEFORE = ['gathering', 'open', 'frozen', 'ratified']

// The short of it, for the list of batches: by batch, the name of the period that holds.
export function periodNames(db: Db, batchIds: string[]): Map<string, string> {
  const rows = batchIds.length === 0 ? [] : db.all<{ batchId: string, name: string }>(sql`SELECT b.batch_id AS batchId, p.name AS name
    FROM period_batches b JOIN periods p ON p.id = b.period_id WHERE ${inArray(sql`b.batch_id`, batchIds)} ORDER BY b.number`)
  return new Map(rows.map(({ batchId, name }) => [batchId, name]))
}
