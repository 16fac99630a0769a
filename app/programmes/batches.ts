import { and, asc, desc, eq, lt, or, sql } from 'drizzle-orm'
import { problemIn } from '#app/programmes/bulk.ts'
import { refuseUnfit } from '#app/programmes/judging.ts'
import { rootOf } from '#app/programmes/manifest.ts'
import { getPeriod } from '#app/programmes/periods.ts'
import { recipientOf, shown, type RecipientChange } from '#app/programmes/recipients.ts'
import { moveChange } from '#app/programmes/steps.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { REGENCY } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { recipientBatches, recipientChanges, recipientChangeSteps } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Batch = typeof recipientBatches.$inferSelect
export const MOST_CHANGES = 5000
export const PAGE = 50

// Newest first; `before` is the last row's preparedAt and id.
export function listBatches(db: Db, actor: Actor, before?: { at: string, id: string }): Batch[] {
  demand(actor, 'programme.read')
  const older = before && or(lt(recipientBatches.preparedAt, before.at), and(eq(recipientBatches.preparedAt, before.at), lt(recipientBatches.id, before.id)))
  return db.select().from(recipientBatches).where(and(within(recipientBatches.regionCode, actor), older))
    .orderBy(desc(recipientBatches.preparedAt), desc(recipientBatches.id)).limit(PAGE + 1).all()
}

// A batch is the kabupaten's or kota's: who works in a part of it sees its own changes, not the batch.
export const readsBatches = ({ regions }: Pick<Actor, 'regions'>) => regions.some((code) => code.length <= REGENCY)

