import { and, asc, eq } from 'drizzle-orm'
import { recordFile } from '#app/files/store.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { seesNumbers } from '#app/households/masking.ts'
import type { Actor } from '#app/users/actor.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { attachments } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Attachment = typeof attachments.$inferSelect

// Ties a received file to what it proves: subject "musdes:<id>", "batch:<id>". id: made by the caller.
export function attach(tx: Tx, id: string, file: ReceivedFile, { subject, regionCode }: Pick<Attachment, 'subject' | 'regionCode'>) {
  recordFile(tx, file)
  tx.db.insert(attachments).values({
    id, subject, regionCode, sha256: file.sha256, kind: file.field, name: file.name, addedBy: tx.actor.id, addedAt: tx.now,
  }).onConflictDoNothing().run()
}

// The archive of a batch is every NIK and No KK of it, and what proves a usulan or a change is mostly a scan of a card: nothing for who reads without
// them. The minutes of its meeting are.
export const seesPaper = (actor: Actor, { subject, kind }: Pick<Attachment, 'subject' | 'kind'>) =>
  seesNumbers(actor) || !(kind === 'package' && subject.startsWith('batch:') || kind !== 'minutes' && /^(proposal|recipient-change):/.test(subject))

export const listAttachments = (db: Db, actor: Actor, subject: string): Attachment[] =>
  db.select().from(attachments).where(and(eq(attachments.subject, subject), within(attachments.regionCode, actor)))
    .orderBy(asc(attachments.addedAt), asc(attachments.id)).limit(200).all().filter((paper) => seesPaper(actor, paper))
