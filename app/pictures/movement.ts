import { rangesOf, type Where } from '#app/pictures/pictures.ts'
import { listPeriods } from '#app/programmes/periods.ts'
import { addDays, startOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import { remember } from '#app/remember.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { prepared, statement } from '#db/statements.ts'

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
type Counted = Record<Way, number>
const COUNTED = `SELECT coalesce(sum(${WAYS.in}), 0) AS "in", coalesce(sum(${WAYS.out}), 0) AS out, coalesce(sum(${WAYS.paused}), 0) AS paused FROM recipient_events`
const ASKED = 'programme = @programme AND at >= @begins AND at < @ends AND region_code >= @from AND region_code < @to'
const countIn = statement<[Asked & { event: number }], Counted>(`${COUNTED} INDEXED BY recipient_events_by_time WHERE ${ASKED} AND id <= @event`)
const countSince = statement<[Asked & { since: number, event: number }], Counted>(`${COUNTED} WHERE id > @since AND id <= @event AND +${ASKED}`)
const lastEvent = statement<[], number | null>('SELECT max(id) FROM recipient_events')

// What was counted, and up to which event. Events are only ever added, so of those counted before none is read again.
const MOST_KEPT = 2000
const kept = prepared(() => new Map<string, { event: number, counted: Counted }>())

// Counted in the index of events alone.
function countUpTo(db: Db, event: number, asked: Asked): Counted {
  const [known, key] = [kept(db), JSON.stringify(asked)]
  const before = known.get(key)
  if (before?.event === event) return before.counted
  const counted = before && before.event < event ? sumOf(before.counted, countSince(db).get({ ...asked, since: before.event, event })!) : countIn(db).get({ ...asked, event })!
  return remember(known, key, { event, counted }, MOST_KEPT).counted
}

const sumOf = (one: Counted, other: Counted): Counted => ({ in: one.in + other.in, out: one.out + other.out, paused: one.paused + other.paused })

export function movementOf(db: Db, actor: Actor, where: Where, steps: Steps, day: string): Movement[] {
  demand(actor, 'programme.read')
  const ranges = rangesOf(actor, where.region)
  const event = (lastEvent(db).pluck().get() as number | null) ?? 0
  return stretchesOf(db, actor, where, steps, day).map((stretch) => ({
    ...stretch, ...ranges.map(({ from, to }) => countUpTo(db, event, { programme: where.programme, ...between(stretch), from, to })).reduce(sumOf, { in: 0, out: 0, paused: 0 }),
  }))
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
