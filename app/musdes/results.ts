import { and, eq } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { moveStage } from '#app/households/moves.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { getOwnMusdes, type Musdes } from '#app/musdes/musdes.ts'
import { isKnownPrelistId, OPEN, rowsById, type MeetingRow } from '#app/musdes/rows.ts'
import { invalid, notFound } from '#app/problems.ts'
import { parseSection } from '#app/questionnaire/form.ts'
import { CURRENT, findMistakes, isAsked, sectionOf } from '#app/questionnaire/questionnaire.ts'
import { emptyRecord, type Answers } from '#app/questionnaire/record.ts'
import { households, musdesResults } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

const BLOCK = sectionOf(CURRENT, 'musdes')
export const MOST_AT_ONCE = 100

// What was entered of one row, as the form gave it. seen: when the result shown on the page had been recorded.
export type Entry = { id: string, seen: string, duplicateOf: string, note: string, fields: Record<string, string> }
export type Decided = { status: number, notFoundReason: number | null, duplicateOf: string | null, answers: Record<string, unknown>, note: string }

type Row = Omit<MeetingRow, 'isOpen'>

// Records what the meeting said of each row, all of them or none. Rows without a result, and rows already so recorded,
// are passed over: the page may be sent twice.
export function recordResults(tx: Tx, musdesId: string, entries: Entry[]): number {
  const meeting = getOwnMusdes(tx, musdesId)
  const spoken = entries.filter(({ fields }) => fields.musdesHouseholdStatus)
  if (spoken.length > MOST_AT_ONCE) throw invalid({ rows: `Paling banyak ${MOST_AT_ONCE} baris sekaligus.` })
  const rows = new Map(rowsById(tx.db, tx.actor, meeting, spoken.map(({ id }) => id)).map((row) => [row.household.id, row]))
  const wrong: Record<string, string> = {}
  const changes = spoken.flatMap((entry) => {
    const row = rows.get(entry.id)
    if (!row) throw notFound('Sebagian baris')
    const { decided, mistakes } = judge(tx, meeting, row, entry)
    if (row.result && isSame(row.result, decided)) return []
    Object.assign(wrong, mistakes, refusal(row, entry))
    return [{ row, decided }]
  })
  if (Object.keys(wrong).length) throw invalid(wrong)
  for (const { row, decided } of changes) recordResult(tx, meeting, row, decided)
  return changes.length
}

const named = (id: string, key: string) => `rows.${id}.${key}`

// One entry against block P of the questionnaire, and against what the questionnaire cannot know.
function judge(tx: Tx, meeting: Musdes, { household }: Row, entry: Entry) {
  const today = dayOf(tx.now)
  const { answers, mistakes } = readAnswers(entry.fields, today, (key) => named(entry.id, key))
  const status = Number(answers.musdesHouseholdStatus)
  const duplicateOf = status === 3 ? entry.duplicateOf : null
  if ((status === 4) !== (household.origin === 'new') && (status === 4 || status === 1)) {
    mistakes[named(entry.id, 'musdesHouseholdStatus')] = status === 4 ? 'Usulan baru ditambahkan dengan formulirnya sendiri.' : 'Usulan baru tidak bisa menjadi "ditemukan".'
  }
  if (duplicateOf !== null && !isKnownPrelistId(tx.db, meeting.regionCode, duplicateOf, household.id)) {
    mistakes[named(entry.id, 'duplicateOf')] = duplicateOf ? 'ID prelist ini tidak ada di kabupaten/kota ini, atau milik baris ini sendiri.' : 'Isi ID prelist yang sama.'
  }
  return { mistakes, decided: { status, notFoundReason: Number(answers.notFoundReason) || null, duplicateOf, answers: besides(answers), note: entry.note } satisfies Decided }
}

const COLUMNS = ['musdesHouseholdStatus', 'notFoundReason']
const besides = (answers: Answers): Answers => Object.fromEntries(Object.entries(answers).filter(([key]) => !COLUMNS.includes(key)))

// The identity of a prelist row is known already; a proposal brings it along.
const IDENTITY = ['headName', 'headSex', 'headSpouseName', 'address', 'headNik']

