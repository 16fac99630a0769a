import { and, asc, desc, eq, gt, inArray, lt, or } from 'drizzle-orm'
import { recordFile, type StoredFile } from '#app/files/store.ts'
import { setEffective } from '#app/dtsen/effective.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { codesTo, findRegion, findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { dtsenErrors, dtsenRows, dtsenSnapshots, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Snapshot = typeof dtsenSnapshots.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// The importer's own: a snapshot of another place is not found.
export function getSnapshot({ db, actor }: Reader, id: string): Snapshot {
  demand(actor, 'dtsen.import')
  const found = db.select().from(dtsenSnapshots).where(and(eq(dtsenSnapshots.id, id), within(dtsenSnapshots.regionCode, actor))).get()
  if (!found) throw notFound('Potret desil')
  return found
}

const PAGE = 50
export type ListedSnapshot = ReturnType<typeof listImports>['snapshots'][number]

// Every file that came in, the newest first.
export function listImports(db: Db, actor: Actor, { before }: { before?: string } = {}) {
  demand(actor, 'dtsen.import')
  const rows = db.select({ snapshot: dtsenSnapshots, by: users.name }).from(dtsenSnapshots).leftJoin(users, eq(users.id, dtsenSnapshots.uploadedBy))
    .where(and(within(dtsenSnapshots.regionCode, actor), before ? lt(dtsenSnapshots.uploadedAt, before) : undefined))
    .orderBy(desc(dtsenSnapshots.uploadedAt), desc(dtsenSnapshots.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ snapshot }) => snapshot.regionCode))
  return {
    snapshots: shown.map(({ snapshot, by }) => ({ ...snapshot, uploadedBy: by ?? snapshot.uploadedBy, regionName: names.get(snapshot.regionCode)! })),
    next: rows.length > PAGE ? shown.at(-1)!.snapshot.uploadedAt : undefined,
  }
}

const CONFIRMED = ['applying', 'applied'] as const

// Those that say something of the reader's own places, the newest data first: of the place itself, of one in it, of one above.
export function listConfirmed(db: Db, { regions }: Pick<Actor, 'regions'>): Snapshot[] {
  const above = ['', ...regions.flatMap(codesTo)]
  return db.select().from(dtsenSnapshots)
    .where(and(inArray(dtsenSnapshots.status, [...CONFIRMED]), or(inArray(dtsenSnapshots.regionCode, above), within(dtsenSnapshots.regionCode, { regions }))))
    .orderBy(desc(dtsenSnapshots.effectiveOn), desc(dtsenSnapshots.confirmedAt), asc(dtsenSnapshots.id)).limit(PAGE).all()
}

export type NewSnapshot = {
  id: string, file: StoredFile & { name: string }, regionCode: string, label: string, source: string, effectiveOn: string
}

// The file becomes a snapshot of one place. The same file for the same place again answers with the one before.
export function openSnapshot(tx: Tx, { id, file, ...facts }: NewSnapshot): { id: string, known: boolean } {
  demand(tx.actor, 'dtsen.import')
  demandPlace(tx, facts.regionCode)
  if (facts.effectiveOn > dayOf(tx.now)) throw invalid({ effectiveOn: 'Tanggal data tidak boleh sesudah hari ini.' })
  recordFile(tx, file)
  const known = tx.db.select({ id: dtsenSnapshots.id }).from(dtsenSnapshots).where(and(eq(dtsenSnapshots.sha256, file.sha256),
    eq(dtsenSnapshots.regionCode, facts.regionCode), inArray(dtsenSnapshots.status, ['reading', 'previewed', ...CONFIRMED]))).limit(1).get()
  if (known) return { id: known.id, known: true }
  demandFreeLabel(tx.db, facts)
  tx.db.insert(dtsenSnapshots).values({
    id, ...facts, sha256: file.sha256, bytes: file.bytes, fileName: file.name.slice(0, 200), uploadedBy: tx.actor.id, uploadedAt: tx.now, status: 'reading',
  }).run()
  tx.audit('dtsen.received', id, { ...facts, file: file.name.slice(0, 200), sha256: file.sha256 })
  return { id, known: false }
}

// The ministry brings in any province or kabupaten, or the whole country; Dinsos its own kabupaten.
function demandPlace({ db, actor }: Reader, code: string) {
  const region = code ? findRegion(db, code) : undefined
  if (code && (!region || region.level > 2 || region.validTo)) throw invalid({ region: 'Pilih kabupaten/kota yang datanya diimpor.' })
  if (!isWithin(code, actor)) throw notFound('Wilayah')
}

