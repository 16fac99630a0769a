import pg from 'pg'
import { Told } from '#app/operation/failures.ts'
import { Problem } from '#app/problems.ts'

// The records of many kabupaten together. One pool for the whole server: PostgreSQL gives every connection a process of its own.
// trouble: why it cannot be used yet, for whoever looks after it.
export type Nation = { pool: pg.Pool, trouble?: string, close: () => Promise<void> }
export type PgClient = Pick<pg.ClientBase, 'query'>

const CONNECTIONS = 12
// Nobody waits longer for a page; what takes longer runs behind the requests and says so itself.
const PAGE_MS = 15_000

// Counts as numbers, moments as the text they are everywhere else, days as they stand.
const PARSERS: Record<number, (text: string) => unknown> = { 20: Number, 1700: Number, 1082: (text) => text, 1184: (text) => new Date(text).toISOString() }
const types = { getTypeParser: (oid: number, format?: 'text' | 'binary') => PARSERS[oid] ?? pg.types.getTypeParser(oid, format as 'text') } as pg.CustomTypesConfig

// patienceMs: how long a connection may take, also where a machine takes it and then says nothing.
export function openNation(url: string, patienceMs = PAGE_MS): Nation {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, types, connectionTimeoutMillis: patienceMs, keepAlive: true, keepAliveInitialDelayMillis: 10_000, statement_timeout: PAGE_MS, idle_in_transaction_session_timeout: 10 * 60_000, application_name: 'siks' })
  // A connection that is lost while nobody uses it is replaced by the next; without a listener it would end the server.
  pool.on('error', () => undefined)
  return { pool, close: () => pool.end() }
}

// All or nothing. The work gets the one connection that everything in it must use.
export async function inTransaction<T>({ pool }: Nation, work: (client: pg.PoolClient) => Promise<T>, { unhurried = false } = {}): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    if (unhurried) await client.query('SET LOCAL statement_timeout = 0')
    const result = await work(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    await client.query('ROLLBACK').then(() => client.release(), (lost: Error) => client.release(lost))
    throw error
  }
}

// The rows as their caller knows them. values: parameters only, never parts of the text.
export async function rowsOf<R>(client: PgClient, text: string, values: unknown[] = []): Promise<R[]> {
  return (await client.query(text, values)).rows as R[]
}

export const rowOf = async <R>(client: PgClient, text: string, values: unknown[] = []): Promise<R | undefined> => (await rowsOf<R>(client, text, values))[0]

// What a lost or missing connection is called by Node and by PostgreSQL; also when a page takes longer than it may.
const AWAY = /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08|53|57)|^Connection terminated|^timeout exceeded when trying to connect/
export const asUnavailable = (error: unknown) => {
  const { code, message, severity } = error as { code?: string, message?: string, severity?: string }
  return !(error instanceof Problem) && (severity === 'FATAL' || AWAY.test(code ?? message ?? '')) ? unavailable() : error
}

export const unavailable = () => new Problem('unavailable', 'Data nasional sedang tidak dapat dibuka. Tidak ada yang berubah. Coba lagi sebentar; bila terulang, beri tahu admin sistem.')

// For whoever starts with it: that it does not answer is told in one sentence.
export const demandReachable = ({ pool }: Nation) => pool.query('SELECT 1').catch((error: unknown) => { throw unreachable(error) })

const unreachable = (error: unknown) => new Told('PostgreSQL pada DATABASE_URL tidak dapat dihubungi. Periksa alamatnya, apakah layanannya berjalan, dan apakah akun ini boleh masuk.', { cause: error })
