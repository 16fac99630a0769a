import { createHash } from 'node:crypto'
import { householdOf, isSound, memberNumber, type Person } from '#app/duplicates/keys.ts'
import { compareNames, plainName } from '#app/duplicates/names.ts'
import { findAlike } from '#app/duplicates/searching.ts'
import { ALIVE, PRESENT } from '#app/households/living.ts'
import { hideNumber } from '#app/households/masking.ts'
import { maskName, wordsOf } from '#app/public/names.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Sought = { regionCode: string, nik: string, name: string, birthDate: string, sex: number }
type Row = { id: string, number: number, seq: number, regionCode: string, name: string, nik: string | null, birthDate: string | null }

const COLUMNS = 'h.id, h.number, m.seq, h.region_code AS regionCode, m.name, m.nik, m.birth_date AS birthDate'
const LIVING = `h.stage <> 'withdrawn' AND ${ALIVE('h.id')} AND ${PRESENT('m')}`
const withNik = statement<[string], Row>(`SELECT ${COLUMNS} FROM members m JOIN households h ON h.id = m.household_id WHERE m.nik = ? AND ${LIVING} LIMIT 1`)
const withNiks = statement<[string], Row>(`SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN members m ON m.nik = j.value JOIN households h ON h.id = m.household_id WHERE ${LIVING} LIMIT 200`)
const named = statement<[string], Row>(`SELECT ${COLUMNS} FROM household_search s JOIN households h ON h.number = s.rowid JOIN members m ON m.household_id = h.id WHERE household_search MATCH ? AND ${LIVING} LIMIT 2000`)
const memberOf = statement<[number, number], Row>(`SELECT ${COLUMNS} FROM households h JOIN members m ON m.household_id = h.id WHERE h.number = ? AND m.seq = ?`)

// Whose number it is, anywhere: a number leaves no doubt.
export const findByNik = (db: Db, nik: string): Row | undefined => withNik(db).get(nik)

// Everything one slip of the finger makes of a number: another digit, or two neighbours turned round.
function slipsOf(nik: string): string[] {
  const put = (at: number, digits: string) => nik.slice(0, at) + digits + nik.slice(at + digits.length)
  const others = [...nik].flatMap((digit, at) => [...'0123456789'].filter((one) => one !== digit).map((one) => put(at, one)))
  const turned = [...nik].slice(1).flatMap((digit, at) => digit === nik[at] ? [] : [put(at, digit + nik[at])])
  return [...others, ...turned]
}

type Found = Row & { why: string }

// Who may be the one who is said not to be there: by a slip in the number, by name and dates as the search for duplicates weighs them, by name in the desa.
export function findLikely(db: Db, { regionCode, nik, name, birthDate, sex }: Sought): Found[] {
  const plain = plainName(name)
  const person: Person = { member: -1, name: plain, sex, birthDate, nik, kkNumber: null, mother: '', regionCode }
  const found = new Map<number, Found>()
  const tell = (row: Row | undefined, why: string) => {
    if (row && !found.has(memberNumber(row.number, row.seq))) found.set(memberNumber(row.number, row.seq), { ...row, why })
  }
  for (const row of withNiks(db).all(JSON.stringify(slipsOf(nik)))) if (row.birthDate === birthDate || compareNames(plain, plainName(row.name))) tell(row, 'NIK beda satu angka atau tertukar')
  for (const { other, judgement } of findAlike(db, [person])) tell(memberOf(db).get(householdOf(other.member), other.member % 1000), judgement.reasons.join(', '))
  for (const row of named(db).all(matching(regionCode, name))) if (plainName(row.name) === plain) tell(row, 'nama sama di desa ini')
  return [...found.values()].slice(0, MOST)
}
const MOST = 20

// By the longest word of the name: titles and initials are written or not.
const matching = (village: string, name: string) => `{names} : ("${[...wordsOf(name)].sort((a, b) => b.length - a.length)[0] ?? ''}") AND region : ("r${village.replaceAll('.', '')}")`

export type Candidate = { name: string, place: string, nik: string, birthYear: string, why: string, href?: string }

// Whole where the reader works; of elsewhere no more than whom to ask.
export const shownTo = (db: Db, actor: Actor, { id, regionCode, name, nik, birthDate }: Row, why = ''): Candidate => isWithin(regionCode, actor)
  ? { name, place: findRegionName(db, regionCode) ?? regionCode, nik: hideNumber(nik ?? ''), birthYear: birthDate?.slice(0, 4) ?? '', why, href: `/households/${id}` }
  : { name: maskName(name), place: findRegionName(db, regencyOf(regionCode)) ?? '', nik: '', birthYear: '', why }

// Of exactly these candidates: who ruled them out has not ruled out another.
export const printOf = (found: Found[]) => createHash('sha256').update(found.map(({ number, seq }) => memberNumber(number, seq)).sort((a, b) => a - b).join()).digest('hex').slice(0, 16)

export const isWholeNik = isSound
