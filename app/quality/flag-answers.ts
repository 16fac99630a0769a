import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { flagAnswers, visitFlags, visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type FlagAnswer = { code: string, text: string, at: string }
// key: made with the form, so that a form sent twice answers once.
export type Answering = { key: string, visitId: string, code: string, text: string }

const MOST_ANSWERS = 5

// The officer's own words to a flag of his own visit. The checker reads them beside the flag; the flag itself stays.
export function answerFlag(tx: Tx, { key, visitId, code, text }: Answering) {
  demand(tx.actor, 'visit.submit')
  const before = tx.db.select().from(flagAnswers).where(eq(flagAnswers.id, key)).get()
  if (before && before.officerId === tx.actor.id && before.visitId === visitId && before.code === code) return
  if (before) throw conflict('Formulir ini sudah dipakai. Muat ulang halaman.')
  const flag = tx.db.select({ code: visitFlags.code }).from(visitFlags).innerJoin(visits, eq(visits.id, visitFlags.visitId))
    .where(and(eq(visitFlags.visitId, visitId), eq(visitFlags.code, code), eq(visits.officerId, tx.actor.id), isNotNull(visits.submittedAt))).get()
  if (!flag) throw notFound('Tanda')
  const said = tx.db.select({ text: flagAnswers.text }).from(flagAnswers).where(and(eq(flagAnswers.visitId, visitId), eq(flagAnswers.code, code))).limit(MOST_ANSWERS).all()
  if (said.some((one) => one.text === text)) return
  if (said.length >= MOST_ANSWERS) throw invalid({ text: `Tanda ini sudah dijelaskan ${MOST_ANSWERS} kali. Hubungi pemeriksa bila masih ada yang perlu disampaikan.` })
  tx.db.insert(flagAnswers).values({ id: key, visitId, code, officerId: tx.actor.id, text, at: tx.now }).run()
  tx.audit('visit.flag_answered', visitId, { code })
}

// The caller has read the visit in its scope.
export const answersTo = (db: Db, visitId: string): FlagAnswer[] =>
  db.select({ code: flagAnswers.code, text: flagAnswers.text, at: flagAnswers.at }).from(flagAnswers)
    .where(eq(flagAnswers.visitId, visitId)).orderBy(asc(flagAnswers.at), asc(flagAnswers.id)).limit(200).all()
