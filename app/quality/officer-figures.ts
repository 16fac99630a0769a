import { median, quantile } from '#app/evidence/statistics.ts'

// One judged visit as the figures need it. codes: its flags with their weights; flagWeight: of those that ask whether it was really made; changed:
// the share of the prelist's answers that were found otherwise.
export type VisitFigure = {
  visitId: string, submittedAt: string, outcome: number, activeMs: number, memberCount: number, codes: Record<string, number>, flagCount: number, flagWeight: number
  returns: number, changed: number | null, latitude: number, longitude: number, prelistLatitude: number | null, prelistLongitude: number | null
}

// weights: visits whose flags ask nothing, weigh 1, 2, or like one strong sign. changed: deciles of what was found otherwise. pace: the middle logarithm of the time per part of the form.
// gathered: visits made at one spot though the houses of the prelist lie apart, of those that could be compared (placed).
// On how many visits a flag stands, and what it weighs on all of them together.
export type Flagged = { visits: number, weight: number }
export type OfficerFigures = {
  officerId: string, regionCode: string, visits: number, finished: number, notFound: number, returned: number, flagCount: number
  weights: number[], changed: number[]
  codes: Record<string, Flagged>, medianMs: number | null, pace: number | null, gathered: number, placed: number
}

// Signs about the data and the phone, not about whether anybody was there: an old phone, a wrong clock or a desa without KTP is
// no guilt.
const ABOUT_DATA = new Set(['rough_location', 'no_nik', 'nik_elsewhere', 'odd_answers', 'same_photo', 'clock'])
// Held against all his visits, or judged here by his figures themselves: as signs of single visits they would count twice.
const ABOUT_HABITS = new Set(['no_card', 'short_outcomes', 'straight_lining', 'unchanged_answers'])
export const isAboutPresence = (code: string) => !ABOUT_DATA.has(code) && !ABOUT_HABITS.has(code)

const FINISHED = 1
const NOT_FOUND = 2
const HEAVY = 3

// A form has some four parts for the house and one for each person: so long takes a visit of each size.
export const paceOf = ({ activeMs, memberCount }: Pick<VisitFigure, 'activeMs' | 'memberCount'>) => Math.log(Math.max(activeMs, 1000) / (4 + memberCount))

export function figuresOf(officerId: string, regionCode: string, visits: VisitFigure[]): OfficerFigures {
  const finished = visits.filter(({ outcome }) => outcome === FINISHED)
  const paces = finished.map(paceOf)
  return {
    officerId, regionCode, visits: visits.length, finished: finished.length, codes: countFlags(visits),
    notFound: visits.filter(({ outcome }) => outcome === NOT_FOUND).length,
    returned: visits.filter(({ returns }) => returns > 0).length,
    flagCount: visits.reduce((sum, { flagCount }) => sum + flagCount, 0),
    weights: [0, 1, 2, HEAVY].map((weight) => visits.filter(({ flagWeight }) => Math.min(flagWeight, HEAVY) === weight).length),
    changed: decilesOf(finished.flatMap(({ changed }) => changed ?? [])),
    medianMs: finished.length > 0 ? Math.round(median(finished.map(({ activeMs }) => activeMs))) : null,
    pace: paces.length > 0 ? median(paces) : null,
    ...gatheredOf(finished),
  }
}

function countFlags(visits: VisitFigure[]) {
  const found: Record<string, Flagged> = {}
  for (const { codes } of visits) {
    for (const [code, weight] of Object.entries(codes)) found[code] = { visits: (found[code]?.visits ?? 0) + 1, weight: (found[code]?.weight ?? 0) + weight }
  }
  return found
}

const decilesOf = (values: number[]) => values.length === 0 ? [] : Array.from({ length: 11 }, (_, tenth) => Math.round(quantile(values, tenth / 10) * 1000) / 1000)

type Point = { x: number, y: number }
const METRES = 111_195
const NEAR_M = 40
const APART_M = 150
const FRIENDS = 3
const MOST_NEAR = 60

// Metres on a plane: within a desa the earth is flat enough.
const flat = (latitude: number, longitude: number): Point => ({ x: longitude * METRES * Math.cos(latitude * Math.PI / 180), y: latitude * METRES })
const isNear = (a: Point, b: Point, metres: number) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2 <= metres ** 2

// In a dense kampung many houses are near each other, but then the prelist has most of them near each other too; some of its
// points are always wrong.
function gatheredOf(visits: VisitFigure[]) {
  const placed = visits.flatMap(({ latitude, longitude, prelistLatitude, prelistLongitude }) => prelistLatitude === null || prelistLongitude === null ? []
    : [{ made: flat(latitude, longitude), listed: flat(prelistLatitude, prelistLongitude) }])
  const cells = new Map<string, typeof placed>()
  const cellOf = ({ x, y }: Point, dx = 0, dy = 0) => `${Math.floor(x / NEAR_M) + dx}:${Math.floor(y / NEAR_M) + dy}`
  for (const one of placed) cells.set(cellOf(one.made), [...cells.get(cellOf(one.made)) ?? [], one])
  const around = (point: Point) => [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => cells.get(cellOf(point, dx, dy)) ?? []))
  const gathered = placed.filter((one) => {
    const near = around(one.made).filter((other) => other !== one && isNear(other.made, one.made, NEAR_M)).slice(0, MOST_NEAR)
    const apart = near.filter((other) => !isNear(other.listed, one.listed, APART_M)).length
    return apart >= FRIENDS && apart > near.length / 2
  })
  return { gathered: gathered.length, placed: placed.length }
}
