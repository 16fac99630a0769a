import { asc, count, eq } from 'drizzle-orm'
import { ATTENDANCE, getOwnMusdes, refuseImplausible, type Musdes } from '#app/musdes/musdes.ts'
import { conflict, invalid } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { musdes, musdesRevisions, users } from '#db/schema/index.ts'
import type { MeetingFacts } from '#db/schema/musdes.ts'
import type { Tx } from '#db/transaction.ts'

export type Correction = MeetingFacts & { revision: number, note: string }

const FACTS = ['heldOn', 'startedAt', 'endedAt', 'place', 'chairName', 'chairPosition', 'minutesNumber'] as const
const factsOf = ({ heldOn, startedAt, endedAt, place, chairName, chairPosition, minutesNumber, attendance }: MeetingFacts): MeetingFacts =>
  ({ heldOn, startedAt, endedAt, place, chairName, chairPosition, minutesNumber, attendance })

const revisionOf = (db: Db, id: string) => db.select({ n: count() }).from(musdesRevisions).where(eq(musdesRevisions.musdesId, id)).get()!.n

// What the form begins with.
export const typedOf = (db: Db, meeting: Musdes): Record<string, string> => ({
  ...Object.fromEntries(FACTS.map((key) => [key, meeting[key]])),
  ...Object.fromEntries(ATTENDANCE.map((key) => [key, String(meeting.attendance[key] ?? 0)])), revision: String(revisionOf(db, meeting.id)),
})

// Mends what was written down of a meeting; its desa and its results stay. What it said before is kept. The same form sent
// again has one effect; somebody else's correction in between is a conflict.
export function correctMusdes(tx: Tx, id: string, { revision, note, ...facts }: Correction) {
  const meeting = getOwnMusdes(tx, id)
  const changed = changesBetween(meeting, facts)
  const newest = revisionOf(tx.db, id)
  if (changed.length === 0 && newest > revision) return
  if (newest !== revision) throw conflict('Keterangan musdes ini baru saja diperbaiki. Buka lagi halamannya.')
  if (changed.length === 0) throw invalid({ note: 'Belum ada yang diubah.' })
  refuseImplausible(tx, facts)
  tx.db.insert(musdesRevisions).values({ musdesId: id, revision: revision + 1, former: factsOf(meeting), note, changedBy: tx.actor.id, changedAt: tx.now }).run()
  tx.db.update(musdes).set(factsOf(facts)).where(eq(musdes.id, id)).run()
  tx.audit('musdes.corrected', id, { revision: revision + 1, fields: changed.map(({ key }) => key), note })
}

export type Change = { key: string, before: string, after: string }

function changesBetween(before: MeetingFacts, after: MeetingFacts): Change[] {
  const facts = FACTS.map((key) => ({ key: key as string, before: before[key], after: after[key] }))
  const heads = ATTENDANCE.map((key) => ({ key: key as string, before: String(before.attendance[key] ?? 0), after: String(after.attendance[key] ?? 0) }))
  return [...facts, ...heads].filter((one) => one.before !== one.after)
}

export type Corrected = ReturnType<typeof correctionsOf>[number]

// Each correction with what it changed, the newest first. The caller has read the meeting in its scope.
export function correctionsOf(db: Db, meeting: Musdes) {
  const rows = db.select({ former: musdesRevisions.former, note: musdesRevisions.note, changedAt: musdesRevisions.changedAt, changedBy: users.name })
    .from(musdesRevisions).leftJoin(users, eq(users.id, musdesRevisions.changedBy))
    .where(eq(musdesRevisions.musdesId, meeting.id)).orderBy(asc(musdesRevisions.revision)).all()
  return rows.map(({ former, ...row }, i) => ({ ...row, changes: changesBetween(former, rows[i + 1]?.former ?? meeting) })).reverse()
}
