import { and, desc, eq, lt, max } from 'drizzle-orm'
import { holdsPersons, holdsSpecific, type Exportable, type Query } from '#app/exports/exportable.ts'
import { findList } from '#app/exports/lists.ts'
import { seesNumbers } from '#app/households/masking.ts'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { earlierThan, placeOf } from '#app/list-places.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { exportFiles, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type ExportFile = typeof exportFiles.$inferSelect
type Reading = Pick<Tx, 'db' | 'actor'>

export const findExport = (db: Db, id: string): ExportFile | undefined => db.select().from(exportFiles).where(eq(exportFiles.id, id)).get()

// A list this person may read, and so may carry out.
export function demandList(actor: Actor, name: string): Exportable {
  demand(actor, 'export.make')
  const list = findList(name)
  if (!list) throw notFound('Daftar ini')
  if (!list.verbs.some((verb) => can(actor, verb))) throw forbidden()
  return list
}

export const mayBeFull = (actor: Actor, list: Exportable) => can(actor, 'export.full') && seesNumbers(actor) && holdsPersons(list)

export const readQueryText = (text: string): Query => Object.fromEntries([...new URLSearchParams(text)].filter(([, value]) => value !== ''))

// What the form shows before anything is made.
export function beginExport({ db, actor }: Reading, name: string, query: string) {
  const list = demandList(actor, name)
  const wanted = readQueryText(query)
  return { list: described(list), words: list.words?.({ db, actor }, wanted) ?? '', mayBeFull: mayBeFull(actor, list), holdsPersons: holdsPersons(list), holdsSpecific: holdsSpecific(list) }
}

const described = ({ name, title, href, columns }: Exportable) => ({ name, title, href, columns: columns.map(({ label }) => label) })

export type Wanted = {
  id: string, list: string, query: string, format: 'csv' | 'xlsx', full: boolean, fullReason: string,
  recipientName: string, recipientInstitution: string, purpose: string, legalBasis: string, expiresOn: string,
}

const MOST_DAYS = 90

