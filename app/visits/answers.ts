import { conflict, invalid, notFound } from '#app/problems.ts'
import { ageOn } from '#app/questionnaire/age.ts'
import { inIndonesia } from '#app/questionnaire/evidence.ts'
import { parseSection, type FormFields } from '#app/questionnaire/form.ts'
import { isAlike } from '#app/questionnaire/diff.ts'
import { findMistakes, questionnaireOf, sectionOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Roster, SectionCode } from '#app/questionnaire/types.ts'
import { savedWithout } from '#app/visits/following-rows.ts'

// What the officer's acts mean for a visit. Pure: the server and the phone keep visits in different places, but the same
// act has the same meaning in both.

// accuracyM: radius in metres as the device tells it. locatedAt: when the fix was made; null when typed by hand.
export type Coordinate = { latitude: number, longitude: number, accuracyM: number, locatedAt: string | null }
export type Saving = { revision: number, activeMs?: number, section: string }
export type SectionSaving = Omit<Saving, 'section'> & { section: SectionCode, fields: FormFields, index?: number }
type ListRoster = Exclude<Roster, 'household'>

// A page of the form as it is remembered: a section, or one person's page of it.
export const pageName = ({ section, index }: Pick<SectionSaving, 'section' | 'index'>): string => index === undefined ? section : `${section}.${index}`

type Whole = { outcome: number | null, record: HouseholdRecord, questionnaireVersion: string }

// The pages of a visit that was sent, each as saved at that time: one made on a phone comes without the times of its own.
export function filledPages({ outcome, record, questionnaireVersion }: Whole, at: string): Record<string, string> {
  const sections = outcome === 1 ? questionnaireOf(questionnaireVersion)!.sections.map(({ code }) => code) : ['respondent']
  const people = outcome === 1 ? record.members.map((_, index) => pageName({ section: 'members', index })) : []
  return Object.fromEntries([...sections, ...people, 'location'].map((name) => [name, at]))
}

// Rows that came or went: none of their questions was looked at, so no page of theirs counts as saved.
export const rowsName = (roster: ListRoster): string => `rows:${roster}`

// Stages at which the officer holds the record.
export const IN_HAND: readonly string[] = ['assigned', 'downloaded', 'deliberated', 'returned']

export function demandEditable({ status }: { status: string }, { stage }: { stage: string }) {
  if (status !== 'draft' && status !== 'returned') throw conflict('Kunjungan ini sudah dikirim. Tunggu hasil pemeriksaan.')
  if (!IN_HAND.includes(stage)) throw conflict('Tugas ini sudah tidak di tangan Anda. Isian tetap tersimpan; hubungi Dinsos.')
}

// A visit begins with what the master knows, and without the outcome of the visit before.
export function beginRecord(master: HouseholdRecord): HouseholdRecord {
  const record = structuredClone(master)
  delete record.household.hasilVerivali
  return record
}

// One page of the form. Only what cannot be read is refused, and then nothing is saved.
export function answerSection({ record, questionnaireVersion }: { record: HouseholdRecord, questionnaireVersion: string },
  { section, fields, index }: Pick<SectionSaving, 'section' | 'fields' | 'index'>, today: string) {
  if (index !== undefined && !record.members[index]) throw notFound('Anggota')
  const questionnaire = questionnaireOf(questionnaireVersion)!
  const parsed = parseSection(sectionOf(questionnaire, section), record, fields, { index })
  if (parsed.mistakes.length > 0) throw invalid(Object.fromEntries(parsed.mistakes.map(({ path, message }) => [path, message])))
  return { record: withoutUnasked(questionnaire, withAges(parsed.record, today), today), outcome: outcomeOf(parsed.record) }
}

export const mistakesOn = (section: SectionCode, { record, questionnaireVersion }: { record: HouseholdRecord, questionnaireVersion: string }, today: string): Mistake[] =>
  findMistakes(questionnaireOf(questionnaireVersion)!, record, { section, context: { today } })

// null while none is chosen. The visit's own column holds one of six, so another code is refused here.
export function outcomeOf({ household: { hasilVerivali } }: HouseholdRecord): number | null {
  if (hasilVerivali === undefined || hasilVerivali === null) return null
  if ([1, 2, 3, 4, 5, 6].includes(hasilVerivali as number)) return hasilVerivali as number
  throw invalid({ 'household.hasilVerivali': 'Hasil kunjungan belum dipilih.' })
}

// The age is counted, not asked twice.
export const withAges = (record: HouseholdRecord, today: string): HouseholdRecord => ({
  ...record,
  members: record.members.map((member) => typeof member.birthDate === 'string'
    ? { ...member, age: ageOn(member.birthDate, today) ?? member.age } : member),
})

const FIRST: Partial<Record<Roster, (record: HouseholdRecord) => Record<string, number>>> = {
  members: ({ members }) => ({ memberSeq: members.reduce((top, { memberSeq }) => Math.max(top, Number(memberSeq) || 0), 0) + 1, memberPresence: 4 }),
  families: ({ families }) => ({ familySeq: families.reduce((top, { familySeq }) => Math.max(top, Number(familySeq) || 0), 0) + 1 }),
}
const MOST_ROWS = 98

