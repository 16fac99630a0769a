import { createHash } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { wordsOf } from '#app/public/names.ts'
import { reports } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// The same words, or the same picture, in so many reports within this time look like one person pressing often. It is only
// a mark for who examines: nothing is refused by it.
const OFTEN = 3
const WITHIN_DAYS = 60

// The words alone: capitals, signs and spaces make no other text.
export const hashText = (text: string) => createHash('sha256').update(wordsOf(text).join(' ')).digest('hex')

const sameText = statement<[string, string], string>('SELECT id FROM reports WHERE text_hash = ? AND created_at > ? ORDER BY number DESC LIMIT 500')
const samePhotos = statement<[string, string], string>(`SELECT DISTINCT other.report_id FROM report_photos own JOIN report_photos other ON other.sha256 = own.sha256
  WHERE own.report_id = ? AND other.added_at > ? LIMIT 500`)

// Marks the report that came and its likes.
export function markSuspicious(tx: Tx, { id, textHash }: { id: string, textHash: string }) {
  const since = new Date(Date.parse(tx.now) - WITHIN_DAYS * 86_400_000).toISOString()
  const byText = sameText(tx.db).pluck().all(textHash, since) as unknown as string[]
  const byPhoto = samePhotos(tx.db).pluck().all(id, since) as unknown as string[]
  if (byText.length >= OFTEN) mark(tx, byText, 'text')
  if (byPhoto.length >= OFTEN) mark(tx, byPhoto, 'photo')
}

function mark(tx: Tx, ids: string[], sign: 'text' | 'photo') {
  const known = tx.db.select({ id: reports.id, suspicion: reports.suspicion }).from(reports).where(inArray(reports.id, ids)).limit(500).all()
  for (const { id, suspicion } of known) {
    if (suspicion === sign || suspicion === 'both') continue
    tx.db.update(reports).set({ suspicion: suspicion === '' ? sign : 'both' }).where(eq(reports.id, id)).run()
    tx.audit('report.suspected', id, { sign })
  }
}
