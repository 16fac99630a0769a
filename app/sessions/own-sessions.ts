import { notFound } from '#app/problems.ts'
import { handleOf, isOver, type Session } from '#app/sessions/sessions.ts'
import { deviceWords } from '#app/sessions/user-agent.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

type Row = { idHash: string, createdAt: number, lastUsedAt: number, userAgent: string, address: string }
const sessionsOf = statement<[string, number], Row>(`SELECT id_hash AS idHash, created_at AS createdAt, last_used_at AS lastUsedAt, user_agent AS userAgent, address
  FROM sessions WHERE user_id = ? AND expires_at > ? AND awaits_code = 0 ORDER BY last_used_at DESC, id_hash LIMIT 50`)
const endOne = statement<[string, string], unknown>('DELETE FROM sessions WHERE user_id = ? AND substr(id_hash, 1, 16) = ?')
const endOthers = statement<[string, string], unknown>('DELETE FROM sessions WHERE user_id = ? AND substr(id_hash, 1, 16) <> ?')

export type OwnSession = { handle: string, device: string, address: string, begunAt: string, usedAt: string, isThis: boolean }

// Where one's account is signed in, the one in use first known by its mark. usedAt is true to five minutes.
export const listSessions = (db: Db, { id, role }: Actor, current: Session): OwnSession[] => sessionsOf(db).all(id, Date.now()).filter((row) => !isOver({ ...row, role, awaitsCode: 0 }, Date.now())).map((row) => ({
  handle: handleOf(row.idHash), device: deviceWords(row.userAgent), address: row.address, isThis: handleOf(row.idHash) === current.handle,
  begunAt: new Date(row.createdAt).toISOString(), usedAt: new Date(row.lastUsedAt).toISOString(),
}))

// Ended already is as good: the same post may come twice.
export function revokeSession(tx: Tx, handle: string) {
  if (!/^[0-9a-f]{16}$/.test(handle)) throw notFound('Perangkat ini')
  if (endOne(tx.db).run(tx.actor.id, handle).changes > 0) tx.audit('session.revoked', tx.actor.id, { count: 1 })
}

export function revokeOtherSessions(tx: Tx, { handle }: Session): number {
  const { changes } = endOthers(tx.db).run(tx.actor.id, handle)
  if (changes > 0) tx.audit('session.revoked', tx.actor.id, { count: changes })
  return changes
}
