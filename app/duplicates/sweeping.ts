import { bestOfEach, cardFinding, personFinding, type Alike } from '#app/duplicates/findings.ts'
import { inSteps, writeKeys, writePeople, writeWords } from '#app/duplicates/indexing.ts'
import { cardKeyOf, householdOf, isSound, keysOf, memberNumber, swappedKeysOf, type Person } from '#app/duplicates/keys.ts'
import { endOthers, keepPair } from '#app/duplicates/keeping.ts'
import { Meetings, MOST_PEOPLE } from '#app/duplicates/meetings.ts'
import { wordsOf } from '#app/duplicates/names.ts'
import type { Finding } from '#app/duplicates/pairs.ts'
import { peopleOf, scannedAfter } from '#app/duplicates/people.ts'
import { crowdOf } from '#app/duplicates/crowd.ts'
import { scorePair } from '#app/duplicates/scoring.ts'
import { MOST_IN_BLOCK } from '#app/duplicates/searching.ts'
import { beginSweep, endSweep, tellSweep } from '#app/duplicates/sweeps.ts'
import type { Db } from '#db/connection.ts'

// Everybody searched at once: the keys of all are sorted in memory instead of being looked up one by one in a table that does
// not fit there. What comes out is what looking at each household by itself would find. It stops between two short
// transactions at every yield.
export type Chunk = { upTo: number, people: Person[] }

const HOUSEHOLDS_AT_ONCE = 200

function* readPeople(db: Db): Generator<Chunk> {
  for (let after = 0; ;) {
    const households = scannedAfter(db, after, HOUSEHOLDS_AT_ONCE)
    const last = households.at(-1)
    if (!last) return
    after = last.number
    yield { upTo: after, people: households.flatMap((household) => peopleOf(household).sort((one, other) => one.member - other.member)) }
  }
}

export function* sweep(db: Db, now: string): Generator<void> {
  beginSweep(db, now)
  const found = yield* searchEverybody(db, readPeople(db))
  tellSweep(db, 0.9)
  yield* keepAll(db, found, now)
  endSweep(db, now)
}

// Makes the index what these people are, and finds who meets whom in it.
export function* searchEverybody(db: Db, source: Iterable<Chunk>): Generator<void, Common[]> {
  const everybody = yield* gather(db, source)
  tellSweep(db, 0.3)
  everybody.meetings.sort()
  const found = searchAll(everybody)
  tellSweep(db, 0.6)
  yield* writeWords(db, everybody.words, everybody.people.length)
  yield* writeKeys(db, everybody.meetings, everybody.people)
  return found
}

type Everybody = { people: Person[], meetings: Meetings, words: Map<string, number> }

function* gather(db: Db, source: Iterable<Chunk>): Generator<void, Everybody> {
  const everybody: Everybody = { people: [], meetings: new Meetings(), words: new Map() }
  let from = 0
  for (const { upTo, people } of source) {
    const end = memberNumber(upTo + 1, 0)
    writePeople(db, from, end, people)
    from = end
    for (const person of people) include(everybody, person)
    yield
  }
  return everybody
}

function include({ people, meetings, words }: Everybody, person: Person) {
  if (people.length === MOST_PEOPLE) throw new Error(`Data ganda: lebih dari ${MOST_PEOPLE} orang.`)
  meetings.add(people.length, keysOf(person), swappedKeysOf(person))
  people.push(person)
  for (const word of new Set(wordsOf(person.name))) words.set(word, (words.get(word) ?? 0) + 1)
}

// What two households have in common, by both their numbers.
export type Common = { lower: number, higher: number, alike: Map<string, Alike>, cards: Set<string> }

function searchAll({ people, meetings, words }: Everybody): Common[] {
  const crowd = crowdOf(people.length, (word) => words.get(word) ?? 0)
  const found = new Map<string, Common>()
  meetings.eachPair(MOST_IN_BLOCK, (first, second, key) => {
    const [one, other] = first < second ? [people[first]!, people[second]!] : [people[second]!, people[first]!]
    const [lower, higher] = [householdOf(one.member), householdOf(other.member)]
    if (lower === higher) return
    const judgement = scorePair(other, one, crowd)
    const card = one.kkNumber !== null && one.kkNumber === other.kkNumber && isSound(one.kkNumber) && cardKeyOf(one.kkNumber) === key
    if (!judgement && !card) return
    const common = found.get(`${lower}-${higher}`) ?? { lower, higher, alike: new Map(), cards: new Set() }
    found.set(`${lower}-${higher}`, common)
    if (judgement) common.alike.set(`${one.member}-${other.member}`, { person: one, other, judgement })
    if (card) common.cards.add(one.kkNumber!)
  })
  return [...found.values()].sort((one, other) => one.lower - other.lower || one.higher - other.higher)
}

const PAIRS_AT_ONCE = 100

function* keepAll(db: Db, found: Common[], now: string): Generator<void> {
  const kept = new Set<string>()
  yield* inSteps(db, found, PAIRS_AT_ONCE, (common) => {
    const id = keepPair(db, [common.lower, common.higher], findingsOf(common), now)
    if (id) kept.add(id)
  })
  for (let after: number | undefined = 0; after !== undefined;) {
    after = db.$client.transaction((from: number) => endOthers(db, kept, from, PAIRS_AT_ONCE, now)).immediate(after)
    yield
  }
}

const findingsOf = ({ alike, cards }: Common): Finding[] => [...bestOfEach([...alike.values()]).map(personFinding), ...[...cards].map(cardFinding)]
