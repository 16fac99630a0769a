import { and, asc, eq, gt, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import { STAGES, type Stage } from '#app/households/stages.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, regions, userRegions, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export const PAGE_SIZE = 50

// What the work list tells apart; everything from the first submission on is one column.
export const STEPS = ['listed', 'published', 'held', 'deliberated', 'later'] as const
export type StepCounts = Record<typeof STEPS[number], number> & { unheld: number }
export type VillageRow = StepCounts & { code: string, name: string, districtName: string }

// Rows nobody holds yet. The musdes may already have spoken of them.
export const isFree = (): SQL =>
  or(eq(households.stage, 'published'), and(eq(households.stage, 'deliberated'), isNull(households.officerId)))!

// Both who gives rows out and who takes them back must see them.
export const demandWorkList = (actor: Actor) => demand(actor, can(actor, 'prelist.revoke') ? 'prelist.revoke' : 'prelist.assign')

// Every village of the reader, with or without prelist rows, 100 a page by code.
export function listVillages(db: Db, actor: Actor, { after = '' }: { after?: string } = {}) {
  demandWorkList(actor)
  const rows = db.select({ code: regions.code, name: regions.name, parentCode: regions.parentCode }).from(regions)
    .where(and(eq(regions.level, 4), isNull(regions.validTo), within(regions.code, actor), gt(regions.code, after)))
    .orderBy(asc(regions.code)).limit(101).all()
  const shown = rows.slice(0, 100)
  const counts = countSteps(db, shown.map(({ code }) => code))
  const districts = namesOf(db, shown.map(({ parentCode }) => parentCode ?? ''))
  return {
    villages: shown.map(({ code, name, parentCode }): VillageRow =>
      ({ code, name, districtName: districts.get(parentCode ?? '') ?? '', ...(counts.get(code) ?? NONE) })),
    next: rows.length > 100 ? shown.at(-1)!.code : undefined,
  }
}

const NONE: StepCounts = { listed: 0, published: 0, held: 0, deliberated: 0, later: 0, unheld: 0 }

const countRange = statement<[string, string], { code: string, stage: Stage, free: number, count: number }>(
  `SELECT region_code AS code, stage, officer_id = '' AS free, sum(n) AS count FROM household_counts
  WHERE stage IN (${STAGES.map((stage) => `'${stage}'`).join(', ')}) AND region_code >= ? AND region_code <= ? AND n > 0 GROUP BY 1, 2, 3`)

const STEP_OF: Partial<Record<Stage, typeof STEPS[number] | null>> = {
  listed: 'listed', published: 'published', assigned: 'held', downloaded: 'held', deliberated: 'deliberated', withdrawn: null,
}

function countSteps(db: Db, codes: string[]): Map<string, StepCounts> {
  const found = new Map(codes.map((code) => [code, { ...NONE }]))
  for (const { code, stage, free, count } of countRange(db).all(codes[0] ?? '', codes.at(-1) ?? '')) {
    const counts = found.get(code)
    const step = STEP_OF[stage] === undefined ? 'later' : STEP_OF[stage]
    if (!counts || !step) continue
    counts[step] += count
    if (stage === 'published' || (stage === 'deliberated' && free)) counts.unheld += count
  }
  return found
}

const namesOf = (db: Db, codes: string[]) =>
  new Map(db.select({ code: regions.code, name: regions.name }).from(regions).where(inArray(regions.code, [...new Set(codes)])).all()
    .map(({ code, name }) => [code, name]))

export type Officer = { id: string, name: string, held: number }

// Who may be given rows of this village: active field staff whose area covers it, the least burdened first.
export function officersOf(db: Db, village: string): Officer[] {
  const held = sql<number>`(SELECT count(*) FROM households WHERE officer_id = ${users.id} AND stage IN ('assigned', 'downloaded', 'deliberated', 'returned'))`
  return db.selectDistinct({ id: users.id, name: users.name, held }).from(users).innerJoin(userRegions, eq(userRegions.userId, users.id))
    .where(and(eq(users.status, 'active'), inArray(users.role, ['enumerator', 'village_operator']),
      inArray(userRegions.regionCode, coversOf(village))))
    .orderBy(asc(held), asc(users.name), asc(users.id)).limit(200).all()
}

// "34.02.01.2001" lies in itself, "34.02.01", "34.02", "34" and the whole country.
const coversOf = (code: string) => ['', ...code.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'))]

export type RowFilter = { village: string, stage?: Stage, officer?: string, after?: number }

export type PrelistRow = ReturnType<typeof listRows>['rows'][number]

// One village's rows in the order they came in.
export function listRows(db: Db, actor: Actor, { village, stage, officer, after = 0 }: RowFilter) {
  demandWorkList(actor)
  const rows = db.select(SHOWN).from(households).leftJoin(users, eq(users.id, households.officerId))
    .where(and(within(households.regionCode, actor), under(households.regionCode, village), gt(households.number, after),
      stage ? eq(households.stage, stage) : undefined, officer ? eq(households.officerId, officer) : undefined))
    .orderBy(asc(households.number)).limit(PAGE_SIZE + 1).all()
  return paged(rows)
}

const SHOWN = {
  id: households.id, number: households.number, prelistId: households.prelistId, headName: households.headName, headNik: households.headNik,
  address: households.address, slsName: households.slsName, memberCount: households.memberCount, stage: households.stage,
  musdesStatus: households.musdesStatus, officerId: households.officerId, officerName: users.name, regionCode: households.regionCode,
}

const paged = <R extends { number: number }>(rows: R[]) =>
  ({ rows: rows.slice(0, PAGE_SIZE), next: rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1]!.number : undefined })

// What an officer may take: rows of the own villages that nobody holds, sought by the head's name or the address.
export function listAvailable(db: Db, actor: Actor, { q = '', after = 0 }: { q?: string, after?: number } = {}) {
  demand(actor, 'prelist.take')
  const pattern = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const rows = db.select(SHOWN).from(households).leftJoin(users, eq(users.id, households.officerId))
    .where(and(within(households.regionCode, actor), isFree(), gt(households.number, after),
      q ? sql`(${households.headName} LIKE ${pattern} ESCAPE '\\' OR ${households.address} LIKE ${pattern} ESCAPE '\\')` : undefined))
    .orderBy(asc(households.number)).limit(PAGE_SIZE + 1).all()
  return paged(rows)
}

// The officer's own rows that may still be given back.
export function listOwn(db: Db, actor: Actor) {
  demand(actor, 'prelist.take')
  return db.select(SHOWN).from(households).leftJoin(users, eq(users.id, households.officerId))
    .where(and(within(households.regionCode, actor), eq(households.officerId, actor.id),
      inArray(households.stage, ['assigned', 'downloaded'])))
    .orderBy(asc(households.number)).limit(200).all()
}
