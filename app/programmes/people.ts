import { PRESENT } from '#app/households/living.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Person = {
  householdId: string, seq: number, familySeq: number | null, name: string, nik: string | null, sex: number | null, birthDate: string | null, relation: number | null,
  present: 0 | 1
}

const COLUMNS = `m.household_id AS householdId, m.seq, m.family_seq AS familySeq, m.name, m.nik, m.sex, m.birth_date AS birthDate, m.relation,
  ${PRESENT('m')} AS present`
const one = statement<[string, number], Person>(`SELECT ${COLUMNS} FROM members m WHERE m.household_id = ? AND m.seq = ?`)
const family = statement<[string, number], Person>(`SELECT ${COLUMNS} FROM members m WHERE m.household_id = ? AND m.family_seq IS ? ORDER BY m.seq LIMIT 60`)

const present = statement<[string], Person>(`SELECT ${COLUMNS} FROM members m WHERE m.household_id = ? AND present ORDER BY m.seq LIMIT 60`)

type Place = { householdId: string | null, familySeq?: number | null, memberSeq?: number | null }

// A person as the registry has him. The caller has found the household in his scope.
export const personOf = (db: Db, { householdId, memberSeq }: Place): Person | undefined =>
  householdId !== null && memberSeq !== null && memberSeq !== undefined ? one(db).get(householdId, memberSeq) : undefined

export const familyOf = (db: Db, { householdId, familySeq }: Place): Person[] =>
  householdId !== null && familySeq !== null && familySeq !== undefined ? family(db).all(householdId, familySeq) : []

// Everybody who lives in a household.
export const peopleIn = (db: Db, householdId: string): Person[] => present(db).all(householdId)

// 1: head; 2: husband or wife; 3: child.
export const HEAD = 1
export const isParent = ({ relation }: Pick<Person, 'relation'>) => relation === HEAD || relation === 2
export const isChild = ({ relation }: Pick<Person, 'relation'>) => relation === 3
