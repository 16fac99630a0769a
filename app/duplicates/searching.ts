import { cardKeyOf, householdOf, keysOf, swappedKeysOf, type Person } from '#app/duplicates/keys.ts'
import { wordsOf } from '#app/duplicates/names.ts'
import { dropPerson, isSame, knownBetween, personWith, putPerson } from '#app/duplicates/stored-people.ts'
import { crowdOf, type Crowd } from '#app/duplicates/crowd.ts'
import { alike, judgeBoth, type Alike } from '#app/duplicates/findings.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const putKey = statement<[number, number], unknown>('INSERT INTO duplicate_keys (key, member) VALUES (?, ?) ON CONFLICT DO NOTHING')
const dropKey = statement<[number, number], unknown>('DELETE FROM duplicate_keys WHERE key = ? AND member = ?')
const block = statement<[number, number], number>('SELECT member FROM duplicate_keys WHERE key = ? LIMIT ?')
const countWord = statement<[string, number], unknown>('INSERT INTO duplicate_names (word, people) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET people = people + excluded.people')
const carriers = statement<[string], number>('SELECT people FROM duplicate_names WHERE word = ?')

// '' is no word: under it stands how many people there are.
export const EVERYBODY = ''

// The people of one household as the search knows them from now on; what has not changed is not touched.
export function replacePeople(db: Db, household: number, people: Person[]) {
  const before = new Map(knownBetween(db, householdStart(household), householdStart(household + 1)).map((person) => [person.member, person]))
  for (const person of people) {
    const old = before.get(person.member)
    before.delete(person.member)
    if (old && isSame(old, person)) continue
    if (old) forget(db, old)
    remember(db, person)
  }
  for (const gone of before.values()) {
    forget(db, gone)
    dropPerson(db, gone.member)
  }
}

const householdStart = (household: number) => household * 1000

function remember(db: Db, person: Person) {
  putPerson(db, person)
  for (const key of keysOf(person)) putKey(db).run(key, person.member)
  count(db, person.name, 1)
}

function forget(db: Db, person: Person) {
  for (const key of keysOf(person)) dropKey(db).run(key, person.member)
  count(db, person.name, -1)
}

function count(db: Db, name: string, by: number) {
  for (const word of new Set([...wordsOf(name), EVERYBODY])) countWord(db).run(word, by)
}

// A block beyond this says nothing of anybody in it; whoever is in it is found by another of their keys.
export const MOST_IN_BLOCK = 150

// Who elsewhere is likely one of these people. All pairs of a block are never formed: each person meets only those who share
// one of some ten keys.
export function findAlike(db: Db, people: Person[]): Alike[] {
  const crowd = crowdIn(db)
  return people.flatMap((person) => {
    const own = householdOf(person.member)
    return candidatesOf(db, person, own).flatMap((other): Alike[] => {
      const judgement = judgeBoth(person, other, crowd)
      return judgement ? [alike(person, other, judgement)] : []
    })
  })
}

function candidatesOf(db: Db, person: Person, household: number): Person[] {
  const found = new Set<number>()
  for (const key of [...keysOf(person), ...swappedKeysOf(person)]) {
    const members = block(db).pluck().all(key, MOST_IN_BLOCK + 1) as number[]
    if (members.length > MOST_IN_BLOCK) continue
    for (const member of members) if (householdOf(member) !== household) found.add(member)
  }
  return [...found].map((member) => personWith(db, member))
}

// Other households in which somebody is on this card.
export function sharingCards(db: Db, card: string, household: number): number[] {
  const members = block(db).pluck().all(cardKeyOf(card), MOST_IN_BLOCK + 1) as number[]
  if (members.length > MOST_IN_BLOCK) return []
  return [...new Set(members.filter((member) => householdOf(member) !== household && personWith(db, member).kkNumber === card).map(householdOf))]
}

const crowdIn = (db: Db): Crowd => {
  const carrying = (word: string) => carriers(db).pluck().get(word) as number | undefined ?? 0
  return crowdOf(carrying(EVERYBODY), carrying)
}
