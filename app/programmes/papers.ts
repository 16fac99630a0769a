import { eq } from 'drizzle-orm'
import { attach, listAttachments, type Attachment } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { kindOf } from '#app/programmes/judging.ts'
import type { Paper } from '#app/programmes/programme.ts'
import type { RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { invalid } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { attachments } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

const MINUTES: Paper = { name: 'minutes', label: 'Foto atau PDF berita acara', required: false }

// The papers a form of this kind takes.
export const papersFor = (programme: RecipientChange['programme'], kind: string): Paper[] => {
  const { papers = [], minutes } = kindOf(programmeOf(programme), kind)
  return [...papers, ...(minutes && !papers.some(({ name }) => name === 'minutes') ? [MINUTES] : [])]
}

const subjectOf = (id: string) => `recipient-change:${id}`

// A paper's id is its change and its content, so the same file sent again is the same paper.
export function attachChangePapers(tx: Tx, { id, programme, kind, regionCode }: RecipientChange, files: ReceivedFile[]) {
  const names = papersFor(programme, kind).map(({ name }) => name)
  for (const file of files.filter(({ field }) => names.includes(field))) {
    attach(tx, `${id}-${file.field}-${file.sha256.slice(0, 24)}`, file, { subject: subjectOf(id), regionCode })
    tx.audit('recipient_change.paper_added', id, { kind: file.field, sha256: file.sha256 })
  }
}

export function demandChangePapers({ db }: Tx, { id, programme, kind }: RecipientChange) {
  const has = db.select({ kind: attachments.kind }).from(attachments).where(eq(attachments.subject, subjectOf(id))).limit(50).all().map((row) => row.kind)
  const missing = papersFor(programme, kind).filter(({ name, required }) => required && !has.includes(name))
  if (missing.length > 0) throw invalid(Object.fromEntries(missing.map(({ name, label }) => [name, `Unggah: ${label} (PDF atau foto).`])))
}

export const papersOf = (db: Db, actor: Actor, { id, programme, kind }: RecipientChange): (Attachment & { label: string })[] => {
  const labels = new Map(papersFor(programme, kind).map(({ name, label }) => [name, label]))
  return listAttachments(db, actor, subjectOf(id)).map((paper) => ({ ...paper, label: labels.get(paper.kind) ?? 'Berkas' }))
}
