import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm'
import { regionsIn } from '#app/households/households.ts'
import { notFound } from '#app/problems.ts'
import type { Kind } from '#app/integrity/overview.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { gateFailures, gateVerdicts, households } from '#db/schema/index.ts'

export type WorkPlace = { region: string, number: number }
export type ListedFailure = ReturnType<typeof listFailing>['households'][number]

const PAGE = 30
const FIRST: WorkPlace = { region: '', number: 0 }
// A household that fails in everything need not fill the page.
const SHOWN = 12

// Households of a place that fail a criterion ('w': that are warned of; none: any criterion), each with what is wrong.
export function listFailing(db: Db, actor: Actor, { region, kind }: { region: string, kind?: Kind }, after: WorkPlace = FIRST) {
  demand(actor, 'integrity.read')
  const name = findRegionName(db, region)
  if (name === undefined) throw notFound('Wilayah')
  const severity = kind === 'w' ? 'warning' as const : 'error' as const
  const wanted = and(eq(gateFailures.severity, severity), kind && kind !== 'w' ? eq(gateFailures.gate, kind) : undefined)
  const places = db.selectDistinct({ region: gateFailures.regionCode, number: gateFailures.householdNumber }).from(gateFailures)
    .where(and(wanted, within(gateFailures.regionCode, { regions: regionsIn(actor, region) }), or(gt(gateFailures.regionCode, after.region),
      and(eq(gateFailures.regionCode, after.region), gt(gateFailures.householdNumber, after.number)))))
    .orderBy(asc(gateFailures.regionCode), asc(gateFailures.householdNumber)).limit(PAGE + 1).all()
  const shown = places.slice(0, PAGE)
  return { name, households: householdsAt(db, shown, wanted), next: places.length > PAGE ? shown.at(-1)! : undefined }
}

function householdsAt(db: Db, places: WorkPlace[], wanted: ReturnType<typeof and>) {
  if (places.length === 0) return []
  const rows = db.select({
    id: households.id, number: households.number, headName: households.headName, address: households.address, regionCode: households.regionCode,
    judgedAt: gateVerdicts.judgedAt, basis: gateVerdicts.basis,
  }).from(households).innerJoin(gateVerdicts, eq(gateVerdicts.householdId, households.id))
    .where(inArray(households.number, places.map(({ number }) => number))).orderBy(asc(households.regionCode), asc(households.number)).limit(PAGE).all()
  const messages = db.select({ householdId: gateFailures.householdId, gate: gateFailures.gate, message: gateFailures.message, foundAt: gateFailures.foundAt }).from(gateFailures)
    .where(and(wanted, inArray(gateFailures.householdId, rows.map(({ id }) => id)))).orderBy(asc(gateFailures.householdId), asc(gateFailures.seq)).limit(PAGE * 100).all()
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => {
    const own = messages.filter(({ householdId }) => householdId === row.id)
    return { ...row, village: names.get(row.regionCode)!, failures: own.slice(0, SHOWN), more: Math.max(0, own.length - SHOWN) }
  })
}

const newest = sql<string | null>`max(${gateVerdicts.judgedAt})`
export const lastJudged = (db: Db) => db.select({ at: newest }).from(gateVerdicts).get()?.at ?? null
