import { act, type Act, type Country } from '#app/national/acting.ts'
import { getNationBatch, IS_DOUBLE, waitingIn, type NationBatch } from '#app/national/batches.ts'
import { ministryKey } from '#app/ratification/ministry-key.ts'
import { updateStanding } from '#app/national/storing.ts'
import { conflict, invalid } from '#app/problems.ts'
import { writeAnswer, type Decided } from '#app/ratification/answer-file.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { rowsOf } from '#db/postgres/connection.ts'

export type Kind = 'records' | 'proposals'
// clean: what waits without a fault and without somebody whom another kabupaten names too. rest: all that waits.
export type Deciding = { kind: Kind, scope: 'chosen' | 'clean' | 'rest', ids: string[], decision: 'accepted' | 'returned', reason: string }

const ID: Record<Kind, string> = { records: 'household_id', proposals: 'proposal_id' }

// The ministry's word about some of a batch. What is decided already stays; the kabupaten learns of it by its answer.
export function decide(country: Country, actor: Actor, root: string, { kind, scope, ids, decision, reason }: Deciding, now = new Date()): Promise<number> {
  demand(actor, 'national.determine')
  if (decision === 'returned' && reason.trim() === '') throw invalid({ reason: 'Tuliskan alasan pengembalian.' })
  if (scope === 'chosen' && ids.length === 0) throw invalid({ id: 'Pilih sedikitnya satu.' })
  return act(country, actor, async ({ client, audit }) => {
    const batch = await lockedBatch({ client }, actor, root)
    const chosen = scope === 'chosen' ? `r.${ID[kind]} = ANY($6)` : scope === 'clean' && kind === 'records' ? `r.faults = '[]' AND NOT ${IS_DOUBLE} AND $6::text[] IS NOT NULL` : '$6::text[] IS NOT NULL'
    const { rowCount } = await client.query(`UPDATE nation.${kind} r SET decision = $3, reason = $4, decided_by = $5, decided_at = $7
      WHERE r.regency_code = $1 AND r.root = $2 AND r.decision = 'pending' AND ${chosen}`, [batch.regencyCode, root, decision, decision === 'returned' ? reason.trim() : '', actor.id, ids, now])
    const count = rowCount ?? 0
    await client.query(`UPDATE nation.batches SET ${decision} = ${decision} + $2 WHERE root = $1`, [root, count])
    await updateStanding(client, batch.regencyCode, now.toISOString())
    if (count > 0) audit(`national.${decision}`, `batch:${batch.batchId}`, { rootHash: root, kind, scope, count, ...(reason && { reason }) })
    return count
  }, now)
}

// Two who decide at once are one after the other, so the counts stay true.
async function lockedBatch({ client }: Pick<Act, 'client'>, actor: Actor, root: string): Promise<NationBatch> {
  await client.query('SELECT 1 FROM nation.batches WHERE root = $1 FOR UPDATE', [root])
  return getNationBatch({ client, actor }, root)
}

export type AnswerText = { name: string, text: string }

// All that is decided so far, signed. What still waits is in none of its lines; a later answer holds it too.
export function answerOf(country: Country, actor: Actor, root: string, now = new Date()): Promise<AnswerText> {
  return act(country, actor, async ({ client, audit }) => {
    const batch = await getNationBatch({ client, actor }, root)
    const [households, proposals] = await Promise.all(['records', 'proposals'].map((kind) => rowsOf<Decided>(client, `SELECT ${ID[kind as Kind]} AS id, ${kind === 'records' ? 'record_hash' : 'plan_hash'} AS hash, decision, reason
      FROM nation.${kind} WHERE regency_code = $1 AND root = $2 AND decision <> 'pending' ORDER BY position`, [batch.regencyCode, root])))
    if (households!.length + proposals!.length === 0) throw conflict('Belum ada yang diputuskan pada berkas ini.')
    await client.query('UPDATE nation.batches SET answered_at = $2 WHERE root = $1', [root, now])
    const { batchId, regencyCode } = batch
    audit('national.answered', `batch:${batchId}`, { rootHash: root, households: households!.length, proposals: proposals!.length, waiting: waitingIn(batch) })
    const text = writeAnswer({ rootHash: root, batchId, regionCode: regencyCode, answeredAt: now.toISOString() }, { households: households!, proposals: proposals! }, ministryKey(country.dataDirectory))
    return { name: `jawaban-${regencyCode}-${root.slice(0, 8)}.jsonl`, text }
  }, now)
}

