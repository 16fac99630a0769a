import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm'
import { recordFile, type StoredFile } from '#app/files/store.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { findRegion, findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { prelistImportRows, prelistImports, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Import = typeof prelistImports.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Scoped: an import of another kabupaten is not found.
export function getImport({ db, actor }: Reader, id: string): Import {
  demand(actor, 'prelist.import')
  const found = db.select().from(prelistImports).where(and(eq(prelistImports.id, id), within(prelistImports.regionCode, actor))).get()
  if (!found) throw notFound('Impor prelist')
  return found
}

const PAGE = 50
export type ListedImport = ReturnType<typeof listImports>['imports'][number]

// The newest first.
export function listImports(db: Db, actor: Actor, { before }: { before?: string } = {}) {
  demand(actor, 'prelist.import')
  const rows = db.select({ imported: prelistImports, by: users.name }).from(prelistImports).leftJoin(users, eq(users.id, prelistImports.uploadedBy))
    .where(and(within(prelistImports.regionCode, actor), before ? lt(prelistImports.uploadedAt, before) : undefined))
    .orderBy(desc(prelistImports.uploadedAt), desc(prelistImports.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ imported }) => imported.regionCode))
  return {
    imports: shown.map(({ imported, by }) => ({ ...imported, uploadedBy: by ?? imported.uploadedBy, regionName: names.get(imported.regionCode)! })),
    next: rows.length > PAGE ? shown.at(-1)!.imported.uploadedAt : undefined,
  }
}

export type NewImport = { id: string, file: StoredFile & { name: string }, regionCode: string }

// The file becomes an import of one kabupaten/kota. The same file for the same place again answers with the one before.
export function openImport(tx: Tx, { id, file, regionCode }: NewImport): { id: string, known: boolean } {
  demand(tx.actor, 'prelist.import')
  demandRegency(tx, regionCode)
  recordFile(tx, file)
  const before = tx.db.select({ id: prelistImports.id }).from(prelistImports)
    .where(and(eq(prelistImports.sha256, file.sha256), eq(prelistImports.regionCode, regionCode), inArray(prelistImports.status, ['reading', 'previewed', 'applying', 'applied'])))
    .orderBy(desc(prelistImports.uploadedAt)).limit(1).get()
  if (before) return { id: before.id, known: true }
  insertImport(tx, { id, sha256: file.sha256, bytes: file.bytes, fileName: file.name.slice(0, 200), regionCode })
  return { id, known: false }
}

const insertImport = (tx: Tx, row: Pick<Import, 'id' | 'sha256' | 'bytes' | 'fileName' | 'regionCode'>) => {
  tx.db.insert(prelistImports).values({ ...row, uploadedBy: tx.actor.id, uploadedAt: tx.now, status: 'reading' }).run()
  tx.audit('prelist.received', row.id, { file: row.fileName, sha256: row.sha256, regionCode: row.regionCode })
}

// The same file once more, as when villages have been given their BPS code since. What is in already stays as it is.
export function readAgain(tx: Tx, id: string, newId: string) {
  const before = getImport(tx, id)
  if (before.status !== 'applied' && before.status !== 'failed' && before.status !== 'discarded') throw conflict('Impor ini masih berjalan.')
  if (tx.db.select({ id: prelistImports.id }).from(prelistImports).where(eq(prelistImports.id, newId)).get()) return
  insertImport(tx, { ...before, id: newId })
}

function demandRegency({ db, actor }: Reader, code: string) {
  const region = code && findRegion(db, code)
  if (!region || region.level !== 2 || region.validTo) throw invalid({ region: 'Pilih kabupaten/kota yang prelistnya diimpor.' })
  if (!isWithin(code, actor)) throw notFound('Kabupaten/kota')
}

// Twice is once: the second press of the button finds it under way.
export function confirmImport(tx: Tx, id: string) {
  const { status, newCount, changedCount } = getImport(tx, id)
  if (status === 'applying' || status === 'applied') return
  if (status !== 'previewed') throw conflict(status === 'reading' ? 'Berkas ini masih dibaca.' : 'Impor ini sudah dibatalkan atau gagal. Unggah lagi berkasnya.')
  tx.db.update(prelistImports).set({ status: 'applying' }).where(eq(prelistImports.id, id)).run()
  tx.audit('prelist.import_confirmed', id, { new: newCount, changed: changedCount })
}

// Nothing of it has reached a household; the read rows go with it.
export function discardImport(tx: Tx, id: string) {
  const { status } = getImport(tx, id)
  if (status === 'discarded') return
  if (status === 'applying' || status === 'applied') throw conflict('Impor ini sudah dikonfirmasi dan tidak bisa dibatalkan.')
  tx.db.update(prelistImports).set({ status: 'discarded', finishedAt: tx.now }).where(eq(prelistImports.id, id)).run()
  tx.audit('prelist.import_discarded', id)
}

const SAMPLE = 10
export type ShownRow = Pick<typeof prelistImportRows.$inferSelect, 'position' | 'prelistId' | 'headName' | 'action' | 'errors'> & { village: string }

// A few rows of each kind, and the first that cannot come in.
export function previewImport(db: Db, actor: Actor, id: string) {
  const imported = getImport({ db, actor }, id)
  const rowsOf = (action: ShownRow['action']) => db.select().from(prelistImportRows)
    .where(and(eq(prelistImportRows.importId, id), eq(prelistImportRows.action, action))).orderBy(asc(prelistImportRows.position)).limit(SAMPLE).all()
  const working = imported.status === 'reading' || imported.status === 'discarded'
  const rows = working ? [] : (['new', 'changed', 'busy', 'same'] as const).flatMap(rowsOf)
  const wrong = working ? [] : rowsOf('error')
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  const shown = (row: typeof rows[number]): ShownRow => ({ ...row, village: names.get(row.regionCode) ?? '' })
  return { imported, regionName: findRegionName(db, imported.regionCode) ?? imported.regionCode, rows: rows.map(shown), wrong: wrong.map(shown) }
}

export type ErrorRow = Pick<typeof prelistImportRows.$inferSelect, 'prelistId' | 'headName' | 'errors'>

// The report of what cannot come in. It carries names, so giving it out is on record; the rows follow by errorRows.
export function openErrorReport(tx: Tx, id: string) {
  const imported = getImport(tx, id)
  tx.audit('prelist.errors_downloaded', id, { rows: imported.errorCount })
  return imported
}

export function* errorRows(db: Db, importId: string): Generator<ErrorRow[]> {
  for (let after = 0; ;) {
    const rows = db.select().from(prelistImportRows)
      .where(and(eq(prelistImportRows.importId, importId), eq(prelistImportRows.action, 'error'), gt(prelistImportRows.position, after)))
      .orderBy(asc(prelistImportRows.position)).limit(500).all()
    if (rows.length) yield rows
    if (rows.length < 500) return
    after = rows.at(-1)!.position
  }
}
