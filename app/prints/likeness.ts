import { isDocument } from '#app/prints/advice.ts'
import { CENTRE, look, type Sums, type Window } from '#app/prints/windows.ts'

// Two photos whose prints agree are laid over each other: where one shows the middle of the other, moved and sized until they
// fit best. What is compared is the fine structure alone, for houses of one kind are composed alike.
const COARSE = 32
const MIDDLE = 64
const FINE = 96

// 0 to 1: how well the fine structure of the two agrees, field by field. window: about where in `one` the middle of `other` lies.
export function likeness(one: Sums, window: Window, other: Sums): number {
  const rough = fit(one, window, fineOf(other, CENTRE, COARSE), COARSE, [0.02, 0.01])
  if (rough.value < HOPELESS) return Math.max(0, rough.value)
  const closer = fit(one, rough.window, fineOf(other, CENTRE, MIDDLE), MIDDLE, [0.008, 0.004])
  const wanted = fineOf(other, CENTRE, FINE)
  const { window: best } = fit(one, closer.window, wanted, FINE, [0.003, 0.0015])
  return agreement(fineOf(one, best, FINE), wanted)
}

// From here on two photos show the same thing from the same place at the same moment. Other photos of one house stay far below.
// Cards are printed alike, so more of them must agree.
export const alikeFrom = (kind: string) => isDocument(kind) ? 0.66 : 0.5

// A blank wall or a dark room looks like every other, so it is never held against anybody: too few blocks have anything in them.
const TEXTURED = 4
const FEWEST_BLOCKS = 8
export function isPlain(sums: Sums): boolean {
  const fine = fineOf(sums, CENTRE, FINE)
  return blocks().filter(([left, top]) => variance(fine, left, top) >= TEXTURED).length < FEWEST_BLOCKS
}

// Below this no finer look makes it a match.
const HOPELESS = 0.35

type Fit = { window: Window, value: number }

function fit(one: Sums, from: Window, wanted: Float64Array, size: number, steps: number[]): Fit {
  const judge = (window: Window): Fit => ({ window, value: correlation(fineOf(one, window, size), wanted, 0, 0, size, size) })
  let best = judge(from)
  for (const step of steps) {
    for (let turn = 0; turn < 4; turn += 1) {
      const better = neighbours(best.window, step).map(judge).reduce((a, b) => b.value > a.value ? b : a)
      if (better.value <= best.value) break
      best = better
    }
  }
  return best
}

const neighbours = ({ x, y, half }: Window, step: number): Window[] => [
  { x: x + step, y, half }, { x: x - step, y, half }, { x, y: y + step, half }, { x, y: y - step, half },
  { x, y, half: half + step }, { x, y, half: half - step },
]

// Without what is coarser than a few fields: each less the mean of the five by five around it.
const AROUND = 2
function fineOf(sums: Sums, window: Window, size: number): Float64Array {
  const fields = look(sums, window, size)
  const across = new Float64Array(fields.length)
  const fine = new Float64Array(fields.length)
  for (let at = AROUND; at < fields.length - AROUND; at += 1) across[at] = fields[at - 2]! + fields[at - 1]! + fields[at]! + fields[at + 1]! + fields[at + 2]!
  for (let y = AROUND; y < size - AROUND; y += 1) for (let x = AROUND; x < size - AROUND; x += 1) {
    const at = y * size + x
    fine[at] = fields[at]! - (across[at - 2 * size]! + across[at - size]! + across[at]! + across[at + size]! + across[at + 2 * size]!) / 25
  }
  return fine
}

function correlation(one: Float64Array, other: Float64Array, left: number, top: number, wide: number, size: number): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0]
  for (let y = top; y < top + wide; y += 1) for (let x = left; x < left + wide; x += 1) {
    const [p, q] = [one[y * size + x]!, other[y * size + x]!]
    n += 1
    a += p
    b += q
    aa += p * p
    bb += q * q
    ab += p * q
  }
  const [varA, varB] = [aa - a * a / n, bb - b * b / n]
  return varA / n < FLAT || varB / n < FLAT ? 0 : (ab - a * b / n) / Math.sqrt(varA * varB)
}
// Grain and compression alone: nothing to recognise.
const FLAT = 1

const BLOCKS = 6
const WIDE = FINE / BLOCKS
const blocks = () => Array.from({ length: BLOCKS ** 2 }, (_, at): [left: number, top: number] => [at % BLOCKS * WIDE, Math.floor(at / BLOCKS) * WIDE])

function variance(fine: Float64Array, left: number, top: number): number {
  let [sum, squares] = [0, 0]
  for (let y = top; y < top + WIDE; y += 1) for (let x = left; x < left + WIDE; x += 1) {
    sum += fine[y * FINE + x]!
    squares += fine[y * FINE + x]! ** 2
  }
  return (squares - sum * sum / WIDE ** 2) / WIDE ** 2
}

// Block by block, each counting the same: the outline of a card or of a person agrees with any other, what is within does not.
function agreement(one: Float64Array, other: Float64Array): number {
  const found = blocks().map(([left, top]) => correlation(one, other, left, top, WIDE, FINE)).filter((value) => value !== 0)
  return found.length < FEWEST_BLOCKS / 2 ? 0 : found.reduce((sum, value) => sum + value, 0) / found.length
}
