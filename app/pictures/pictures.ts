import { lengthBelow } from '#app/dtsen/reports.ts'
import { regionsIn } from '#app/households/filter.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// PPKS has no limit of desil, and few may see its categories, so it has no picture.
export const PICTURED = ['pkh', 'sembako', 'pbi'] as const satisfies readonly ProgrammeCode[]
export type Pictured = typeof PICTURED[number]
export type Where = { programme: Pictured, region: string }

// The range of codes a reader looks at, and how the places below are cut out of them.
export const rangesOf = (actor: Actor, region: string) => {
  const codes = regionsIn(actor, region)
  return codes.map((code) => ({ from: code, to: `${code}:`, length: codes.length > 1 ? code.length : lengthBelow(code) }))
}

export const placeName = (db: Db, actor: Actor, region: string) => {
  const codes = regionsIn(actor, region)
  return codes.length > 1 ? 'wilayah saya' : findRegionName(db, codes[0] ?? '') ?? codes[0] ?? ''
}

type Summed = { code: string, eligible: number, reached: number, outside: number, unknown: number, desilMax: number | null, countedAt: string, stale: 0 | 1 }
// missed: for whom it is, and who does not get it: the error of exclusion. outside: who gets it above the limit: that of inclusion.
export type Reach = Omit<Summed, 'stale'> & { name: string, missed: number }
export type ReachPicture = { rows: Reach[], total: Omit<Reach, 'code' | 'name'> | undefined, isStale: boolean }

const reachIn = statement<{ programme: string, from: string, to: string, length: number }[], Summed>(`SELECT substr(region_code, 1, @length) AS code, sum(eligible) AS eligible, sum(reached) AS reached,
    sum(outside) AS outside, sum(unknown) AS unknown, max(desil_max) AS desilMax, min(counted_at) AS countedAt, max(stale) AS stale
  FROM programme_reach WHERE region_code >= @from AND region_code < @to AND programme = @programme GROUP BY 1 ORDER BY 1 LIMIT 1000`)

// Counted beforehand, desa by desa: no person is read here.
export function reachOf(db: Db, actor: Actor, { programme, region }: Where): ReachPicture {
  demand(actor, 'programme.read')
  const found = rangesOf(actor, region).flatMap((range) => reachIn(db).all({ programme, ...range }))
  const names = regionNames(db, found.map(({ code }) => code))
  const rows = found.map(({ stale: _stale, ...row }): Reach => ({ ...row, name: names.get(row.code)!, missed: Math.max(0, row.eligible - row.reached) }))
    .sort((one, other) => one.name.localeCompare(other.name, 'id'))
  return { rows, total: totalOf(rows), isStale: found.some(({ stale }) => stale === 1) }
}

function totalOf(rows: Reach[]): ReachPicture['total'] {
  if (rows.length === 0) return undefined
  const sum = (key: 'eligible' | 'reached' | 'outside' | 'unknown' | 'missed') => rows.reduce((total, row) => total + row[key], 0)
  return {
    eligible: sum('eligible'), reached: sum('reached'), outside: sum('outside'), unknown: sum('unknown'), missed: sum('missed'),
    desilMax: rows.reduce<number | null>((most, { desilMax }) => desilMax === null ? most : Math.max(most ?? 0, desilMax), null),
    countedAt: rows.map(({ countedAt }) => countedAt).sort()[0]!,
  }
}

// amounts in rupiah.
export type PaymentPicture = { periodId: string, name: string, paid: number, failed: number, excluded: number, waiting: number, paidAmount: number }
const paymentsIn = statement<{ programme: string, from: string, to: string }[], PaymentPicture & { startsOn: string }>(`SELECT p.id AS periodId, p.name, p.starts_on AS startsOn,
    sum(y.kind = 'paid') AS paid, sum(y.kind = 'failed') AS failed, sum(y.kind = 'excluded') AS excluded, sum(y.kind = 'waiting') AS waiting, sum(CASE y.kind WHEN 'paid' THEN y.amount ELSE 0 END) AS paidAmount
  FROM programme_periods p CROSS JOIN payment_lists l ON l.period_id = p.id CROSS JOIN payments y INDEXED BY payments_by_place ON y.list_id = l.id AND y.region_code >= @from AND y.region_code < @to
  WHERE p.programme = @programme GROUP BY p.id ORDER BY p.starts_on DESC, p.id LIMIT 12`)

// The newest twelve periods with payments, the earliest first.
export function paymentsOf(db: Db, actor: Actor, { programme, region }: Where): PaymentPicture[] {
  demand(actor, 'programme.read')
  const periods = new Map<string, PaymentPicture & { startsOn: string }>()
  for (const range of rangesOf(actor, region)) {
    for (const row of paymentsIn(db).all({ programme, from: range.from, to: range.to })) {
      const known = periods.get(row.periodId)
      periods.set(row.periodId, known ? {
        ...known, paid: known.paid + row.paid, failed: known.failed + row.failed, excluded: known.excluded + row.excluded, waiting: known.waiting + row.waiting, paidAmount: known.paidAmount + row.paidAmount,
      } : row)
    }
  }
  return [...periods.values()].sort((one, other) => one.startsOn < other.startsOn ? -1 : 1).slice(-12)
}

// A table leaves as a file: who took it, and of which place.
export function recordTable(tx: Tx, table: string, details: Record<string, unknown>) {
  demand(tx.actor, 'programme.read')
  tx.audit('picture.downloaded', table, details)
}
