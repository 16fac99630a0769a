import { PRESENT } from '#app/households/living.ts'
import { HEAD } from '#app/programmes/people.ts'
import { notFound } from '#app/problems.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// Whom a change is about, as the registry has him now. Of a family: its head's name and NIK.
export type Subject = {
  householdId: string, familySeq: number | null, memberSeq: number | null, regionCode: string, name: string, nik: string | null, kkNumber: string | null, address: string
}
export type Place = { householdId: string, familySeq: number | null, memberSeq?: number | null }

type Home = { regionCode: string, address: string }
type One = { seq: number, familySeq: number | null, name: string, nik: string | null }

const home = statement<[string], Home>('SELECT region_code AS regionCode, address FROM households WHERE id = ?')
const member = statement<[string, number], One>('SELECT seq, family_seq AS familySeq, name, nik FROM members WHERE household_id = ? AND seq = ?')
// Those who left or died stand last: a family whose head died is known by who is left.
const headOf = statement<[string, number, number], One>(`SELECT seq, family_seq AS familySeq, name, nik FROM members WHERE household_id = ? AND family_seq IS ?
  ORDER BY ${PRESENT('members')} DESC, (relation IS ?) DESC, seq LIMIT 1`)
const card = statement<[string, number], string | null>('SELECT kk_number FROM families WHERE household_id = ? AND seq = ?')

// Scoped; a household elsewhere, a family or a person it does not have is not found.
export function findSubject({ db, actor }: Pick<Tx, 'db' | 'actor'>, { householdId, familySeq, memberSeq = null }: Place): Subject {
  const found = home(db).get(householdId)
  if (!found || !isWithin(found.regionCode, actor)) throw notFound('Rumah tangga')
  const person = memberSeq === null ? familySeq === null ? undefined : headOf(db).get(householdId, familySeq, HEAD) : member(db).get(householdId, memberSeq)
  if (!person) throw notFound(memberSeq === null ? 'Keluarga' : 'Anggota rumah tangga')
  const family = memberSeq === null ? familySeq : person.familySeq
  return {
    householdId, familySeq: family, memberSeq, ...found, name: person.name, nik: person.nik, kkNumber: family === null ? null : cardOf(db, householdId, family),
  }
}

const cardOf = (db: Db, householdId: string, family: number) => card(db).pluck().get(householdId, family) as string | null | undefined ?? null
