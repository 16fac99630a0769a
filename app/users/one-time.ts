import { eq } from 'drizzle-orm'
import { invalid } from '#app/problems.ts'
import type { Db } from '#db/connection.ts'
import { oneTimePasswords } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A password that an administrator has seen is good for three days: long enough for a slip of paper to reach a far desa, too
// short to lie about.
export const ONE_TIME_HOURS = 72
const LIFE_MS = ONE_TIME_HOURS * 60 * 60 * 1000

const endOf = statement<[string], { expiresAt: string }>('SELECT expires_at AS expiresAt FROM one_time_passwords WHERE user_id = ?')

export const oneTimeEnd = (db: Db, userId: string): string | undefined => endOf(db).get(userId)?.expiresAt

export function beginOneTime(tx: Tx, userId: string) {
  const expiresAt = new Date(Date.parse(tx.now) + LIFE_MS).toISOString()
  tx.db.insert(oneTimePasswords).values({ userId, expiresAt }).onConflictDoUpdate({ target: oneTimePasswords.userId, set: { expiresAt } }).run()
}

export const endOneTime = (tx: Tx, userId: string) => void tx.db.delete(oneTimePasswords).where(eq(oneTimePasswords.userId, userId)).run()

// Told only to whoever typed it right: it is worth nothing any more.
export function demandUnexpired(db: Db, userId: string, field: string, now: number) {
  const end = oneTimeEnd(db, userId)
  if (end && Date.parse(end) < now) throw invalid({ [field]: 'Minta admin sistem membuat kata sandi sementara yang baru.' }, `Kata sandi sementara ini sudah lewat ${ONE_TIME_HOURS} jam, jadi tidak berlaku lagi.`)
}
