import type { Person } from '#app/duplicates/keys.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The people of all active households as the search reads them.
const COLUMNS = 'member, name, sex, birth_date AS birthDate, nik, kk_number AS kkNumber, mother, region_code AS regionCode'
const between = statement<[number, number], Person>(`SELECT ${COLUMNS} FROM duplicate_people WHERE member >= ? AND member < ?`)
const byNumber = statement<[number], Person>(`SELECT ${COLUMNS} FROM duplicate_people WHERE member = ?`)
const put = statement<unknown[], unknown>(`INSERT INTO duplicate_people (member, name, sex, birth_date, nik, kk_number, mother, region_code)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (member) DO UPDATE SET name = excluded.name, sex = excluded.sex, birth_date = excluded.birth_date,
  nik = excluded.nik, kk_number = excluded.kk_number, mother = excluded.mother, region_code = excluded.region_code`)
const drop = statement<[number], unknown>('DELETE FROM duplicate_people WHERE member = ?')

const among = statement<[string], Person>(`SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN duplicate_people p ON p.member = j.value`)
const AT_ONCE = 1000

// Many at once, in the order of their numbers.
export function* peopleWith(db: Db, members: number[]): Generator<Person> {
  for (let at = 0; at < members.length; at += AT_ONCE) yield* among(db).all(JSON.stringify(members.slice(at, at + AT_ONCE)))
}

export const knownBetween = (db: Db, from: number, before: number) => between(db).all(from, before)
export const personWith = (db: Db, member: number) => byNumber(db).get(member)!
export const dropPerson = (db: Db, member: number) => void drop(db).run(member)
export const putPerson = (db: Db, { member, name, sex, birthDate, nik, kkNumber, mother, regionCode }: Person) =>
  void put(db).run(member, name, sex, birthDate, nik, kkNumber, mother, regionCode)

export const isSame = (one: Person, other: Person) => one.name === other.name && one.sex === other.sex && one.birthDate === other.birthDate && one.nik === other.nik
  && one.kkNumber === other.kkNumber && one.mother === other.mother && one.regionCode === other.regionCode
