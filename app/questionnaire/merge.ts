import { same } from '#app/questionnaire/diff.ts'
import { displayAnswer } from '#app/questionnaire/display.ts'
import { whose } from '#app/questionnaire/mistakes.ts'
import { withoutNeedlessReasons } from '#app/questionnaire/missing-numbers.ts'
import { EXTENDED } from '#app/questionnaire/questionnaire.ts'
import { emptyRecord, isEmpty, pathOf, rowsOf, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Question, Roster, Section } from '#app/questionnaire/types.ts'

// path: in the merged record, where the answer of `ours` stands.
export type MergeConflict = { path: string, label: string, base: Value | undefined, ours: Value | undefined, theirs: Value | undefined }
export type Merged = { record: HouseholdRecord, conflicts: MergeConflict[] }

const ROSTERS: readonly Roster[] = ['household', 'families', 'members', 'children', 'businesses']

// Two records that both began from `base`, answer by answer. Who changed an answer alone is followed; where both did, and
// not alike, `ours` stays and a person has to choose. A row added on either side is kept; one that was taken off goes,
// unless the other side has worked on it.
export function mergeRecords(base: HouseholdRecord, ours: HouseholdRecord, theirs: HouseholdRecord): Merged {
  const renumbered = withFreeNumbers(base, ours, theirs)
  const record = emptyRecord()
  const conflicts: MergeConflict[] = []
  for (const roster of ROSTERS) {
    const rows = alignRows(roster, rowsOf(base, roster), rowsOf(ours, roster), rowsOf(renumbered, roster))
      .flatMap((row) => stays(row) ? [mergeRow(roster, row)] : [])
    rows.forEach(({ disputed, answers }, index) => conflicts.push(...disputed.map((dispute) => describe(roster, index, answers, dispute))))
    const merged = rows.map(({ answers }) => answers)
    if (roster === 'household') record.household = merged[0] ?? {}
    else record[roster] = merged
  }
  return { record: withoutNeedlessReasons(record), conflicts }
}

type Aligned = { base?: Answers, ours?: Answers, theirs?: Answers }

const NUMBER: Partial<Record<Roster, string>> = { families: 'familySeq', members: 'memberSeq' }

// The rows of `ours` in their order, then what only the others have.
function alignRows(roster: Roster, base: Answers[], ours: Answers[], theirs: Answers[]): Aligned[] {
  const aligned = new Map<string, Aligned>()
  const put = (side: keyof Aligned, rows: Answers[]) => namesOf(roster, rows).forEach((name, i) => aligned.set(name, { ...aligned.get(name), [side]: rows[i] }))
  put('ours', ours)
  put('theirs', theirs)
  put('base', base)
  const two = [...aligned.values()].filter((row) => !row.base && row.ours && row.theirs && roster !== 'household' && !areOne(roster, row.ours, row.theirs))
  return [
    ...[...aligned.values()].map((row) => two.includes(row) ? { ours: row.ours } : row),
    ...two.map(({ theirs: added }) => ({ theirs: added })),
  ]
}

// A number used twice in one record (an old mistake) still names two rows.
function namesOf(roster: Roster, rows: Answers[]): string[] {
  const seen = new Map<string, number>()
  return rows.map((row, i) => {
    const number = NUMBER[roster] && row[NUMBER[roster]]
    const name = isEmpty(number) ? `at ${i}` : `number ${String(number)}`
    seen.set(name, (seen.get(name) ?? 0) + 1)
    return `${name} ${seen.get(name)}`
  })
}

const KNOWN_BY: Record<Roster, string[]> = {
  household: [], families: ['kkNumber'], members: ['nik', 'name'], children: ['name'], businesses: ['ownerName'],
}

// Added on both sides at the same place: one and the same, or two that have nothing in common?
function areOne(roster: Roster, one: Answers, other: Answers): boolean {
  const told = KNOWN_BY[roster].filter((key) => !isEmpty(one[key]) && !isEmpty(other[key]))
  return told.length > 0 ? told.some((key) => plain(one[key]) === plain(other[key])) : changedKeys(one, other).every((key) => isEmpty(one[key]) || isEmpty(other[key]))
}

