import { nameAfterHead, recount } from '#app/changes/people.ts'
import { invalid } from '#app/problems.ts'
import { EXTENDED } from '#app/questionnaire/questionnaire.ts'
import { isEmpty, isPresent, parsePath, rowsOf, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'

// Numbers that hold a record together, and what is counted or named from the members.
const FIXED = new Set(['memberSeq', 'memberCount', 'familyCount', 'hasilVerivali', 'headName', 'headSex', 'headNik', 'headSpouseName'])

// Puts answers right. Only questions of the form, only in rows that are there.
export function correctAnswers(record: HouseholdRecord, answers: Record<string, Value>) {
  const before = structuredClone(record)
  for (const [path, value] of Object.entries(answers)) {
    const row = rowAt(record, path)
    const { key, roster } = parsePath(path)!
    const question = EXTENDED.sections.filter((section) => section.roster === roster).flatMap(({ questions }) => questions).find((one) => one.key === key)
    if (!question || question.type === 'photo' || question.automatic || FIXED.has(key) || (roster === 'families' && key === 'familySeq')) {
      throw invalid({ [path]: 'Isian ini tidak bisa diperbaiki lewat usulan.' })
    }
    if (roster === 'members' && key === 'memberPresence') demandPresence(row, value, path)
    if (isEmpty(value)) delete row[key]
    else row[key] = value
    if (question.instead && !isEmpty(value)) delete row[question.instead]
  }
  if (!Object.keys(answers).some((path) => path.startsWith('members.'))) return
  recount(before, record)
  nameAfterHead(record)
}

function rowAt(record: HouseholdRecord, path: string): Answers {
  const place = parsePath(path)
  const row = place && rowsOf(record, place.roster)[place.index]
  if (!row) throw invalid({ [path]: 'Isian ini tidak ada di rumah tangga ini. Muat ulang formulir.' })
  return row
}

// Who dies, leaves or comes has a form of its own, which settles what hangs on it. Here a row that was never true is struck.
function demandPresence(row: Answers, value: Value, path: string) {
  const [now, wanted] = [isPresent(row), isPresent({ memberPresence: value })]
  if (now && (value === 2 || value === 3)) throw invalid({ [path]: 'Untuk anggota yang meninggal atau pindah, pakai usulan kematian atau perpindahan anggota.' })
  if (now !== wanted) delete row.presenceSince
}