// The hand-over record comes first; the file is made from it. False when the same form came before.
export function openExport(tx: Tx, { id, ...wanted }: Wanted): boolean {
  const list = demandList(tx.actor, wanted.list)
  if (findExport(tx.db, id)) return getExport(tx, id).id !== id
  if (wanted.full && !mayBeFull(tx.actor, list)) throw forbidden('Anda tidak berwenang mengekspor NIK dan Nomor KK secara utuh.')
  if (wanted.full && wanted.fullReason.length < 10) throw invalid({ fullReason: 'Tuliskan alasan data utuh diperlukan, sedikitnya 10 huruf.' })
  const today = dayOf(tx.now)
  if (wanted.expiresOn < today) throw invalid({ expiresOn: 'Tanggal ini sudah lewat.' })
  if (wanted.expiresOn > addDays(today, MOST_DAYS)) throw invalid({ expiresOn: `Paling lama ${MOST_DAYS} hari dari hari ini.` })
  const words = list.words?.(tx, readQueryText(wanted.query)) ?? ''
  const year = Number(today.slice(0, 4))
  const serial = (tx.db.select({ last: max(exportFiles.serial) }).from(exportFiles).where(eq(exportFiles.year, year)).get()?.last ?? 0) + 1
  const number = numberOf(serial, tx.actor, today)
  tx.db.insert(exportFiles).values({
    id, ...wanted, fullReason: wanted.full ? wanted.fullReason : '', words, status: 'making', madeBy: tx.actor.id, madeAt: tx.now,
    regions: tx.actor.regions, year, serial, number,
  }).run()
  tx.audit('export.requested', id, { list: wanted.list, format: wanted.format, full: wanted.full, number, expiresOn: wanted.expiresOn, ...(wanted.full && { reason: wanted.fullReason }) })
  return true
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
const numberOf = (serial: number, { regions }: Actor, day: string) =>
  [String(serial).padStart(4, '0'), 'BAST-SIKS', regions[0] || 'ID', ROMAN[Number(day.slice(5, 7)) - 1], day.slice(0, 4)].join('/')

const PAGE = 50
export type ListedExport = ReturnType<typeof listExports>['files'][number]

// One's own, the newest first; whoever keeps the register sees everybody's.
export function listExports(db: Db, actor: Actor, before?: string) {
  demandRegister(actor)
  const own = can(actor, 'export.register') ? undefined : eq(exportFiles.madeBy, actor.id)
  const rows = db.select({ file: exportFiles, maker: users.name }).from(exportFiles).innerJoin(users, eq(users.id, exportFiles.madeBy))
    .where(and(own, earlierThan(before, exportFiles.madeAt, exportFiles.id)))
    .orderBy(desc(exportFiles.madeAt), desc(exportFiles.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  return {
    files: shown.map(({ file, maker }) => ({ ...file, maker, title: titleOf(file) })),
    next: rows.length > PAGE ? placeOf(shown.at(-1)!.file.madeAt, shown.at(-1)!.file.id) : undefined,
  }
}

const demandRegister = (actor: Actor) => demand(actor, can(actor, 'export.register') ? 'export.register' : 'export.make')
const titleOf = ({ list }: Pick<ExportFile, 'list'>) => findList(list)?.title ?? list

// To everybody but its maker, and whoever keeps the register, it is not found.
export function getExport({ db, actor }: Reading, id: string): ExportFile {
  demandRegister(actor)
  const found = findExport(db, id)
  if (!found || (found.madeBy !== actor.id && !can(actor, 'export.register'))) throw notFound('Ekspor ini')
  return found
}

export type ExportView = ReturnType<typeof viewExport>

export function viewExport({ db, actor }: Reading, id: string) {
  const file = getExport({ db, actor }, id)
  const list = findList(file.list)
  const maker = db.select({ name: users.name, role: users.role }).from(users).where(eq(users.id, file.madeBy)).get()!
  return {
    file, maker, title: titleOf(file), columns: list?.columns.map(({ label }) => label) ?? [], href: list?.href,
    places: [...regionNames(db, file.regions).values()], isOwn: file.madeBy === actor.id,
  }
}

// Giving it out is on record, each time. What one may no longer read, one may no longer fetch.
export function fetchExport(tx: Tx, id: string): ExportFile {
  const found = getExport(tx, id)
  if (found.madeBy !== tx.actor.id) throw notFound('Ekspor ini')
  const list = demandList(tx.actor, found.list)
  if (found.full && !mayBeFull(tx.actor, list)) throw forbidden()
  if (!found.regions.every((code) => isWithin(code, tx.actor))) throw conflict('Wilayah tugas Anda berubah sejak berkas ini dibuat. Buat ekspor baru.')
  if (found.status === 'making') throw conflict('Berkas ini masih disiapkan.')
  if (found.status !== 'ready' || found.expiresOn < dayOf(tx.now)) throw conflict('Berkas ini sudah tidak ada di server. Catatan serah terimanya tetap tersimpan.')
  tx.db.update(exportFiles).set({ downloads: found.downloads + 1, lastDownloadedAt: tx.now }).where(eq(exportFiles.id, id)).run()
  tx.audit('export.downloaded', id, { number: found.number, sha256: found.sha256 })
  return found
}

// Before its time, by its maker: also one that is still being made.
export function removeExport(tx: Tx, id: string) {
  const found = getExport(tx, id)
  if (found.madeBy !== tx.actor.id) throw notFound('Ekspor ini')
  if (found.status === 'making' || found.status === 'ready') remove(tx, found)
  return found
}

function remove(tx: Tx, { id, number }: Pick<ExportFile, 'id' | 'number'>) {
  tx.db.update(exportFiles).set({ status: 'removed', removedAt: tx.now }).where(eq(exportFiles.id, id)).run()
  tx.audit('export.removed', id, { number })
}

// Those whose day has passed: the file goes, the record stays.
export function expireExports(tx: Tx) {
  const old = tx.db.select({ id: exportFiles.id, number: exportFiles.number }).from(exportFiles)
    .where(and(eq(exportFiles.status, 'ready'), lt(exportFiles.expiresOn, dayOf(tx.now)))).all()
  for (const one of old) remove(tx, one)
}
