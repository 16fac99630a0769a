import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { CIPHER, keyIdOf, literalOf, stateOf, unlock, type Client } from '#db/connection.ts'
import { LockedOut, type Key } from '#db/key-ring.ts'
import { ownAs, syncFile } from '#db/sync-file.ts'

// Puts the whole database under a key, or under another one, while nobody uses it: a copy is written anew, opened with the new key,
// read whole and counted, and only then takes the place of the old one. Cut short anywhere, the old one is still there.
// ring: opens it as it is. Returns how many rows were counted.
export function relock(file: string, ring: Key[], to: Key): number {
  const next = `${file}.relocked`
  const from = alone(file, ring)
  const before = statSync(file, { bigint: true })
  try {
    copyFileSync(file, next)
    ownAs(next, file)
    const copy = from.key ? unlock(new Database(next), from.key)! : new Database(next)
    copy.pragma('journal_mode = OFF')
    copy.pragma(`cipher = '${CIPHER}'`)
    copy.pragma(`rekey = '${literalOf(to)}'`)
    copy.close()
    syncFile(next)
    demandSame(next, to, from.rows)
    const after = statSync(file, { bigint: true })
    if (after.mtimeNs !== before.mtimeNs || after.size !== before.size || existsSync(`${file}-wal`)) throw inUse()
    renameSync(next, file)
    syncFile(dirname(file))
  } finally {
    rmSync(next, { force: true })
  }
  return [...from.rows.values()].reduce((sum, rows) => sum + rows, 0)
}

const inUse = () => new LockedOut('SIKS masih berjalan atau ada program lain yang memakai database. Hentikan dahulu (misalnya systemctl stop siks), lalu ulangi.')

// Its log folded in and nobody else there; which key opens it, and what it holds.
function alone(file: string, ring: Key[]): { key?: Key, rows: Map<string, number> } {
  const client = openWith(file, ring)
  try {
    client.pragma('busy_timeout = 2000')
    client.pragma('journal_mode = DELETE')
    return { key: ring.find(({ id }) => id === keyIdOf(client)), rows: countRows(client) }
  } catch (error) {
    throw (error as { code?: string }).code === 'SQLITE_BUSY' ? inUse() : error
  } finally {
    client.close()
  }
}

export function openWith(file: string, ring: Key[]): Client {
  if (stateOf(file) === 'none') throw new LockedOut(`Tidak ada database di ${file}. Periksa SIKS_DATA.`)
  if (stateOf(file) === 'plain') return new Database(file)
  for (const key of ring) {
    const client = unlock(new Database(file), key)
    if (client) return client
  }
  throw new LockedOut(`Tidak satu pun kunci yang ada membuka ${file}. Kembalikan berkas kunci yang benar dari brankas.`)
}

export function countRows(client: Client): Map<string, number> {
  const tables = client.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name").pluck().all() as string[]
  return new Map(tables.map((name) => [name, client.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]))
}

function demandSame(file: string, key: Key, rows: Map<string, number>) {
  const client = unlock(new Database(file, { readonly: true }), key)
  if (!client) throw new Error('The new database does not open with the new key.')
  try {
    const verdict = client.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new Error(`The new database is not whole: ${String(verdict)}`)
    const now = countRows(client)
    for (const [name, count] of rows) if (now.get(name) !== count) throw new Error(`${name} has ${now.get(name)} rows instead of ${count}.`)
  } finally {
    client.close()
  }
}
