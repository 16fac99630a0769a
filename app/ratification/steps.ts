import { eq, sql } from 'drizzle-orm'
import { conflict } from '#app/problems.ts'
import { demand, type Verb } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { batchSteps } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// A batch takes up to five thousand rows along with every step. What is decided is one transaction; the rows follow some at a
// time, each slice whole, so that nobody waits for them and a restart goes on where they are.
export const SLICE = 100

export type BatchStep = typeof batchSteps.$inferSelect
export type StepKind = BatchStep['kind']

// cursor: where the next slice begins; without it nothing is left.
type Slice = { done: number, passed?: number, cursor?: string }
export type Stepper = { some: (tx: Tx, step: BatchStep) => Slice, finish?: (tx: Tx, step: BatchStep) => void }

export const stepOf = (db: Db, batchId: string) => db.select().from(batchSteps).where(eq(batchSteps.batchId, batchId)).get()

const underWay = (db: Db, batchId: string) => {
  const step = stepOf(db, batchId)
  return step?.finishedAt === null ? step : undefined
}

// The newest step belongs to whoever asked for it; the next begins when all rows have followed.
export function demandRest({ db }: Pick<Tx, 'db'>, batchId: string) {
  if (underWay(db, batchId)) throw conflict('Langkah sebelumnya pada berkas ini masih dikerjakan. Tunggu sampai selesai.')
}

// This very step: asked twice, it is done once.
export const isUnderWay = ({ db }: Pick<Tx, 'db'>, batchId: string, kind: StepKind) => underWay(db, batchId)?.kind === kind

export function beginStep(tx: Tx, batchId: string, kind: StepKind, { total, note = '' }: { total: number, note?: string }) {
  demandRest(tx, batchId)
  const step = { batchId, kind, actorId: tx.actor.id, note, askedAt: tx.now, total, done: 0, passed: 0, cursor: '', finishedAt: null, problem: null }
  tx.db.insert(batchSteps).values(step).onConflictDoUpdate({ target: batchSteps.batchId, set: step }).run()
}

// The next slice of the step that is under way. False when that was the last.
export function advance(tx: Tx, batchId: string, { some, finish }: Stepper): boolean {
  const step = underWay(tx.db, batchId)
  if (!step) return false
  const { done, passed = 0, cursor } = some(tx, step)
  const now = { done: step.done + done, passed: step.passed + passed }
  if (cursor === undefined) finish?.(tx, { ...step, ...now })
  tx.db.update(batchSteps).set({ ...now, cursor: cursor ?? '', finishedAt: cursor === undefined ? tx.now : null, problem: null }).where(eq(batchSteps.batchId, batchId)).run()
  return cursor !== undefined
}

const RIGHTS: Record<StepKind, Verb> = {
  gather: 'batch.prepare', drop: 'batch.prepare', freeze: 'batch.prepare', cancel: 'batch.prepare', ratify: 'batch.ratify', dispatch: 'batch.dispatch', accept: 'batch.determine', return: 'batch.determine',
}

// One that stands still goes on, for whoever may take it. The caller has read the batch within his scope.
export function continueStep(tx: Tx, batchId: string) {
  const step = underWay(tx.db, batchId)
  if (!step) return
  demand(tx.actor, RIGHTS[step.kind])
  tx.audit('batch.continued', batchId, { step: step.kind })
}

export const stepsUnderWay = (db: Db) => db.select().from(batchSteps).where(sql`${batchSteps.finishedAt} IS NULL`).orderBy(batchSteps.askedAt).limit(1000).all()

export const tellProblem = ({ db }: Tx, batchId: string, problem: string) => void db.update(batchSteps).set({ problem }).where(eq(batchSteps.batchId, batchId)).run()

export type Part = { done: number, passed?: number, next?: string | number }
type Do = (after: string) => Part

// First the visits of a batch, then its usulan, each in its own order.
export function inTwoParts({ cursor }: BatchStep, visits: Do, proposals: Do): Slice {
  const isInProposals = cursor.startsWith('p')
  const first: Part = isInProposals ? { done: 0 } : visits(cursor.slice(1))
  const { done, passed = 0 } = first
  if (first.next !== undefined) return { done, passed, cursor: `v${first.next}` }
  if (done + passed >= SLICE) return { done, passed, cursor: 'p' }
  const second = proposals(isInProposals ? cursor.slice(1) : '')
  return { done: done + second.done, passed: passed + (second.passed ?? 0), cursor: second.next === undefined ? undefined : `p${second.next}` }
}

// Where to go on after these rows; nowhere when they were the last.
export const nextAfter = <T>(rows: T[], at: (row: T) => string | number, some = SLICE) => rows.length < some ? undefined : at(rows.at(-1)!)
