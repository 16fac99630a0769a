import type { Cell, Exportable, Reader } from '#app/exports/exportable.ts'
import { DTSEN, DTSEN_OF_MEMBER } from '#app/questionnaire/2026/dtsen.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { isEmpty, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { nameOf, placeOf } from '#app/dtsen/reports.ts'
import type { Question } from '#app/questionnaire/types.ts'
import { demand } from '#app/users/permissions.ts'
import { statement } from '#db/statements.ts'

type Stored = { number: number, regionCode: string, prelistId: string | null, headName: string, record: string }
type Asked = { low: string, high: string, number: number, limit: number }
const nextRecords = statement<[Asked], Stored>(`SELECT h.number, h.region_code AS regionCode, h.prelist_id AS prelistId, h.head_name AS headName, h.record
  FROM households h WHERE h.region_code >= @low AND h.region_code < @high AND h.number > @number
    AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) ORDER BY h.number LIMIT @limit`)
const CHUNK = 500

const isAnswered = (questions: readonly Question[], row: Answers) => questions.some(({ key }) => !isEmpty(row[key]))
const wordsOf = (questions: readonly Question[], row: Answers): Cell[] => questions.map((question) => isEmpty(row[question.key]) ? null : displayAnswer(question, row[question.key]))

// Walks the living records of a place. Most hold no optional answer, so a chunk may yield nothing.
function* walk({ db, actor }: Reader, region: string, cells: (household: Stored, record: HouseholdRecord) => Cell[][]): Generator<Cell[][]> {
  demand(actor, 'dtsen.read')
  for (let number = 0; ;) {
    const rows = nextRecords(db).all({ low: region, high: `${region}:`, number, limit: CHUNK })
    const found = rows.flatMap((household) => cells(household, JSON.parse(household.record) as HouseholdRecord))
    if (found.length > 0) yield found
    if (rows.length < CHUNK) return
    number = rows.at(-1)!.number
  }
}

const PLACE = [{ label: 'Kode desa' }, { label: 'ID prelist' }, { label: 'Kepala rumah tangga' }]
const headings = (questions: readonly Question[]) => questions.map(({ number, label }) => ({ label: `${number} ${label}` }))
const placed = ({ regionCode, prelistId, headName }: Stored): Cell[] => [regionCode, prelistId, headName]

// What the optional block says of each household that answered any of it.
export const extensionExport: Exportable = {
  name: 'dtsen-extension', title: 'Isian tambahan DTSEN, rumah tangga', href: '/dtsen/coverage', verbs: ['dtsen.read'],
  columns: [...PLACE, ...headings(DTSEN)],
  chunks: (reader, query) => walk(reader, placeOf(reader.actor, query.region ?? ''), (stored, { household }) =>
    isAnswered(DTSEN, household) ? [[...placed(stored), ...wordsOf(DTSEN, household)]] : []),
  words: ({ db, actor }, query) => nameOf(db, placeOf(actor, query.region ?? '')),
}

export const extensionMembersExport: Exportable = {
  name: 'dtsen-extension-members', title: 'Isian tambahan DTSEN, anggota', href: '/dtsen/coverage', verbs: ['dtsen.read'],
  columns: [...PLACE, { label: 'Nama anggota' }, { label: 'NIK', kind: 'card' }, ...headings(DTSEN_OF_MEMBER)],
  chunks: (reader, query) => walk(reader, placeOf(reader.actor, query.region ?? ''), (stored, { members }) =>
    members.filter((member) => isAnswered(DTSEN_OF_MEMBER, member)).map((member) =>
      [...placed(stored), String(member.name ?? ''), isEmpty(member.nik) ? null : String(member.nik), ...wordsOf(DTSEN_OF_MEMBER, member)])),
  words: ({ db, actor }, query) => nameOf(db, placeOf(actor, query.region ?? '')),
}