// Reads posted fields by the keys of block P. What is not asked (a reason for a row that was found) falls away.
export function readAnswers(fields: Record<string, string>, today: string, nameOf: (key: string) => string, { withIdentity = false } = {}) {
  const section = { ...BLOCK, questions: BLOCK.questions.filter(({ key }) => withIdentity || !IDENTITY.includes(key)) }
  const paths = Object.fromEntries(Object.entries(fields).map(([key, value]) => [`household.${key}`, value]))
  const { record, mistakes } = parseSection(section, emptyRecord(), paths)
  // In the order of the form: what hangs on an answer that fell away falls away with it.
  for (const question of section.questions) if (!isAsked(question, record.household, record, today)) delete record.household[question.key]
  const asked = section.questions.filter((question) => !question.automatic && isAsked(question, record.household, record, today)).map(({ key }) => key)
  const found = [...findMistakes(CURRENT, record, { section: 'musdes', context: { today } }), ...mistakes]
    .map(({ path, message, severity }) => ({ key: path.replace('household.', ''), message, severity }))
    .filter(({ key, severity }) => severity === 'error' && asked.includes(key))
  return {
    answers: Object.fromEntries(Object.entries(record.household).filter(([, value]) => value !== undefined)) as Answers,
    mistakes: Object.fromEntries(found.map(({ key, message }) => [nameOf(key), message])) as Record<string, string>,
  }
}

// A row that has gone on, or whose result another changed after this page was opened, is not overwritten unseen.
function refusal({ household, result, recorderName }: Row, { id, seen }: Entry): Record<string, string> {
  const at = named(id, 'musdesHouseholdStatus')
  if (!OPEN.includes(household.stage)) return { [at]: `${household.headName} sudah pada tahap "${STAGE_WORDS[household.stage]}"; hasil musdesnya tidak bisa diubah lagi.` }
  if (result && result.recordedAt !== seen) return { [at]: `${household.headName} baru saja diisi ${recorderName ?? 'petugas lain'} dengan hasil lain. Periksa, lalu simpan lagi.` }
  return {}
}

const isSame = (one: Decided, other: Decided) =>
  one.status === other.status && one.notFoundReason === other.notFoundReason && one.duplicateOf === other.duplicateOf && one.note === other.note
  && JSON.stringify(sorted(one.answers)) === JSON.stringify(sorted(other.answers))
const sorted = (answers: Record<string, unknown>) => Object.entries(answers).sort(([a], [b]) => a < b ? -1 : 1)

function recordResult(tx: Tx, { id: musdesId }: Musdes, { household, result }: Row, decided: Decided) {
  writeResult(tx, musdesId, household.id, decided)
  const { status: musdesStatus } = decided
  if (household.stage !== 'deliberated') moveStage(tx, household, 'deliberated', { subject: `musdes:${musdesId}`, set: { musdesStatus } })
  else tx.db.update(households).set({ musdesStatus }).where(eq(households.id, household.id)).run()
  if (result) tx.audit('musdes.result_corrected', household.id, { musdes: musdesId, from: wordsOf(result), to: wordsOf(decided) })
  else tx.audit('musdes.result_recorded', household.id, { musdes: musdesId, status: musdesStatus })
}

const wordsOf = ({ status, notFoundReason, duplicateOf, answers, note }: Decided) => ({ status, notFoundReason, duplicateOf, answers, note })

export function writeResult(tx: Tx, musdesId: string, householdId: string, decided: Decided) {
  const recorded = { ...decided, recordedBy: tx.actor.id, recordedAt: tx.now }
  tx.db.insert(musdesResults).values({ musdesId, householdId, ...recorded })
    .onConflictDoUpdate({ target: [musdesResults.musdesId, musdesResults.householdId], set: recorded }).run()
}

export const getResult = ({ db }: Pick<Tx, 'db'>, musdesId: string, householdId: string) =>
  db.select().from(musdesResults).where(and(eq(musdesResults.musdesId, musdesId), eq(musdesResults.householdId, householdId))).get()
