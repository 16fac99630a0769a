import { closeSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { keyFor, keyRing, LockedOut, LOOK_AT, type Key } from '#db/key-ring.ts'
import { preparingOnce } from '#db/prepared-queries.ts'
import * as schema from '#db/schema/index.ts'

export type Client = Database.Database
export type Db = BetterSQLite3Database<typeof schema> & { $client: Client }

// FULL: an accepted visit has reached the disk before the officer is told so.
const PRAGMAS = [
  'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000',
  'cache_size = -65536', 'temp_store = MEMORY', 'wal_autocheckpoint = 4000',
]

// plain: a file that is locked some other way before it leaves, such as a region package on its way into its envelope.
type Opening = Database.Options & { plain?: boolean }

export function openDatabase(file: string | Buffer, options: Opening = {}): Db {
  const client = withSteadyLimits(openClient(file, options))
  for (const pragma of PRAGMAS) client.pragma(pragma)
  return Object.assign(drizzle({ client: preparingOnce(client), schema }), { $client: client })
}

// SQLite plans by what is bound to a LIMIT, and for that compiles the statement anew whenever something is bound: four fifths of
// the time of a small one. Behind a plus it does not look; our plans stand by their indexes.
export const steady = (sql: string) => sql.replace(/\bLIMIT (?=[?@])/gi, '$&+')

function withSteadyLimits(client: Client): Client {
  const prepare = client.prepare.bind(client) as (sql: string) => Database.Statement
  return Object.assign(client, { prepare: (sql: string) => prepare(steady(sql)) })
}

// The one door to every SQLite file: with a key on the ring the file is locked, page by page, log included. One in memory never is.
export function openClient(file: string | Buffer, { plain = false, ...options }: Opening = {}): Client {
  const kept = typeof file === 'string' && file !== '' && file !== ':memory:'
  if (!kept || plain) return new Database(file, options)
  const state = stateOf(file)
  const ring = keyRing()
  if (ring.length === 0 && state !== 'locked') return new Database(file, options)
  if (ring.length === 0) throw new LockedOut(`Database ${file} terkunci (terenkripsi), tetapi ${LOOK_AT} tidak diisi. Isi ${LOOK_AT} dengan berkas kunci instalasi ini. Bila instalasi ini tidak pernah memakai kunci, berkasnya rusak: pulihkan dari cadangan (panduan, bagian 8).`)
  if (state === 'plain') throw new LockedOut(`Database ${file} belum terenkripsi, padahal ${LOOK_AT} diisi. Hentikan SIKS, lalu jalankan: npm run keys -- encrypt`)
  const tried = (state === 'none' ? ring.slice(0, 1) : ring)
  for (const key of tried) {
    const client = unlock(new Database(file, options), key)
    if (client) return client
  }
  throw new LockedOut(`Tidak satu pun kunci di ${LOOK_AT} (${ring.map(({ id }) => id).join(', ')}) membuka database ${file}. Kuncinya bukan kunci instalasi ini, ` +
    'atau databasenya rusak. Kembalikan berkas kunci yang benar dari brankas; data tidak diubah.')
}

// AEGIS-256 seals each page with a tag of its own, so a changed byte is seen; with the processor's AES it costs next to nothing.
export const CIPHER = 'aegis'
export const literalOf = (key: Key) => `raw:${keyFor(key, 'database').toString('hex')}`
const keyIds = new WeakMap<Client, string>()
// Which key opened this connection; undefined: the file is not locked.
export const keyIdOf = (client: Client) => keyIds.get(client)

// undefined, and closed again, when this key does not open it.
export function unlock(client: Client, key: Key): Client | undefined {
  client.pragma(`cipher = '${CIPHER}'`)
  client.pragma(`key = '${literalOf(key)}'`)
  try {
    client.prepare('SELECT count(*) FROM sqlite_master').get()
  } catch (error) {
    client.close()
    if ((error as { code?: string }).code === 'SQLITE_NOTADB') return undefined
    throw error
  }
  keyIds.set(client, key.id)
  return client
}

const MAGIC = 'SQLite format 3\0'

// By its first bytes: none yet, an open SQLite file, or something that needs a key.
export function stateOf(file: string): 'none' | 'plain' | 'locked' {
  const head = Buffer.alloc(MAGIC.length)
  try {
    const opened = openSync(file, 'r')
    try {
      if (readSync(opened, head) === 0) return 'none'
    } finally {
      closeSync(opened)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none'
    throw error
  }
  return head.toString('latin1') === MAGIC ? 'plain' : 'locked'
}

// Another file beside the connection's own, locked or not.
export function attach(client: Client, file: string, name: string) {
  const add = client.prepare<[string, string]>(`ATTACH ? AS ${name} KEY ?`)
  if (stateOf(file) !== 'locked') return void add.run(file, '')
  client.pragma(`cipher = '${CIPHER}'`)
  const opened = openClient(file, { readonly: true })
  const id = keyIdOf(opened)
  opened.close()
  add.run(file, literalOf(keyRing().find((key) => key.id === id)!))
}
