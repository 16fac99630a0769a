import { setTimeout as pause } from 'node:timers/promises'
import { rowOf, type Nation } from '#db/postgres/connection.ts'

// How the PostgreSQL of the collecting office is, for whoever looks after the server. away: it does not answer in time.
export type NationState = { away: true } | { away: false, version: string, bytes: number, batches: number, households: number, lastAt: string | null }

const PATIENCE_MS = 2000
const inTime = <T>(asked: Promise<T>, patience: number) => Promise.race([asked.catch(() => undefined), pause(patience, undefined, { ref: false })])

export async function nationState({ pool }: Nation, patience = PATIENCE_MS): Promise<NationState> {
  return await inTime(rowOf<Exclude<NationState, { away: true }>>(pool, `SELECT false AS away, current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
    (SELECT count(*) FROM nation.batches) AS batches, (SELECT coalesce(sum(households), 0)::bigint FROM nation.standing) AS households, (SELECT max(arrived_at) FROM nation.arrivals) AS "lastAt"`), patience) ?? { away: true }
}

export const isNationAway = async ({ pool }: Nation, patience = PATIENCE_MS) => await inTime(rowOf(pool, 'SELECT EXISTS (SELECT FROM nation.batches) AS any'), patience) === undefined
