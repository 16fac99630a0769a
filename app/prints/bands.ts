import { bitAt, type Look } from '#app/prints/print.ts'

// A print is found by parts of it: where one part is the same bit by bit, the whole is compared. Three parts, each leaving out
// another third of the middle frequencies, so that a few bits that turned spoil one part and not all.
const FIRST = 2
const BITS = 20
const BANDS = [0, 1, 2].map((left) => Array.from({ length: 33 }, (_, at) => at).filter((at) => at % 3 !== left).slice(0, BITS).map((at) => FIRST + at))

// Photos of one kind are looked up among each other: walls by walls. The numbers are in the database; they may not change.
const KINDS = ['F-KTP', 'F-KK', 'F-KRT', 'F-RUMAH', 'F-ATAP', 'F-LANTAI', 'F-DINDING', 'F-DAPUR', 'F-JAMBAN']
const OTHER = 15
const numberOf = (kind: string) => KINDS.includes(kind) ? KINDS.indexOf(kind) : OTHER

const startOf = (kind: number, band: number) => (kind * 4 + band) * 2 ** BITS
const bitsOf = (print: Uint8Array, band: number[]) => band.reduce((bits, at, i) => bitAt(print, at) ? bits | 1 << i : bits, 0)

// Under which a photo is kept.
export const bandsOf = (kind: string, print: Uint8Array): number[] => BANDS.map((band, n) => startOf(numberOf(kind), n) + bitsOf(print, band))

const SINGLE = 4
const PAIRED = 3

// Under which its likes are looked for: also with the weakest bits turned, one by one and two by two.
export function probesOf(kind: string, look: Look, anyKind: boolean, add: (band: number) => void) {
  const kinds = anyKind ? [...KINDS.keys()] : [numberOf(kind)]
  BANDS.forEach((band, n) => {
    const bits = bitsOf(look.print, band)
    const weak = weakest(look, band)
    const turned = [0, ...weak, ...weak.slice(0, PAIRED).flatMap((one, i) => weak.slice(i + 1, PAIRED).map((other) => one | other))]
    for (const number of kinds) for (const turn of turned) add(startOf(number, n) + (bits ^ turn))
  })
}

function weakest({ strengths }: Look, band: number[]): number[] {
  const found: number[] = []
  for (let taken = 0; taken < SINGLE; taken += 1) {
    let best = -1
    for (let i = 0; i < band.length; i += 1) {
      if (!found.includes(1 << i) && (best < 0 || Math.abs(strengths[band[i]!]!) < Math.abs(strengths[band[best]!]!))) best = i
    }
    found.push(1 << best)
  }
  return found
}
