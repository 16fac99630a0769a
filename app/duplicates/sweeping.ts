import { tmpdir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { crowdOf, type Crowd } from '#app/duplicates/crowd.ts'
import { bestOfEach, cardFinding, personFinding } from '#app/duplicates/findings.ts'
import { openFound, type Common, type Found } from '#app/duplicates/found.ts'
import { inSteps, writeKeys, writePeople, writeWords } from '#app/duplicates/indexing.ts'
import { cardKeyOf, householdOf, isSound, keysOf, memberNumber, swappedKeysOf, type Person } from '#app/duplicates/keys.ts'
import { endOthers, keepPair } from '#app/duplicates/keeping.ts'
import { Meetings, PARTS, type Meeting } from '#app/duplicates/meetings.ts'
import { wordsOf } from '#app/duplicates/names.ts'
import type { Finding } from '#app/duplicates/pairs.ts'
import { peopleOf, scannedAfter, type Scanned } from '#app/duplicates/people.ts'
import { scorePair } from '#app/duplicates/scoring.ts'
import { MOST_IN_BLOCK } from '#app/duplicates/searching.ts'
import { openSpool } from '#app/duplicates/spool.ts'
import { peopleWith } from '#app/duplicates/stored-people.ts'
import { beginSweep, endSweep, tellSweep } from '#app/duplicates/sweeps.ts'
import type { Db } from '#db/connection.ts'

// Everybody searched at once: the keys of all are sorted in parts instead of being looked up one by one in a table that does
// not fit into memory. What comes out is what looking at each household by itself would find. It stops between two short
// transactions at every yield.
export type Chunk = { upTo: number, people: Person[] }

const HOUSEHOLDS_AT_ONCE = 200

// One that cannot be read keeps nobody else from being searched: it is told by its id.
export type TellUnread = (householdId: string, error: unknown) => void
export const logUnread: TellUnread = (householdId, error) => console.error(`Rumah tangga ${householdId} tidak dapat dibaca untuk pencarian data ganda.`, error)

function* readPeople(db: Db, unread: TellUnread): Generator<Chunk> {
  for (let after = 0; ;) {
    const households = scannedAfter(db, after, HOUSEHOLDS_AT_ONCE)
    const last = households.at(-1)
    if (!last) return
    after = last.number
    yield { upTo: after, people: households.flatMap((household) => peopleInOrder(household, unread)) }
  }
}

function peopleInOrder(household: Scanned, unread: TellUnread): Person[] {
  try {
    return peopleOf(household).sort((one, other) => one.member - other.member)
  } catch (error) {
    unread(household.id, error)
    return []
  }
}

export function* sweep(db: Db, now: string, unread = logUnread): Generator<void> {
  beginSweep(db, now)
  const found = yield* searchEverybody(db, readPeople(db, unread), { tell: (share) => tellSweep(db, share) })
  try {
    yield* keepAll(db, found, now)
  } finally {
    found.close()
  }
  endSweep(db, now)
}

const besides = ({ $client: { memory, name } }: Db) => memory ? tmpdir() : dirname(resolve(name))
type How = { tell?: (share: number) => void, atOnce?: number }

// Makes the index what these people are, and finds who meets whom in it. At any time only a part of the keys, and the people
// who meet by one of them, are in memory; what is found is put aside. The caller closes it.
export function* searchEverybody(db: Db, source: Iterable<Chunk>, { tell = () => {}, atOnce }: How = {}): Generator<void, Found> {
  const spool = openSpool(besides(db))
  const found = openFound()
  try {
    const meetings = new Meetings(spool, atOnce)
    const words = yield* gather(db, source, meetings)
    tell(0.3)
    yield* writeWords(db, words, meetings.people)
    const crowd = crowdOf(meetings.people, (word) => words.get(word) ?? 0)
    let parts = 0
    for (const meeting of meetings.inOrder()) {
      search(db, meeting, crowd, found)
      yield* writeKeys(db, meeting)
      tell(0.3 + 0.6 * ++parts / PARTS)
    }
    return found
  } catch (error) {
    found.close()
    throw error
  } finally {
    spool.close()
  }
}

// Gives how many carry each word.
function* gather(db: Db, source: Iterable<Chunk>, meetings: Meetings): Generator<void, Map<string, number>> {
  const words = new Map<string, number>()
  let from = 0
  for (const { upTo, people } of source) {
    const end = memberNumber(upTo + 1, 0)
    writePeople(db, from, end, people)
    from = end
    for (const person of people) {
      meetings.add(person.member, keysOf(person), swappedKeysOf(person))
      for (const word of new Set(wordsOf(person.name))) words.set(word, (words.get(word) ?? 0) + 1)
    }
    yield
  }
  return words
}

// While everybody is searched nobody else writes these people, so they are still who was read.
function search(db: Db, meeting: Meeting, crowd: Crowd, found: Found) {
  const people = new Map<number, Person>()
  for (const person of peopleWith(db, meeting.inPairs(MOST_IN_BLOCK, householdOf))) people.set(person.member, person)
  for (const { one: first, other: second, key } of meeting.pairs(MOST_IN_BLOCK, householdOf)) {
    const [one, other] = first < second ? [people.get(first)!, people.get(second)!] : [people.get(second)!, people.get(first)!]
    const judgement = scorePair(other, one, crowd)
    if (judgement) found.tellAlike(one, other, judgement)
    if (one.kkNumber !== null && one.kkNumber === other.kkNumber && isSound(one.kkNumber) && cardKeyOf(one.kkNumber) === key) {
      found.tellCard(householdOf(one.member), householdOf(other.member), one.kkNumber)
    }
  }
}

const PAIRS_AT_ONCE = 100

function* keepAll(db: Db, found: Found, now: string): Generator<void> {
  const kept = new Set<number>()
  yield* inSteps(db, found.inOrder(), PAIRS_AT_ONCE, (common) => {
    const number = keepPair(db, [common.lower, common.higher], findingsOf(common), now)
    if (number !== undefined) kept.add(number)
  })
  for (let after: number | undefined = 0; after !== undefined;) {
    after = db.$client.transaction((from: number) => endOthers(db, kept, from, PAIRS_AT_ONCE, now)).immediate(after)
    yield
  }
}

const findingsOf = ({ alike: likenesses, cards }: Common): Finding[] => [...bestOfEach(likenesses).map(personFinding), ...cards.map(cardFinding)]
