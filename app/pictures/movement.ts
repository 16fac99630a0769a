import { rangesOf, type Where } from '#app/pictures/pictures.ts'
import { listPeriods } from '#app/programmes/periods.ts'
import { addDays, startOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Steps = 'month' | 'period'
export type Way = 'in' | 'out' | 'paused'
// from, to: the first and the last day (WIB).
export type Stretch = { key: string, name: string, from: string, to: string }
export type Movement = Stretch & Record<Way, number>

const SHOWN = 12
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agu', 'Sep', 'Okt', 'Nov', 'Des']

function monthsUntil(day: string): Stretch[] {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return Array.from({ length: SHOWN }, (_, back) => {
    const first = new Date(Date.UTC(year, month - 1 - (SHOWN - 1 - back), 1)).toISOString().slice(0, 10)
    const [ofYear, ofMonth] = first.split('-').map(Number) as [number, number]
    const next = new Date(Date.UTC(ofYear, ofMonth, 1)).toISOString().slice(0, 10)
    return { key: first.slice(0, 7), name: `${MONTHS[ofMonth - 1]} ${ofYear}`, from: first, to: addDays(next, -1) }
  })
}

// Periods that have begun, of the country and of the reader's kabupaten/kota; two of the same days are one.
function periodsUntil(db: Db, actor: Actor, { programme }: Where, day: string): Stretch[] {
  const begun = listPeriods(db, actor, programme).filter(({ startsOn }) => startsOn <= day)
  const byDays = new Map(begun.map(({ id, name, startsOn, endsOn }) => [`${startsOn} ${endsOn}`, { key: id, name, from: startsOn, to: endsOn }]))
  return [...byDays.values()].sort((one, other) => one.from < other.from ? -1 : 1).slice(-SHOWN)
}

export const stretchesOf = (db: Db, actor: Actor, where: Where, steps: Steps, day: string): Stretch[] =>
  steps === 'period' ? periodsUntil(db, actor, where, day) : monthsUntil(day)

// Who receives, or would but for a pause, is in.
const STANDS = (phase: string) => `coalesce(${phase}, '') IN ('receiving', 'paused')`
const WAYS: Record<Way, string> = {
  in: `NOT ${STANDS('from_phase')} AND ${STANDS('to_phase')}`, out: `${STANDS('from_phase')} AND NOT ${STANDS('to_phase')}`, paused: "from_phase = 'receiving' AND to_phase = 'paused'",
}
const between = ({ from, to }: Stretch) => ({ begins: startOf(from), ends: startOf(addDays(to, 1)) })

type Asked = { programme: string, begins: string, ends: string, from: string, to: string }
const countIn = statement<[Asked], Record<Way, number | null>>(`SELECT sum(${WAYS.in}) AS "in", sum(${WAYS.out}) AS out, sum(${WAYS.paused}) AS paused FROM recipient_events INDEXED BY recipient_events_by_time
  WHERE programme = @programme AND at >= @begins AND at < @ends AND region_code >= @from AND region_code < @to`)

// Counted in the index of events alone.
export function movementOf(db: Db, actor: Actor, where: Where, steps: Steps, day: string): Movement[] {
  demand(actor, 'programme.read')
  const ranges = rangesOf(actor, where.region)
  return stretchesOf(db, actor, where, steps, day).map((stretch) => {
    const movement: Movement = { ...stretch, in: 0, out: 0, paused: 0 }
    for (const { from, to } of ranges) {
      const found = countIn(db).get({ programme: where.programme, ...between(stretch), from, to })!
      for (const way of ['in', 'out', 'paused'] as const) movement[way] += found[way] ?? 0
    }
    return movement
  })
}

export type MovedRow = { eventId: number, recipientId: string, name: string, number: string | null, regionCode: string, village: string, at: string, toState: string, note: string }
const movedIn = (way: Way) => statement<[Asked & { after: number, limit: number }], Omit<MovedRow, 'village'>>(`SELECT e.id AS eventId, r.id AS recipientId, r.name, r.number, e.region_code AS regionCode, e.at, e.to_state AS toState, e.note
  FROM recipient_events e INDEXED BY recipient_events_by_time JOIN recipients r ON r.id = e.recipient_id
  WHERE e.programme = @programme AND e.at >= @begins AND e.at < @ends AND e.region_code >= @from AND e.region_code < @to AND r.region_code >= @from AND r.region_code < @to AND e.id > @after AND ${WAYS[way]}
  ORDER BY e.id LIMIT @limit`)
const LISTS = { in: movedIn('in'), out: movedIn('out'), paused: movedIn('paused') }
export const PAGE = 50

// The recipients behind one number of the picture, as far as they are still in the reader's places.
export function listMoved(db: Db, actor: Actor, where: Where, stretch: Stretch, way: Way, after = 0) {
  demand(actor, 'programme.read')
  const asked = { programme: where.programme, ...between(stretch), after, limit: PAGE + 1 }
  const found = rangesOf(actor, where.region).flatMap(({ from, to }) => LISTS[way](db).all({ ...asked, from, to })).sort((one, other) => one.eventId - other.eventId)
  const names = regionNames(db, found.map(({ regionCode }) => regionCode))
  const rows = found.slice(0, PAGE).map((row): MovedRow => ({ ...row, village: names.get(row.regionCode)! }))
  return { rows, next: found.length > PAGE ? rows.at(-1)!.eventId : undefined }
}
