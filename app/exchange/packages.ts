import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { findRegion, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { exchangePackages, households, regions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type RegionPackage = typeof exchangePackages.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

export const findPackage = (db: Db, id: string): RegionPackage | undefined => db.select().from(exchangePackages).where(eq(exchangePackages.id, id)).get()

// Whoever made a package may fetch it; to everybody else it is not found.
export function getPackage({ db, actor }: Reader, id: string): RegionPackage {
  demand(actor, 'exchange.take')
  const found = findPackage(db, id)
  if (!found || found.madeBy !== actor.id) throw notFound('Paket wilayah ini')
  return found
}

export type ListedPackage = RegionPackage & { regionName: string }

// The reader's own, the newest first.
export function listPackages(db: Db, actor: Actor): ListedPackage[] {
  demand(actor, 'exchange.take')
  const rows = db.select().from(exchangePackages).where(eq(exchangePackages.madeBy, actor.id)).orderBy(desc(exchangePackages.madeAt)).limit(20).all()
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({ ...row, regionName: names.get(row.regionCode)! }))
}

export type Choice = { code: string, name: string, level: number }

// What may be cut out: the reader's own region, and each kecamatan in it.
export function listChoices(db: Db, actor: Actor): Choice[] {
  return db.select({ code: regions.code, name: regions.name, level: regions.level }).from(regions)
    .where(and(within(regions.code, actor), inArray(regions.level, [2, 3]))).orderBy(regions.level, regions.name).limit(200).all()
}

// False when the same form came before.
export function openPackage(tx: Tx, id: string, regionCode: string): boolean {
  demand(tx.actor, 'exchange.take')
  if (findPackage(tx.db, id)) return getPackage(tx, id).id !== id
  const region = regionCode && findRegion(tx.db, regionCode)
  if (!region || (region.level !== 2 && region.level !== 3)) throw invalid({ region: 'Pilih kabupaten/kota atau kecamatan.' })
  if (!isWithin(regionCode, tx.actor)) throw notFound('Wilayah')
  if (!tx.db.select({ id: households.id }).from(households).where(under(households.regionCode, regionCode)).limit(1).get()) {
    throw invalid({ region: 'Belum ada rumah tangga di wilayah ini.' })
  }
  tx.db.insert(exchangePackages).values({ id, regionCode, madeBy: tx.actor.id, madeAt: tx.now, status: 'making' }).run()
  tx.audit('exchange.package_requested', id, { regionCode })
  return true
}

export const markVillage = (db: Db, id: string, villagesDone: number, villages: number) =>
  void db.update(exchangePackages).set({ villagesDone, villages }).where(eq(exchangePackages.id, id)).run()

export function markReady(tx: Tx, id: string, facts: Pick<RegionPackage, 'households' | 'sequence' | 'bytes'>) {
  tx.db.update(exchangePackages).set({ ...facts, status: 'ready', readyAt: tx.now }).where(eq(exchangePackages.id, id)).run()
  tx.audit('exchange.package_made', id, { households: facts.households, sequence: facts.sequence })
}

export function markFailed(tx: Tx, id: string, message: string) {
  tx.db.update(exchangePackages).set({ status: 'failed', message }).where(eq(exchangePackages.id, id)).run()
  tx.audit('exchange.package_failed', id)
}

// Giving it out is on record, each time. Where its maker no longer works it is given out no more.
export function fetchPackage(tx: Tx, id: string): RegionPackage {
  const found = getPackage(tx, id)
  if (!isWithin(found.regionCode, tx.actor)) throw conflict('Wilayah tugas Anda berubah sejak paket ini dibuat. Buat paket baru.')
  if (found.status !== 'ready') throw conflict(found.status === 'making' ? 'Paket ini masih disiapkan.' : 'Paket ini sudah tidak ada di server. Buat yang baru.')
  tx.audit('exchange.package_downloaded', id, { households: found.households })
  return found
}

export function removePackage(tx: Tx, id: string) {
  const { status } = getPackage(tx, id)
  if (status === 'making') throw conflict('Paket ini masih disiapkan.')
  if (status === 'removed') return
  tx.db.update(exchangePackages).set({ status: 'removed' }).where(eq(exchangePackages.id, id)).run()
  tx.audit('exchange.package_removed', id)
}

// Those whose file has lain here long enough: the laptop has it, and the server need not keep a copy.
export function expirePackages(tx: Tx, before: string): string[] {
  const old = tx.db.select({ id: exchangePackages.id }).from(exchangePackages).where(and(eq(exchangePackages.status, 'ready'), lt(exchangePackages.madeAt, before))).all().map(({ id }) => id)
  for (const id of old) {
    tx.db.update(exchangePackages).set({ status: 'removed' }).where(eq(exchangePackages.id, id)).run()
    tx.audit('exchange.package_removed', id)
  }
  return old
}

// Under way when the server stopped: the passphrase is gone with it.
export function giveUpPackages(tx: Tx, message: string, isIdle: (id: string) => boolean = () => true) {
  const left = tx.db.select({ id: exchangePackages.id }).from(exchangePackages).where(eq(exchangePackages.status, 'making')).all()
  for (const { id } of left.filter((one) => isIdle(one.id))) markFailed(tx, id, message)
}
