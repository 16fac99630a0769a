import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Via } from '#app/deliveries/receiving.ts'
import { earlierThan, placeOf } from '#app/list-places.ts'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { deliveries, exchangeItems, exchangeRuns, households, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Run = typeof exchangeRuns.$inferSelect
export type Outcome = typeof exchangeItems.$inferSelect['outcome']
export type Item = Omit<typeof exchangeItems.$inferSelect, 'runId' | 'position'>
type Reader = Pick<Tx, 'db' | 'actor'>

// Whoever took a file in reads its report; to everybody else it is not found.
export function getRun({ db, actor }: Reader, id: string): Run {
  demand(actor, 'exchange.take')
  const run = findRun(db, id)
  if (!run || run.takenBy !== actor.id) throw notFound('Laporan berkas ini')
  return run
}

export const findRun = (db: Db, id: string): Run | undefined => db.select().from(exchangeRuns).where(eq(exchangeRuns.id, id)).get()

export type NewRun = Pick<Run, 'id' | 'fileName' | 'sha256' | 'bytes' | 'packageId' | 'total'> & { via: Exclude<Via, 'network'> }

export function openRun(tx: Tx, run: NewRun) {
  demand(tx.actor, 'exchange.take')
  tx.db.insert(exchangeRuns).values({ ...run, fileName: run.fileName.slice(0, 200), takenBy: tx.actor.id, takenAt: tx.now, status: 'taking' }).run()
  tx.audit('exchange.received', run.id, { sha256: run.sha256, via: run.via, count: run.total, packageId: run.packageId })
}

const COUNTS: Record<Outcome, string> = {
  new: 'new_count', updated: 'updated_count', same: 'same_count', held: 'held_count', refused: 'refused_count',
}
const insertItem = statement<unknown[], unknown>(`INSERT INTO exchange_items (run_id, position, outcome, delivery_id, household_id, officer_id, message)
  VALUES (?, ?, ?, ?, ?, ?, ?)`)
const countUp = Object.fromEntries(Object.entries(COUNTS).map(([outcome, column]) =>
  [outcome, statement<[number, string], unknown>(`UPDATE exchange_runs SET done = ?, ${column} = ${column} + 1 WHERE id = ?`)]))

export function recordItem({ db }: Tx, runId: string, position: number, { outcome, deliveryId, householdId, officerId, message }: Item) {
  insertItem(db).run(runId, position, outcome, deliveryId, householdId, officerId, message)
  countUp[outcome]!(db).run(position, runId)
}

export function finishRun(tx: Tx, id: string) {
  tx.db.update(exchangeRuns).set({ status: 'taken', finishedAt: tx.now }).where(eq(exchangeRuns.id, id)).run()
  const { newCount, updatedCount, sameCount, heldCount, refusedCount } = findRun(tx.db, id)!
  tx.audit('exchange.taken', id, { new: newCount, updated: updatedCount, same: sameCount, held: heldCount, refused: refusedCount })
}

export function failRun(tx: Tx, id: string, message: string) {
  tx.db.update(exchangeRuns).set({ status: 'failed', message, finishedAt: tx.now }).where(eq(exchangeRuns.id, id)).run()
  tx.audit('exchange.failed', id)
}

const PAGE = 50
export type ListedRun = Run

// The reader's own, the newest first.
export function listRuns(db: Db, actor: Actor, { before }: { before?: string } = {}): { runs: ListedRun[], next?: string } {
  demand(actor, 'exchange.take')
  const rows = db.select().from(exchangeRuns)
    .where(and(eq(exchangeRuns.takenBy, actor.id), earlierThan(before, exchangeRuns.takenAt, exchangeRuns.id)))
    .orderBy(desc(exchangeRuns.takenAt), desc(exchangeRuns.id)).limit(PAGE + 1).all()
  return { runs: rows.slice(0, PAGE), next: rows.length > PAGE ? placeOf(rows[PAGE - 1]!.takenAt, rows[PAGE - 1]!.id) : undefined }
}

// caseId: the delivery that a person has to decide about, while it waits.
export type ShownItem = Pick<typeof exchangeItems.$inferSelect, 'position' | 'outcome' | 'message' | 'householdId'>
  & { headName: string | null, officer: string | null, caseId: string | null }
export type Report = { run: Run, items: ShownItem[], chosen?: Outcome, next?: number }

// One line for every delivery of the file, in its order. Names only of households that are in the reader's region today.
export function reportOf(db: Db, actor: Actor, id: string, { outcome, after = 0 }: { outcome?: Outcome, after?: number } = {}): Report {
  const run = getRun({ db, actor }, id)
  const rows = db.select({
    position: exchangeItems.position, outcome: exchangeItems.outcome, message: exchangeItems.message,
    householdId: households.id, headName: households.headName, officer: users.name, caseId: deliveries.id,
  }).from(exchangeItems)
    .leftJoin(households, and(eq(households.id, exchangeItems.householdId), within(households.regionCode, actor)))
    .leftJoin(users, eq(users.id, exchangeItems.officerId))
    .leftJoin(deliveries, and(eq(deliveries.id, exchangeItems.deliveryId), eq(deliveries.status, 'held'), within(deliveries.regionCode, actor)))
    .where(and(eq(exchangeItems.runId, id), gt(exchangeItems.position, after), outcome ? eq(exchangeItems.outcome, outcome) : undefined))
    .orderBy(asc(exchangeItems.position)).limit(PAGE + 1).all()
  return { run, items: rows.slice(0, PAGE), chosen: outcome, next: rows.length > PAGE ? rows[PAGE - 1]!.position : undefined }
}
