import { judgeFamily, type Check, type Rules } from '#app/eligibility/judging.ts'
import { readHome } from '#app/eligibility/reading.ts'
import { RULED, rulesFor, type Ruled } from '#app/eligibility/rules.ts'
import { isIn, keyOf, keyOfStanding, standingOf, type Standing } from '#app/eligibility/standing.ts'
import { familyOfRecipient, type PkhFamily } from '#app/pkh/members.ts'
import { rulesOn } from '#app/pkh/rules.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { findSubject, type Subject } from '#app/programmes/subjects.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY, regencyOf, VILLAGE } from '#app/regions/levels.ts'
import { findRegionName, pathTo } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Room = { name: string, quota: number, used: number }
export type Explained = { programme: Ruled, name: string, unit: Rules['unit'], eligible: boolean, checks: Check[], perYear: number, persons: number[], standing: Standing[], rooms: Room[] }
export type Explanation = { subject: Subject, places: string[], today: string, living: boolean, programmes: Explained[], pkh: PkhFamily }

// Why a family is or is not eligible, programme by programme: the same judge as in a run, with its numbers. Reading it is audited.
export function explainFamily(tx: Tx, householdId: string, familySeq: number): Explanation {
  const { db, now } = tx
  demand(tx.actor, 'programme.read')
  const subject = findSubject(tx, { householdId, familySeq })
  const today = dayOf(now)
  const home = readHome(db, householdId)
  const family = { desil: home?.desil(familySeq) ?? null, members: home?.families.get(familySeq) ?? [], held: home?.held }
  const pkh = rulesOn(db, today, regencyOf(subject.regionCode))
  tx.audit('eligibility.explained', householdId, { familySeq })
  return {
    subject, today, living: home !== undefined, places: pathTo(db, subject.regionCode).map(({ name }) => name).reverse(),
    pkh: familyOfRecipient(db, { id: '', householdId, familySeq, regionCode: subject.regionCode }, today),
    programmes: RULED.map((programme) => {
      const rules = rulesFor(db, programme, today, subject.regionCode.slice(0, REGENCY))
      const contradicting = rules.contradicts.filter((code) => standingOf(db, code, householdId).some((standing) => isIn(standing) && standing.familySeq === familySeq))
      const { eligible, checks, perYear, persons } = judgeFamily({ ...family, contradicting }, rules, pkh)
      return { programme, name: programmeOf(programme).name, unit: rules.unit, eligible, checks, perYear, persons, standing: ownOf(db, programme, subject, family.members), rooms: roomsOf(db, programme, rules, subject) }
    }),
  }
}

// The programmes whose rules a family fulfils on this day, by name. The caller has found it in the reader's scope.
export function eligibleFor(db: Db, { householdId, familySeq }: { householdId: string, familySeq: number }, regionCode: string, today: string): string[] {
  const home = readHome(db, householdId)
  const family = { desil: home?.desil(familySeq) ?? null, members: home?.families.get(familySeq) ?? [], held: home?.held }
  const pkh = rulesOn(db, today, regencyOf(regionCode))
  return RULED.filter((programme) => judgeFamily({ ...family, contradicting: [] }, rulesFor(db, programme, today, regionCode.slice(0, REGENCY)), pkh).eligible).map((programme) => programmeOf(programme).name)
}

// Of the family itself, or of any person in it.
function ownOf(db: Db, programme: Ruled, { householdId, familySeq }: Subject, members: readonly { seq: number }[]): Standing[] {
  const keys = new Set([keyOf(householdId, familySeq!, null), ...members.map(({ seq }) => keyOf(householdId, 0, seq))])
  return standingOf(db, programme, householdId).filter((standing) => keys.has(keyOfStanding(standing) ?? ''))
}

const inPlace = statement<[string, string, string], number>("SELECT count(*) FROM recipients WHERE programme = ? AND region_code >= ? AND region_code < ? AND phase <> 'ended'")

function roomsOf(db: Db, programme: Ruled, { quotas }: Rules, { regionCode }: Subject): Room[] {
  return [regionCode.slice(0, REGENCY), regionCode.slice(0, VILLAGE)].filter((place) => quotas[place] !== undefined)
    .map((place) => ({ name: findRegionName(db, place) ?? place, quota: quotas[place]!, used: inPlace(db).pluck().get(programme, place, `${place}:`) as unknown as number }))
}
