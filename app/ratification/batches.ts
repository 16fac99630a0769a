import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import { moveStage } from '#app/households/moves.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { withFailures } from '#app/ratification/gates.ts'
import { dropProposal, proposalLeaves, wasDropped } from '#app/ratification/proposals.ts'
import { demandRest } from '#app/ratification/steps.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchItems, households, transitions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Batch = typeof batches.$inferSelect
export type BatchStatus = Batch['status']

export const PAGE_SIZE = 50

// Newest first; `before` is the last row's preparedAt and id.
export function listBatches(db: Db, actor: Actor, { before }: { before?: { preparedAt: string, id: string } } = {}): Batch[] {
  demand(actor, 'batch.read')
  const older = before && or(lt(batches.preparedAt, before.preparedAt),
    and(eq(batches.preparedAt, before.preparedAt), lt(batches.id, before.id)))
  return db.select().from(batches).where(and(within(batches.regionCode, actor), visibleTo(actor), older))
    .orderBy(desc(batches.preparedAt), desc(batches.id)).limit(PAGE_SIZE + 1).all()
}

// The ministry sees what was sent to it, not what a kabupaten is still preparing.
export const visibleTo = ({ role }: Actor) =>
  role === 'ministry_officer' ? sql`${batches.status} IN ('dispatched', 'determined')` : undefined

export function getBatch({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Batch {
  demand(actor, 'batch.read')
  const batch = db.select().from(batches).where(and(eq(batches.id, id), within(batches.regionCode, actor), visibleTo(actor))).get()
  if (!batch) throw notFound('Berkas pengesahan')
  return batch
}

// What a batch must stand at for the next step to be asked, with all its rows.
export function demandStatus(tx: Tx, { id, status }: Batch, ...expected: BatchStatus[]) {
  if (!expected.includes(status)) throw conflict('Keadaan berkas ini sudah berubah. Muat ulang halaman.')
  demandRest(tx, id)
}

// The ministry decides about what was sent to it.
export function demandSent(tx: Tx, id: string) {
  const { status } = getBatch(tx, id)
  if (status !== 'dispatched' && status !== 'determined') throw conflict('Berkas ini belum dikirim ke Kemensos.')
}

// Opens an empty batch of a kabupaten/kota; gathering.ts fills it. id comes from the form: twice is one batch.
export function openBatch(tx: Tx, { id, regionCode, title }: Pick<Batch, 'id' | 'regionCode' | 'title'>): Batch {
  demand(tx.actor, 'batch.prepare')
  if (!tx.actor.regions.includes(regionCode)) throw invalid({ regionCode: 'Pilih kabupaten/kota Anda.' })
  const known = tx.db.select().from(batches).where(eq(batches.id, id)).get()
  if (known) return getBatch(tx, id)
  tx.db.insert(batches).values({ id, regionCode, title, status: 'gathering', preparedBy: tx.actor.id, preparedAt: tx.now }).run()
  tx.audit('batch.opened', id, { regionCode })
  return getBatch(tx, id)
}

// Takes one household out again.
export function removeFromBatch(tx: Tx, id: string, householdId: string, note: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  if (wasTakenOut(tx, id, householdId)) return
  demandStatus(tx, batch, 'open')
  takeOut(tx, id, householdId, note)
  countItems(tx, id)
}

// Asked twice, it is out.
const wasTakenOut = ({ db }: Tx, id: string, householdId: string) =>
  !db.select({ id: batchItems.householdId }).from(batchItems).where(and(eq(batchItems.batchId, id), eq(batchItems.householdId, householdId))).get()
  && db.select({ id: transitions.id }).from(transitions).where(and(eq(transitions.householdId, householdId), eq(transitions.subject, `batch:${id}`), eq(transitions.fromStage, 'batched'))).limit(1).get() !== undefined

// Back to the verified ones, for the next batch; what fails a gate back to Dinsos' own queue, since it would fail again in every
// batch and only whoever checks can send it to its officer.
export function takeOut(tx: Tx, id: string, householdId: string, note: string) {
  const [item] = tx.db.delete(batchItems).where(and(eq(batchItems.batchId, id), eq(batchItems.householdId, householdId))).returning({ failures: batchItems.failures }).all()
  if (!item) throw notFound('Rumah tangga dalam berkas ini')
  moveStage(tx, { id: householdId, stage: 'batched' }, item.failures.length > 0 ? 'checked' : 'verified', { note: withFailures(note, item.failures), subject: `batch:${id}` })
  tx.audit('batch.item_removed', id, { householdId })
}

// Takes one usulan out again.
export function removeProposal(tx: Tx, id: string, proposalId: string, note: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  const isIn = proposalLeaves(tx.db, id).some((leaf) => leaf.proposalId === proposalId)
  if (!isIn && wasDropped(tx.db, id, proposalId)) return
  demandStatus(tx, batch, 'open')
  if (!isIn) throw notFound('Usulan dalam berkas ini')
  dropProposal(tx, id, proposalId, note)
}

export const countItems = ({ db }: Pick<Tx, 'db'>, id: string) => void db.update(batches).set({
  itemCount: sql`(SELECT count(*) FROM ${batchItems} WHERE ${batchItems.batchId} = ${id})`,
}).where(eq(batches.id, id)).run()

export const countFailingItems = (db: Db, id: string) => db.select({ n: sql<number>`count(*)` }).from(batchItems)
  .where(and(eq(batchItems.batchId, id), sql`${batchItems.failures} <> '[]'`)).get()!.n

export const manifestItems = (db: Db, id: string) => db
  .select({ householdId: batchItems.householdId, visitId: batchItems.visitId, recordHash: batchItems.recordHash })
  .from(batchItems).where(eq(batchItems.batchId, id)).orderBy(asc(batchItems.position)).all()

export type BatchItem = {
  householdId: string, headName: string, regionCode: string, visitId: string, position: number, recordHash: string
  failures: { gate: string, message: string }[], decision: string, reason: string, outcome: number | null
}

// The rows of a batch by position and id. `failing`: only those a gate keeps out; `pending`: only undecided ones.
export function listItems(db: Db, actor: Actor, batchId: string, { after, failing, pending }: { after?: string, failing?: boolean, pending?: boolean } = {}): BatchItem[] {
  getBatch({ db, actor }, batchId)
  return db.select({
    householdId: batchItems.householdId, headName: households.headName, regionCode: batchItems.regionCode,
    visitId: batchItems.visitId, position: batchItems.position, recordHash: batchItems.recordHash, failures: batchItems.failures,
    decision: batchItems.decision, reason: batchItems.reason, outcome: households.outcome,
  }).from(batchItems).innerJoin(households, eq(households.id, batchItems.householdId))
    .where(and(eq(batchItems.batchId, batchId), after ? gt(batchItems.householdId, after) : undefined,
      failing ? sql`${batchItems.failures} <> '[]'` : undefined, pending ? eq(batchItems.decision, 'pending') : undefined))
    .orderBy(asc(batchItems.householdId)).limit(PAGE_SIZE + 1).all()
}
