import type { Country } from '#app/national/acting.ts'
import { demandRegency, inRanges, rangesOf, type Regency } from '#app/national/places.ts'
import { notFound } from '#app/problems.ts'
import type { GateFailure } from '#app/ratification/gates.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import { demand } from '#app/users/permissions.ts'
import { rowOf, rowsOf, type PgClient } from '#db/postgres/connection.ts'

export const PAGE = 50
type Asking = Pick<Country, 'nation' | 'db'>

export type ArrivalRow = { id: string, arrivedAt: string, sender: string, name: string, bytes: number, outcome: 'taken' | 'repeated' | 'refused', problem: string, regencyCode: string | null, root: string | null, tookMs: number }

// Newest first. What was refused before anybody knew whose it was is seen by those who see the whole country.
export async function listArrivals({ nation: { pool } }: Asking, actor: Actor, before?: string): Promise<ArrivalRow[]> {
  demand(actor, 'national.read')
  const values: unknown[] = [actor.regions.includes('')]
  const own = `($1 OR ${inRanges('regency_code', rangesOf(actor), values)})`
  const older = before ? `AND (arrived_at, id) < (SELECT arrived_at, id FROM nation.arrivals WHERE id = $${values.push(before)})` : ''
  return rowsOf<ArrivalRow>(pool, `SELECT id, arrived_at AS "arrivedAt", sender, name, bytes, outcome, problem, regency_code AS "regencyCode", root, took_ms AS "tookMs"
    FROM nation.arrivals WHERE ${own} ${older} ORDER BY arrived_at DESC, id DESC LIMIT ${PAGE + 1}`, values)
}

export type NationBatch = {
  root: string, regencyCode: string, batchId: string, title: string, letterNumber: string, letterDate: string, signatory: string, sha256: string, bytes: number
  arrivedAt: string, households: number, members: number, proposals: number, faulty: number, accepted: number, returned: number, answeredAt: string | null
}
const BATCH = `root, regency_code AS "regencyCode", batch_id AS "batchId", title, letter_number AS "letterNumber", letter_date AS "letterDate", signatory, sha256, bytes,
  arrived_at AS "arrivedAt", households, members, proposals, faulty, accepted, returned, answered_at AS "answeredAt"`

export const waitingIn = ({ households, proposals, accepted, returned }: NationBatch) => households + proposals - accepted - returned

// Newest first, of one province or kabupaten, or all. waiting: only those with something undecided.
export async function listNationBatches({ nation: { pool } }: Asking, actor: Actor, { region = '', waiting = false, before }: { region?: string, waiting?: boolean, before?: string } = {}): Promise<NationBatch[]> {
  demand(actor, 'national.read')
  const values: unknown[] = []
  const place = inRanges('regency_code', rangesOf(actor, region), values)
  const older = before ? `AND (arrived_at, root) < (SELECT arrived_at, root FROM nation.batches WHERE root = $${values.push(before)})` : ''
  return rowsOf<NationBatch>(pool, `SELECT ${BATCH} FROM nation.batches WHERE ${place} ${waiting ? 'AND accepted + returned < households + proposals' : ''} ${older}
    ORDER BY arrived_at DESC, root DESC LIMIT ${PAGE + 1}`, values)
}

export async function getNationBatch({ client, actor }: { client: PgClient, actor: Actor }, root: string): Promise<NationBatch> {
  demand(actor, 'national.read')
  const batch = /^[0-9a-f]{64}$/.test(root) ? await rowOf<NationBatch>(client, `SELECT ${BATCH} FROM nation.batches WHERE root = $1`, [root]) : undefined
  if (!batch || !isWithin(batch.regencyCode, actor)) throw notFound('Berkas pengesahan')
  return batch
}

export type VillageCount = { villageCode: string, households: number, members: number, faulty: number, accepted: number, returned: number }
export type BatchReading = { batch: NationBatch, regency: Regency, villages: VillageCount[], gates: { gate: string, count: number }[], doubles: number }

export async function readNationBatch(asking: Asking, actor: Actor, root: string): Promise<BatchReading> {
  const { pool } = asking.nation
  const batch = await getNationBatch({ client: pool, actor }, root)
  const key = [batch.regencyCode, root]
  const [villages, gates, [doubles]] = await Promise.all([
    rowsOf<VillageCount>(pool, `SELECT village_code AS "villageCode", count(*) AS households, sum(members) AS members, count(*) FILTER (WHERE faults <> '[]') AS faulty,
      count(*) FILTER (WHERE decision = 'accepted') AS accepted, count(*) FILTER (WHERE decision = 'returned') AS returned
      FROM nation.records WHERE regency_code = $1 AND root = $2 GROUP BY 1 ORDER BY 1`, key),
    rowsOf<{ gate: string, count: number }>(pool, `SELECT f.value ->> 'gate' AS gate, count(DISTINCT household_id) AS count FROM nation.records, jsonb_array_elements(faults) f
      WHERE regency_code = $1 AND root = $2 GROUP BY 1 ORDER BY 1`, key),
    rowsOf<{ n: number }>(pool, `SELECT count(*) AS n FROM nation.records r WHERE regency_code = $1 AND root = $2 AND ${IS_DOUBLE}`, key),
  ])
  return { batch, regency: demandRegency(asking.db, actor, batch.regencyCode), villages, gates, doubles: doubles!.n }
}

// A record r that names somebody whom another kabupaten names too.
export const IS_DOUBLE = `EXISTS (SELECT 1 FROM nation.people p JOIN nation.doubles d ON d.nik = p.nik WHERE p.regency_code = r.regency_code AND p.household_id = r.household_id AND p.is_present)`

export const SHOWS = ['all', 'faulty', 'double', 'pending'] as const
export type Show = typeof SHOWS[number]
const CONDITIONS: Record<Show, string> = { all: 'true', faulty: `r.faults <> '[]'`, double: IS_DOUBLE, pending: `r.decision = 'pending'` }

export type RecordRow = { householdId: string, position: number, villageCode: string, headName: string, members: number, outcome: number | null, faults: GateFailure[], isDouble: boolean, isNewest: boolean, decision: string, reason: string }

export async function listRecords({ nation: { pool } }: Asking, actor: Actor, root: string, { show = 'all', after = 0 }: { show?: Show, after?: number } = {}) {
  const batch = await getNationBatch({ client: pool, actor }, root)
  const records = await rowsOf<RecordRow>(pool, `SELECT household_id AS "householdId", position, village_code AS "villageCode", head_name AS "headName", members, outcome, faults,
      ${IS_DOUBLE} AS "isDouble", is_newest AS "isNewest", decision, reason
    FROM nation.records r WHERE regency_code = $1 AND root = $2 AND position > $3 AND ${CONDITIONS[show]} ORDER BY position LIMIT ${PAGE + 1}`, [batch.regencyCode, root, after])
  return { batch, records }
}

export type ProposalRow = { proposalId: string, position: number, plan: Record<string, unknown[]>, decision: string, reason: string }

export async function listProposals({ nation: { pool } }: Asking, actor: Actor, root: string, after = 0) {
  const batch = await getNationBatch({ client: pool, actor }, root)
  const proposals = await rowsOf<ProposalRow>(pool, `SELECT proposal_id AS "proposalId", position, plan, decision, reason FROM nation.proposals
    WHERE regency_code = $1 AND root = $2 AND position > $3 ORDER BY position LIMIT ${PAGE + 1}`, [batch.regencyCode, root, after])
  return { batch, proposals }
}
