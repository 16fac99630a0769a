import type { Bytes } from '#app/offline/bytes.ts'
import { openDatabase, type Database } from '#app/offline/sqlite-database.ts'
import { loadSqlite, type Sqlite, type Wasm } from '#app/offline/sqlite.ts'
import {
  DROP_DIRECTORY, DROP_MEMBERS, DROP_TASK, PUT_DIRECTORY, PUT_MEMBERS, PUT_META, PUT_TASK, taskValues, type MetaKey, type PackChanges,
} from '#app/packs/schema.ts'

export type SomeChanges = Extract<PackChanges, { full: false }>
// The officer's tasks, opened. Only what the server tells is ever written into it.
export type Pack = Pick<Database, 'all' | 'get' | 'close' | 'exportBytes'> & {
  meta: (key: MetaKey) => string
  apply: (changes: SomeChanges) => void
}

// Started once for each worker; packs come and go in it.
let started: Promise<Sqlite> | undefined

export function startSqlite(wasm: () => Promise<Wasm>): Promise<Sqlite> {
  started ??= wasm().then(loadSqlite)
  started.catch(() => (started = undefined))
  return started
}

export async function openPack({ wasm, bytes }: { wasm: () => Promise<Wasm>, bytes: Bytes }): Promise<Pack> {
  const database = openDatabase(await startSqlite(wasm), bytes)
  const { all, get, close, exportBytes, transaction } = database
  return { all, get, close, exportBytes, meta: (key) => readMeta(database, key), apply: (changes) => transaction(() => apply(database, changes)) }
}

const readMeta = ({ get }: Database, key: MetaKey) => get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? ''

function apply({ all }: Database, { sequence, tasks, removed, directory, directoryRemoved }: SomeChanges) {
  for (const id of removed) {
    all(DROP_TASK, id)
    all(DROP_MEMBERS, id)
  }
  for (const row of tasks) {
    all(PUT_TASK, ...taskValues(row))
    all(DROP_MEMBERS, row.id)
    all(PUT_MEMBERS, row.id)
  }
  for (const id of directoryRemoved) all(DROP_DIRECTORY, id)
  for (const { prelist_id, head_name } of directory) all(PUT_DIRECTORY, prelist_id, head_name)
  all(PUT_META, 'sequence', String(sequence))
}
