import { sum } from '#app/backchecks/groups.ts'

// Shares with their confidence interval. Pure.
// Wilson's score interval (Wilson 1927; Newcombe 1998, method 3): it stays within 0 and 1 and holds for few cases and for none.
const Z = 1.959964

export type Share = { share: number, low: number, high: number, count: number }

export function wilson(hits: number, count: number): Share {
  if (count <= 0) return { share: 0, low: 0, high: 1, count: 0 }
  const share = hits / count
  const middle = share + Z * Z / (2 * count)
  const spread = Z * Math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
  const whole = 1 + Z * Z / count
  return { share, low: share === 0 ? 0 : Math.max(0, (middle - spread) / whole), high: share === 1 ? 1 : Math.min(1, (middle + spread) / whole), count }
}

// Of visits drawn with unequal probabilities: each stands for 1/probability of them (Hájek's ratio of Horvitz–Thompson sums), and
// the interval is Wilson's for the number of equally drawn visits that would tell as much (Kish 1965).
export function weightedShare(drawn: { probability: number, hit: boolean }[]): Share & { effective: number } {
  const weights = drawn.map(({ probability }) => 1 / probability)
  const whole = sum(weights)
  if (whole === 0) return { ...wilson(0, 0), effective: 0 }
  const share = sum(drawn.map(({ hit }, i) => hit ? weights[i]! : 0)) / whole
  const effective = whole * whole / sum(weights.map((weight) => weight * weight))
  return { ...wilson(share * effective, effective), share, count: drawn.length, effective }
}
