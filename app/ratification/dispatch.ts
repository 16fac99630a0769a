import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { and, eq, gt, asc } from 'drizzle-orm'
import yazl from 'yazl'
import { BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { keep, spool, type StoredFile } from '#app/files/store.ts'
import { attach } from '#app/files/attachments.ts'
import { conflict } from '#app/problems.ts'
import { fileDispatched } from '#app/periods/filing.ts'
import { getBatch, manifestItems, type Batch } from '#app/ratification/batches.ts'
import { canonicalJson, manifestText } from '#app/ratification/manifest.ts'
import { plansOf } from '#app/ratification/proposal-summary.ts'
import { countProposals, proposalLeaves } from '#app/ratification/proposals.ts'
import { moveSome } from '#app/ratification/signing.ts'
import { advance, beginStep, isUnderWay, type BatchStep, type Stepper } from '#app/ratification/steps.ts'
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

// What the receiving office asks before it reads a record: whose batch it is, and by which letter it was ratified.
const aboutOf = ({ id, regionCode, title, letterNumber, letterDate, signatory, rootHash }: Batch) =>
  ({ batchId: id, regionCode, title, letterNumber: letterNumber ?? '', letterDate: letterDate ?? '', signatory: signatory ?? '', rootHash })

// The archive for the ministry: records as JSON Lines and as the two SIKS-NG BDT tables, the manifest and its root.
// Written as a stream to a file of its own before the transaction that names it.
export async function makePackage(db: Db, directory: string, batch: Batch): Promise<StoredFile> {
  const { id, rootHash } = batch
  const zip = new yazl.ZipFile()
  const add = (name: string, lines: Iterable<string>) => zip.addReadStream(Readable.from(lines, { objectMode: false }), name)
  add('berkas.json', [JSON.stringify(aboutOf(batch))])
  add('records.jsonl', jsonLines(db, id))
  add('rumah-tangga.csv', householdCsv(db, id))
  add('anggota-rumah-tangga.csv', memberCsv(db, id))
  add('usulan.jsonl', proposalLines(db, id))
  add('manifest.txt', [manifestText(manifestItems(db, id), proposalLeaves(db, id))])
  add('root.txt', [`${rootHash}  manifest.txt\n`])
  zip.end()
  return keep(directory, await spool(directory, zip.outputStream as unknown as Readable), { mime: 'application/zip' })
}

// Sends a ratified batch on. Its archive is made first, then its rows follow; when all have, its file is fixed and the ministry
// sees it. What counts is when it was asked for.
export function askDispatch(tx: Tx, id: string) {
  demand(tx.actor, 'batch.dispatch')
  const batch = getBatch(tx, id)
  if (batch.status === 'dispatched' || batch.status === 'determined' || isUnderWay(tx, id, 'dispatch')) return
  if (batch.status !== 'ratified') throw conflict('Berkas ini belum disahkan.')
  beginStep(tx, id, 'dispatch', { total: batch.itemCount + countProposals(tx.db, id) })
}

export const hasPackage = ({ cursor }: BatchStep) => cursor !== ''

// The archive that was made for the step under way.
export function putPackage(tx: Tx, id: string, file: StoredFile, attachmentId: string) {
  const batch = getBatch(tx, id)
  attach(tx, attachmentId, { ...file, field: 'package', name: `siks-${batch.regionCode}-${id.slice(0, 8)}.zip` },
    { subject: `batch:${id}`, regionCode: batch.regionCode })
  tx.db.update(batches).set({ packageSha256: file.sha256 }).where(eq(batches.id, id)).run()
  advance(tx, id, { some: () => ({ done: 0, cursor: 'v0' }) })
  advance(tx, id, dispatching)
}

export const dispatching: Stepper = {
  some: (tx, step) => moveSome(tx, step, 'dispatched'),
  finish: (tx, { batchId: id, actorId, askedAt }) => {
    tx.db.update(batches).set({ status: 'dispatched', dispatchedBy: actorId, dispatchedAt: askedAt }).where(eq(batches.id, id)).run()
    const batch = getBatch(tx, id)
    fileDispatched({ ...tx, now: askedAt }, batch)
    tx.audit('batch.dispatched', id, { packageSha256: batch.packageSha256, rootHash: batch.rootHash })
  },
}