export function getBatch({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Batch {
  demand(actor, 'programme.read')
  const batch = db.select().from(recipientBatches).where(and(eq(recipientBatches.id, id), within(recipientBatches.regionCode, actor))).get()
  if (!batch) throw notFound('Berkas pengesahan')
  return batch
}

// How many wait for the signature of whoever may give it.
export const countToSign = (db: Db, actor: Actor, programme?: Batch['programme']): number => can(actor, 'programme.ratify')
  ? db.select({ n: sql<number>`count(*)` }).from(recipientBatches)
    .where(and(within(recipientBatches.regionCode, actor), eq(recipientBatches.status, 'frozen'), programme ? eq(recipientBatches.programme, programme) : undefined)).get()!.n
  : 0

export function demandStatus({ status }: Batch, ...expected: Batch['status'][]) {
  if (!expected.includes(status)) throw conflict('Keadaan berkas ini sudah berubah. Muat ulang halaman.')
}

export type Opening = Pick<Batch, 'id' | 'programme' | 'regionCode' | 'periodId' | 'note'>

// A batch of what is verified of one programme in one kabupaten/kota; with a period, only of that one. id comes from the form.
export function openBatch(tx: Tx, { id, programme, regionCode, periodId, note }: Opening): Batch {
  demand(tx.actor, 'programme.prepare')
  if (regionCode.length !== REGENCY || !isWithin(regionCode, tx.actor)) throw invalid({ regionCode: 'Pilih kabupaten/kota Anda.' })
  if (tx.db.select({ id: recipientBatches.id }).from(recipientBatches).where(eq(recipientBatches.id, id)).get()) return getBatch(tx, id)
  if (periodId && getPeriod(tx, periodId).programme !== programme) throw invalid({ periodId: 'Pilih periode dari program ini.' })
  tx.db.insert(recipientBatches).values({ id, programme, regionCode, periodId, note, status: 'open', preparedBy: tx.actor.id, preparedAt: tx.now }).run()
  tx.audit('recipient_batch.opened', id, { programme, regionCode, periodId })
  const gathered = gather(tx, id)
  if (gathered === 0) throw conflict('Belum ada usulan yang disetujui Dinsos untuk program dan periode ini.')
  return getBatch(tx, id)
}

// Takes in what has been verified since, up to what one letter may carry.
export function gather(tx: Tx, id: string): number {
  demand(tx.actor, 'programme.prepare')
  const batch = getBatch(tx, id)
  demandStatus(batch, 'open')
  const verified = tx.db.select({ id: recipientChanges.id, status: recipientChanges.status }).from(recipientChanges)
    .where(and(eq(recipientChanges.status, 'verified'), eq(recipientChanges.programme, batch.programme), under(recipientChanges.regionCode, batch.regionCode),
      batch.periodId ? eq(recipientChanges.periodId, batch.periodId) : undefined))
    .orderBy(asc(recipientChanges.regionCode), asc(recipientChanges.statusAt), asc(recipientChanges.id)).limit(MOST_CHANGES - batch.changeCount).all()
  for (const change of verified) moveChange(tx, change, 'batched', { set: { batchId: id } })
  countChanges(tx, id)
  return verified.length
}

const countChanges = ({ db }: Pick<Tx, 'db'>, id: string) => void db.update(recipientBatches)
  .set({ changeCount: sql`(SELECT count(*) FROM recipient_changes WHERE batch_id = ${id})` }).where(eq(recipientBatches.id, id)).run()

// Every change of a batch in its order, whoever may see it: what is signed is whole.
export const changesIn = (db: Db, id: string): RecipientChange[] => db.select().from(recipientChanges).where(eq(recipientChanges.batchId, id))
  .orderBy(asc(recipientChanges.regionCode), asc(recipientChanges.id)).limit(MOST_CHANGES).all()

export type BatchPlace = { regionCode: string, id: string }

export const changesAfter = (db: Db, id: string, limit: number, after?: BatchPlace): RecipientChange[] => db.select().from(recipientChanges)
  .where(and(eq(recipientChanges.batchId, id), after && sql`(${recipientChanges.regionCode}, ${recipientChanges.id}) > (${after.regionCode}, ${after.id})`))
  .orderBy(asc(recipientChanges.regionCode), asc(recipientChanges.id)).limit(limit).all()

// A page of what the reader may see of it, and how many others there are.
export function listBatchChanges(db: Db, actor: Actor, batch: Batch, after?: BatchPlace) {
  const own = and(eq(recipientChanges.batchId, batch.id), shown(actor))
  const rows = db.select().from(recipientChanges)
    .where(and(own, after && sql`(${recipientChanges.regionCode}, ${recipientChanges.id}) > (${after.regionCode}, ${after.id})`))
    .orderBy(asc(recipientChanges.regionCode), asc(recipientChanges.id)).limit(PAGE + 1).all()
  const visible = db.select({ n: sql<number>`count(*)` }).from(recipientChanges).where(own).get()!.n
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? rows[PAGE - 1] : undefined, hidden: batch.changeCount - visible }
}

export type Unfit = { change: RecipientChange, trouble: string }

// While a batch is open, also those whose recipient has changed since Dinsos verified it: they are looked at anew. Once it is
// frozen, only those that have become impossible.
export const unfitIn = (tx: Tx, { status }: Pick<Batch, 'status'>, changes: RecipientChange[]): Unfit[] => changes.flatMap((change) => {
  const trouble = (status === 'open' ? troubleNow : impossible)(tx, change)
  return trouble ? [{ change, trouble }] : []
})

const impossible = (tx: Tx, change: RecipientChange) => problemIn(() => refuseUnfit(tx, change))

function troubleNow(tx: Tx, change: RecipientChange): string | undefined {
  const recipient = recipientOf(tx.db, change.recipientId)
  if (recipient && recipient.version !== change.basis) return `Data ${change.name} berubah sesudah disetujui Dinsos, jadi harus diperiksa lagi.`
  return impossible(tx, change)
}

// Takes one out again: back to the verified ones, or to Dinsos when it has to be looked at anew.
export function removeFromBatch(tx: Tx, id: string, changeId: string, note: string) {
  demand(tx.actor, 'programme.prepare')
  const batch = getBatch(tx, id)
  const change = tx.db.select().from(recipientChanges).where(and(eq(recipientChanges.id, changeId), eq(recipientChanges.batchId, id), shown(tx.actor))).get()
  if (!change && wasTakenOut(tx, id, changeId)) return
  demandStatus(batch, 'open')
  if (!change) throw notFound('Usulan dalam berkas ini')
  leave(tx, change, note, troubleNow(tx, change) !== undefined)
  countChanges(tx, id)
}

// Asked twice, it is out: its last step but those that followed led out of a batch, and it is in none or in another.
const wasTakenOut = (tx: Tx, id: string, changeId: string) => tx.db.select({ id: recipientChangeSteps.id }).from(recipientChangeSteps)
  .innerJoin(recipientChanges, eq(recipientChanges.id, recipientChangeSteps.changeId))
  .where(and(eq(recipientChanges.id, changeId), sql`${recipientChanges.batchId} IS NOT ${id}`, shown(tx.actor), within(recipientChanges.regionCode, tx.actor), eq(recipientChangeSteps.fromStatus, 'batched'))).limit(1).get() !== undefined

const leave = (tx: Tx, change: RecipientChange, note: string, again: boolean) =>
  moveChange(tx, change, again ? 'checked' : 'verified', { note, set: { batchId: null } })

export function removeUnfit(tx: Tx, id: string): number {
  demand(tx.actor, 'programme.prepare')
  const batch = getBatch(tx, id)
  demandStatus(batch, 'open')
  const unfit = unfitIn(tx, batch, changesIn(tx.db, id))
  for (const { change, trouble } of unfit) leave(tx, change, trouble, true)
  countChanges(tx, id)
  return unfit.length
}

// From here on nothing in the batch changes: order, hashes and root are fixed. Refused while anything in it cannot be applied.
export function freezeBatch(tx: Tx, id: string) {
  demand(tx.actor, 'programme.prepare')
  const batch = getBatch(tx, id)
  if (batch.status === 'frozen') return
  demandStatus(batch, 'open')
  const changes = changesIn(tx.db, id)
  if (changes.length === 0) throw conflict('Berkas ini masih kosong.')
  const [unfit, ...more] = unfitIn(tx, batch, changes)
  if (unfit) throw conflict(`${more.length + 1} usulan tidak dapat diterapkan lagi. Keluarkan dahulu dari berkas. Yang pertama: ${unfit.trouble}`)
  const root = rootOf(changes)
  tx.db.update(recipientBatches).set({ status: 'frozen', frozenBy: tx.actor.id, frozenAt: tx.now, root, changeCount: changes.length }).where(eq(recipientBatches.id, id)).run()
  tx.audit('recipient_batch.frozen', id, { changes: changes.length, root })
}

// Gives every change back and closes the batch, before it is ratified.
export function cancelBatch(tx: Tx, id: string, note: string) {
  demand(tx.actor, 'programme.prepare')
  const batch = getBatch(tx, id)
  if (batch.status === 'cancelled') return
  demandStatus(batch, 'open', 'frozen')
  for (const change of changesIn(tx.db, id)) leave(tx, change, note, false)
  tx.db.update(recipientBatches).set({ status: 'cancelled', changeCount: 0, root: null, note }).where(eq(recipientBatches.id, id)).run()
  tx.audit('recipient_batch.cancelled', id, { note })
}
