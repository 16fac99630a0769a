import { createHash, randomBytes } from 'node:crypto'
import { act, type Country } from '#app/national/acting.ts'
import { demandRegency } from '#app/national/places.ts'
import type { Sender } from '#app/national/receiving.ts'
import { notFound, Problem } from '#app/problems.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { rowOf, rowsOf, type Nation } from '#db/postgres/connection.ts'

// By a key of its own a kabupaten's server sends batches and fetches their answers, and can do nothing else.
export type Key = { id: string, regencyCode: string, note: string, madeBy: string, madeAt: string, usedAt: string | null, revokedAt: string | null }
type Asking = Pick<Country, 'nation' | 'db'>

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')
const KEY = 'id, regency_code AS "regencyCode", note, made_by AS "madeBy", made_at AS "madeAt", used_at AS "usedAt", revoked_at AS "revokedAt"'

export async function listKeys({ nation: { pool } }: Asking, actor: Actor): Promise<Key[]> {
  demand(actor, 'national.keys')
  return rowsOf<Key>(pool, `SELECT ${KEY} FROM nation.keys ORDER BY revoked_at NULLS FIRST, regency_code, made_at DESC LIMIT 2000`)
}

// The key itself is told once, here; only its hash is kept. id: from the form. The same form twice: the key was told then.
export async function makeKey(asking: Asking, actor: Actor, { id, regencyCode, note }: Pick<Key, 'id' | 'regencyCode' | 'note'>): Promise<string> {
  demand(actor, 'national.keys')
  demandRegency(asking.db, actor, regencyCode)
  const key = `siks_${regencyCode.replace('.', '')}_${randomBytes(24).toString('base64url')}`
  return act(asking, actor, async ({ client, now, audit }) => {
    const { rowCount } = await client.query('INSERT INTO nation.keys (id, regency_code, hash, note, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING', [id, regencyCode, hashOf(key), note, actor.id, now])
    if (rowCount === 0) throw new Problem('conflict', 'Kunci dari formulir ini sudah dibuat dan hanya ditampilkan sekali. Bila belum tercatat, cabut lalu buat yang baru.')
    audit('national.key_made', `key:${id}`, { regionCode: regencyCode })
    return key
  })
}

export const revokeKey = (asking: Asking, actor: Actor, id: string) => {
  demand(actor, 'national.keys')
  return act(asking, actor, async ({ client, now, audit }) => {
    const found = await rowOf<{ regencyCode: string, revokedAt: string | null }>(client, 'SELECT regency_code AS "regencyCode", revoked_at AS "revokedAt" FROM nation.keys WHERE id::text = $1 FOR UPDATE', [id])
    if (!found) throw notFound('Kunci')
    if (found.revokedAt) return
    await client.query('UPDATE nation.keys SET revoked_at = $2 WHERE id::text = $1', [id, now])
    audit('national.key_revoked', `key:${id}`, { regionCode: found.regencyCode })
  })
}

// Whose letterbox this is. Every wrong key is answered alike.
export async function senderByKey({ pool }: Nation, header: string | undefined, now = new Date()): Promise<Sender & { regencyCode: string }> {
  const [, key] = /^Bearer (siks_\d{4}_[\w-]{32})$/.exec(header ?? '') ?? []
  const found = key && await rowOf<Pick<Key, 'id' | 'regencyCode'>>(pool, 'UPDATE nation.keys SET used_at = $2 WHERE hash = $1 AND revoked_at IS NULL RETURNING id, regency_code AS "regencyCode"', [hashOf(key), now])
  if (!found) throw new Problem('unauthenticated', 'Kunci pengiriman tidak dikenal atau sudah dicabut. Minta yang baru kepada Pusdatin.')
  return { id: `key:${found.id}`, regencyCode: found.regencyCode, actor: { ...system, role: 'ministry_officer', regions: [found.regencyCode] } }
}

