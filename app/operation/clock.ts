import { invalid } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { ZONE_WORDS } from '#app/questionnaire/zones.ts'
import { system } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// An empty battery or a wrong time server may set the clock a year ahead, and then everything looks past its days. So the last time that was
// believed is kept; a clock that has run away from it by days deletes and closes nothing until somebody confirms today's date.
export type Clock = { seenAt: string, doubtedAt: string | null }

// A server may be off over a long weekend.
export const APART_DAYS = 4

const select = statement<[], Clock>('SELECT seen_at AS seenAt, doubted_at AS doubtedAt FROM clock WHERE id = 1')
const put = statement<[Clock], unknown>('INSERT INTO clock (id, seen_at, doubted_at) VALUES (1, @seenAt, @doubtedAt) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, doubted_at = excluded.doubted_at')
const lastLine = statement<[], string>('SELECT at FROM audit_entries ORDER BY seq DESC LIMIT 1')

export const readClock = (db: Db) => select(db).get()

// Since when the clock is not believed, and what time was believed last.
export function doubtOf(db: Db): { seenAt: string, doubtedAt: string } | undefined {
  const { seenAt, doubtedAt } = readClock(db) ?? { seenAt: '', doubtedAt: null }
  return doubtedAt === null ? undefined : { seenAt, doubtedAt }
}

// At the start and every hour, before what deletes. Back where it belongs, it is believed again by itself.
export function followClock(db: Db, now = new Date()) {
  const before = readClock(db)
  const seenAt = before?.seenAt ?? lastLine(db).pluck().get() as string | undefined ?? now.toISOString()
  const apart = now.getTime() - Date.parse(seenAt) > APART_DAYS * 86_400_000
  if (apart === (before?.doubtedAt != null)) return void (apart || put(db).run({ seenAt: now.toISOString(), doubtedAt: null }))
  transact(db, system, (tx) => {
    put(tx.db).run(apart ? { seenAt, doubtedAt: tx.now } : { seenAt: tx.now, doubtedAt: null })
    tx.audit(apart ? 'clock.doubted' : 'clock.back', 'jam', { seenAt, clock: tx.now })
  }, now)
}

// What is done by the calendar and cannot be taken back.
export const unlessDoubted = <T>(db: Db, work: () => T) => doubtOf(db) ? undefined : work()

const ZONES = Object.keys(ZONE_WORDS).map(Number)

// day: today, as the one who confirms knows it from elsewhere. Said twice it is the same.
export function confirmClock(tx: Tx, day: string) {
  demand(tx.actor, 'operation.read')
  const doubt = doubtOf(tx.db)
  if (!doubt) return
  if (!ZONES.some((zone) => day === dayOf(tx.now, zone))) throw invalid({ day: `Jam server menunjukkan ${inWords(dayOf(tx.now))}. Bila hari ini bukan tanggal itu, betulkan dahulu jam server; sesudah itu penghapusan berjalan lagi sendiri.` })
  put(tx.db).run({ seenAt: tx.now, doubtedAt: null })
  tx.audit('clock.confirmed', 'jam', { seenAt: doubt.seenAt, clock: tx.now })
}
