import { createHash } from 'node:crypto'
import { householdOf, seqOf, type Person } from '#app/duplicates/keys.ts'
import type { Finding } from '#app/duplicates/pairs.ts'
import type { Crowd } from '#app/duplicates/crowd.ts'
import { scorePair, type Judgement } from '#app/duplicates/scoring.ts'

// Two people who are likely one. print: of their two identities.
export type Alike = { person: Pick<Person, 'member'>, other: Pick<Person, 'member'>, judgement: Judgement, print: string }

export const alike = (person: Person, other: Person, judgement: Judgement): Alike =>
  ({ person: { member: person.member }, other: { member: other.member }, judgement, print: printOfBoth(person, other) })

// A likeness is weighed by the words of the one who came first, so that it is the same from whichever side one looks.
export const judgeBoth = (person: Person, other: Person, crowd: Crowd) =>
  person.member > other.member ? scorePair(person, other, crowd) : scorePair(other, person, crowd)

const CARD_SCORE = 70

export const cardFinding = (card: string): Finding => ({ kind: 'kk', oneSeq: null, otherSeq: null, score: CARD_SCORE, reasons: ['Nomor KK sama'], print: printOf(['kk', card]) })

// oneSeq is that of `person`.
export const personFinding = ({ person, other, judgement: { score, reasons, sameNik }, print }: Alike): Finding =>
  ({ kind: sameNik ? 'nik' : 'person', oneSeq: seqOf(person.member), otherSeq: seqOf(other.member), score, reasons, print })

export const printOfBoth = (one: Person, other: Person) =>
  printOf([one, other].map(({ name, sex, birthDate, nik, kkNumber, mother }) => JSON.stringify([name, sex, birthDate, nik, kkNumber, mother])).sort())

const printOf = (parts: string[]) => createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 16)

// One person of a household is at most one of another.
export function bestOfEach(alike: Alike[]): Alike[] {
  const taken = new Set<string>()
  return [...alike].sort(surestFirst).filter(({ person, other }) => {
    const marks = [`${person.member}>${householdOf(other.member)}`, `${other.member}>${householdOf(person.member)}`]
    if (marks.some((mark) => taken.has(mark))) return false
    for (const mark of marks) taken.add(mark)
    return true
  })
}

const surestFirst = (one: Alike, other: Alike) => other.judgement.score - one.judgement.score || lower(one) - lower(other) || higher(one) - higher(other)
const lower = ({ person, other }: Alike) => Math.min(person.member, other.member)
const higher = ({ person, other }: Alike) => Math.max(person.member, other.member)
