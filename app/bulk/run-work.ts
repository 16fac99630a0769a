import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { candidatesAt, type Candidate } from '#app/bulk/candidates.ts'
import { ACTS } from '#app/bulk/kinds.ts'
import { addItems, findRun, finishGathering, type BulkRun } from '#app/bulk/runs.ts'
import { undoItem, type Item } from '#app/bulk/undoing.ts'
import { Problem } from '#app/problems.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { activeActor } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { bulkItems, bulkRuns } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// Small enough that a page asked for in between does not wait for it.
const CHUNK = 50
export const UNDO_MINUTES = 10

const queue = oneAtATime()

// Does in the background whatever the run's status asks for. One at a time; asked twice, the second finds nothing to do.
export function workOnRun(db: Db, id: string) {
  queue.add(db, () => work(db, id))
}

export const bulkDone = queue.done

// A small run is over before its page is drawn; a long one is left to go on.
export const soonDone = queue.soon

async function work(db: Db, id: string) {
  try {
    const run = findRun(db, id)
    if (run?.status === 'gathering') await gather(db, run)
    while (step(db, id)) await letOthers()
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) fail(db, id, error)
  }
}

function makerOf(db: Db, { madeBy }: Pick<BulkRun, 'madeBy'>): Actor {
  const maker = activeActor(db, madeBy)
  if (!maker) throw new Problem('forbidden', 'Akun yang memulai tindakan ini tidak aktif lagi.')
  return maker
}

// Begun anew after a restart: nothing of it has been done yet.
async function gather(db: Db, run: BulkRun) {
  const maker = makerOf(db, run)
  transact(db, maker, (tx) => clear(tx, run.id))
  for (const rows of ACTS[run.kind].candidates({ db, actor: maker }, run.wanted)) {
    transact(db, maker, (tx) => addItems(tx, run.id, run.kind, rows))
    await letOthers()
  }
  transact(db, maker, (tx) => finishGathering(tx, run.id))
}

function clear(tx: Tx, id: string) {
  tx.db.delete(bulkItems).where(eq(bulkItems.runId, id)).run()
  tx.db.update(bulkRuns).set({ planned: 0, skipped: 0 }).where(eq(bulkRuns.id, id)).run()
}

// Some rows in one transaction, marked in the same: going on after a restart repeats nothing. False when nothing is left.
function step(db: Db, id: string): boolean {
  const run = findRun(db, id)
  if (run?.status === 'running') return transact(db, makerOf(db, run), (tx) => doSome(tx, run))
  if (run?.status === 'undoing') return transact(db, makerOf(db, run), (tx) => undoSome(tx, run))
  return false
}

const itemsAt = (db: Db, id: string, outcome: 'planned' | 'done'): Item[] =>
  db.select().from(bulkItems).where(and(eq(bulkItems.runId, id), eq(bulkItems.outcome, outcome))).orderBy(asc(bulkItems.position)).limit(CHUNK).all()

const lastMove = statement<[string], { id: number }>('SELECT id FROM transitions WHERE household_id = ? ORDER BY id DESC LIMIT 1')
const lastLine = statement<[], { seq: number }>('SELECT seq FROM audit_entries ORDER BY seq DESC LIMIT 1')
const markDone = statement<[number, number, string, number], unknown>("UPDATE bulk_items SET outcome = 'done', transition_id = ?, audit_seq = ? WHERE run_id = ? AND position = ?")
const markLeft = statement<[string, string, string, number], unknown>('UPDATE bulk_items SET outcome = ?, reason = ? WHERE run_id = ? AND position = ?')
const countDone = statement<[number, number, number, string], unknown>('UPDATE bulk_runs SET done = done + ?, planned = planned - ?, skipped = skipped + ? WHERE id = ?')
const countUndone = statement<[number, number, number, string], unknown>('UPDATE bulk_runs SET undone = undone + ?, kept = kept + ?, done = done - ? WHERE id = ?')

function doSome(tx: Tx, run: BulkRun): boolean {
  const items = itemsAt(tx.db, run.id, 'planned')
  if (items.length === 0) return finish(tx, run)
  const reasons = actOn(tx, run, items)
  // The line of audit an act writes comes before this one, so anything after it is somebody else's.
  const seq = lastLine(tx.db).get()?.seq ?? 0
  for (const item of items) {
    const reason = reasons.get(item.householdId)
    if (reason === undefined) markDone(tx.db).run(lastMove(tx.db).get(item.householdId)!.id, seq, run.id, item.position)
    else markLeft(tx.db).run('skipped', reason, run.id, item.position)
  }
  countDone(tx.db).run(items.length - reasons.size, items.length, reasons.size, run.id)
  return true
}