function demandFreeLabel(db: Db, { label, regionCode }: Pick<Snapshot, 'label' | 'regionCode'>) {
  const taken = db.select({ id: dtsenSnapshots.id }).from(dtsenSnapshots)
    .where(and(eq(dtsenSnapshots.label, label), eq(dtsenSnapshots.regionCode, regionCode), inArray(dtsenSnapshots.status, [...CONFIRMED]))).get()
  if (taken) throw invalid({ label: `Potret desil ${label} untuk wilayah ini sudah ada dan tidak bisa diubah. Beri versi lain, misalnya ${label}.1.` })
}

// From here on the snapshot is read-only and, when it is the newest of its place, in effect. Twice is once.
export function confirmSnapshot(tx: Tx, id: string) {
  const snapshot = getSnapshot(tx, id)
  if (snapshot.status === 'applying' || snapshot.status === 'applied') return
  if (snapshot.status !== 'previewed') throw conflict(snapshot.status === 'reading' ? 'Berkas ini masih dibaca.' : 'Impor ini sudah dibatalkan atau gagal. Unggah lagi berkasnya.')
  if (snapshot.rowCount === 0) throw conflict('Tidak ada satu pun baris yang bisa diimpor.')
  demandFreeLabel(tx.db, snapshot)
  tx.db.update(dtsenSnapshots).set({ status: 'applying', confirmedBy: tx.actor.id, confirmedAt: tx.now }).where(eq(dtsenSnapshots.id, id)).run()
  setEffective(tx.db, { ...snapshot, confirmedAt: tx.now })
  tx.audit('dtsen.confirmed', id, { label: snapshot.label, effectiveOn: snapshot.effectiveOn, families: snapshot.rowCount })
}

// Nothing of it has been shown to anybody else; the read rows go with it.
export function discardSnapshot(tx: Tx, id: string) {
  const { status } = getSnapshot(tx, id)
  if (status === 'discarded') return
  if (status === 'applying' || status === 'applied') throw conflict('Potret ini sudah dikonfirmasi dan tidak bisa dibatalkan.')
  tx.db.update(dtsenSnapshots).set({ status: 'discarded', finishedAt: tx.now }).where(eq(dtsenSnapshots.id, id)).run()
  tx.audit('dtsen.discarded', id)
}

const SAMPLE = 10
const lastNumber = statement<[], number>('SELECT coalesce(max(number), 0) FROM households')
export type ShownRow = Pick<typeof dtsenRows.$inferSelect, 'position' | 'kkNumber' | 'desil' | 'match' | 'householdId'> & { village: string }

// A few rows of each kind, and the first that cannot come in.
export function previewSnapshot(db: Db, actor: Actor, id: string) {
  const snapshot = getSnapshot({ db, actor }, id)
  const working = snapshot.status === 'reading' || snapshot.status === 'discarded' || snapshot.status === 'failed'
  const rows = working ? [] : (['kk', 'nik', 'none'] as const).flatMap((match) => db.select().from(dtsenRows)
    .where(and(eq(dtsenRows.snapshotId, id), eq(dtsenRows.match, match))).orderBy(asc(dtsenRows.regionCode), asc(dtsenRows.position)).limit(SAMPLE).all())
  const wrong = working ? [] : db.select().from(dtsenErrors).where(eq(dtsenErrors.snapshotId, id)).orderBy(asc(dtsenErrors.position)).limit(SAMPLE).all()
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return {
    snapshot, regionName: findRegionName(db, snapshot.regionCode) ?? snapshot.regionCode, wrong,
    rows: rows.map(({ regionCode, ...row }): ShownRow => ({ ...row, village: names.get(regionCode)! })),
    highest: snapshot.status === 'applying' ? lastNumber(db).pluck().get() as number : undefined,
  }
}

export type ErrorRow = typeof dtsenErrors.$inferSelect

// The report of what cannot come in carries numbers of families, so giving it out is on record.
export function openErrorReport(tx: Tx, id: string) {
  const { errorCount } = getSnapshot(tx, id)
  tx.audit('dtsen.errors_downloaded', id, { rows: errorCount })
}

export function* errorRows(db: Db, snapshotId: string): Generator<ErrorRow[]> {
  for (let after = 0; ;) {
    const rows = db.select().from(dtsenErrors).where(and(eq(dtsenErrors.snapshotId, snapshotId), gt(dtsenErrors.position, after)))
      .orderBy(asc(dtsenErrors.position)).limit(500).all()
    if (rows.length) yield rows
    if (rows.length < 500) return
    after = rows.at(-1)!.position
  }
}
