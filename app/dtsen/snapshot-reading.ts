import { eq } from 'drizzle-orm'
import { inChunks } from '#app/assignments/tables.ts'
import { letOthers } from '#app/background.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { openSnapshotFile, type SnapshotLine } from '#app/dtsen/snapshot-file.ts'
import { rowReader, type RowError, type SnapshotRow } from '#app/dtsen/snapshot-rows.ts'
import type { Snapshot } from '#app/dtsen/snapshots.ts'
import { findFile } from '#app/files/store.ts'
import { notFound } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { dtsenSnapshots } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact } from '#db/transaction.ts'

// Some hundredths of a second at most: a page asked for in between waits no longer.
const CHUNK = 500

const statusOf = statement<[string], { status: Snapshot['status'] }>('SELECT status FROM dtsen_snapshots WHERE id = ?')
export const hasStatus = (db: Db, id: string, status: Snapshot['status']) => statusOf(db).get(id)?.status === status

const insertRow = statement<unknown[], unknown>(`INSERT INTO dtsen_rows (snapshot_id, position, kk_number, nik, desil, region_code, match, household_id, reference)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const insertError = statement<[string, number, string, string, string], unknown>(
  'INSERT INTO dtsen_errors (snapshot_id, position, "column", message, value) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
const count = statement<[string, string, number, number, number], unknown>(`INSERT INTO dtsen_counts (snapshot_id, region_code, desil, matched, unmatched)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET matched = matched + excluded.matched, unmatched = unmatched + excluded.unmatched`)

const EMPTY_OUT = ['dtsen_rows', 'dtsen_errors', 'dtsen_counts'].map((table) => statement<[string, number], unknown>(
  `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE snapshot_id = ? LIMIT ?)`))

export async function clearRows(db: Db, id: string) {
  for (const remove of EMPTY_OUT) while (remove(db).run(id, 1000).changes > 0) await letOthers()
}

const NONE = { rowCount: 0, matchedCount: 0, nikCount: 0, unmatchedCount: 0, errorCount: 0 }

// Reads the file from its beginning into rows to be looked at; nobody sees a desil of it. Ends early when discarded.
export async function readSnapshot(db: Db, directory: string, { id, sha256, regionCode }: Snapshot) {
  await clearRows(db, id)
  const stored = findFile(db, sha256)
  if (!stored) throw notFound('Berkas')
  const file = await openSnapshotFile(directory, stored)
  const counts = { ...NONE }
  const read = rowReader(db, id, regionCode, dayOf(new Date().toISOString()))
  const take = (lines: SnapshotLine[]) => lines.forEach((line) => takeLine(db, id, line, read(line), counts))
  try {
    for await (const lines of inChunks(file.rows, CHUNK)) {
      const going = transact(db, system, (tx) => {
        if (!hasStatus(tx.db, id, 'reading')) return false
        take(lines)
        tx.db.update(dtsenSnapshots).set({ ...counts, bytesRead: file.bytesRead() }).where(eq(dtsenSnapshots.id, id)).run()
        return true
      })
      if (!going) return
      await letOthers()
    }
    finishReading(db, id)
  } finally {
    await file.close()
  }
}

function takeLine(db: Db, id: string, { line }: SnapshotLine, { row, error }: { row?: SnapshotRow, error?: RowError }, counts: typeof NONE) {
  if (!row) {
    counts.errorCount += 1
    if (error) insertError(db).run(id, line, error.column, error.message, error.value)
    return
  }
  counts.rowCount += 1
  counts[row.match === 'none' ? 'unmatchedCount' : 'matchedCount'] += 1
  if (row.match === 'nik') counts.nikCount += 1
  insertRow(db).run(id, line, row.kkNumber, row.nik, row.desil, row.regionCode, row.match, row.householdId, row.reference)
  count(db).run(id, row.regionCode, row.desil, row.match === 'none' ? 0 : 1, row.match === 'none' ? 1 : 0)
}

function finishReading(db: Db, id: string) {
  transact(db, system, (tx) => {
    if (!hasStatus(db, id, 'reading')) return
    const { bytes } = tx.db.select({ bytes: dtsenSnapshots.bytes }).from(dtsenSnapshots).where(eq(dtsenSnapshots.id, id)).get()!
    tx.db.update(dtsenSnapshots).set({ status: 'previewed', bytesRead: bytes }).where(eq(dtsenSnapshots.id, id)).run()
    tx.audit('dtsen.previewed', id)
  })
}
