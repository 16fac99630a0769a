import { and, eq } from 'drizzle-orm'
import type { Cells, ColumnError } from '#app/assignments/bdt-profile.ts'
import { regionOf } from '#app/assignments/bdt-rows.ts'
import { findRegion, findRegionName, presentCodeOf } from '#app/regions/regions.ts'
import { under } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { regions } from '#db/schema/index.ts'

export type Village = { regionCode?: string, errors: ColumnError[] }

// Finds the village a line names, inside one kabupaten/kota only. An old Kemendagri code finds its present one.
export function villageFinder(db: Db, regency: string): (cells: Cells) => Village {
  const villages = db.select({ code: regions.code, bpsCode: regions.bpsCode, validTo: regions.validTo }).from(regions)
    .where(and(eq(regions.level, 4), under(regions.code, regency))).all()
  const present = new Set(villages.filter(({ validTo }) => validTo === null).map(({ code }) => code))
  const byBps = new Map(villages.flatMap(({ code, bpsCode }) => bpsCode ? [[bpsCode, code] as const] : []))
  const known = new Map<string, Village>()
  const outside = (column: string): Village =>
    ({ errors: [{ column, message: `Bukan desa/kelurahan di ${findRegionName(db, regency) ?? regency}.` }] })

  const find = ({ regionCode, bpsCode = '', errors }: ReturnType<typeof regionOf>): Village => {
    if (errors.length) return { errors }
    const code = regionCode ?? byBps.get(bpsCode)
    if (!code) return { errors: [{ column: 'KDDESA', message: `Kode BPS ${bpsCode} belum dikenal di kabupaten/kota ini. Isi kolom KODE_KEMENDAGRI.` }] }
    const now = present.has(code) ? code : findRegion(db, code) ? presentCodeOf(db, code) : code
    return present.has(now) ? { regionCode: now, errors: [] } : outside(regionCode ? 'KODE_KEMENDAGRI' : 'KDDESA')
  }

  return (cells) => {
    const named = regionOf(cells)
    const key = named.regionCode ?? named.bpsCode
    if (key === undefined) return find(named)
    const village = known.get(key) ?? find(named)
    // A file full of wrong codes must not fill the memory.
    if (known.size < 5000) known.set(key, village)
    return village
  }
}
