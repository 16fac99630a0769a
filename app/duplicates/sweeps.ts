import type { Following } from '#app/integrity/following.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// When everybody is searched at once, and what waits until that is over. A sweep serves a round over all households, or a
// queue so long that looking at each by itself would take longer.
const NAME = 'duplicates'
const MANY_WAITING = 5000

const due = statement<{ name: string }[], { due: 0 | 1 }>(`SELECT EXISTS (SELECT 1 FROM followers h WHERE h.name = 'households'
  AND NOT EXISTS (SELECT 1 FROM followers s WHERE s.name = @name AND s.round >= h.round AND s.finished_at IS NOT NULL)) AS due`)
const ask = statement<{ name: string }[], unknown>('UPDATE followers SET finished_at = NULL, done = 0 WHERE name = @name AND finished_at IS NOT NULL')
const waitingMany = statement<{ many: number }[], { many: 0 | 1 }>('SELECT EXISTS (SELECT 1 FROM check_queue LIMIT 1 OFFSET @many) AS many')
const begin = statement<{ name: string, now: string }[], unknown>(`INSERT INTO followers (name, sequence, round, total, started_at)
  SELECT @name, 0, round, (SELECT count(*) FROM households), @now FROM followers WHERE name = 'households'
  ON CONFLICT (name) DO UPDATE SET round = excluded.round, total = excluded.total, done = 0, started_at = excluded.started_at, finished_at = NULL`)
const move = statement<[number, string], unknown>('UPDATE followers SET done = min(total, CAST(total * ? AS INTEGER)) WHERE name = ?')
const end = statement<[string, string], unknown>('UPDATE followers SET done = total, finished_at = ? WHERE name = ?')
const state = statement<[string], Following>(`SELECT sequence, cursor, round, done, total, started_at AS startedAt, finished_at AS finishedAt,
  (SELECT count(*) FROM duplicate_later) AS waiting FROM followers WHERE name = ?`)

const putLater = statement<[string], unknown>('INSERT INTO duplicate_later (household_id) VALUES (?) ON CONFLICT DO NOTHING')
const forgetLater = statement<[], unknown>('DELETE FROM duplicate_later')
const queueLater = statement<[], unknown>(`INSERT INTO check_queue (household_id, sequence)
  SELECT household_id, (SELECT coalesce(max(seq), 0) FROM audit_entries) FROM duplicate_later WHERE true ON CONFLICT DO NOTHING`)

export const isSweepDue = (db: Db) => due(db).get({ name: NAME })!.due === 1
export const scanLater = (db: Db, householdId: string) => void putLater(db).run(householdId)

export function readSweep(db: Db): Following | undefined {
  const found = state(db).get(NAME)
  return found && isSweepDue(db) ? { ...found, finishedAt: null } : found
}

// A long queue is let by first: what it brings is found by one search, not by one after the other.
export function isTimeToSweep(db: Db): boolean {
  if (waitingMany(db).get({ many: MANY_WAITING })!.many === 1) {
    if (!isSweepDue(db)) ask(db).run({ name: NAME })
    return false
  }
  return isSweepDue(db)
}

// Whoever was put off until now will be read by the sweep that begins.
export const beginSweep = (db: Db, now: string) => db.$client.transaction(() => {
  begin(db).run({ name: NAME, now })
  forgetLater(db).run()
}).immediate()

export const tellSweep = (db: Db, share: number) => void move(db).run(share, NAME)

export const endSweep = (db: Db, now: string) => db.$client.transaction(() => {
  queueLater(db).run()
  forgetLater(db).run()
  end(db).run(now, NAME)
}).immediate()
