import { and, asc, desc, eq, gt, lt, or, sql } from 'drizzle-orm'
import { moveStage } from '#app/households/moves.ts'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { rootOf } from '#app/ratification/manifest.ts'
import { countFailingProposals, dropAllProposals, dropFailingProposals, dropProposal, moveProposalsOf, placeProposals, proposalLeaves } from '#app/ratification/proposals.ts'
import { attach } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchItems, households } from '#db/schema/index.ts'
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
const visibleTo = ({ role }: Actor) =>
  role === 'ministry_officer' ? sql`${batches.status} IN ('dispatched', 'determined')` : undefined

export function getBatch({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Batch {
  demand(actor, 'batch.read')
  const batch = db.select().from(batches).where(and(eq(batches.id, id), within(batches.regionCode, actor), visibleTo(actor))).get()
  if (!batch) throw notFound('Berkas pengesahan')
  return batch
}

function demandStatus({ status }: Batch, ...expected: BatchStatus[]) {
  if (!expected.includes(status)) throw conflict('Keadaan berkas ini sudah berubah. Muat ulang halaman.')
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

// Takes one household out again, back to the verified ones.
export function removeFromBatch(tx: Tx, id: string, householdId: string, note: string) {
  demand(tx.actor, 'batch.prepare')
  demandStatus(getBatch(tx, id), 'open')
  const item = tx.db.delete(batchItems).where(and(eq(batchItems.batchId, id), eq(batchItems.householdId, householdId))).run()
  if (item.changes === 0) throw notFound('Rumah tangga dalam berkas ini')
  moveStage(tx, { id: householdId, stage: 'batched' }, 'verified', { note, subject: `batch:${id}` })
  countItems(tx, id)
  tx.audit('batch.item_removed', id, { householdId })
}

// All that fail a gate leave together, so that the rest need not wait for them.
export function removeFailing(tx: Tx, id: string): number {
  demand(tx.actor, 'batch.prepare')
  demandStatus(getBatch(tx, id), 'open')
  const failing = tx.db.select({ householdId: batchItems.householdId }).from(batchItems)
    .where(and(eq(batchItems.batchId, id), sql`${batchItems.failures} <> '[]'`)).all()
  for (const { householdId } of failing) removeFromBatch(tx, id, householdId, 'Tidak lolos kriteria integritas')
  return failing.length + dropFailingProposals(tx, id)
}

// Takes one usulan out again.
export function removeProposal(tx: Tx, id: string, proposalId: string, note: string) {
  demand(tx.actor, 'batch.prepare')
  demandStatus(getBatch(tx, id), 'open')
  if (!proposalLeaves(tx.db, id).some((leaf) => leaf.proposalId === proposalId)) throw notFound('Usulan dalam berkas ini')
  dropProposal(tx, id, proposalId, note)
}

export const countItems = ({ db }: Pick<Tx, 'db'>, id: string) => void db.update(batches).set({
  itemCount: sql`(SELECT count(*) FROM ${batchItems} WHERE ${batchItems.batchId} = ${id})`,
}).where(eq(batches.id, id)).run()

// From here on nothing in the batch changes: order, hashes and root are fixed. Refused while any row fails a gate.
export function freezeBatch(tx: Tx, id: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  if (batch.status === 'frozen') return
  demandStatus(batch, 'open')
  const failing = tx.db.select({ n: sql<number>`count(*)` }).from(batchItems)
    .where(and(eq(batchItems.batchId, id), sql`${batchItems.failures} <> '[]'`)).get()!.n
  if (failing > 0) throw conflict(`${failing} rumah tangga belum lolos kriteria integritas. Keluarkan dahulu dari berkas.`)
  const unfit = countFailingProposals(tx.db, id)
  if (unfit > 0) throw conflict(`${unfit} usulan belum lolos kriteria integritas. Keluarkan dahulu dari berkas.`)
  tx.db.run(sql`UPDATE batch_items SET position = ranked.rank FROM (
    SELECT household_id, row_number() OVER (ORDER BY region_code, household_id) AS rank FROM batch_items WHERE batch_id = ${id}
  ) AS ranked WHERE batch_items.batch_id = ${id} AND batch_items.household_id = ranked.household_id`)
  placeProposals(tx, id)
  const items = manifestItems(tx.db, id)
  const changes = proposalLeaves(tx.db, id)
  if (items.length + changes.length === 0) throw conflict('Berkas ini masih kosong.')
  const rootHash = rootOf(items, changes)
  tx.db.update(batches).set({ status: 'frozen', frozenBy: tx.actor.id, frozenAt: tx.now, rootHash, itemCount: items.length })
    .where(eq(batches.id, id)).run()
  tx.audit('batch.frozen', id, { items: items.length, proposals: changes.length, rootHash })
}

export const manifestItems = (db: Db, id: string) => db
  .select({ householdId: batchItems.householdId, visitId: batchItems.visitId, recordHash: batchItems.recordHash })
  .from(batchItems).where(eq(batchItems.batchId, id)).orderBy(asc(batchItems.position)).all()

// Gives every household back and closes the batch, before it is ratified.
export function cancelBatch(tx: Tx, id: string, note: string) {
  demand(tx.actor, 'batch.prepare')
  demandStatus(getBatch(tx, id), 'open', 'frozen')
  for (const { householdId } of manifestItems(tx.db, id)) {
    moveStage(tx, { id: householdId, stage: 'batched' }, 'verified', { note, subject: `batch:${id}` })
  }
  tx.db.delete(batchItems).where(eq(batchItems.batchId, id)).run()
  dropAllProposals(tx, id, note)
  tx.db.update(batches).set({ status: 'cancelled', itemCount: 0 }).where(eq(batches.id, id)).run()
  tx.audit('batch.cancelled', id, { note })
}

export type Letter = { letterNumber: string, letterDate: string, signatory: string }

// The bupati's or walikota's letter. Never by a person who prepared or froze the batch.
export function ratifyBatch(tx: Tx, id: string, { letterNumber, letterDate, signatory }: Letter, file: ReceivedFile & { id: string }) {
  demand(tx.actor, 'batch.ratify')
  const batch = getBatch(tx, id)
  if (batch.status === 'ratified' && batch.letterNumber === letterNumber) return
  demandStatus(batch, 'frozen')
  if ([batch.preparedBy, batch.frozenBy].includes(tx.actor.id)) throw forbidden('Pengesahan harus dilakukan oleh orang lain daripada yang menyiapkan.')
  attach(tx, file.id, file, { subject: `batch:${id}`, regionCode: batch.regionCode })
  tx.db.update(batches).set({ status: 'ratified', letterNumber, letterDate, signatory, ratifiedBy: tx.actor.id, ratifiedAt: tx.now })
    .where(eq(batches.id, id)).run()
  for (const { householdId } of manifestItems(tx.db, id)) {
    moveStage(tx, { id: householdId, stage: 'batched' }, 'ratified', { note: letterNumber, subject: `batch:${id}` })
  }
  moveProposalsOf(tx, id, 'ratified', letterNumber)
  tx.audit('batch.ratified', id, { letterNumber, letterDate, rootHash: batch.rootHash, letterSha256: file.sha256 })
}

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
