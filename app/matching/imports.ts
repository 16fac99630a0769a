import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm'
import { recordFile, type StoredFile } from '#app/files/store.ts'
import { getRun } from '#app/matching/runs.ts'
import { conflict, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { matchingImportRows, matchingImports } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type AnswerImport = typeof matchingImports.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Scoped by its run.
export function getImport(reader: Reader, id: string): AnswerImport {
  demand(reader.actor, 'matching.run')
  const found = findImport(reader.db, id)
  if (!found) throw notFound('Berkas jawaban')
  getRun(reader, found.runId)
  return found
}

export const findImport = (db: Db, id: string): AnswerImport | undefined => db.select().from(matchingImports).where(eq(matchingImports.id, id)).get()

// A file of answers to a run. The same file again answers with the one before.
export function openImport(tx: Tx, { id, runId, file }: { id: string, runId: string, file: StoredFile & { name: string } }): { id: string, known: boolean } {
  demand(tx.actor, 'matching.run')
  const run = getRun(tx, runId)
  if (run.method !== 'file') throw conflict('Putaran ini dijawab langsung, tidak dengan berkas.')
  if (run.status === 'preparing') throw conflict('Putaran ini masih disiapkan. Tunggu sampai daftarnya lengkap.')
  if (run.status === 'cancelled') throw conflict('Putaran ini sudah dibatalkan. Mulai putaran baru.')
  recordFile(tx, file)
  const before = tx.db.select({ id: matchingImports.id }).from(matchingImports)
    .where(and(eq(matchingImports.runId, runId), eq(matchingImports.sha256, file.sha256), inArray(matchingImports.status, ['reading', 'previewed', 'applying', 'applied'])))
    .orderBy(desc(matchingImports.uploadedAt)).limit(1).get()
  if (before) return { id: before.id, known: true }
  tx.db.insert(matchingImports).values({
    id, runId, fileName: file.name.slice(0, 200), sha256: file.sha256, bytes: file.bytes, status: 'reading', uploadedBy: tx.actor.id, uploadedAt: tx.now, outcomes: {},
  }).run()
  tx.audit('matching.answers_received', id, { run: run.number, file: file.name, sha256: file.sha256 })
  return { id, known: false }
}

// Twice is once: the second press of the button finds it under way.
export function confirmImport(tx: Tx, id: string) {
  const { status, newCount, changedCount } = getImport(tx, id)
  if (status === 'applying' || status === 'applied') return
  if (status !== 'previewed') throw conflict(status === 'reading' ? 'Berkas ini masih dibaca.' : 'Berkas ini sudah dibatalkan atau gagal. Unggah lagi.')
  tx.db.update(matchingImports).set({ status: 'applying' }).where(eq(matchingImports.id, id)).run()
  tx.audit('matching.answers_confirmed', id, { new: newCount, changed: changedCount })
}

export function discardImport(tx: Tx, id: string) {
  const { status } = getImport(tx, id)
  if (status === 'discarded') return
  if (status === 'applying' || status === 'applied') throw conflict('Jawaban ini sudah dikonfirmasi dan tidak bisa dibatalkan.')
  tx.db.update(matchingImports).set({ status: 'discarded', finishedAt: tx.now }).where(eq(matchingImports.id, id)).run()
  tx.audit('matching.answers_discarded', id)
}

const SAMPLE = 10
export type ShownAnswer = Pick<typeof matchingImportRows.$inferSelect, 'line' | 'action' | 'outcome' | 'score' | 'name' | 'errors'> & { registerName: string }
export type AnswerPreview = ReturnType<typeof previewImport>

// A few lines of each kind, and the first that cannot be taken.
export function previewImport(db: Db, actor: Actor, id: string) {
  const imported = getImport({ db, actor }, id)
  const run = getRun({ db, actor }, imported.runId)
  const working = imported.status === 'reading' || imported.status === 'discarded'
  const rowsOf = (action: 'new' | 'changed' | 'same' | 'error') => working ? [] : db.select().from(matchingImportRows)
    .where(and(eq(matchingImportRows.importId, id), eq(matchingImportRows.action, action))).orderBy(asc(matchingImportRows.position)).limit(SAMPLE).all()
    .map(({ line, outcome, score, name, errors, answer }): ShownAnswer => ({ line, action, outcome, score, name, errors, registerName: answer?.person?.name ?? '' }))
  return { imported, run, rows: (['new', 'changed', 'same'] as const).flatMap(rowsOf), wrong: rowsOf('error') }
}

export type WrongLine = Pick<typeof matchingImportRows.$inferSelect, 'line' | 'name' | 'errors'>

// What cannot be taken, to be mended in the file. It carries names, so giving it out is on record.
export function openErrorReport(tx: Tx, id: string) {
  const { errorCount } = getImport(tx, id)
  tx.audit('matching.errors_downloaded', id, { rows: errorCount })
}

export function* wrongLines(db: Db, importId: string): Generator<WrongLine[]> {
  for (let after = 0; ;) {
    const rows = db.select().from(matchingImportRows)
      .where(and(eq(matchingImportRows.importId, importId), eq(matchingImportRows.action, 'error'), gt(matchingImportRows.position, after)))
      .orderBy(asc(matchingImportRows.position)).limit(500).all()
    if (rows.length) yield rows
    if (rows.length < 500) return
    after = rows.at(-1)!.position
  }
}
