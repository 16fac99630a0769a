export type Point = { latitude: number, longitude: number }

const EARTH_M = 6_371_000
const radians = (degrees: number) => degrees * Math.PI / 180

// Metres between two points on the sphere.
export function metresBetween(a: Point, b: Point): number {
  const half = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2
    + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)))
}

export type MaybePoint = { [K in keyof Point]: number | null }
// null: one of them is not known.
export const metresIfKnown = (a: MaybePoint, b: MaybePoint): number | null => isKnown(a) && isKnown(b) ? metresBetween(a, b) : null

const isKnown = (point: MaybePoint): point is Point => point.latitude !== null && point.longitude !== null

// Squares of a ten-thousandth of a degree, about 11 m, numbered row by row.
const PER_DEGREE = 10_000
const ROW = 360 * PER_DEGREE
export const cellOf = ({ latitude, longitude }: Point): number =>
  Math.floor((latitude + 90) * PER_DEGREE) * ROW + Math.floor((longitude + 180) * PER_DEGREE)

// The square and the eight around it, as three stretches of numbers.
export const cellsAround = (cell: number): [from: number, to: number][] =>
  [-ROW, 0, ROW].map((row) => [cell + row - 1, cell + row + 1])
