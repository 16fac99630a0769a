import { standingOf, sumOf } from '#app/dashboards/counts.ts'
import { placeFor, type Named } from '#app/dashboards/places.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import { addDays, dayOf, startOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { pathTo } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import type { PROPOSAL_KINDS } from '#db/schema/proposals.ts'
import { statement } from '#db/statements.ts'

type ProposalKind = typeof PROPOSAL_KINDS[number]

// What the office reports by: the kinds of usulan under one heading each.
export const GROUPS = { added: ['new'], corrected: ['correction', 'undo'], events: ['birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge'], moved: ['household_move'], ended: ['deactivation'], revived: ['reactivation'] } as const satisfies Record<string, readonly ProposalKind[]>
export type Group = keyof typeof GROUPS
export const GROUP_NAMES = Object.keys(GROUPS) as Group[]

// proposed: usulan sent in the month, by heading. accepted: those determined, or taken into the prelist, in the month, whenever they were
// sent; refused: refused or taken back.
export type MonthRow = Named & { proposed: Record<Group, number>, accepted: number, refused: number, visited: number, verified: number, reports: number, answered: number, letters: number }
type Within = { low: string, high: string, from: string, to: string }

const proposed = statement<[Within], { kind: ProposalKind, n: number }>(`SELECT kind, count(*) AS n FROM proposals WHERE region_code >= @low AND region_code < @high
  AND proposed_at >= @from AND proposed_at < @to AND status <> 'draft' GROUP BY kind`)
const ended = statement<[Within & { status: string }], { kind: ProposalKind, reason: string, n: number }>(`SELECT kind, reason_code AS reason, count(*) AS n FROM proposals
  WHERE status = @status AND region_code >= @low AND region_code < @high AND status_at >= @from AND status_at < @to GROUP BY kind, reason_code`)
const reported = statement<[Within], { received: number, answered: number }>(`SELECT coalesce(sum(created_at >= @from AND created_at < @to), 0) AS received,
  coalesce(sum(answered_at >= @from AND answered_at < @to), 0) AS answered FROM reports WHERE region_code >= @low AND region_code < @high`)
const lettered = statement<[Within], { n: number }>(`SELECT (SELECT count(*) FROM certificates WHERE region_code >= @low AND region_code < @high AND issued_at >= @from AND issued_at < @to)
  + (SELECT count(*) FROM absences WHERE region_code >= @low AND region_code < @high AND issued_at >= @from AND issued_at < @to) AS n`)

// The last twelve months, the newest first. In the first days of a month the one before is what is reported.
export function monthsUntil(today: string): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number]
  return Array.from({ length: 13 }, (_, i) => new Date(Date.UTC(year, month - 1 - i, 1)).toISOString().slice(0, 7))
}
const FIRST_DAYS = 7
const usualMonth = (today: string) => monthsUntil(today)[Number(today.slice(8)) <= FIRST_DAYS ? 1 : 0]!

// The names from the province down to what all the places of the report lie in.
function officeOf(db: Db, codes: string[]): string[] {
  const [first = [], ...more] = codes.map((code) => pathTo(db, code).map(({ name }) => name))
  const parting = first.findIndex((name, i) => more.some((path) => path[i] !== name))
  return parting < 0 ? first : first.slice(0, parting)
}

export type MonthlyReport = ReturnType<typeof readMonth>

export function readMonth(db: Db, actor: Actor, { region, month }: { region: string, month: string }, now = new Date().toISOString()) {
  demand(actor, 'monthly.read')
  const place = placeFor(db, actor, region)
  const zone = zoneOf(place.codes[0] ?? '')
  const today = dayOf(now, zone)
  const chosen = month || usualMonth(today)
  const [first, after] = [`${chosen}-01`, `${nextMonth(chosen)}-01`]
  const { round } = standingOf(db, now)
  const span = (code: string): Within => ({ low: code, high: `${code}:`, from: startOf(first, zone), to: startOf(after, zone) })
  const visits = (code: string, move: string) => Math.max(0, sumOf(db, round, [code], 'move', move, { from: first, to: addDays(after, -1) }))
  const endedIn = (code: string, ...statuses: string[]) => statuses.flatMap((status) => ended(db).all({ ...span(code), status }))
  const rowOf = ({ code, name }: Named): MonthRow => {
    const kinds = new Map(proposed(db).all(span(code)).map(({ kind, n }) => [kind, n]))
    const { received, answered } = reported(db).get(span(code))!
    return {
      code, name, proposed: Object.fromEntries(GROUP_NAMES.map((group) => [group, (GROUPS[group] as readonly ProposalKind[]).reduce((sum, kind) => sum + (kinds.get(kind) ?? 0), 0)])) as Record<Group, number>,
      accepted: totalOf(endedIn(code, 'determined', 'listed')), refused: totalOf(endedIn(code, 'rejected', 'withdrawn')), visited: visits(code, 'submitted'), verified: visits(code, 'verified'), reports: received, answered,
      letters: lettered(db).get(span(code))!.n,
    }
  }
  const rows = (place.parts.length > 0 ? place.parts : [place]).map(rowOf)
  return { place, path: officeOf(db, place.codes), month: chosen, months: monthsUntil(today), isRunning: chosen === today.slice(0, 7), until: today, rows, total: sum(rows), reasons: endedReasons(db, place.codes.flatMap((code) => endedIn(code, 'determined'))), zone, madeAt: now }
}

const nextMonth = (month: string) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 7)
const totalOf = (rows: { n: number }[]) => rows.reduce((total, { n }) => total + n, 0)

// Who became nonaktif, and why.
function endedReasons(db: Db, rows: { kind: ProposalKind, reason: string, n: number }[]) {
  const counts = new Map<string, number>()
  for (const { kind, reason, n } of rows) if (kind === 'deactivation') counts.set(reason, (counts.get(reason) ?? 0) + n)
  return [...counts].map(([code, n]) => ({ code, label: reasonLabel(db, 'deactivation', code), n })).sort((one, other) => other.n - one.n || one.label.localeCompare(other.label, 'id'))
}

const NUMBERS = ['accepted', 'refused', 'visited', 'verified', 'reports', 'answered', 'letters'] as const
const sum = (rows: MonthRow[]): Omit<MonthRow, 'code' | 'name'> => ({
  proposed: Object.fromEntries(GROUP_NAMES.map((group) => [group, rows.reduce((total, row) => total + row.proposed[group], 0)])) as Record<Group, number>,
  ...Object.fromEntries(NUMBERS.map((key) => [key, rows.reduce((total, row) => total + row[key], 0)])) as Record<typeof NUMBERS[number], number>,
})
