import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { and, eq, gt, asc } from 'drizzle-orm'
import yazl from 'yazl'
import { BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { keep, spool, type StoredFile } from '#app/files/store.ts'
import { attach } from '#app/files/attachments.ts'
import { moveStage } from '#app/households/moves.ts'
import { conflict } from '#app/problems.ts'
import { fileDispatched } from '#app/periods/filing.ts'
import { getBatch, manifestItems, type Batch } from '#app/ratification/batches.ts'
import { canonicalJson, manifestText } from '#app/ratification/manifest.ts'
import { plansOf } from '#app/ratification/proposal-summary.ts'
import { moveProposalsOf, proposalLeaves } from '#app/ratification/proposals.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { batches, batchItems, households, regions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

const CHUNK = 200

type Row = { item: typeof batchItems.$inferSelect, prelistId: string | null, bpsCode: string | null }

// The frozen rows in their order, a chunk at a time.
function* rowsOf(db: Db, batchId: string): Generator<Row> {
  for (let after = 0; ;) {
    const rows = db.select({ item: batchItems, prelistId: households.prelistId, bpsCode: regions.bpsCode }).from(batchItems)
      .innerJoin(households, eq(households.id, batchItems.householdId)).leftJoin(regions, eq(regions.code, batchItems.regionCode))
      .where(and(eq(batchItems.batchId, batchId), gt(batchItems.position, after))).orderBy(asc(batchItems.position)).limit(CHUNK).all()
    yield* rows
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.item.position
  }
}

const line = (cells: unknown[]) => stringify([cells], { escape_formulas: true })

// One JSON document a line: exactly what each record hash was taken of.
function* jsonLines(db: Db, batchId: string) {
  for (const { item: { householdId, visitId, record } } of rowsOf(db, batchId)) yield `${canonicalJson({ householdId, visitId, record })}\n`
}

// The changes no visit brought, each as its hash was taken of it.
function* proposalLines(db: Db, batchId: string) {
  for (const { proposalId, plan } of plansOf(db, batchId)) yield `${canonicalJson({ proposalId, plan })}\n`
}

// A usulan baru has no IDBDT yet: its own id joins the two tables.
function* householdCsv(db: Db, batchId: string) {
  yield line([...BDT_HOUSEHOLD_COLUMNS])
  for (const { item, prelistId, bpsCode } of rowsOf(db, batchId)) {
    const identity = { regionCode: item.regionCode, prelistId: prelistId ?? item.householdId, bpsCode }
    const row: Record<string, unknown> = toBdtHousehold(item.record, identity)
    yield line(BDT_HOUSEHOLD_COLUMNS.map((column) => row[column] ?? ''))
  }
}

function* memberCsv(db: Db, batchId: string) {
  yield line(['IDBDT', ...BDT_MEMBER_COLUMNS])
  for (const { item, prelistId } of rowsOf(db, batchId)) {
    for (const member of item.record.members) {
      const row: Record<string, unknown> = toBdtMember(member, item.record)
      yield line([prelistId ?? item.householdId, ...BDT_MEMBER_COLUMNS.map((column) => row[column] ?? '')])
    }
  }
}

// The archive for the ministry: records as JSON Lines and as the two SIKS-NG BDT tables, the manifest and its root.
// Written as a stream to a file of its own before the transaction that names it.
export async function makePackage(db: Db, directory: string, { id, rootHash }: Batch): Promise<StoredFile> {
  const zip = new yazl.ZipFile()
  const add = (name: string, lines: Iterable<string>) => zip.addReadStream(Readable.from(lines, { objectMode: false }), name)
  add('records.jsonl', jsonLines(db, id))
  add('rumah-tangga.csv', householdCsv(db, id))
  add('anggota-rumah-tangga.csv', memberCsv(db, id))
  add('usulan.jsonl', proposalLines(db, id))
  add('manifest.txt', [manifestText(manifestItems(db, id), proposalLeaves(db, id))])
  add('root.txt', [`${rootHash}  manifest.txt\n`])
  zip.end()
  return keep(directory, await spool(directory, zip.outputStream as unknown as Readable), { mime: 'application/zip' })
}

// Sends a ratified batch on: its file is fixed, and from now on the ministry sees it.
export function dispatchBatch(tx: Tx, id: string, file: StoredFile, attachmentId: string) {
  demand(tx.actor, 'batch.dispatch')
  const batch = getBatch(tx, id)
  if (batch.status === 'dispatched' || batch.status === 'determined') return
  if (batch.status !== 'ratified') throw conflict('Berkas ini belum disahkan.')
  attach(tx, attachmentId, { ...file, field: 'package', name: `siks-${batch.regionCode}-${id.slice(0, 8)}.zip` },
    { subject: `batch:${id}`, regionCode: batch.regionCode })
  tx.db.update(batches).set({ status: 'dispatched', dispatchedBy: tx.actor.id, dispatchedAt: tx.now, packageSha256: file.sha256 })
    .where(eq(batches.id, id)).run()
  for (const { householdId } of manifestItems(tx.db, id)) {
    moveStage(tx, { id: householdId, stage: 'ratified' }, 'dispatched', { subject: `batch:${id}` })
  }
  moveProposalsOf(tx, id, 'dispatched')
  fileDispatched(tx, batch)
  tx.audit('batch.dispatched', id, { packageSha256: file.sha256, rootHash: batch.rootHash })
}
