import { and, asc, count, desc, eq, inArray, lt, ne, sql, type SQL } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import { levelOf, OPEN } from '#app/reports/reports.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { reports } from '#db/schema/index.ts'
import type { ReportKind } from '#db/schema/reports.ts'

export const SHOWS = ['mine', 'open', 'overdue', 'suspect', 'done'] as const
export type Show = typeof SHOWS[number]
export type QueueFilter = { show: Show, kind?: ReportKind, region: string }
export type QueuePlace = { dueOn: string, number: number }
export type ListedReport = ReturnType<typeof listReports>['rows'][number]

const PAGE = 50
const open = inArray(reports.status, [...OPEN])

// What is due first stands first; what is done, the newest first. Never the reporter.
export function listReports(db: Db, actor: Actor, filter: QueueFilter, after?: QueuePlace, { today = dayOf(new Date().toISOString()), limit = PAGE }: { today?: string, limit?: number } = {}) {
  demand(actor, 'report.read')
  const place = sql`(${reports.dueOn}, ${reports.number})`
  const done = filter.show === 'done'
  const order = done ? [desc(reports.dueOn), desc(reports.number)] : [asc(reports.dueOn), asc(reports.number)]
  const rows = db.select({
    id: reports.id, number: reports.number, kind: reports.kind, status: reports.status, level: reports.level, outcome: reports.outcome, suspicion: reports.suspicion,
    subjectName: reports.subjectName, regionCode: reports.regionCode, dueOn: reports.dueOn, createdAt: reports.createdAt,
  }).from(reports)
    .where(and(within(reports.regionCode, { regions: regionsIn(actor, filter.region) }), shownBy(filter, actor, today), filter.kind ? eq(reports.kind, filter.kind) : undefined,
      after ? done ? sql`${place} < (${after.dueOn}, ${after.number})` : sql`${place} > (${after.dueOn}, ${after.number})` : undefined))
    .orderBy(...order).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return {
    rows: shown.map((row) => ({ ...row, village: names.get(row.regionCode)!, overdue: isOverdue(row, today) })),
    next: rows.length > limit ? shown.at(-1)! : null,
  }
}

// Waiting for the reporter is nobody's delay.
export const isOverdue = ({ status, dueOn }: Pick<typeof reports.$inferSelect, 'status' | 'dueOn'>, today: string) =>
  (status === 'received' || status === 'examining') && dueOn < today

const overdue = (today: string) => and(inArray(reports.status, ['received', 'examining']), lt(reports.dueOn, today))

function shownBy({ show }: QueueFilter, actor: Actor, today: string): SQL | undefined {
  switch (show) {
    case 'mine': return mine(actor)
    case 'open': return open
    case 'overdue': return overdue(today)
    case 'suspect': return and(open, ne(reports.suspicion, ''))
    case 'done': return inArray(reports.status, ['answered', 'closed', 'withdrawn'])
  }
}

const mine = (actor: Actor) => and(inArray(reports.status, ['received', 'examining']), eq(reports.level, levelOf(actor) ?? 'village'))

// Waiting for this reader, for the menu and the home page.
export const countWaiting = (db: Db, actor: Actor): number => can(actor, 'report.answer')
  ? db.get<{ n: number }>(sql`SELECT count(*) AS n FROM reports WHERE ${within(reports.regionCode, actor)} AND ${mine(actor)}`).n : 0

export function countShows(db: Db, actor: Actor, today: string): Record<'mine' | 'open' | 'overdue' | 'suspect', number> {
  demand(actor, 'report.read')
  const of = (condition: SQL | undefined) => db.select({ n: count() }).from(reports).where(and(within(reports.regionCode, actor), condition)).get()!.n
  return { mine: of(mine(actor)), open: of(open), overdue: of(overdue(today)), suspect: of(and(open, ne(reports.suspicion, ''))) }
}
