// The first of many places put together: each place's rows come in order along an index of its own, and no index knows the order of all.

/** One place's rows after `from`: a few first and then ever more at a time, for of many places most have none among the first of all.
 * Each row says where the next reading begins. */
export function* oneByOne<Seek extends { limit: number }, Row extends object>(read: (seek: Seek) => Row[], from: Seek, few: number): Generator<Row, void> {
  for (let limit = Math.min(few, from.limit); ; limit = Math.min(limit * 4, from.limit)) {
    const rows = read({ ...from, limit })
    yield* rows
    if (rows.length < limit) return
    from = { ...from, ...rows.at(-1)! }
  }
}

/** The first `limit` of several rows of rows, each in the order that `compare` says. */
export function firstOf<Row>(rows: Generator<Row, void>[], limit: number, compare: (one: Row, other: Row) => number): Row[] {
  const next = (rest: Generator<Row, void>) => {
    const { value, done } = rest.next()
    return done ? [] : [{ first: value as Row, rest }]
  }
  const waiting = rows.flatMap(next).sort((one, other) => compare(one.first, other.first))
  const found: Row[] = []
  while (found.length < limit && waiting.length > 0) {
    const { first, rest } = waiting.shift()!
    found.push(first)
    for (const one of found.length < limit ? next(rest) : []) {
      const at = waiting.findIndex((other) => compare(one.first, other.first) < 0)
      waiting.splice(at < 0 ? waiting.length : at, 0, one)
    }
  }
  return found
}
