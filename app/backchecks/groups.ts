// What drawing and counting share. Pure.
export const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

// In the order in which each key came first.
export function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const own = groups.get(keyOf(row))
    if (own) own.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
