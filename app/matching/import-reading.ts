import { eq } from 'drizzle-orm'
import { inChunks } from '#app/assignments/tables.ts'
import { letOthers } from '#app/background.ts'
import { findFile } from '#app/files/store.ts'
import { readAnswer, readRequest, type CellError, type Cells } from '#app/matching/answer-columns.ts'
import { openAnswers, type AnswerLine } from '#app/matching/answer-file.ts'
import type { AnswerImport } from '#app/matching/imports.ts'
import { judge, type Judgement } from '#app/matching/judging.ts'
import type { Answer, Outcome } from '#app/matching/matcher.ts'
import type { AskedQuestion } from '#app/matching/recording.ts'
import { findRun } from '#app/matching/runs.ts'
import { notFound } from '#app/problems.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { matchingImports } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact } from '#db/transaction.ts'

const CHUNK = 50

const COLUMNS = `run_id AS runId, position, household_id AS householdId, member_seq AS memberSeq, region_code AS regionCode, nik, kk_number AS kkNumber, name,
  sex, birth_date AS birthDate, birth_place AS birthPlace, outcome, answered_at AS answeredAt`
const byPosition = statement<[string, number], AskedQuestion>(`SELECT ${COLUMNS} FROM matching_questions WHERE run_id = ? AND position = ?`)
const byNik = statement<[string, string], AskedQuestion>(`SELECT ${COLUMNS} FROM matching_questions WHERE run_id = ? AND nik = ? LIMIT 20`)
const lastAnswer = statement<[string, number, string], Pick<Judgement, 'outcome' | 'registerName' | 'registerKk'>>(`SELECT outcome, register_name AS registerName,
  register_kk AS registerKk FROM match_results WHERE household_id = ? AND member_seq = ? AND run_id = ? ORDER BY id DESC LIMIT 1`)
