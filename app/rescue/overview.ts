import { and, desc, eq, ne } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { periodAt } from '#app/periods/periods.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY, regencyOf, VILLAGE } from '#app/regions/levels.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { rescueLists } from '#db/schema/index.ts'
import type { RescueReason } from '#db/schema/rescue.ts'
import { statement } from '#db/statements.ts'

export type RescueList = typeof rescueLists.$inferSelect
export type RescuePlace = { code: string, name: string, open: number, saved: number, reasons: Partial<Record<RescueReason, number>> }
export type Regency = RescueList & { name: string }

const LISTED = 520

type Counted = { code: string, reason: RescueReason | '', open: number, repaired: number }
const countsIn = statement<[string, string, string], Counted>(`SELECT region_code AS code, reason, open, repaired FROM rescue_counts
  WHERE period_id = ? AND region_code >= ? AND region_code < ? AND (open > 0 OR repaired > 0)`)

export type RescueReading =
  | { kind: 'regencies', regencies: Regency[] }
  | { kind: 'none', regency: string, code: string }
  | { kind: 'list', regency: string, list: RescueList, last: RescueList | undefined, region: string, regionName: string, villages: RescuePlace[] }

// One kabupaten's coming cut-off with its desa; for who sees several kabupaten, those that have a list.
export function readRescue(db: Db, actor: Actor, region: string, now: string): RescueReading {
  demand(actor, 'rescue.read')
  const codes = regionsIn(actor, region)
  const regencies = new Set(codes.map(regencyOf))
  const [regency = ''] = regencies
  if (regencies.size !== 1 || regency.length < REGENCY) return { kind: 'regencies', regencies: listRegencies(db, codes) }
  const name = findRegionName(db, regency) ?? regency
  const list = currentList(db, regency, now)
  if (!list) return { kind: 'none', regency: name, code: regency }
  return {
    kind: 'list', regency: name, list, last: lastClosed(db, regency), region: codes.length === 1 ? codes[0]! : '', regionName: codes.length === 1 ? findRegionName(db, codes[0]!) ?? '' : name,
    villages: placesIn(db, list.periodId, codes),
  }
}

// The list of the coming cut-off. One that is only due stands as if it had just begun.
export function currentList(db: Db, regencyCode: string, now: string): RescueList | undefined {
  const period = periodAt(db, regencyCode, dayOf(now))
  if (!period) return undefined
  const known = db.select().from(rescueLists).where(and(eq(rescueLists.periodId, period.id), eq(rescueLists.regencyCode, regencyCode))).get()
  return known ?? {
    periodId: period.id, regencyCode, periodName: period.name, cutoffOn: period.cutoffOn, status: 'building', startedAt: now, liveAt: null,
    totalCount: 0, checkedCount: 0, openCount: 0, savedCount: 0,
  }
}

const lastClosed = (db: Db, regencyCode: string) => db.select().from(rescueLists)
  .where(and(eq(rescueLists.regencyCode, regencyCode), eq(rescueLists.status, 'closed'))).orderBy(desc(rescueLists.startedAt)).limit(1).get()

function listRegencies(db: Db, codes: string[]): Regency[] {
  const rows = db.select().from(rescueLists).where(ne(rescueLists.status, 'closed')).orderBy(desc(rescueLists.openCount)).limit(LISTED).all()
    .filter(({ regencyCode }) => isWithin(regencyCode, { regions: codes }))
  const names = regionNames(db, rows.map(({ regencyCode }) => regencyCode))
  return rows.map((row) => ({ ...row, name: names.get(row.regencyCode)! }))
}

// The desa below, the one with most to save first.
function placesIn(db: Db, periodId: string, codes: string[]): RescuePlace[] {
  const places = new Map<string, RescuePlace>()
  for (const { code, reason, open, repaired } of codes.flatMap((from) => countsIn(db).all(periodId, from, `${from}:`))) {
    const place = places.get(code) ?? { code, name: '', open: 0, saved: 0, reasons: {} }
    if (reason === '') Object.assign(place, { open, saved: repaired })
    else if (open > 0) place.reasons[reason] = open
    places.set(code, place)
  }
  const names = regionNames(db, places.keys())
  return [...places.values()].filter(({ code }) => code.length === VILLAGE).map((place) => ({ ...place, name: names.get(place.code)! }))
    .sort((one, other) => other.open - one.open || one.name.localeCompare(other.name, 'id'))
}
