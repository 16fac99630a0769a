// Robust measures: one wrong value, or a third of them, moves none of these far. Pure.

export const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)

// The value below which a share of all lies, between two values in proportion (Hyndman & Fan, type 7, as R and NumPy do).
export function quantile(values: readonly number[], share: number): number {
  const inOrder = sorted(values)
  const place = (inOrder.length - 1) * share
  const below = Math.floor(place)
  const [low, high] = [inOrder[below] ?? Number.NaN, inOrder[Math.min(below + 1, inOrder.length - 1)] ?? Number.NaN]
  return low + (place - below) * (high - low)
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export type Spread = { centre: number, mad: number, meanDeviation: number }

// mad: the median of the distances from the median; meanDeviation: their mean.
export function spreadOf(values: readonly number[]): Spread {
  const centre = median(values)
  const distances = values.map((value) => Math.abs(value - centre))
  return { centre, mad: median(distances), meanDeviation: distances.reduce((sum, distance) => sum + distance, 0) / distances.length }
}

// Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 is the third quartile of the normal distribution, so that
// the score reads like a z-score. Where more than half of the values are the same, MAD is nothing and the mean deviation
// takes its place (1.253314 = √(π/2) makes it read the same). Where all are the same, any other value is infinitely far.
const MAD_TO_SIGMA = 0.6745
const MEAN_TO_SIGMA = 1.253314

// How far from the centre a score of one lies.
export const sigmaOf = ({ mad, meanDeviation }: Spread): number => mad > 0 ? mad / MAD_TO_SIGMA : MEAN_TO_SIGMA * meanDeviation

export function modifiedZ(value: number, spread: Spread): number {
  const [distance, sigma] = [value - spread.centre, sigmaOf(spread)]
  if (sigma > 0) return distance / sigma
  return distance === 0 ? 0 : Math.sign(distance) * Infinity
}

export type XY = { x: number, y: number }

// Theil–Sen: the median of the slopes between all pairs that differ in x; up to 29% of the points may be wrong.
export function theilSen(points: readonly XY[]): number {
  const slopes: number[] = []
  for (let i = 0; i < points.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const [one, other] = [points[i]!, points[j]!]
      if (one.x !== other.x) slopes.push((one.y - other.y) / (one.x - other.x))
    }
  }
  return slopes.length === 0 ? 0 : medianInPlace(Float64Array.from(slopes))
}

// A typed array sorts numbers several times faster, and there are thousands of pairs.
function medianInPlace(values: Float64Array): number {
  values.sort()
  const middle = values.length >> 1
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2
}

// The chance of at least so many of n where each comes with this chance.
export function binomialTail(atLeast: number, n: number, chance: number): number {
  if (atLeast <= 0) return 1
  if (atLeast > n || chance <= 0) return 0
  if (chance >= 1) return 1
  let sum = 0
  for (let k = n; k >= atLeast; k -= 1) sum += Math.exp(logChoose(n, k) + k * Math.log(chance) + (n - k) * Math.log1p(-chance))
  return Math.min(1, sum)
}

const logFactorials = [0]
function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i += 1) logFactorials.push(logFactorials[i - 1]! + Math.log(i))
  return logFactorials[n]!
}
const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)