const insertRow = statement<unknown[], unknown>(`INSERT INTO matching_import_rows (import_id, position, line, question, action, outcome, score, name, answer, errors)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const removeRows = statement<[string, number], unknown>(
  'DELETE FROM matching_import_rows WHERE rowid IN (SELECT rowid FROM matching_import_rows WHERE import_id = ? LIMIT ?)')
const answeredBefore = statement<[string, number], { line: number }>('SELECT line FROM matching_import_rows WHERE import_id = ? AND question = ? LIMIT 1')
const statusOf = statement<[string], { status: AnswerImport['status'] }>('SELECT status FROM matching_imports WHERE id = ?')

export const hasStatus = (db: Db, id: string, status: AnswerImport['status']) => statusOf(db).get(id)?.status === status

export async function clearRows(db: Db, id: string) {
  while (removeRows(db).run(id, 1000).changes > 0) await letOthers()
}

type Counts = Pick<AnswerImport, 'rowCount' | 'newCount' | 'changedCount' | 'sameCount' | 'errorCount'> & { outcomes: Partial<Record<Outcome, number>>, position: number }

// Reads the file from its beginning into lines to be looked at; nobody's answer changes. Ends early when discarded.
export async function readImport(db: Db, directory: string, { id, sha256, runId }: AnswerImport) {
  await clearRows(db, id)
  const stored = findFile(db, sha256)
  const run = findRun(db, runId)
  if (!stored || !run) throw notFound('Berkas')
  const file = await openAnswers(directory, stored)
  const counts: Counts = { rowCount: 0, newCount: 0, changedCount: 0, sameCount: 0, errorCount: 0, outcomes: {}, position: 0 }
  const take = (line: AnswerLine) => takeLine(db, { importId: id, run, counts }, line)
  const takeChunk = (chunk: AnswerLine[]) => transact(db, system, () => {
    if (!hasStatus(db, id, 'reading')) return false
    chunk.forEach(take)
    const { position: _position, ...kept } = counts
    db.update(matchingImports).set({ ...kept, bytesRead: file.bytesRead() }).where(eq(matchingImports.id, id)).run()
    return true
  })
  try {
    for await (const chunk of inChunks(file.lines, CHUNK)) {
      if (!takeChunk(chunk)) return
      await letOthers()
    }
    finishReading(db, id, [...file.ignored])
  } finally {
    await file.close()
  }
}

type Into = { importId: string, run: { id: string, number: number }, counts: Counts }

// One line of the file answers one question; without its number, each of the run that carries this NIK.
function takeLine(db: Db, into: Into, { line, cells }: AnswerLine) {
  into.counts.rowCount += 1
  const { questions, errors } = findQuestions(db, into.run, cells)
  const said = readAnswer(cells)
  const wrong = [...errors, ...said.errors]
  if (wrong.length > 0) return keepWrong(db, into, line, cells, wrong)
  for (const question of questions) {
    const before = answeredBefore(db).get(into.importId, question.position)
    if (before) keepWrong(db, into, line, cells, [{ column: 'NIK', message: `Orang ini sudah dijawab pada baris ${before.line}.`, value: cells.NIK }])
    else keepAnswer(db, into, line, question, said.answer!)
  }
}

function findQuestions(db: Db, run: Into['run'], { NO_PERMINTAAN: number, NIK: nik }: Cells): { questions: AskedQuestion[], errors: CellError[] } {
  const wrong = (column: string, message: string, value?: string) => ({ questions: [], errors: [{ column, message, value }] })
  if (!nik || !/^\d{16}$/.test(nik)) return wrong('NIK', nik ? 'NIK harus 16 angka. Di Excel, jadikan kolomnya teks.' : 'NIK belum diisi.', nik)
  if (number) {
    const request = readRequest(number)
    if (!request) return wrong('NO_PERMINTAAN', `Nomor permintaan ini tidak terbaca; seharusnya seperti ${run.number}-1.`, number)
    if (request.run !== run.number) return wrong('NO_PERMINTAAN', `Baris ini menjawab putaran ${request.run}, bukan putaran ${run.number}.`, number)
    const question = byPosition(db).get(run.id, request.position)
    if (!question) return wrong('NO_PERMINTAAN', 'Nomor permintaan ini tidak ada pada putaran ini.', number)
    return question.nik === nik ? { questions: [question], errors: [] } : wrong('NIK', 'NIK berbeda dengan yang ditanyakan pada nomor permintaan ini.', nik)
  }
  const questions = byNik(db).all(run.id, nik)
  return questions.length > 0 ? { questions, errors: [] } : wrong('NIK', 'NIK ini tidak ditanyakan pada putaran ini.', nik)
}

function keepWrong(db: Db, { importId, counts }: Into, line: number, cells: Cells, errors: CellError[]) {
  counts.errorCount += 1
  insertRow(db).run(importId, counts.position += 1, line, null, 'error', null, null, cells.NAMA_LGKP?.slice(0, 200) ?? '', null, JSON.stringify(errors))
}

function keepAnswer(db: Db, { importId, counts }: Into, line: number, question: AskedQuestion, answer: Answer) {
  const judged = judge(question, answer)
  const before = question.outcome === null ? undefined : lastAnswer(db).get(question.householdId, question.memberSeq, question.runId)
  const action = !before ? 'new' : saysTheSame(before, judged) ? 'same' : 'changed'
  counts[`${action}Count`] += 1
  counts.outcomes[judged.outcome] = (counts.outcomes[judged.outcome] ?? 0) + 1
  insertRow(db).run(importId, counts.position += 1, line, question.position, action, judged.outcome, judged.score, question.name,
    action === 'same' ? null : JSON.stringify(answer), '[]')
}

const saysTheSame = (before: Pick<Judgement, 'outcome' | 'registerName' | 'registerKk'>, now: Judgement) =>
  before.outcome === now.outcome && before.registerName === now.registerName && before.registerKk === now.registerKk

function finishReading(db: Db, id: string, ignored: string[]) {
  const message = ignored.length ? `Kolom yang tidak dikenal dilewati: ${ignored.slice(0, 20).join(', ').slice(0, 400)}.` : null
  transact(db, system, (tx) => {
    if (!hasStatus(tx.db, id, 'reading')) return
    const { bytes } = tx.db.select({ bytes: matchingImports.bytes }).from(matchingImports).where(eq(matchingImports.id, id)).get()!
    tx.db.update(matchingImports).set({ status: 'previewed', bytesRead: bytes, message }).where(eq(matchingImports.id, id)).run()
    tx.audit('matching.answers_previewed', id)
  })
}