const plain = (value: Value | undefined) => String(value).trim().toLowerCase()

// Two officers both gave the next number, each to another person: the later one gets the next free number, and what
// points to it goes along.
function withFreeNumbers(base: HouseholdRecord, ours: HouseholdRecord, theirs: HouseholdRecord): HouseholdRecord {
  const families = freeNumbers('families', base, ours, theirs)
  const members = freeNumbers('members', base, ours, theirs)
  const moved = (numbers: Map<Value, number>, rows: Answers[], key: string) =>
    numbers.size === 0 ? rows : rows.map((row) => numbers.has(row[key] ?? null) ? { ...row, [key]: numbers.get(row[key] ?? null) } : row)
  return {
    ...theirs, families: moved(families, theirs.families, 'familySeq'),
    members: moved(families, moved(members, theirs.members, 'memberSeq'), 'familySeq'),
    businesses: moved(members, theirs.businesses, 'ownerMemberSeq'),
  }
}

function freeNumbers(roster: 'families' | 'members', base: HouseholdRecord, ours: HouseholdRecord, theirs: HouseholdRecord) {
  const key = NUMBER[roster]!
  const moved = new Map<Value, number>()
  const known = base[roster].map((row) => row[key])
  let top = Math.max(0, ...[base, ours, theirs].flatMap((record) => record[roster].map((row) => Number(row[key]) || 0)))
  for (const row of theirs[roster]) {
    const number = row[key]
    const mine = ours[roster].find((one) => one[key] === number)
    if (isEmpty(number) || known.includes(number) || !mine || areOne(roster, mine, row)) continue
    moved.set(number, top += 1)
  }
  return moved
}

function stays({ base, ours, theirs }: Aligned) {
  if (!base || (ours && theirs)) return true
  const left = ours ?? theirs
  return left !== undefined && changedKeys(base, left).length > 0
}

type Dispute = { key: string } & Pick<MergeConflict, 'base' | 'ours' | 'theirs'>

function mergeRow(roster: Roster, { base = {}, ours, theirs }: Aligned): { answers: Answers, disputed: Dispute[] } {
  if (!ours || !theirs) return { answers: { ...ours ?? theirs }, disputed: [] }
  const answers: Answers = { ...ours }
  const disputed: Dispute[] = []
  for (const key of changedKeys(ours, theirs)) {
    const unchanged = same(base[key], ours[key])
    if (unchanged && key in theirs) answers[key] = theirs[key]
    else if (unchanged) delete answers[key]
    else if (!same(base[key], theirs[key]) && isAnswered(roster, key, ours)) disputed.push({ key, base: base[key], ours: ours[key], theirs: theirs[key] })
  }
  return { answers, disputed }
}

const changedKeys = (one: Answers, other: Answers) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((key) => !same(one[key], other[key]))

const QUESTIONS = new Map<string, { section: Section, question: Question }>(EXTENDED.sections.flatMap((section) => section.questions.map((question) => [`${section.roster} ${question.key}`, { section, question }] as const)))

// What the system fills in itself (times, the age on that day) is nothing two people can disagree about.
const isAnswered = (roster: Roster, key: string, row: Answers) =>
  !QUESTIONS.get(`${roster} ${key}`)?.question.automatic && !(key === 'age' && !isEmpty(row.birthDate))

function describe(roster: Roster, index: number, row: Answers, { key, ...values }: Dispute): MergeConflict {
  const label = QUESTIONS.get(`${roster} ${key}`)?.question.label ?? key
  return { path: pathOf(roster, index, key), label: `${whose({ roster }, row, index)}${label}`, ...values }
}

// The same dispute in the words of the form.
export function conflictInWords({ path, label, base, ours, theirs }: MergeConflict) {
  const question = QUESTIONS.get(path.replace(/\.(\d+\.)?/, ' '))?.question
  const words = (value: Value | undefined) => question ? displayAnswer(question, value) : isEmpty(value) ? '–' : String(value)
  return { path, label, base: words(base), ours: words(ours), theirs: words(theirs) }
}
