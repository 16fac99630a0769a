import { cardKeyOf, householdOf, keysOf, swappedKeysOf, type Person } from '#app/duplicates/keys.ts'
import { wordsOf } from '#app/duplicates/names.ts'
import { scorePair, type Crowd, type Judgement } from '#app/duplicates/scoring.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const COLUMNS = 'member, name, sex, birth_date AS birthDate, nik, kk_number AS kkNumber, mother, region_code AS regionCode'
const known = statement<[number, number], Person>(`SELECT ${COLUMNS} FROM duplicate_people WHERE member >= ? AND member < ?`)
const byNumber = statement<[number], Person>(`SELECT ${COLUMNS} FROM duplicate_people WHERE member = ?`)
const put = statement<unknown[], unknown>(`INSERT INTO duplicate_people (member, name, sex, birth_date, nik, kk_number, mother, region_code)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (member) DO UPDATE SET name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
  nik = excluded.nik, kk_number = excluded.kk_number, mother = excluded.mother, region_code = excluded.region_code`)
const drop = statement<[number], unknown>('DELETE FROM duplicate_people WHERE member = ?')
const putKey = statement<[number, number], unknown>('INSERT INTO duplicate_keys (key, member) VALUES (?, ?) ON CONFLICT DO NOTHING')
const dropKey = statement<[number, number], unknown>('DELETE FROM duplicate_keys WHERE key = ? AND member = ?')
const block = statement<[number, number], number>('SELECT member FROM duplicate_keys WHERE key = ? LIMIT ?')
const countWord = statement<[string, number], unknown>('INSERT INTO duplicate_names (word, people) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET people = people + excluded.people')
const carriers = statement<[string], number>('SELECT people FROM duplicate_names WHERE word = ?')

// '' is no word: under it stands how many people there are.
const EVERYBODY = ''

// The people of one household as the search knows them from now on; what has not changed is not touched.
export function replacePeople(db: Db, household: number, people: Person[]) {
  const before = new Map(known(db).all(householdStart(household), householdStart(household + 1)).map((person) => [person.member, person]))
  for (const person of people) {
    const old = before.get(person.member)
    before.delete(person.member)
    if (old && isSame(old, person)) continue
    if (old) forget(db, old)
    remember(db, person)
  }
  for (const gone of before.values()) {
    forget(db, gone)
    drop(db).run(gone.member)
  }
}

const householdStart = (household: number) => household * 1000

const isSame = (one: Person, other: Person) => one.name === other.name && one.sex === other.sex && one.birthDate === other.birthDate && one.nik === other.nik
  && one.kkNumber === other.kkNumber && one.mother === other.mother && one.regionCode === other.regionCode

function remember(db: Db, person: Person) {
  const { member, name, sex, birthDate, nik, kkNumber, mother, regionCode } = person
  put(db).run(member, name, sex, birthDate, nik, kkNumber, mother, regionCode)
  for (const key of keysOf(person)) putKey(db).run(key, member)
  count(db, name, 1)
}

function forget(db: Db, person: Person) {
  for (const key of keysOf(person)) dropKey(db).run(key, person.member)
  count(db, person.name, -1)
}

function count(db: Db, name: string, by: number) {
  for (const word of new Set([...wordsOf(name), EVERYBODY])) countWord(db).run(word, by)
}

export type Alike = { person: Person, other: Person, judgement: Judgement }

// A block beyond this says nothing of anybody in it; whoever is in it is found by another of their keys.
const MOST_IN_BLOCK = 150

// Who elsewhere is likely one of these people. All pairs of a block are never formed: each person meets only those who share
// one of some ten keys.
export function findAlike(db: Db, people: Person[]): Alike[] {
  const crowd = crowdOf(db)
  return people.flatMap((person) => {
    const own = householdOf(person.member)
    return candidatesOf(db, person, own).flatMap((other): Alike[] => {
      const judgement = scorePair(person, other, crowd)
      return judgement ? [{ person, other, judgement }] : []
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
  return [...found].map((member) => byNumber(db).get(member)!)
}

// Other households in which somebody is on this card.
export function sharingCards(db: Db, card: string, household: number): number[] {
  const members = block(db).pluck().all(cardKeyOf(card), MOST_IN_BLOCK + 1) as number[]
  if (members.length > MOST_IN_BLOCK) return []
  return [...new Set(members.filter((member) => householdOf(member) !== household && byNumber(db).get(member)!.kkNumber === card).map(householdOf))]
}

const crowdOf = (db: Db): Crowd => {
  const carrying = (word: string) => carriers(db).pluck().get(word) as number | undefined ?? 0
  return { people: carrying(EVERYBODY), carrying }
}
