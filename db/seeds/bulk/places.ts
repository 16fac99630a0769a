import { REGENCY } from '#app/regions/levels.ts'
import type { Db } from '#db/connection.ts'
import type { Random } from '#db/seeds/random.ts'

// A desa, how many households it has, and where its middle lies. first: the serial of its first household.
export type Village = { code: string, first: number, households: number, latitude: number, longitude: number }

// Kabupaten and kota beside each other, so that somebody's places end where another's begin; with a point about in the middle.
const MIDDLES: Record<string, [latitude: number, longitude: number]> = {
  '34.02': [-7.9, 110.33], '34.04': [-7.7, 110.38], '33.10': [-7.68, 110.62], '33.08': [-7.5, 110.22], '34.01': [-7.83, 110.16],
  '34.03': [-7.99, 110.6], '33.06': [-7.7, 110], '33.12': [-7.92, 111], '34.71': [-7.8, 110.37],
}
export const REGENCIES = Object.keys(MIDDLES)
const FEWEST_REGENCIES = 3

// A prelist of a desa of Java has some five hundred rows; the smallest have fifty, the largest two thousand.
const [USUAL, SMALLEST, LARGEST] = [520, 50, 2000]

export function villagesOf(db: Db, random: Random, { households, regions }: { households: number, regions: readonly string[] }): Village[] {
  const codes = chosenCodes(regions.map((region) => codesIn(db, region)), Math.max(1, Math.ceil(households / USUAL)))
  let first = 1
  return sizesOf(random, codes.length, households).map((count, i) => {
    const village = { code: codes[i]!, first, households: count, ...middleOf(random, codes[i]!) }
    first += count
    return village
  }).filter((village) => village.households > 0)
}

const codesIn = (db: Db, under: string): string[] => db.$client
  .prepare<[string, string], string>('SELECT code FROM regions WHERE level = 4 AND valid_to IS NULL AND code >= ? AND code < ? ORDER BY code')
  .pluck().all(under, under ? `${under}:` : ':') as string[]

// As many kabupaten as it takes, three at least, each with about as many of its desa as the others.
function chosenCodes(groups: string[][], wanted: number): string[] {
  let [used, room] = [0, 0]
  while (used < groups.length && (used < FEWEST_REGENCIES || room < wanted)) room += groups[used++]!.length
  const taken = groups.slice(0, used).map(() => 0)
  for (let left = Math.min(wanted, room); left > 0;) {
    for (let i = 0; i < used && left > 0; i += 1) {
      if (taken[i]! === groups[i]!.length) continue
      taken[i]! += 1
      left -= 1
    }
  }
  return groups.slice(0, used).flatMap((codes, i) => codes.slice(0, taken[i])).sort()
}

// As uneven as in life, and together exactly as many as asked for.
function sizesOf(random: Random, villages: number, households: number): number[] {
  const weights = Array.from({ length: villages }, () => Math.exp((random.below(1000) + random.below(1000) + random.below(1000) + random.below(1000) - 2000) / 700))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const sizes = weights.map((weight) => Math.round(Math.max(SMALLEST, Math.min(LARGEST, households * weight / whole))))
  return evenOut(sizes, households - sizes.reduce((sum, size) => sum + size, 0))
}

// What rounding and the bounds left over goes to those that still have room.
function evenOut(sizes: number[], left: number): number[] {
  const step = Math.sign(left)
  const even = [...sizes]
  for (let [i, rest, loosened] = [0, Math.abs(left), 0]; rest > 0; i = (i + 1) % even.length, loosened += 1) {
    const size = even[i]! + step
    // Too few or too many households for so many desa: then the bounds give way.
    if (loosened < even.length * LARGEST && (size < SMALLEST || size > LARGEST)) continue
    if (size < 0) continue
    even[i] = size
    rest -= 1
  }
  return even
}

function middleOf(random: Random, code: string) {
  const [latitude, longitude] = MIDDLES[code.slice(0, REGENCY)] ?? [-7.9, 110.33]
  const around = () => (random.below(2001) - 1000) / 8000
  return { latitude: latitude + around(), longitude: longitude + around() }
}
