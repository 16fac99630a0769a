import { eq } from 'drizzle-orm'
import { inChunks } from '#app/assignments/tables.ts'
import { letOthers } from '#app/background.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { HouseholdLines } from '#app/assignments/bdt-rows.ts'
import { compareRow, type Plan } from '#app/assignments/import-comparison.ts'
import { readImportRow, type ImportRow } from '#app/assignments/import-rows.ts'
import type { Import } from '#app/assignments/imports.ts'
import { openPrelist } from '#app/assignments/prelist-file.ts'
import { villageFinder } from '#app/assignments/village-codes.ts'
import { findFile } from '#app/files/store.ts'
import { notFound } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { prelistImports } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, transactSoon } from '#db/transaction.ts'

// Small enough that a page asked for in between waits some hundredths of a second.
const CHUNK = 100

const statusOf = statement<[string], { status: Import['status'] }>('SELECT status FROM prelist_imports WHERE id = ?')
export const hasStatus = (db: Db, id: string, status: Import['status']) => statusOf(db).get(id)?.status === status

const insertRow = statement<[string, number, string, string, string, string, string, string], unknown>(
  `INSERT INTO prelist_import_rows (import_id, position, prelist_id, region_code, head_name, action, record, errors)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
const removeRows = statement<[string, number], unknown>(
  'DELETE FROM prelist_import_rows WHERE rowid IN (SELECT rowid FROM prelist_import_rows WHERE import_id = ? LIMIT ?)')

const NONE = { householdCount: 0, memberCount: 0, errorCount: 0, newCount: 0, changedCount: 0, sameCount: 0, busyCount: 0 }

// Reads the file from its beginning into rows to be looked at; no household is touched. Ends early when discarded.
export async function readImport(db: Db, directory: string, { id, sha256, regionCode }: Import) {
  await clearRows(db, id)
  const stored = findFile(db, sha256)
  if (!stored) throw notFound('Berkas')
  const file = await openPrelist(directory, stored)
  const counts = { ...NONE }
  const read = rowReader(db, regionCode)
  try {
    for await (const chunk of inChunks(file.households, CHUNK)) {
      const going = transactSoon(db, system, (tx) => hasStatus(db, id, 'reading') && takeChunk(tx.db, id, chunk.map(read), counts, file.bytesRead()))
      if (!going) return
      await letOthers()
    }
    finishReading(db, id, [...file.ignored])
  } finally {
    await file.close()
  }
}

export async function clearRows(db: Db, id: string) {
  while (removeRows(db).run(id, 1000).changes > 0) await letOthers()
}

// One reader a file: it remembers the ids it has seen, because a household stands together in a file, once.
function rowReader(db: Db, regionCode: string) {
  const villageOf = villageFinder(db, regionCode)
  const seen = new Set<string>()
  const today = dayOf(new Date().toISOString())
  return (lines: HouseholdLines) => {
    const row = readImportRow(lines, villageOf, today)
    if (row.prelistId && seen.has(row.prelistId) && row.regionCode) {
      row.errors.push({ row: row.row, column: 'IDBDT', message: 'ID prelist ini sudah ada di baris sebelumnya.', value: row.prelistId })
    }
    seen.add(row.prelistId)
    return { row, plan: compareRow(db, row) }
  }
}

function takeChunk(db: Db, id: string, rows: { row: ImportRow, plan: Plan }[], counts: typeof NONE, bytesRead: number) {
  for (const { row, plan } of rows) {
    counts.householdCount += 1
    counts.memberCount += row.people.length
    counts[`${plan.action}Count`] += 1
    // Only what confirming will need is kept; of the rest the name and the reason.
    const kept = plan.action === 'new' || plan.action === 'changed' ? { id: plan.id, version: plan.version, record: plan.record } : null
    insertRow(db).run(id, counts.householdCount, row.prelistId, row.regionCode, row.headName, plan.action, JSON.stringify(kept), JSON.stringify(row.errors))
  }
  db.update(prelistImports).set({ ...counts, bytesRead }).where(eq(prelistImports.id, id)).run()
  return true
}

function finishReading(db: Db, id: string, ignored: string[]) {
  const message = ignored.length ? `Kolom yang tidak dikenal dilewati: ${ignored.slice(0, 20).join(', ').slice(0, 400)}.` : null
  transact(db, system, (tx) => {
    if (!hasStatus(db, id, 'reading')) return
    const { bytes } = tx.db.select({ bytes: prelistImports.bytes }).from(prelistImports).where(eq(prelistImports.id, id)).get()!
    tx.db.update(prelistImports).set({ status: 'previewed', bytesRead: bytes, message }).where(eq(prelistImports.id, id)).run()
    tx.audit('prelist.previewed', id)
  })
}
