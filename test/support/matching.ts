import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { stringify } from 'csv-stringify/sync'
import type { Outcome, Question } from '#app/matching/matcher.ts'
import { recordAnswer } from '#app/matching/recording.ts'
import { cancelRun, getRun, startRun, type NewRun } from '#app/matching/runs.ts'
import { runsDone, workOnRun } from '#app/matching/run-work.ts'
import { fateOf, simulator } from '#app/matching/simulator.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { households, matchingImportRows, matchingImports, matchingQuestions, matchingRuns, visits } from '#db/schema/index.ts'
import { aRecord, type Given } from '#test/support/records.ts'
import { addHousehold, as, BANTUL, rina, type Wanted } from '#test/support/world.ts'

let serial = 0

// A couple of whom the simulator says: of the head what is wished, of the other "padan".
export function recordFated(fate: Outcome, given: Given = {}): HouseholdRecord {
  for (serial += 1; serial < 9999; serial += 1) {
    const record = aRecord({ ...given, serial })
    const [head, spouse] = record.members.map(({ nik }) => fateOf(nik as string))
    if (head === fate && spouse === 'padan') return record
  }
  throw new Error(`No serial is left for ${fate}.`)
}

export const addFated = (db: Db, id: string, fate: Outcome, { head, ...wanted }: Omit<Wanted, 'record'> = {}) =>
  addHousehold(db, id, { ...wanted, record: recordFated(fate, { head }) })

// A run of Rina's over Bantul, as far as it comes by itself.
export async function run(db: Db, wanted: Partial<NewRun> = {}, at?: string) {
  const { id } = as(db, rina, (tx) => startRun(tx, { id: randomUUID(), regionCode: BANTUL, who: ['never', 'changed'], method: 'simulator', letter: '', ...wanted }), at)
  workOnRun(db, id)
  await runsDone(db)
  return getRun({ db, actor: rina }, id)
}

export const close = (db: Db, id: string) => as(db, rina, (tx) => cancelRun(tx, id))

type Line = Record<string, string>
const WORDS: Record<string, string> = {
  not_found: 'Data Tidak Ditemukan', deceased: 'Meninggal dunia', duplicate: 'NIK ganda', not_online: 'NIK belum online', trouble: 'Gangguan layanan', found: '',
}

// What Dukcapil would send back for the file it was given: the simulator's answers in the register's own columns.
export async function answerFile(questions: string, change: (line: Line, i: number) => Line = (line) => line): Promise<string> {
  const asked = parse(questions, { columns: true, delimiter: ';', bom: true }) as Line[]
  const answers = await simulator.ask(asked.map(({ NIK, NO_KK, NAMA_LGKP, TGL_LHR }): Question =>
    ({ nik: NIK!, kkNumber: NO_KK || null, name: NAMA_LGKP!, sex: null, birthDate: TGL_LHR || null, tries: 0 })))
  const lines = asked.map(({ NO_PERMINTAAN, NIK }, i) => {
    const { said, person } = answers[i]!
    return change({ NO_PERMINTAAN: NO_PERMINTAAN!, NIK: NIK!, NO_KK: person?.kkNumber ?? '', NAMA_LGKP: person?.name ?? '', TGL_LHR: person?.birthDate ?? '', KETERANGAN: WORDS[said]! }, i)
  })
  return stringify(lines, { header: true, delimiter: ';' })
}

// For whoever needs one of everything: a run that waits for its file, a file that waits to be confirmed, and a first answer.
export function addMatching(db: Db, householdId: string) {
  const at = '2026-03-01T02:00:00.000Z'
  const { record, regionCode } = db.select().from(households).where(eq(households.id, householdId)).get()!
  db.insert(matchingRuns).values({ id: 'match-run', regionCode: BANTUL, who: ['never'], method: 'file', status: 'waiting', startedBy: rina.id, startedAt: at, questionCount: 1 }).run()
  db.insert(matchingQuestions).values({ runId: 'match-run', position: 1, householdId, memberSeq: 1, regionCode, nik: record.members[0]!.nik as string, name: record.members[0]!.name as string }).run()
  const question = db.select().from(matchingQuestions).where(eq(matchingQuestions.runId, 'match-run')).get()!
  as(db, rina, (tx) => recordAnswer(tx, question, { said: 'deceased', person: { nik: question.nik, name: question.name } }, 'file'))
  db.insert(matchingImports).values({
    id: 'match-answers', runId: 'match-run', fileName: 'jawaban.csv', sha256: 'ef'.repeat(32), bytes: 1, status: 'previewed', uploadedBy: rina.id, uploadedAt: at, rowCount: 1, errorCount: 1, outcomes: {},
  }).run()
  db.insert(matchingImportRows).values({ importId: 'match-answers', position: 1, line: 2, action: 'error', errors: [{ column: 'NIK', message: 'NIK harus 16 angka.', value: '1' }] }).run()
}

// As Dukcapil has answered of the head, as visited: NIK and name are one person's.
export function markKnown(db: Db, householdId: string) {
  const { record, regionCode } = db.select({ record: visits.record, regionCode: visits.regionCode }).from(visits).where(eq(visits.householdId, householdId)).get()!
  const runId = `known-${householdId}`
  const { nik, name } = record.members[0]! as { nik: string, name: string }
  db.insert(matchingRuns).values({ id: runId, regionCode: BANTUL, who: ['never'], method: 'file', status: 'done', startedBy: rina.id, startedAt: '2026-02-01T02:00:00.000Z', questionCount: 1 }).run()
  const question = db.insert(matchingQuestions).values({ runId, position: 1, householdId, memberSeq: 1, regionCode, nik, name }).returning().get()
  as(db, rina, (tx) => recordAnswer(tx, question, { said: 'found', person: { nik, name } }, 'file'))
}
