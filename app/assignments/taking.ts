import { and, desc, eq, gte } from 'drizzle-orm'
import { chosenRows } from '#app/assignments/publishing.ts'
import { moveStage } from '#app/households/moves.ts'
import { conflict } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, transitions, users } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// An officer helps himself. What is already his own is a success; what another took meanwhile is named, and nothing is taken.
export function takeRows(tx: Tx, ids: string[]) {
  demand(tx.actor, 'prelist.take')
  let taken = 0
  for (const row of chosenRows(tx, ids)) {
    if (row.officerId === tx.actor.id) continue
    if (row.officerId) throw conflict(`${row.headName} sudah diambil ${nameOf(tx.db, row.officerId)}. Tidak ada yang diambil; muat ulang daftar.`)
    if (row.stage !== 'published' && row.stage !== 'deliberated') throw conflict(`${row.headName} belum bisa diambil. Muat ulang daftar.`)
    moveStage(tx, row, 'assigned', { subject: `officer:${tx.actor.id}`, set: { officerId: tx.actor.id } })
    taken += 1
  }
  return taken
}

const nameOf = (db: Db, id: string) =>
  db.select({ name: users.name }).from(users).where(eq(users.id, id)).get()?.name ?? 'petugas lain'

// Gives an own row back before the visit has begun to count; the next officer may take it.
export function releaseRows(tx: Tx, { key, ids, note }: { key: string, ids: string[], note: string }) {
  demand(tx.actor, 'prelist.take')
  const rows = chosenRows(tx, ids)
  if (!isFirstTime(tx, key)) return undefined
  for (const row of rows) {
    if (row.officerId !== tx.actor.id) throw conflict(`${row.headName} bukan tugas Anda.`)
    if (row.stage !== 'assigned' && row.stage !== 'downloaded') throw conflict(`${row.headName} tidak bisa dilepas lagi karena sudah dimusyawarahkan atau dikirim.`)
    moveStage(tx, row, 'published', { note, subject: `released:${tx.actor.id}`, set: { officerId: null } })
  }
  return rows.length
}

const DAYS_SHOWN = 14

export type Revocation = ReturnType<typeof revokedFrom>[number]

// What was taken away from me lately, and why.
export function revokedFrom(db: Db, actor: Actor, now = new Date()) {
  demand(actor, 'prelist.take')
  const since = new Date(now.getTime() - DAYS_SHOWN * 86_400_000).toISOString()
  // Cross join keeps the order: the few thousand rows of the own villages first, then each one's transitions by index.
  return db.select({ id: transitions.id, at: transitions.at, note: transitions.note, headName: households.headName, byName: users.name })
    .from(households).crossJoin(transitions).leftJoin(users, eq(users.id, transitions.actorId))
    .where(and(within(households.regionCode, actor), eq(transitions.householdId, households.id),
      eq(transitions.subject, `revoked:${actor.id}`), gte(transitions.at, since)))
    .orderBy(desc(transitions.id)).limit(50).all()
}
