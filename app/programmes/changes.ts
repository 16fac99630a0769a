import { eq } from 'drizzle-orm'
import { attachChangePapers, demandChangePapers } from '#app/programmes/papers.ts'
import { judge, kindOf, type Judged } from '#app/programmes/judging.ts'
import { openPeriod } from '#app/programmes/periods.ts'
import type { Facts, ProgrammeCode } from '#app/programmes/programme.ts'
import type { RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { getChange, keepStep, moveChange } from '#app/programmes/steps.ts'
import type { Place } from '#app/programmes/subjects.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { conflict, invalid } from '#app/problems.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { demand } from '#app/users/permissions.ts'
import { recipientChanges } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// key: of the form, so that a form sent twice is one act. id: of the change, and once ratified of whom an entry makes.
export type Wanted = {
  key: string, id: string, programme: ProgrammeCode, kind: string, variant?: string, recipientId?: string, replacedId?: string, subject?: Place
  reasonCode?: string, note?: string, minutesNumber?: string, minutesDate?: string, periodId?: string, data?: Facts, files?: ReceivedFile[]
}

// Proposes a change, or sends a returned one again.
export function proposeChange(tx: Tx, wanted: Wanted): RecipientChange {
  demand(tx.actor, 'programme.propose')
  const known = tx.db.select().from(recipientChanges).where(eq(recipientChanges.id, wanted.id)).get()
  if (known && known.proposedBy !== tx.actor.id) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  if (!isFirstTime(tx, wanted.key)) return getChange(tx, wanted.id)
  if (known && known.status !== 'returned') throw conflict('Usulan ini sudah diajukan dan tidak bisa diubah lagi.')
  const judged = judge(tx, wanted, known?.proposedAt)
  if (known && (known.programme !== judged.programme || known.kind !== judged.kind)) throw conflict('Jenis perubahan tidak bisa diganti. Tarik usulan ini dan buat yang baru.')
  if (known) rewrite(tx, known, wanted, judged)
  else write(tx, wanted, judged)
  const kept = getChange(tx, wanted.id)
  attachChangePapers(tx, kept, wanted.files ?? [])
  demandChangePapers(tx, kept)
  return kept
}

const told = (tx: Tx, { id, programme, kind, note = '', minutesNumber, minutesDate, periodId }: Wanted, judged: Judged) => {
  const { minutes, dueDays } = kindOf(programmeOf(programme), kind)
  if (minutes) demandMinutes(minutesNumber, minutesDate, dayOf(tx.now))
  const { proposedAt: _, ...facts } = judged
  return {
    ...facts, id, note: note.trim().slice(0, 1000), minutesNumber: minutesNumber || null, minutesDate: minutesDate || null,
    dueOn: dueDays === undefined ? null : addDays(dayOf(judged.proposedAt), dueDays), periodId: periodFor(tx, judged, periodId),
  }
}

function demandMinutes(number = '', date = '', today: string) {
  const wrong: Record<string, string> = {}
  if (number.trim() === '') wrong.minutesNumber = 'Isi nomor berita acara musdes/muskel.'
  if (date === '') wrong.minutesDate = 'Isi tanggal berita acara.'
  else if (date > today) wrong.minutesDate = 'Tanggal berita acara belum tiba.'
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
}

// The one that was chosen while it still takes changes, else the next that does.
function periodFor({ db, now }: Tx, { programme, regionCode }: Judged, chosen?: string): string | null {
  const open = openPeriod(db, programme, regionCode, dayOf(now))
  return isOpenPeriod(db).get(chosen ?? '', programme, dayOf(now)) ? chosen! : open?.id ?? null
}

const isOpenPeriod = statement<[string, string, string], number>('SELECT 1 FROM programme_periods WHERE id = ? AND programme = ? AND cutoff_on >= ? AND closed_at IS NULL')

function write(tx: Tx, wanted: Wanted, judged: Judged) {
  tx.db.insert(recipientChanges).values({ ...told(tx, wanted, judged), status: 'submitted', statusAt: tx.now, proposedBy: tx.actor.id, proposedAt: tx.now }).run()
  keepStep(tx, wanted.id, null, 'submitted')
}

const rewrite = (tx: Tx, known: RecipientChange, wanted: Wanted, judged: Judged) =>
  moveChange(tx, known, 'submitted', { set: { ...told(tx, wanted, judged), revision: known.revision + 1 } })
