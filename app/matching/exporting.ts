import { sheetOf, type Sheet } from '#app/exports/sheet.ts'
import { QUESTION_COLUMNS, requestNumber } from '#app/matching/answer-columns.ts'
import type { AskedQuestion } from '#app/matching/recording.ts'
import { getRun, type Run } from '#app/matching/runs.ts'
import { conflict } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type FileFormat = 'csv' | 'xlsx'

// The file carries whole numbers, so giving it out is on record.
export function openQuestions(tx: Tx, id: string, format: FileFormat): Run {
  demand(tx.actor, 'matching.run')
  const run = getRun(tx, id)
  if (run.method !== 'file') throw conflict('Putaran ini dijawab langsung, tidak dengan berkas.')
  if (run.status === 'preparing') throw conflict('Putaran ini masih disiapkan. Tunggu sampai daftarnya lengkap.')
  tx.audit('matching.exported', id, { run: run.number, format, people: run.questionCount, ...(run.letter && { letter: run.letter }) })
  return run
}

const questionsAfter = statement<[string, number, number], Pick<AskedQuestion, 'position' | 'nik' | 'name' | 'sex' | 'birthDate' | 'birthPlace' | 'kkNumber'>>(`
  SELECT position, nik, name, sex, birth_date AS birthDate, birth_place AS birthPlace, kk_number AS kkNumber
  FROM matching_questions WHERE run_id = ? AND position > ? ORDER BY position LIMIT ?`)
const CHUNK = 500

// The people of a run as the register wants them asked; the bytes come out as the rows go in.
export function questionSheet(db: Db, { id, number }: Pick<Run, 'id' | 'number'>, format: FileFormat): Sheet['output'] {
  const sheet = sheetOf(format, QUESTION_COLUMNS.map((label) => ({ label })))
  void fill(db, sheet, id, number).catch((error: Error) => sheet.output.destroy(error))
  return sheet.output
}

async function fill(db: Db, sheet: Sheet, id: string, number: number) {
  for (let after: number | undefined = 0; after !== undefined && !sheet.output.destroyed;) {
    const rows: ReturnType<ReturnType<typeof questionsAfter>['all']> = questionsAfter(db).all(id, after, CHUNK)
    await sheet.write(rows.map(({ position, nik, kkNumber, name, sex, birthPlace, birthDate }) => [
      requestNumber(number, position), nik, kkNumber, name.toUpperCase(), sex === 1 ? 'L' : sex === 2 ? 'P' : null, birthPlace, birthDate,
    ]))
    after = rows.length === CHUNK ? rows.at(-1)!.position : undefined
  }
  await sheet.end()
}
