import { and, desc, eq, inArray, or } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { notFound } from '#app/problems.ts'
import { REGENCY, regencyOf } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { periodCutoffs, periods } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type StoredPeriod = typeof periods.$inferSelect
// cutoffOn: the day that holds in the place that was asked about, an earlier one of its own included.
export type Period = StoredPeriod & { nationalCutoffOn: string }
export type PeriodStatus = 'planned' | 'open' | 'cut_off' | 'closed'

// The dates say where a period stands, unless a person has ended it sooner.
export function statusOf({ opensOn, cutoffOn, closesOn, cutAt, closedAt }: StoredPeriod, today: string): PeriodStatus {
  if (closedAt || today > closesOn) return 'closed'
  if (cutAt || today > cutoffOn) return 'cut_off'
  return today < opensOn ? 'planned' : 'open'
}

// The last day it lasts.
export const lastDayOf = ({ closedAt, closesOn }: StoredPeriod) => closedAt && dayOf(closedAt) < closesOn ? dayOf(closedAt) : closesOn

// One that was closed and another that opens may share that day.
export const overlap = (one: StoredPeriod, other: StoredPeriod) => {
  const [first, second] = [one, other].sort((a, b) => a.opensOn.localeCompare(b.opensOn) || a.madeAt.localeCompare(b.madeAt)) as [StoredPeriod, StoredPeriod]
  return first.closedAt ? second.opensOn < lastDayOf(first) : second.opensOn <= lastDayOf(first)
}

// The periods that count in a place, one after the other: its kabupaten's own, and those of the country which none of its
// own stands in the way of.
export function periodsFor(db: Db, code: string): Period[] {
  const regency = regencyOf(code)
  const rows = db.select().from(periods).where(inArray(periods.regionCode, ['', regency])).all()
  const own = rows.filter(({ regionCode }) => regionCode !== '')
  const counting = rows.filter((row) => row.regionCode !== '' || !own.some((one) => overlap(row, one)))
    .sort((one, other) => one.opensOn.localeCompare(other.opensOn) || one.madeAt.localeCompare(other.madeAt))
  return withCutoffs(db, counting, regency)
}

function withCutoffs(db: Db, rows: StoredPeriod[], regency: string): Period[] {
  const own = new Map(db.select().from(periodCutoffs).where(eq(periodCutoffs.regionCode, regency)).all().map(({ periodId, cutoffOn }) => [periodId, cutoffOn]))
  return rows.map((row) => ({ ...row, nationalCutoffOn: row.cutoffOn, cutoffOn: own.get(row.id) ?? row.cutoffOn }))
}

const accepts = (period: Period, today: string) => ['open', 'planned'].includes(statusOf(period, today))

// The period that what is dispatched on this day belongs to: the first whose cut-off has not passed.
export const periodAt = (db: Db, regionCode: string, today: string): Period | undefined =>
  periodsFor(db, regionCode).find((period) => accepts(period, today))

// Whose periods a reader sees: the country's, and those of kabupaten in the reader's places.
const seenBy = (actor: Actor) => or(eq(periods.regionCode, ''), inArray(periods.regionCode, actor.regions.map(regencyOf)), within(periods.regionCode, actor))

const LISTED = 60
export type ListedPeriod = Period & { regionName: string, status: PeriodStatus }

// The newest first.
export function listPeriods(db: Db, actor: Actor, today: string): ListedPeriod[] {
  demand(actor, 'period.read')
  const rows = db.select().from(periods).where(seenBy(actor)).orderBy(desc(periods.opensOn), desc(periods.madeAt)).limit(LISTED).all()
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return withCutoffs(db, rows, ownRegency(actor)).map((row) => ({ ...row, regionName: names.get(row.regionCode)!, status: statusOf(row, today) }))
}

// The kabupaten whose own cut-off a reader goes by; '' for those who see several.
export const ownRegency = ({ regions: [code = ''] }: Pick<Actor, 'regions'>) => code.length >= REGENCY ? regencyOf(code) : ''

export const findPeriod = (db: Db, id: string | null): StoredPeriod | undefined =>
  id === null ? undefined : db.select().from(periods).where(eq(periods.id, id)).get()

export function getPeriod({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Period {
  demand(actor, 'period.read')
  const row = db.select().from(periods).where(and(eq(periods.id, id), seenBy(actor))).get()
  if (!row) throw notFound('Periode')
  return withCutoffs(db, [row], row.regionCode || ownRegency(actor))[0]!
}

const DAY = 86_400_000
export const daysUntil = (day: string, today: string) => Math.round((Date.parse(day) - Date.parse(today)) / DAY)
