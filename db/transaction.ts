import type { Actor } from '#app/users/actor.ts'
import { conflict, Problem } from '#app/problems.ts'
import { appendAudit } from '#db/audit-chain.ts'
import type { Db } from '#db/connection.ts'
import { savepoint } from '#db/savepoint.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced, syncLog } from '#db/wal-sync.ts'

// Proof that a transaction is open. Functions that write ask for a Tx; only this file makes one.
export type Tx = {
  db: Db
  actor: Actor
  now: string
  audit: (action: string, subject: string, details?: Record<string, unknown>) => void
}

const openTx = (db: Db, actor: Actor, now: Date): Tx => {
  const at = now.toISOString()
  return { db, actor, now: at, audit: (action, subject, details = {}) => appendAudit(db, { at, actorId: actor.id, action, subject, details }) }
}

// The same transaction in the name of another: what a carrier brings in was done by the officer who signed it.
export const onBehalfOf = ({ db, now }: Tx, actor: Actor): Tx => openTx(db, actor, new Date(now))

// One transaction per writing request, its audit line inside. Immediate takes the write lock at the start,
// so two reviewers cannot both read "waiting". Never await inside.
export function transact<T>(db: Db, actor: Actor, work: (tx: Tx) => T, now = new Date()): T {
  try {
    return db.$client.transaction(() => work(openTx(db, actor, now))).immediate()
  } catch (error) {
    throw asProblem(error)
  }
}

// The same for a piece of long work that is done again if it is lost: on the disk by the next commit that syncs, as the one that
// tells of its end does. Until then nobody may have been told of it.
export const transactSoon = <T>(db: Db, actor: Actor, work: (tx: Tx) => T): T => commitUnsynced(db, () => transact(db, actor, work))

type Job = { run: () => void, settle: (failure?: unknown) => void }
const waiting = new WeakMap<Db, Job[]>()

// The same for hot posts that arrive together: those of one turn of the event loop share one commit, each with a
// savepoint of its own, so that it fails alone. The commit itself does not sync; the log is synced beside the event loop
// (wal-sync.ts), and nobody is answered before it is.
export function transactTogether<T>(db: Db, actor: Actor, work: (tx: Tx) => T, now = new Date()): Promise<T> {
  return new Promise((resolve, reject) => {
    let result: T
    const job: Job = {
      run: () => void (result = savepoint(db, () => work(openTx(db, actor, now)))),
      settle: (failure) => failure === undefined ? resolve(result) : reject(asProblem(failure)),
    }
    const jobs = waiting.get(db)
    if (jobs) return void jobs.push(job)
    waiting.set(db, [job])
    setImmediate(() => void commitTogether(db))
  })
}

async function commitTogether(db: Db) {
  const jobs = waiting.get(db) ?? []
  waiting.delete(db)
  const failures = new Map<Job, unknown>()
  const attempt = (job: Job) => {
    try {
      job.run()
    } catch (error) {
      // A full disk ends the whole transaction, not the savepoint alone: then nothing of this turn is kept.
      if (!db.$client.inTransaction) throw error
      failures.set(job, error)
    }
  }
  try {
    commitUnsynced(db, () => db.$client.transaction(() => jobs.forEach(attempt)).immediate())
    await syncLog(db)
  } catch (error) {
    for (const job of jobs) failures.set(job, error)
  }
  for (const job of jobs) job.settle(failures.get(job))
}

const rememberPost = statement<[string, string, string], unknown>(
  'INSERT INTO received_posts (key, actor_id, received_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')

// False when the same post came before: a device that never saw our answer sends it again, and that is a success.
export const isFirstTime = (tx: Tx, key: string) =>
  rememberPost(tx.db).run(key, tx.actor.id, tx.now).changes === 1

// What the database refuses, in the user's words. SQLite names the CHECK, or the columns of a UNIQUE.
const CONSTRAINTS: Record<string, string> = {
  'users.username': 'Nama pengguna ini sudah dipakai.',
  'households.prelist_id': 'ID prelist ini sudah terdaftar.',
  'batch_ratified_by_another': 'Pengesahan harus dilakukan oleh orang lain daripada yang menyiapkan.',
}

function asProblem(error: unknown) {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const named = /constraint failed: (.+)$/.exec(error.message)?.[1]
  const message = named && CONSTRAINTS[named]
  return message ? conflict(message) : error
}
