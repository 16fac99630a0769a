import { look, type Sums, type Window } from '#app/prints/windows.ts'

// What a window looks like, in a few bits: the signs of its low frequencies after the cosine transform. Size, compression,
// brightness and contrast leave the signs; only where a frequency is weak may they turn, so its strength is known here too.
export type Look = { strengths: Float64Array, print: Buffer }

// Each window as so many fields a side.
const SIDE = 32
const HIGHEST_SUM = 11
const FREQUENCIES = upTo(HIGHEST_SUM)
const PRINT_BITS = FREQUENCIES.length

// From coarse to fine, without the mean: the first sum has two, the second three.
function upTo(highest: number): [u: number, v: number][] {
  const found: [number, number][] = []
  for (let sum = 1; sum <= highest; sum += 1) for (let u = 0; u <= sum; u += 1) found.push([u, sum - u])
  return found
}

const WIDE = HIGHEST_SUM + 1
const cosines = Float64Array.from({ length: WIDE * SIDE }, (_, at) => Math.cos(Math.PI * (at % SIDE + 0.5) * Math.floor(at / SIDE) / SIDE))
const [across, down] = [0, 1].map((part) => Uint8Array.from(FREQUENCIES, (pair) => pair[part]!)) as [Uint8Array, Uint8Array]
const fields = new Float64Array(SIDE * SIDE)
const rows = new Float64Array(WIDE * SIDE)

// Some six hundred windows are looked at for each photo, so these loops are plain.
export function lookAt(sums: Sums, window: Window): Look {
  look(sums, window, SIDE, fields)
  for (let u = 0; u < WIDE; u += 1) {
    for (let y = 0; y < SIDE; y += 1) rows[u * SIDE + y] = product(cosines, u * SIDE, fields, y * SIDE)
  }
  const strengths = new Float64Array(PRINT_BITS)
  for (let at = 0; at < PRINT_BITS; at += 1) strengths[at] = product(cosines, down[at]! * SIDE, rows, across[at]! * SIDE)
  return { strengths, print: signsOf(strengths) }
}

function product(one: Float64Array, from: number, other: Float64Array, start: number): number {
  let sum = 0
  for (let i = 0; i < SIDE; i += 1) sum += one[from + i]! * other[start + i]!
  return sum
}

function signsOf(strengths: Float64Array): Buffer {
  const print = Buffer.alloc(Math.ceil(PRINT_BITS / 8))
  for (let at = 0; at < PRINT_BITS; at += 1) if (strengths[at]! > 0) print[at >> 3]! |= 1 << (at & 7)
  return print
}

export const bitAt = (print: Uint8Array, at: number) => (print[at >> 3]! >> (at & 7)) & 1

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

export function bitsApart(one: Uint8Array, other: Uint8Array): number {
  let count = 0
  for (let at = 0; at < one.length; at += 1) count += ONES[one[at]! ^ other[at]!]!
  return count
}
