import { asc, eq } from 'drizzle-orm'
import type { Db } from '#db/connection.ts'
import { protectionSteps, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// The clock of UU 27/2022: an answer to a citizen (art. 30 and 32) and the notice of a failure (art. 46) are due after 3 × 24 hours.
const TERM_MS = 72 * 3_600_000
export const dueAfter = (at: string) => new Date(Date.parse(at) + TERM_MS).toISOString()

export const putStep = (tx: Tx, subject: string, kind: string, note = '') =>
  void tx.db.insert(protectionSteps).values({ subject, kind, at: tx.now, by: tx.actor.id, note }).run()

export type Step = ReturnType<typeof stepsOf>[number]
export const stepsOf = (db: Db, subject: string) =>
  db.select({ kind: protectionSteps.kind, at: protectionSteps.at, note: protectionSteps.note, by: users.name }).from(protectionSteps)
    .leftJoin(users, eq(users.id, protectionSteps.by)).where(eq(protectionSteps.subject, subject)).orderBy(asc(protectionSteps.id)).limit(300).all()
