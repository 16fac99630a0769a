import { and, asc, eq, isNull } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { regions } from '#db/schema/index.ts'

export type Regency = { code: string, name: string, province: string, provinceCode: string }

// Every kabupaten/kota in the reader's scope, whether it has sent anything or not. under: a province or one kabupaten.
export function regenciesOf(db: Db, actor: Actor, under = ''): Regency[] {
  const provinces = new Map(db.select({ code: regions.code, name: regions.name }).from(regions).where(and(eq(regions.level, 1), isNull(regions.validTo))).limit(100).all().map(({ code, name }) => [code, name]))
  return db.select({ code: regions.code, name: regions.name, provinceCode: regions.parentCode }).from(regions)
    .where(and(eq(regions.level, 2), isNull(regions.validTo), within(regions.code, actor), under ? within(regions.code, { regions: [under] }) : undefined)).orderBy(asc(regions.code)).limit(1000).all()
    .map(({ code, name, provinceCode }) => ({ code, name, provinceCode: provinceCode ?? '', province: provinces.get(provinceCode ?? '') ?? '' }))
}

// Out of scope and nonexistent look the same.
export function demandRegency(db: Db, actor: Actor, code: string): Regency {
  const [found] = /^\d\d\.\d\d$/.test(code) && isWithin(code, actor) ? regenciesOf(db, actor, code) : []
  if (!found) throw notFound('Kabupaten/kota')
  return found
}

// As parameters of a query: column >= from AND column < to, for each region of the scope that lies in what was chosen.
export function rangesOf({ regions: own }: Pick<Actor, 'regions'>, chosen = ''): { from: string, to: string }[] {
  const wanted = own.flatMap((region) => chosen.startsWith(region) ? [chosen] : region.startsWith(chosen) ? [region] : [])
  return wanted.map((code) => ({ from: code, to: `${code}:` }))
}

// The text of that condition, and its values behind those that stand already.
export function inRanges(column: string, ranges: { from: string, to: string }[], values: unknown[]): string {
  const each = ranges.map(({ from, to }) => `(${column} >= $${values.push(from)} AND ${column} < $${values.push(to)})`)
  return each.length === 0 ? 'false' : `(${each.join(' OR ')})`
}
