import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import { codesNamed, keptUntilChange } from '#app/regions/names.ts'
import type { Db } from '#db/connection.ts'
import { regionChanges, regions } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type Region = typeof regions.$inferSelect
export type RegionChange = typeof regionChanges.$inferSelect

const children = statement<[string | null], Region>(`SELECT code, level, name, parent_code AS parentCode, bps_code AS bpsCode, valid_from AS validFrom, valid_to AS validTo
  FROM regions WHERE parent_code IS ? AND valid_to IS NULL ORDER BY name, code`)

// '' is the whole country, and the parent of the provinces.
export const childrenOf = (db: Db, code: string): Region[] => children(db).all(code || null)

export const findRegion = (db: Db, code: string): Region | undefined =>
  db.select().from(regions).where(eq(regions.code, code)).get()

export function getRegion(db: Db, code: string): Region {
  const region = findRegion(db, code)
  if (!region) throw notFound('Wilayah')
  return region
}

// "34", "34.02", "34.02.01": the codes above and the code itself, the province first.
export const codesTo = (code: string): string[] => {
  const parts = code ? code.split('.') : []
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}

export const pathTo = (db: Db, code: string): Region[] =>
  code ? db.select().from(regions).where(inArray(regions.code, codesTo(code))).orderBy(asc(regions.level)).all() : []

const oneName = statement<[string], { name: string }>('SELECT name FROM regions WHERE code = ?')

export const findRegionName = (db: Db, code: string): string | undefined =>
  code === '' ? 'Seluruh Indonesia' : oneName(db).get(code)?.name

// A code without a row answers with itself, so a list never shows an empty place.
export const regionNames = (db: Db, codes: Iterable<string>): Map<string, string> =>
  new Map([...new Set(codes)].map((code) => [code, findRegionName(db, code) ?? code]))

const countByLevel = statement<[string, string], { level: number, count: number }>(
  'SELECT level, count(*) AS count FROM regions INDEXED BY regions_by_level WHERE level IN (1, 2, 3, 4) AND code > ? AND code < ? AND valid_to IS NULL GROUP BY level ORDER BY level')

const everywhere = keptUntilChange((db) => countByLevel(db).all('', ':'))

// How many regions of each level lie below.
export const countBelow = (db: Db, code: string) => code ? countByLevel(db).all(code, `${code}:`) : everywhere(db)

// By name or by either code; an old code finds its row too, marked by validTo.
export function searchRegions(db: Db, text: string, limit = 30): Region[] {
  const codes = JSON.stringify([text, ...codesNamed(db, text, limit)])
  return db.select().from(regions).where(or(sql`${regions.code} IN (SELECT value FROM json_each(${codes}))`, eq(regions.bpsCode, text)))
    .orderBy(asc(regions.level), asc(regions.name), asc(regions.code)).limit(limit).all()
}

const CHANGES_SHOWN = 100

// Renames, splits and merges that touched this region, or the newest of the whole country.
export function changesOf(db: Db, code: string): RegionChange[] {
  const where = code ? or(eq(regionChanges.oldCode, code), eq(regionChanges.newCode, code)) : undefined
  return db.select().from(regionChanges).where(where).orderBy(desc(regionChanges.effectiveOn), asc(regionChanges.oldCode)).limit(CHANGES_SHOWN).all()
}

// Where an old code lives now: follows recodes and merges to their end.
export function presentCodeOf(db: Db, code: string): string {
  const next = db.select({ newCode: regionChanges.newCode }).from(regionChanges)
    .where(and(eq(regionChanges.oldCode, code), inArray(regionChanges.kind, ['recode', 'merge'])))
    .orderBy(desc(regionChanges.effectiveOn)).limit(1).get()
  return next && findRegion(db, code)?.validTo ? presentCodeOf(db, next.newCode) : code
}
