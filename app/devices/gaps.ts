// Numbers a phone has given out, 1 to `top`, and those of them that arrived. What lies between is still on its way.
export type Range = { from: number, to: number }

export function missingRanges(arrived: readonly number[], top: number): Range[] {
  const ranges: Range[] = []
  let next = 1
  for (const number of [...new Set(arrived)].sort((a, b) => a - b)) {
    if (number > next) ranges.push({ from: next, to: Math.min(number - 1, top) })
    next = Math.max(next, number + 1)
  }
  if (next <= top) ranges.push({ from: next, to: top })
  return ranges
}

export const countOf = (ranges: readonly Range[]) => ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)
