import type { Client } from '#db/connection.ts'

// Drizzle prepares every query anew, which costs as much as running a small one. Here the same text finds its statement again.
const MOST = 500

type Run = (...values: unknown[]) => unknown
type Twin = { run: Run, get: Run, all: Run, raw: () => { get: Run, all: Run } }

// One statement gives rows as objects, its twin as lists: which of the two is a switch on the statement itself.
function twinOf(client: Client, sql: string): Twin {
  const plain = client.prepare(sql)
  let lists: ReturnType<Client['prepare']> | undefined
  return {
    run: (...values) => plain.run(...values), get: (...values) => plain.get(...values), all: (...values) => plain.all(...values),
    raw: () => lists ??= client.prepare(sql).raw(),
  }
}

// The client as drizzle sees it. The oldest text makes room, so that what is written with ever different numbers of values stays bounded.
export function preparingOnce(client: Client): Client {
  const known = new Map<string, Twin>()
  const prepare = (sql: string) => {
    const twin = known.get(sql) ?? twinOf(client, sql)
    known.delete(sql)
    known.set(sql, twin)
    if (known.size > MOST) known.delete(known.keys().next().value!)
    return twin
  }
  return new Proxy(client, { get: (target, name) => {
    if (name === 'prepare') return prepare
    const value: unknown = Reflect.get(target, name, target)
    return typeof value === 'function' ? value.bind(target) : value
  } })
}
