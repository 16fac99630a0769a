import type { Bytes } from '#app/offline/bytes.ts'
import type { Sqlite } from '#app/offline/sqlite.ts'

export type Parameter = string | number | null

// One database over its bytes. A statement is prepared once and kept.
export type Database = {
  all: <T>(sql: string, ...parameters: Parameter[]) => T[]
  get: <T>(sql: string, ...parameters: Parameter[]) => T | undefined
  transaction: (work: () => void) => void
  exportBytes: () => Bytes
  close: () => void
}

const [OK, ROW, DONE] = [0, 100, 101]
const [INTEGER, FLOAT, TEXT] = [1, 2, 3]
const [FREE_ON_CLOSE, RESIZEABLE, NO_COPY] = [1, 2, 1]
const TRANSIENT = -1
const UP_TO_ITS_END = -1
const INT_LIMIT = 2 ** 31

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function openDatabase(sqlite: Sqlite, bytes: Uint8Array): Database {
  const memory = memoryOf(sqlite)
  const db = memory.withText(':memory:', (name) => memory.pointer((out) => sqlite.sqlite3_open(name, out)).value)
  const failed = () => new Error(`sqlite: ${memory.textAt(sqlite.sqlite3_errmsg(db))}`)
  const check = (code: number) => {
    if (code !== OK) throw failed()
  }
  const copy = memory.put(bytes)
  check(sqlite.sqlite3_deserialize(db, 0, copy, bytes.length, bytes.length, FREE_ON_CLOSE! | RESIZEABLE!))

  const kept = new Map<string, Prepared>()
  const prepare = (sql: string): Prepared => {
    const known = kept.get(sql)
    if (known) return known
    const { code, value: statement } = memory.withText(sql, (text) => memory.pointer((out) => sqlite.sqlite3_prepare_v2(db, text, UP_TO_ITS_END, out, 0)))
    check(code)
    const columns = Array.from({ length: sqlite.sqlite3_column_count(statement) }, (_, i) => memory.textAt(sqlite.sqlite3_column_name(statement, i)))
    kept.set(sql, { statement, columns })
    return { statement, columns }
  }

  const bind = (statement: number, index: number, value: Parameter) => {
    if (value === null) check(sqlite.sqlite3_bind_null(statement, index))
    else if (typeof value === 'string') memory.withText(value, (text, length) => check(sqlite.sqlite3_bind_text(statement, index, text, length, TRANSIENT)))
    else if (Number.isInteger(value) && Math.abs(value) < INT_LIMIT) check(sqlite.sqlite3_bind_int(statement, index, value))
    else check(sqlite.sqlite3_bind_double(statement, index, value))
  }

  const valueAt = (statement: number, i: number): Parameter => {
    const type = sqlite.sqlite3_column_type(statement, i)
    if (type === INTEGER || type === FLOAT) return sqlite.sqlite3_column_double(statement, i)
    if (type !== TEXT) return null
    const text = sqlite.sqlite3_column_text(statement, i)
    return decoder.decode(memory.view(text, sqlite.sqlite3_column_bytes(statement, i)))
  }

  const all = <T,>(sql: string, ...parameters: Parameter[]): T[] => {
    const { statement, columns } = prepare(sql)
    const rows: T[] = []
    try {
      parameters.forEach((value, i) => bind(statement, i + 1, value))
      let code = sqlite.sqlite3_step(statement)
      for (; code === ROW; code = sqlite.sqlite3_step(statement)) rows.push(Object.fromEntries(columns.map((name, i) => [name, valueAt(statement, i)])) as T)
      if (code !== DONE) throw failed()
      return rows
    } finally {
      sqlite.sqlite3_reset(statement)
      sqlite.sqlite3_clear_bindings(statement)
    }
  }

  return {
    all,
    get: (sql, ...parameters) => all<never>(sql, ...parameters)[0],
    transaction(work) {
      all('BEGIN')
      try {
        work()
        all('COMMIT')
      } catch (error) {
        all('ROLLBACK')
        throw error
      }
    },
    exportBytes() {
      const size = { value: 0 }
      const at = memory.pointer((out) => {
        const address = sqlite.sqlite3_serialize(db, 0, out, NO_COPY!)
        size.value = memory.numberAt(out)
        return address
      }).code
      if (at === 0) throw failed()
      return memory.view(at, size.value).slice()
    },
    close() {
      for (const { statement } of kept.values()) sqlite.sqlite3_finalize(statement)
      kept.clear()
      sqlite.sqlite3_close_v2(db)
    },
  }
}

type Prepared = { statement: number, columns: string[] }

// The memory SQLite works in. It moves when it grows, so a view of it is made anew each time.
function memoryOf({ memory, sqlite3_malloc: malloc, sqlite3_free: free }: Sqlite) {
  const view = (at: number, length: number) => new Uint8Array(memory.buffer as ArrayBuffer, at, length)
  const numberAt = (at: number) => new DataView(memory.buffer).getUint32(at, true)
  const put = (bytes: Uint8Array) => {
    const at = malloc(bytes.length + 1)
    if (at === 0) throw new Error('sqlite: out of memory')
    view(at, bytes.length).set(bytes)
    view(at, bytes.length + 1)[bytes.length] = 0
    return at
  }
  return {
    view, numberAt, put,
    textAt(at: number) {
      const bytes = new Uint8Array(memory.buffer, at)
      return decoder.decode(bytes.subarray(0, bytes.indexOf(0)))
    },
    withText<T>(text: string, work: (at: number, length: number) => T): T {
      const bytes = encoder.encode(text)
      const at = put(bytes)
      try {
        return work(at, bytes.length)
      } finally {
        free(at)
      }
    },
    // Calls something that leaves its result at an address.
    pointer(work: (out: number) => number): { code: number, value: number } {
      const out = put(new Uint8Array(8))
      try {
        return { code: work(out), value: numberAt(out) }
      } finally {
        free(out)
      }
    },
  }
}
