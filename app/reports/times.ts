import { and, gte, sql } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import { isOverdue } from '#app/reports/queue.ts'
import { isOpen } from '#app/reports/reports.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { reports } from '#db/schema/index.ts'

// inTime, late: answered by the day promised to the reporter or after it. medianDays: from arrival to answer.
export type VillageTimes = {
  code: string, name: string, received: number, inTime: number, late: number, waiting: number, overdue: number, raised: number, medianDays: number | null
}

const DAY_MS = 86_400_000
const MONTHS_BACK = 12
const MOST = 20_000

// How long each desa takes to answer, over the last twelve months, in the reader's places. atOnce: how many rows are read at a time.
export function replyTimes(db: Db, actor: Actor, now = new Date(), atOnce = MOST): VillageTimes[] {
  demand(actor, 'report.read')
  const today = dayOf(now.toISOString())
  const since = new Date(now.getTime() - MONTHS_BACK * 30.4 * DAY_MS).toISOString()
  const villages = new Map<string, Row[]>()
  for (let from: Cursor | undefined = { code: '', id: '' }; from; from = readSome(db, actor, { since, from, atOnce }, villages));
  const names = regionNames(db, villages.keys())
  return [...villages].map(([code, own]) => ({ code, name: names.get(code)!, ...summary(own, today) }))
    .sort((one, other) => other.overdue - one.overdue || other.received - one.received || one.name.localeCompare(other.name, 'id'))
}

type Cursor = { code: string, id: string }
type Some = { since: string, from: Cursor, atOnce: number }

// The next rows, each put with those of its desa. undefined: there are no more.
function readSome(db: Db, actor: Actor, { since, from, atOnce }: Some, villages: Map<string, Row[]>): Cursor | undefined {
  const rows = db.select({
    id: reports.id, regionCode: reports.regionCode, status: reports.status, level: reports.level, dueOn: reports.dueOn, replyBy: reports.replyBy,
    createdAt: reports.createdAt, answeredAt: reports.answeredAt,
  }).from(reports).where(and(within(reports.regionCode, actor), gte(reports.createdAt, since), sql`${reports.status} <> 'withdrawn'`,
    sql`(+${reports.regionCode}, ${reports.id}) > (${from.code}, ${from.id})`))
    .orderBy(reports.regionCode, reports.id).limit(atOnce).all()
  for (const row of rows) {
    const own = villages.get(row.regionCode)
    if (own) own.push(row)
    else villages.set(row.regionCode, [row])
  }
  const last = rows.at(-1)
  return last && rows.length === atOnce ? { code: last.regionCode, id: last.id } : undefined
}

type Row = Pick<typeof reports.$inferSelect, 'status' | 'level' | 'dueOn' | 'replyBy' | 'createdAt' | 'answeredAt'>

function summary(rows: Row[], today: string) {
  const answered = rows.filter(({ answeredAt }) => answeredAt !== null)
  const inTime = answered.filter(({ answeredAt, replyBy }) => dayOf(answeredAt!) <= replyBy).length
  const overdue = rows.filter((row) => isOverdue(row, today)).length
  return {
    received: rows.length, inTime, late: answered.length - inTime, overdue, waiting: rows.filter(isOpen).length - overdue,
    raised: rows.filter(({ level }) => level !== 'village').length,
    medianDays: median(answered.map(({ createdAt, answeredAt }) => (Date.parse(answeredAt!) - Date.parse(createdAt)) / DAY_MS)),
  }
}

function median(values: number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
