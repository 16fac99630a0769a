import type { Ruled } from '#app/eligibility/rules.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Who stands in a programme and has not ended. phase waiting: on the way in; receiving or paused: in it.
export type Standing = { id: string, name: string, regionCode: string, householdId: string | null, familySeq: number | null, memberSeq: number | null, phase: 'waiting' | 'receiving' | 'paused' }

const COLUMNS = 'id, name, region_code AS regionCode, household_id AS householdId, family_seq AS familySeq, member_seq AS memberSeq, phase'
const inVillage = statement<[string, string], Standing>(`SELECT ${COLUMNS} FROM recipients INDEXED BY recipients_by_name WHERE programme = ? AND region_code = ? AND phase <> 'ended' AND sensitive = 0`)
const ofHousehold = statement<[string, string], Standing>(`SELECT ${COLUMNS} FROM recipients WHERE household_id = ? AND programme = ? AND phase <> 'ended' AND sensitive = 0 LIMIT 200`)

export const keyOf = (householdId: string, familySeq: number, memberSeq: number | null) => memberSeq === null ? `${householdId} ${familySeq}` : `${householdId} m${memberSeq}`

// A person is known by his number in the household, whatever family he stands in.
export const keyOfStanding = ({ householdId, familySeq, memberSeq }: Standing) =>
  householdId === null ? undefined : memberSeq === null ? familySeq === null ? undefined : keyOf(householdId, familySeq, null) : keyOf(householdId, 0, memberSeq)

export const standingIn = (db: Db, programme: Ruled, village: string): Standing[] => inVillage(db).all(programme, village)
export const standingOf = (db: Db, programme: string, householdId: string): Standing[] => ofHousehold(db).all(householdId, programme)

const IN_IT = ['receiving', 'paused']
export const isIn = ({ phase }: Standing) => IN_IT.includes(phase)

const rivals = statement<[string, string], { householdId: string | null, familySeq: number | null }>(`SELECT household_id AS householdId, family_seq AS familySeq
  FROM recipients INDEXED BY recipients_by_name WHERE programme = ? AND region_code = ? AND phase IN ('receiving', 'paused') AND sensitive = 0`)

// The families that receive of a programme this one does not go together with.
export function rivalsIn(db: Db, contradicts: readonly string[], village: string, into: Map<string, string[]>) {
  for (const programme of contradicts) {
    for (const { householdId, familySeq } of rivals(db).all(programme, village)) {
      if (householdId === null || familySeq === null) continue
      const key = keyOf(householdId, familySeq, null)
      const known = into.get(key) ?? []
      if (!known.includes(programme)) into.set(key, [...known, programme])
    }
  }
}