// Why rows stay as they are, by household. What changed since the preview is asked again.
function actOn(tx: Tx, { id, kind, wanted }: BulkRun, items: Item[]): Map<string, string> {
  const { leftOut, act } = ACTS[kind]
  const now = new Map(candidatesAt(tx, items.map(({ householdId }) => householdId)).map((row) => [row.id, row]))
  const reasons = new Map<string, string>()
  const fit: Candidate[] = []
  for (const { householdId, revision } of items) {
    const row = now.get(householdId)
    const asSeen = row && { ...row, revision }
    const reason = asSeen ? leftOut(tx, asSeen) : 'tidak lagi dalam wilayah Anda'
    if (reason) reasons.set(householdId, reason)
    else fit.push(asSeen!)
  }
  if (fit.length === 0) return reasons
  try {
    // A savepoint: what one refuses takes nothing with it.
    const passed = tx.db.$client.transaction(() => act(tx, `${id}:${items[0]!.position}`, wanted, fit))()
    for (const [household, reason] of passed) reasons.set(household, reason)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    for (const row of fit) reasons.set(row.id, Object.values(error.fields)[0] ?? error.message)
  }
  return reasons
}

function finish(tx: Tx, { id, kind, done, skipped }: BulkRun, message?: string): boolean {
  const undoUntil = new Date(Date.parse(tx.now) + UNDO_MINUTES * 60_000).toISOString()
  tx.db.update(bulkRuns).set({ status: 'done', finishedAt: tx.now, undoUntil, message }).where(eq(bulkRuns.id, id)).run()
  tx.audit('bulk.done', id, { kind, done, skipped })
  return false
}

function undoSome(tx: Tx, run: BulkRun): boolean {
  const items = itemsAt(tx.db, run.id, 'done')
  if (items.length === 0) {
    tx.db.update(bulkRuns).set({ status: 'undone' }).where(eq(bulkRuns.id, run.id)).run()
    tx.audit('bulk.undone', run.id, { kind: run.kind, undone: run.undone, kept: run.kept })
    return false
  }
  let kept = 0
  for (const item of items) {
    const reason = undoItem(tx, run, item)
    if (reason) kept += 1
    markLeft(tx.db).run(reason ? 'kept' : 'undone', reason ?? '', run.id, item.position)
  }
  countUndone(tx.db).run(items.length - kept, kept, items.length, run.id)
  return true
}

// What was done before stays done, and may be taken back like any other.
function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const message = error instanceof Problem ? error.message : 'Terjadi kesalahan pada sistem. Yang belum diubah tetap seperti semula.'
  transact(db, system, (tx) => {
    const run = findRun(tx.db, id)!
    if (run.status !== 'gathering') return void finish(tx, run, message)
    tx.db.update(bulkRuns).set({ status: 'failed', message }).where(eq(bulkRuns.id, id)).run()
    tx.audit('bulk.failed', id)
  })
}

const DAY_MS = 86_400_000
const KEPT_DAYS = 7

// Previews nobody confirmed, and the rows of what can no longer be taken back: the moves themselves stay where they are.
export function sweepRuns(tx: Tx) {
  const before = (days: number) => new Date(Date.parse(tx.now) - days * DAY_MS).toISOString()
  tx.db.update(bulkRuns).set({ status: 'discarded' }).where(and(eq(bulkRuns.status, 'previewed'), lt(bulkRuns.madeAt, before(1)))).run()
  const old = tx.db.select({ id: bulkRuns.id }).from(bulkRuns)
    .where(and(inArray(bulkRuns.status, ['discarded', 'done', 'undone', 'failed']), lt(bulkRuns.madeAt, before(KEPT_DAYS)), gt(bulkRuns.madeAt, before(KEPT_DAYS + 3)))).all()
  for (const { id } of old) tx.db.delete(bulkItems).where(eq(bulkItems.runId, id)).run()
}

export function resumeBulk(db: Db) {
  const left = db.select({ id: bulkRuns.id }).from(bulkRuns).where(inArray(bulkRuns.status, ['gathering', 'running', 'undoing'])).orderBy(bulkRuns.madeAt).all()
  for (const { id } of left) workOnRun(db, id)
}
