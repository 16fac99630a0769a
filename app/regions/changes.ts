import { and, eq, isNull, ne } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { conflict, invalid } from '#app/problems.ts'
import { countBelow, findRegion, getRegion, type Region, type RegionChange } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import { under } from '#app/users/scope.ts'
import { regionChanges, regions, userRegions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

const BPS_DIGITS = [0, 2, 4, 7, 10]
const CODE = [/^$/, /^\d{2}$/, /^\d{2}\.\d{2}$/, /^\d{2}\.\d{2}\.\d{2}$/, /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/]

export function recordBpsCode(tx: Tx, code: string, bpsCode: string) {
  demand(tx.actor, 'region.manage')
  const region = getRegion(tx.db, code)
  const digits = BPS_DIGITS[region.level]!
  if (bpsCode && !new RegExp(`^\\d{${digits}}$`).test(bpsCode)) throw invalid({ bpsCode: `Kode BPS tingkat ini terdiri atas ${digits} angka.` })
  const taken = bpsCode && tx.db.select().from(regions)
    .where(and(eq(regions.bpsCode, bpsCode), ne(regions.code, code), isNull(regions.validTo))).get()
  if (taken) throw invalid({ bpsCode: `Kode BPS ini sudah dipakai ${taken.name} (${taken.code}).` })
  if (region.bpsCode === (bpsCode || null)) return
  tx.db.update(regions).set({ bpsCode: bpsCode || null }).where(eq(regions.code, code)).run()
  tx.audit('region.bps_recorded', code, { from: region.bpsCode, to: bpsCode || null })
}

export type NewChange = {
  id: string, kind: RegionChange['kind'], newCode: string, newName: string, effectiveOn: string, source: string,
}

// A change by government decision. Nothing is deleted: a closed code keeps its row and finds its present one.
export function changeRegion(tx: Tx, code: string, change: NewChange) {
  demand(tx.actor, 'region.manage')
  const region = getRegion(tx.db, code)
  if (tx.db.select().from(regionChanges).where(eq(regionChanges.id, change.id)).get()) return
  if (region.validTo) throw conflict(`Kode ${code} sudah tidak berlaku sejak ${inWords(region.validTo)}.`)
  if (change.effectiveOn > dayOf(tx.now)) throw invalid({ effectiveOn: 'Tanggal berlaku belum tiba.' })
  if (change.effectiveOn < region.validFrom) throw invalid({ effectiveOn: `Wilayah ini baru berlaku sejak ${inWords(region.validFrom)}.` })
  APPLY[change.kind](tx, region, change)
  tx.audit(`region.${PAST[change.kind]}`, code, { newCode: change.newCode || code, effectiveOn: change.effectiveOn })
}

const PAST = { rename: 'renamed', recode: 'recoded', split: 'split', merge: 'merged' } as const

const APPLY: Record<NewChange['kind'], (tx: Tx, region: Region, change: NewChange) => void> = {
  rename(tx, region, change) {
    const newName = demandName(change)
    remember(tx, region, { ...change, newCode: region.code, newName })
    tx.db.update(regions).set({ name: newName }).where(eq(regions.code, region.code)).run()
  },
  recode(tx, region, change) {
    demandFreeCode(tx, region, change)
    for (const below of tx.db.select().from(regions).where(and(under(regions.code, region.code), isNull(regions.validTo))).all()) {
      const isItself = below.code === region.code
      const newCode = change.newCode + below.code.slice(region.code.length)
      const newName = isItself && change.newName ? change.newName : below.name
      remember(tx, below, { ...change, id: isItself ? change.id : `${change.id}:${below.code}`, newCode, newName })
      open(tx, { ...below, code: newCode, name: newName, validFrom: change.effectiveOn })
      close(tx, below, change.effectiveOn)
    }
    extendUsers(tx, region.code, change.newCode)
  },
  split(tx, region, change) {
    demandFreeCode(tx, region, change)
    const newName = demandName(change)
    remember(tx, region, { ...change, newName })
    open(tx, { ...region, code: change.newCode, name: newName, bpsCode: null, validFrom: change.effectiveOn })
    extendUsers(tx, region.code, change.newCode, eq(userRegions.regionCode, region.code))
  },
  merge(tx, region, change) {
    const target = findRegion(tx.db, change.newCode)
    if (!target || target.validTo || target.level !== region.level || target.code === region.code) {
      throw invalid({ newCode: 'Isi kode wilayah tujuan yang masih berlaku dan setingkat.' })
    }
    if (countBelow(tx.db, region.code).length > 0) throw conflict('Ganti dahulu kode wilayah di bawahnya, lalu gabungkan.')
    remember(tx, region, { ...change, newName: target.name })
    close(tx, region, change.effectiveOn)
    extendUsers(tx, region.code, target.code)
  },
}

function demandName({ newName }: NewChange) {
  if (!newName) throw invalid({ newName: 'Isi nama baru.' })
  return newName
}

function demandFreeCode(tx: Tx, region: Region, { newCode }: NewChange) {
  if (!CODE[region.level]!.test(newCode)) throw invalid({ newCode: 'Kode baru tidak sesuai bentuk kode tingkat ini.' })
  if (findRegion(tx.db, newCode)) throw invalid({ newCode: 'Kode ini sudah pernah dipakai.' })
  const parent = parentOf(newCode)
  if (parent && !isOpen(findRegion(tx.db, parent))) throw invalid({ newCode: `Wilayah induk ${parent} tidak ada atau tidak berlaku.` })
}

const isOpen = (region?: Region) => region !== undefined && region.validTo === null
const parentOf = (code: string) => code.split('.').slice(0, -1).join('.') || null

const remember = (tx: Tx, { code, name }: Region, { id, kind, newCode, newName, effectiveOn, source }: NewChange) =>
  tx.db.insert(regionChanges).values({ id, kind, oldCode: code, newCode, oldName: name, newName, effectiveOn, source }).run()

const open = (tx: Tx, { code, level, name, bpsCode, validFrom }: Region) =>
  tx.db.insert(regions).values({ code, level, name, bpsCode, validFrom, parentCode: parentOf(code) }).run()

const close = (tx: Tx, { code }: Region, validTo: string) =>
  tx.db.update(regions).set({ validTo }).where(eq(regions.code, code)).run()

// Data gathered under the old code stays there, so whoever worked in it keeps it and gains the new code beside it.
function extendUsers(tx: Tx, oldCode: string, newCode: string, who = under(userRegions.regionCode, oldCode)) {
  const holders = tx.db.select().from(userRegions).where(who).all()
  for (const { userId, regionCode } of holders) {
    tx.db.insert(userRegions).values({ userId, regionCode: newCode + regionCode.slice(oldCode.length) }).onConflictDoNothing().run()
  }
}
