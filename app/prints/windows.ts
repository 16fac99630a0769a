import type { Grey } from '#app/prints/grey.ts'

// A square part of a picture: its middle, from the picture's own, and half its side, in parts of the picture's shorter side.
export type Window = { x: number, y: number, half: number }

// Sums of everything above and to the left: the brightness of any rectangle is then four look-ups.
export type Sums = { width: number, height: number, short: number, table: Float64Array }

export function sumUp({ width, height, data }: Grey): Sums {
  const wide = width + 1
  const table = new Float64Array(wide * (height + 1))
  for (let y = 0; y < height; y += 1) {
    let row = 0
    for (let x = 0; x < width; x += 1) {
      row += data[y * width + x]!
      table[(y + 1) * wide + x + 1] = table[y * wide + x + 1]! + row
    }
  }
  return { width, height, short: Math.min(width, height), table }
}

// Each photo is kept by its middle, which a moderate cut leaves whole.
export const CENTRE: Window = { x: 0, y: 0, half: 0.32 }

// Where the middle of another photo may lie in this one, if this was cut out of it (up to 15 % from each side: it fills more
// of this one) or it was cut out of this (it fills less). Steps are small enough for the print to be recognised between two.
const CUT = { halves: [0.32, 0.342, 0.366, 0.392, 0.419, 0.449], reach: 4 }
const CUTTING = { halves: [0.299, 0.28, 0.261, 0.244, 0.228], reach: 3 }
const STEP = 0.094
const TOLERANCE = 0.01

export const windowsOf = (sums: Sums): Window[] => [CUT, CUTTING].flatMap(({ halves, reach }) =>
  halves.flatMap((half) => around(half, reach).filter((window) => isInside(sums, window))))

// Where the middle lies in a photo that was turned or mirrored: whoever does that rarely cuts it as well.
export const middlesOf = (sums: Sums): Window[] => [0.32, 0.342, 0.299].flatMap((half) => around(half, 1).filter((window) => isInside(sums, window)))

function around(half: number, reach: number): Window[] {
  const found: Window[] = []
  for (let i = -reach; i <= reach; i += 1) for (let j = -reach; j <= reach; j += 1) found.push({ x: i * STEP * half, y: j * STEP * half, half })
  return found
}

const isInside = ({ width, height, short }: Sums, { x, y, half }: Window) =>
  half + Math.abs(x) <= width / short / 2 + TOLERANCE && half + Math.abs(y) <= height / short / 2 + TOLERANCE

// A window seen as `size` × `size` fields, each the mean of its pixels; outside the picture its edge goes on.
export function look(sums: Sums, { x, y, half }: Window, size: number, into = new Float64Array(size * size)): Float64Array {
  const { width, height, short, table } = sums
  const wide = width + 1
  const across = edges(width / 2 + (x - half) * short, 2 * half * short, size, width)
  const down = edges(height / 2 + (y - half) * short, 2 * half * short, size, height)
  for (let row = 0; row < size; row += 1) {
    const [top, bottom] = [down[row]!, Math.max(down[row + 1]!, down[row]! + 1)]
    for (let column = 0; column < size; column += 1) {
      const [left, right] = [across[column]!, Math.max(across[column + 1]!, across[column]! + 1)]
      const sum = table[bottom * wide + right]! - table[bottom * wide + left]! - table[top * wide + right]! + table[top * wide + left]!
      into[row * size + column] = sum / ((right - left) * (bottom - top))
    }
  }
  return into
}

function edges(start: number, side: number, size: number, limit: number): Int32Array {
  const found = new Int32Array(size + 1)
  for (let i = 0; i <= size; i += 1) found[i] = Math.max(0, Math.min(limit - 1, Math.round(start + side * i / size)))
  return found
}
