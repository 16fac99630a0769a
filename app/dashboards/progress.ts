import { sumByDay, sumByKey, sumOf, type Counts, type Days } from '#app/dashboards/counts.ts'
import { MOVES, type MoveKind } from '#app/dashboards/contributions.ts'
import { forecast, windowFrom, type Forecast } from '#app/dashboards/forecast.ts'
import type { Place } from '#app/dashboards/places.ts'
import type { Range } from '#app/dashboards/ranges.ts'
import { daysUntil } from '#app/periods/periods.ts'
import { addDays } from '#app/questionnaire/age.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'

export type Asked = { round: number, place: Place, range: Range, today: string }
export type PlaceProgress = { code: string, name: string, stages: Partial<Record<Stage, number>>, visited: number }
export type Day = { day: string } & Record<MoveKind, number>
// target: how many visits there should have been by the end of the day, so that the last is made on the day of the cut-off.
export type CurvePoint = { day: string, made: number | undefined, target: number | undefined }

// Still to be visited for the first time.
const TO_VISIT: Stage[] = ['published', 'assigned', 'downloaded', 'deliberated']

export function readProgress(db: Db, { round, place, range, today }: Asked) {
  const stages: Partial<Record<Stage, number>> = sumByKey(db, round, place.codes, 'stage')
  const left = TO_VISIT.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0)
  const days = readDays(db, round, place, range)
  const visited = days.reduce((sum, { submitted }) => sum + submitted, 0)
  return {
    stages, left, visited, days,
    parts: place.parts.map(({ code, name }): PlaceProgress => ({ code, name, stages: sumByKey(db, round, [code], 'stage'), visited: sumOf(db, round, [code], 'move', 'submitted', range) }))
      .filter((part) => Object.keys(part.stages).length > 0),
    forecast: forecastFor(db, round, place, left, today),
    curve: curveOf(range, days, left, today),
  }
}

function forecastFor(db: Db, round: number, { codes }: Place, left: number, today: string): Forecast | undefined {
  return forecast(left, sumByDay(db, round, codes, 'move', 'submitted', { from: windowFrom(today), to: today }), today)
}

// Every day of the range, also those on which nothing happened.
function readDays(db: Db, round: number, { codes }: Place, { from, to }: Days): Day[] {
  const counts = Object.fromEntries(MOVES.map((move) => [move, sumByDay(db, round, codes, 'move', move, { from, to })])) as Record<MoveKind, Counts>
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    days.push({ day, ...Object.fromEntries(MOVES.map((move) => [move, Math.max(0, counts[move][day] ?? 0)])) as Record<MoveKind, number> })
  }
  return days
}

// Visits made up to each day, and, in a period, the straight way from its first day to its cut-off.
function curveOf({ from, to, cutoffOn }: Range, days: Day[], left: number, today: string): CurvePoint[] {
  const made = new Map<string, number>()
  let sum = 0
  for (const { day, submitted } of days) made.set(day, sum += submitted)
  const end = cutoffOn !== undefined && cutoffOn > to && to === today ? cutoffOn : to
  const length = cutoffOn === undefined ? 0 : daysUntil(cutoffOn, from) + 1
  const points: CurvePoint[] = []
  for (let day = from; day <= end; day = addDays(day, 1)) {
    const passed = daysUntil(day, from) + 1
    points.push({ day, made: made.get(day), target: cutoffOn === undefined ? undefined : Math.round((sum + left) * Math.min(1, passed / length)) })
  }
  return points
}
