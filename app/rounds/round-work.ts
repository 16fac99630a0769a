import { and, eq, inArray, lt } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { listRows, type RowPlace } from '#app/eligibility/results.ts'
import { Problem } from '#app/problems.ts'
import { MOST_CHANGES } from '#app/programmes/batches.ts'
import { findRound, finishGathering } from '#app/rounds/rounds.ts'
import { addRows, proposeRow, rowsAt, withdrawRow, type Round } from '#app/rounds/rows.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { activeActor } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { roundRows, rounds } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// Small enough that a page asked for in between does not wait for it.
const CHUNK = 50
const UNDO_MINUTES = 10

const queue = oneAtATime()

// Does beside the requests whatever the round's status asks for. Asked twice, the second finds nothing to do.
export const workOnRound = (db: Db, id: string) => queue.add(db, () => work(db, id))
export const roundsDone = queue.done
// A small round is over before its page is drawn; a long one is left to go on.
export const soonDone = queue.soon

async function work(db: Db, id: string) {
  try {
    const round = findRound(db, id)
    if (round?.status === 'gathering') await gather(db, round)
    while (step(db, id)) await letOthers()
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) fail(db, id, error)
  }
}

function makerOf(db: Db, { madeBy }: Round): Actor {
  const maker = activeActor(db, madeBy)
  if (!maker) throw new Problem('forbidden', 'Akun yang memulai usulan bersama ini tidak aktif lagi.')
  return maker
}

// Begun anew after a restart: nothing of it has been proposed yet. No more than one batch can carry.
async function gather(db: Db, { id, ...round }: Round) {
  const actor = makerOf(db, { id, ...round })
  transact(db, actor, (tx) => clear(tx, id))
  let after: RowPlace | undefined
  do {
    const page = listRows({ db, actor }, round.runId, { kind: round.rowKind, region: round.regionCode, reasons: round.reasons }, after, CHUNK)
    const now = findRound(db, id)!
    if (now.status !== 'gathering') return
    const room = MOST_CHANGES - now.planned
    transact(db, actor, (tx) => addRows(tx, now, page.rows.slice(0, room)))
    after = page.next
    if (room < page.rows.length || (after && findRound(db, id)!.planned >= MOST_CHANGES)) {
      transact(db, actor, (tx) => void tx.db.update(rounds).set({ isFull: true }).where(eq(rounds.id, id)).run())
      after = undefined
    }
    await letOthers()
  } while (after)
  transact(db, actor, (tx) => finishGathering(tx, id))
}

function clear(tx: Tx, id: string) {
  tx.db.delete(roundRows).where(eq(roundRows.roundId, id)).run()
  tx.db.update(rounds).set({ planned: 0, skipped: 0, isFull: false }).where(eq(rounds.id, id)).run()
}

// Some rows in one transaction, marked in the same: going on after a restart repeats nothing. False when nothing is left.
function step(db: Db, id: string): boolean {
  const round = findRound(db, id)
  if (round?.status === 'running') return transact(db, makerOf(db, round), (tx) => proposeSome(tx, round))
  if (round?.status === 'undoing') return transact(db, makerOf(db, round), (tx) => undoSome(tx, round))
  return false
}

const mark = statement<[string, string, string, number], unknown>('UPDATE round_rows SET outcome = ?, reason = ? WHERE round_id = ? AND position = ?')
const countDone = statement<[number, number, number, string], unknown>('UPDATE rounds SET done = done + ?, planned = planned - ?, skipped = skipped + ? WHERE id = ?')
const countUndone = statement<[number, number, number, string], unknown>('UPDATE rounds SET undone = undone + ?, kept = kept + ?, done = done - ? WHERE id = ?')

// What changed since the preview is asked again, and what no longer fits is passed over with its reason.
function proposeSome(tx: Tx, round: Round): boolean {
  const rows = rowsAt(tx.db, round.id, 'planned', CHUNK)
  if (rows.length === 0) return finish(tx, round)
  let skipped = 0
  for (const row of rows) {
    const trouble = proposeRow(tx, round, row)
    if (trouble) skipped += 1
    mark(tx.db).run(trouble ? 'skipped' : 'done', trouble ?? '', round.id, row.position)
  }
  countDone(tx.db).run(rows.length - skipped, rows.length, skipped, round.id)
  return true
}

function finish(tx: Tx, { id, programme, changeKind, done, skipped }: Round, message?: string): boolean {
  const undoUntil = new Date(Date.parse(tx.now) + UNDO_MINUTES * 60_000).toISOString()
  tx.db.update(rounds).set({ status: 'done', finishedAt: tx.now, undoUntil, message }).where(eq(rounds.id, id)).run()
  tx.audit('round.done', id, { programme, kind: changeKind, done, skipped })
  return false
}

function undoSome(tx: Tx, round: Round): boolean {
  const rows = rowsAt(tx.db, round.id, 'done', CHUNK)
  if (rows.length === 0) {
    tx.db.update(rounds).set({ status: 'undone' }).where(eq(rounds.id, round.id)).run()
    tx.audit('round.undone', round.id, { undone: round.undone, kept: round.kept })
    return false
  }
  let kept = 0
  for (const row of rows) {
    const trouble = withdrawRow(tx, round, row)
    if (trouble) kept += 1
    mark(tx.db).run(trouble ? 'kept' : 'undone', trouble ?? '', round.id, row.position)
  }
  countUndone(tx.db).run(rows.length - kept, kept, rows.length, round.id)
  return true
}

// What was proposed before stays proposed, and may be taken back like any other.
function fail(db: Db, id: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const message = error instanceof Problem ? error.message : 'Terjadi kesalahan pada sistem. Yang belum diusulkan tetap seperti semula.'
  transact(db, system, (tx) => {
    const round = findRound(tx.db, id)!
    if (round.status !== 'gathering') return void finish(tx, round, message)
    tx.db.update(rounds).set({ status: 'failed', message }).where(eq(rounds.id, id)).run()
    tx.audit('round.failed', id)
  })
}

// Previews nobody confirmed, and after a week the rows of what is over: the proposals themselves stay where they are.
export function sweepRounds(tx: Tx) {
  const before = (days: number) => new Date(Date.parse(tx.now) - days * 86_400_000).toISOString()
  tx.db.update(rounds).set({ status: 'discarded' }).where(and(eq(rounds.status, 'previewed'), lt(rounds.madeAt, before(1)))).run()
  dropOld(tx.db).run(before(7))
}

const dropOld = statement<[string], unknown>(`DELETE FROM round_rows WHERE round_id IN (SELECT id FROM rounds WHERE status IN ('discarded', 'done', 'undone', 'failed') AND made_at < ?)`)

export function resumeRounds(db: Db) {
  const left = db.select({ id: rounds.id }).from(rounds).where(inArray(rounds.status, ['gathering', 'running', 'undoing'])).orderBy(rounds.madeAt).all()
  for (const { id } of left) workOnRound(db, id)
}
