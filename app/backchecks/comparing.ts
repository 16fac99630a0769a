import { questionFor, wordsOf } from '#app/backchecks/items.ts'
import { compareNames, plainName } from '#app/duplicates/names.ts'
import { metresIfKnown } from '#app/evidence/places.ts'
import { isEmpty, presentMembers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { AskedItem, ItemType, Meeting, RevisitAnswers } from '#db/schema/backchecks.ts'

type Point = { latitude: number | null, longitude: number | null, accuracyM: number | null }
export type First = Point & { outcome: number | null, record: HouseholdRecord }
export type Second = Point & { meeting: Meeting, answers: RevisitAnswers }
export type Compared = { item: string, type: ItemType, first: string, second: string, isDifferent: boolean }

// Both visits, question by question. What one of them does not say is not compared: "tidak tahu" is no difference. Pure.
export const compareVisits = (items: AskedItem[], first: First, second: Second): Compared[] => items.flatMap((item) => {
  const compared = (RULES[item.key] ?? question)(item, first, second)
  return compared ? [{ item: item.key, type: item.type, ...compared }] : []
})

type Rule = (item: AskedItem, first: First, second: Second) => Omit<Compared, 'item' | 'type'> | undefined

const INTERVIEWED = 1
// Met at the first visit, in whatever mood: interviewed or refused.
const WERE_MET: readonly number[] = [1, 5]
const WERE_AWAY: readonly number[] = [2, 3]

const FIRST_WORDS: Record<number, string> = { 1: 'Ditemukan, selesai dicacah', 2: 'Tidak ditemukan', 3: 'Pindah/bangunan tidak ada', 5: 'Ditemukan, menolak' }
const SECOND_WORDS: Record<Meeting, string> = {
  met: 'Ditemukan, responden ditemui', absent: 'Ditemukan, penghuni tidak di rumah', refused: 'Ditemukan, menolak', moved: 'Pindah/bangunan tidak ada', not_found: 'Tidak ditemukan',
}

const found: Rule = (_item, { outcome }, { meeting }) => {
  const was = outcome !== null && (WERE_MET.includes(outcome) || WERE_AWAY.includes(outcome)) ? WERE_MET.includes(outcome) : undefined
  const is = meeting !== 'moved' && meeting !== 'not_found'
  return was === undefined ? undefined : { first: FIRST_WORDS[outcome!]!, second: SECOND_WORDS[meeting], isDifferent: was !== is }
}

const visitedBefore: Rule = (_item, { outcome }, { answers }) => WERE_MET.includes(outcome ?? 0) && typeof answers.visitedBefore === 'boolean'
  ? { first: 'Ya, menurut kunjungan', second: wordsOf('visitedBefore', answers.visitedBefore), isDifferent: !answers.visitedBefore } : undefined

const location: Rule = ({ tolerance }, first, second) => {
  const apart = metresIfKnown(first, second)
  if (apart === null) return undefined
  const metres = Math.round(apart)
  return {
    first: pointWords(first), second: `${pointWords(second)}, berjarak ${metres} m`,
    isDifferent: metres > Math.max(tolerance, (first.accuracyM ?? 0) + (second.accuracyM ?? 0)),
  }
}

const pointWords = ({ latitude, longitude }: Point) => `${latitude!.toFixed(5)}, ${longitude!.toFixed(5)}`.replaceAll('.', ',').replace(/,(?= )/, ';')

const namesIn = (record: HouseholdRecord) => presentMembers(record).map(({ name }) => String(name ?? '')).filter(Boolean)

const memberCount: Rule = (_item, { outcome, record }, { answers }) => outcome === INTERVIEWED && typeof answers.memberCount === 'number'
  ? { first: `${namesIn(record).length} orang`, second: `${answers.memberCount} orang`, isDifferent: namesIn(record).length !== answers.memberCount } : undefined

const memberNames: Rule = (_item, { outcome, record }, { answers }) => {
  const told = String(answers.memberNames ?? '').split('\n').map((line) => line.trim()).filter(Boolean)
  if (outcome !== INTERVIEWED || told.length === 0) return undefined
  const known = namesIn(record)
  const { missing, added } = matchNames(known, told)
  return {
    first: known.join(', '), isDifferent: missing.length + added.length > 0,
    second: [told.join(', '), missing.length > 0 && `tidak disebut: ${missing.join(', ')}`, added.length > 0 && `tidak tercatat: ${added.join(', ')}`].filter(Boolean).join('; '),
  }
}

// A name counts as said when its words are there, however spelled or shortened. Each name answers for one person.
export function matchNames(known: string[], told: string[]): { missing: string[], added: string[] } {
  const free = [...told]
  const missing = known.filter((name) => {
    const at = free.findIndex((other) => compareNames(plainName(name), plainName(other)) !== undefined)
    if (at < 0) return true
    free.splice(at, 1)
    return false
  })
  return { missing, added: free }
}

const question: Rule = ({ key, tolerance }, { outcome, record }, { answers }) => {
  const before = record.household[key]
  const after = answers[key]
  if (outcome !== INTERVIEWED || !questionFor(key) || isEmpty(before) || isEmpty(after)) return undefined
  return { first: wordsOf(key, plain(before)), second: wordsOf(key, after), isDifferent: !isNear(plain(before), after!, tolerance) }
}

const plain = (value: NonNullable<Value>): string | number | boolean => Array.isArray(value) ? value.join(', ') : value

// Numbers may lie apart by so many per cent of the first.
const isNear = (before: string | number | boolean, after: string | number | boolean, tolerance: number) =>
  typeof before === 'number' && typeof after === 'number' && tolerance > 0 ? Math.abs(after - before) <= Math.abs(before) * tolerance / 100 : before === after

const RULES: Record<string, Rule> = { found, visitedBefore, location, memberCount, memberNames }