// One more person, family, child or business, with its number already given.
export function withRow(record: HouseholdRecord, roster: ListRoster): HouseholdRecord {
  if (record[roster].length >= MOST_ROWS) throw invalid({ [roster]: 'Daftar ini sudah penuh.' })
  return { ...record, [roster]: [...record[roster], FIRST[roster]?.(record) ?? {}] }
}

// The same row asked for twice, because the answer to the first time was lost or the button was pressed twice: the page is
// older by that one act, and what it added is still as it was added.
export const isAdded = ({ record, ...draft }: Revised & { openedAt: string, record: HouseholdRecord }, roster: ListRoster, { revision }: { revision: number }): boolean =>
  draft.revision === revision + 1 && draft.savedSections[rowsName(roster)] === lastSaved(draft) && record[roster].length > 0
  && isAlike(record, withRow({ ...record, [roster]: record[roster].slice(0, -1) }, roster))

type WithRows = { record: HouseholdRecord, savedSections: Record<string, string> }

// Takes a row off that was added by mistake. A member known to the master is not removed but marked by presence, even
// when that presence was first mistaken for "new".
export function withoutRow({ record, savedSections }: WithRows, roster: ListRoster, index: number, masterMembers: () => Answers[]): WithRows {
  const row = record[roster][index]
  if (!row) throw invalid({ [roster]: 'Baris ini tidak ada.' })
  const known = roster === 'members' && masterMembers().some(({ memberSeq }) => memberSeq === row.memberSeq)
  if (known || (roster === 'members' && row.memberPresence !== 4)) throw invalid({ [`members.${index}.memberPresence`]: 'Anggota dari prelist tidak dihapus. Pilih keterangan keberadaannya.' })
  return { record: { ...record, [roster]: record[roster].filter((_, i) => i !== index) }, savedSections: savedWithout(savedSections, roster, index) }
}

export function checkCoordinate(coordinate: Coordinate) {
  if (!inIndonesia(coordinate)) throw invalid({ latitude: 'Lokasi ini di luar Indonesia. Ambil ulang lokasinya.' })
  if (coordinate.accuracyM <= 0 || coordinate.accuracyM > 10_000) throw invalid({ accuracy: 'Ketelitian lokasi tidak masuk akal. Ambil ulang lokasinya.' })
}

type Located = { [K in keyof Coordinate]: Coordinate[K] | null }

// Another point under the time of the fix before was typed over it.
export const fixTime = (before: Located | null, { latitude, longitude, accuracyM, locatedAt }: Coordinate) => before?.locatedAt === locatedAt
  && (before.latitude !== latitude || before.longitude !== longitude || before.accuracyM !== accuracyM) ? null : locatedAt

type Revised = { revision: number, activeMs: number, savedSections: Record<string, string> }

// A draft with a change, at its next revision. An older page is refused and keeps what was typed.
export function nextRevision<C extends Partial<Revised>>(before: Revised, changes: C,
  { revision, activeMs, section }: Saving, { now, passedMs }: { now: string, passedMs?: number }): C & Revised {
  if (before.revision !== revision) throw stale()
  return {
    ...changes, revision: revision + 1, activeMs: before.activeMs + timeOnPage(activeMs, passedMs),
    savedSections: { ...changes.savedSections ?? before.savedSections, [section]: now },
  }
}

// The same form sent again: an older page, but all it asks for is so already. Nothing is written and nobody is told of a conflict.
export const isRepeated = <T extends Revised>(before: T, { revision }: { revision: number }, changes: Partial<T>): boolean => revision < before.revision
  && Object.entries(changes).every(([key, value]) => key === 'record'
    ? isAlike((before as T & { record: HouseholdRecord }).record, value as HouseholdRecord) : JSON.stringify(before[key as keyof T]) === JSON.stringify(value))

export const stale = () =>
  conflict('Isian ini sudah disimpan dari halaman atau HP lain, jadi yang ini belum disimpan. Periksa yang berbeda, lalu simpan lagi.')

const LONGEST_WITHOUT_CLOCK_MS = 10 * 60_000

// The page's own monotonic clock counts the time in front of it, but never more than passed since the last save, where
// that is known. Without script what passed counts alone, at most ten minutes a page.
const timeOnPage = (pageMs: number | undefined, passedMs: number | undefined) => pageMs && pageMs > 0
  ? Math.min(passedMs ?? Infinity, pageMs) : Math.min(passedMs ?? 0, LONGEST_WITHOUT_CLOCK_MS)

// The last sign of work on a visit: when the cap on its time begins.
export const lastSaved = ({ openedAt, savedSections }: { openedAt: string, savedSections: Record<string, string> }) =>
  Object.values(savedSections).reduce((latest, at) => at > latest ? at : latest, openedAt)
