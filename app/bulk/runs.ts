import { and, asc, count, desc, eq } from 'drizzle-orm'
import type { Candidate } from '#app/bulk/candidates.ts'
import { ACTS, type Kind, type Wanted } from '#app/bulk/kinds.ts'
import { earlierThan, placeOf } from '#app/list-places.ts'
import { conflict, notFound } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { bulkItems, bulkRuns, households, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type BulkRun = Omit<typeof bulkRuns.$inferSelect, 'wanted'> & { wanted: Wanted }
type Reading = Pick<Tx, 'db' | 'actor'>

export const findRun = (db: Db, id: string) => db.select().from(bulkRuns).where(eq(bulkRuns.id, id)).get() as BulkRun | undefined

// To everybody but whoever began it, it is not found.
export function getRun({ db, actor }: Reading, id: string): BulkRun {
  const found = findRun(db, id)
  if (!found || found.madeBy !== actor.id) throw notFound('Tindakan ini')
  return found
}

// What was chosen by hand is gathered at once, so that a wrong choice is refused; what a filter names is gathered beside.
// False when the same form came before.
export function openRun(tx: Tx, id: string, kind: Kind, wanted: Wanted): boolean {
  const { demand, candidates } = ACTS[kind]
  demand(tx, wanted)
  if (findRun(tx.db, id)) return getRun(tx, id).id !== id
  const byHand = wanted.household !== undefined || wanted.visit !== undefined
  tx.db.insert(bulkRuns).values({ id, kind, wanted, status: 'gathering', madeBy: tx.actor.id, madeAt: tx.now }).run()
  if (byHand) {
    for (const rows of candidates(tx, wanted)) addItems(tx, id, kind, rows)
    finishGathering(tx, id)
  }
  return true
}

const insertItem = statement<[string, number, string, string, string, string | null, string | null, number | null, string], unknown>(
  'INSERT INTO bulk_items (run_id, position, household_id, outcome, from_stage, officer_id, visit_id, revision, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
const addCounts = statement<[number, number, string], unknown>('UPDATE bulk_runs SET planned = planned + ?, skipped = skipped + ? WHERE id = ?')

export function addItems(tx: Tx, id: string, kind: Kind, rows: Candidate[]) {
  const { planned, skipped } = findRun(tx.db, id)!
  let left = 0
  rows.forEach((row, i) => {
    const reason = ACTS[kind].leftOut(tx, row)
    if (reason) left += 1
    insertItem(tx.db).run(id, planned + skipped + i + 1, row.id, reason ? 'skipped' : 'planned', row.stage, row.officerId, row.visitId, row.revision, reason ?? '')
  })
  addCounts(tx.db).run(rows.length - left, left, id)
}

export const finishGathering = (tx: Tx, id: string) =>
  void tx.db.update(bulkRuns).set({ status: 'previewed' }).where(and(eq(bulkRuns.id, id), eq(bulkRuns.status, 'gathering'))).run()

// Twice is once: the second press of the button finds it under way.
export function confirmRun(tx: Tx, id: string) {
  const run = getRun(tx, id)
  ACTS[run.kind].demand(tx, run.wanted)
  if (run.status === 'gathering') throw conflict('Daftarnya masih dikumpulkan. Tunggu sebentar.')
  if (run.status === 'discarded') throw conflict('Pratinjau ini sudah terlalu lama. Buat lagi dari daftarnya.')
  if (run.status !== 'previewed') return
  if (run.planned === 0) throw conflict('Tidak ada baris yang bisa diubah.')
  tx.db.update(bulkRuns).set({ status: 'running' }).where(eq(bulkRuns.id, id)).run()
  tx.audit('bulk.confirmed', id, { kind: run.kind, planned: run.planned, skipped: run.skipped })
}

export function undoRun(tx: Tx, id: string) {
  const run = getRun(tx, id)
  ACTS[run.kind].demand(tx, run.wanted)
  if (run.status === 'undoing' || run.status === 'undone') return
  if (run.status !== 'done') throw conflict('Tindakan ini belum selesai.')
  if (!run.undoUntil || run.undoUntil < tx.now) throw conflict('Waktu untuk mengurungkan sudah lewat.')
  tx.db.update(bulkRuns).set({ status: 'undoing' }).where(eq(bulkRuns.id, id)).run()
  tx.audit('bulk.undo_requested', id, { kind: run.kind, done: run.done })
}

const SHOWN = 20
type Outcome = typeof bulkItems.$inferSelect['outcome']
export type ShownItem = ReturnType<typeof itemsOf>[number]

const itemsOf = (db: Db, id: string, outcome: Outcome, reason?: string, limit = SHOWN) => {
  const rows = db.select({
    position: bulkItems.position, householdId: bulkItems.householdId, headName: households.headName, regionCode: households.regionCode, fromStage: bulkItems.fromStage,
    visitId: bulkItems.visitId, officerName: users.name, stage: households.stage, reason: bulkItems.reason,
  }).from(bulkItems).innerJoin(households, eq(households.id, bulkItems.householdId)).leftJoin(users, eq(users.id, bulkItems.officerId))
    .where(and(eq(bulkItems.runId, id), eq(bulkItems.outcome, outcome), reason === undefined ? undefined : eq(bulkItems.reason, reason)))
    .orderBy(asc(bulkItems.position)).limit(limit).all()
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({ ...row, village: names.get(row.regionCode)! }))
}

const SHOWN_OF_A_REASON = 5

// What stays as it is, by reason, the most frequent first, with a few names of each.
const reasonsOf = (db: Db, id: string, outcome: Outcome) =>
  db.select({ reason: bulkItems.reason, n: count() }).from(bulkItems)
    .where(and(eq(bulkItems.runId, id), eq(bulkItems.outcome, outcome))).groupBy(bulkItems.reason).orderBy(desc(count())).limit(30).all()
    .map(({ reason, n }) => ({ reason, count: n, names: itemsOf(db, id, outcome, reason, SHOWN_OF_A_REASON).map(({ headName }) => headName) }))

export type RunView = ReturnType<typeof viewRun>

export function viewRun({ db, actor }: Reading, id: string, now = new Date().toISOString()) {
  const run = getRun({ db, actor }, id)
  const working = run.status === 'gathering' || run.status === 'running' || run.status === 'undoing'
  const { village = [], officer } = run.wanted
  return {
    run, undoable: run.status === 'done' && run.done > 0 && (run.undoUntil ?? '') >= now,
    rows: working ? [] : itemsOf(db, id, run.status === 'previewed' ? 'planned' : run.status === 'undone' ? 'undone' : 'done'),
    skipped: working ? [] : reasonsOf(db, id, 'skipped'), kept: working ? [] : reasonsOf(db, id, 'kept'),
    villages: village.length > 5 ? [`${village.length} desa/kelurahan`] : [...regionNames(db, village).values()],
    officerName: officer ? db.select({ name: users.name }).from(users).where(eq(users.id, officer)).get()?.name : undefined,
  }
}

// One's own, the newest first.
const PAGE = 30
export function listRuns(db: Db, actor: Actor, before?: string): { runs: BulkRun[], next?: string } {
  const rows = db.select().from(bulkRuns).where(and(eq(bulkRuns.madeBy, actor.id), earlierThan(before, bulkRuns.madeAt, bulkRuns.id)))
    .orderBy(desc(bulkRuns.madeAt), desc(bulkRuns.id)).limit(PAGE + 1).all() as BulkRun[]
  const runs = rows.slice(0, PAGE)
  return { runs, next: rows.length > PAGE ? placeOf(runs.at(-1)!.madeAt, runs.at(-1)!.id) : undefined }
}
