import type { Client } from '#db/connection.ts'

type Step = { addr: number, opcode: string, p1: number, p2: number, p3: number }

// Which tables a statement reads from one end to the other: by itself, in the triggers it sets off, in the checks of foreign keys.
// EXPLAIN QUERY PLAN names aliases, knows no triggers and calls the search for a minimum without an index a search; so the program
// behind the plan is read as well.
export function scannedBy(client: Client, sql: string): string[] {
  const virtual = planOf(client, sql).flatMap((line) => /^SCAN (\w+) VIRTUAL TABLE INDEX 0:$/.exec(line)?.[1] ?? [])
  const loops = programs(explain<Step>(client, 'EXPLAIN', sql)).flatMap((program) => wholeTables(client, program))
  return [...new Set([...loops, ...virtual])].sort()
}

export const planOf = (client: Client, sql: string) => explain<{ detail: string }>(client, 'EXPLAIN QUERY PLAN', sql).map(({ detail }) => detail)

// Every trigger is a program of its own behind that of the statement; each counts its steps and cursors from nought.
function programs(steps: Step[]): Step[][] {
  const starts = steps.flatMap(({ addr }, i) => addr === 0 ? [i] : [])
  return starts.map((start, i) => steps.slice(start, starts[i + 1]))
}

// A table is read whole where its cursor is set to an end and then moved on until the other one, or where it is merely counted.
function wholeTables(client: Client, steps: Step[]): string[] {
  const tables = new Map<number, string>()
  const begun = new Set<number>()
  const whole: string[] = []
  for (const { addr, opcode, p1, p2, p3 } of steps.filter(({ addr }) => !isPassedOver(steps, addr))) {
    if (/^(OpenRead|OpenWrite|ReopenIdx)$/.test(opcode)) tables.set(p1, tableAt(client, p2, p3))
    else if (opcode.startsWith('Open')) tables.delete(p1)
    if (/^(Open|Reopen)/.test(opcode)) begun.delete(p1)
    const table = tables.get(p1)
    if (table === undefined) continue
    if (/^(Rewind|Last)$/.test(opcode)) begun.add(p1)
    if (opcode === 'Count' || (/^(Next|Prev)$/.test(opcode) && begun.has(p1) && !stopsInTime(steps.slice(p2, addr), addr))) whole.push(table)
  }
  return whole
}

// Who holds a key that a new row brings: asked only while a transaction owes an answer, and ours owe none.
const isPassedOver = (steps: Step[], at: number) => steps.some(({ addr, opcode, p2 }) => opcode === 'FkIfZero' && addr < at && at < p2)

const LEAPS = /^(If|IfNot|IfPos|IfNotZero|Ne|Eq|Lt|Le|Gt|Ge|IsNull|NotNull|SeekRowid|NotExists|NotFound|Found|NoConflict|Seek..|Filter|Goto|Rewind|VFilter|InitCoroutine)$/

// NullRow: what a left join leaves empty is wanted all the same. The least or greatest is met at once; a range ends at its bound; and where every row that is met is wanted, the limit ends the walk.
function stopsInTime(body: Step[], end: number): boolean {
  const last = body.at(-1)
  if (last?.opcode === 'Goto' && last.p2 > end) return true
  const bound = body.find(({ opcode }) => opcode !== 'Rowid')
  if (bound && /^(Idx)?(LT|LE|GT|GE|Lt|Le|Gt|Ge)$/.test(bound.opcode) && bound.p2 > end) return true
  const limited = body.some(({ opcode, p2 }) => opcode === 'DecrJumpZero' && p2 > end)
  return limited && !body.some(({ opcode, p2 }, i) => LEAPS.test(opcode) && p2 === end && body[i + 1]?.opcode !== 'NullRow')
}

// A table that is kept in memory for one piece of work is as large as that.
const tableAt = (client: Client, page: number, database: number) =>
  database !== 0 ? 'temporary' : page === 1 ? 'sqlite_master' : tablesByPage(client).get(page) ?? 'unknown'

const pages = new WeakMap<Client, Map<number, string>>()
function tablesByPage(client: Client) {
  const known = pages.get(client)
  if (known) return known
  const rows = client.prepare<[], { page: number, name: string }>('SELECT rootpage AS page, tbl_name AS name FROM sqlite_master WHERE rootpage > 0').all()
  const found = new Map(rows.map(({ page, name }) => [page, name]))
  pages.set(client, found)
  return found
}

// A plan does not depend on what is bound, but nothing is run with too little bound.
function explain<T>(client: Client, how: string, sql: string): T[] {
  const statement = client.prepare(`${how} ${sql}`)
  const named: Record<string, null> = {}
  for (let unnamed = 0; ;) {
    try {
      return statement.all(...Array.from({ length: unnamed }, () => null), ...Object.keys(named).length > 0 ? [named] : []) as T[]
    } catch (error) {
      const { message } = error as Error
      const missing = /Missing named parameter "(\w+)"/.exec(message)?.[1]
      if (missing) named[missing] = null
      else if (/Too few parameter values/.test(message)) unnamed++
      else if (/Missing named parameters/.test(message)) named['?'] = null
      else throw error
    }
  }
}
