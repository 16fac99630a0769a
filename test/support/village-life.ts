import * as fc from 'fast-check'
import type { Change } from '#app/changes/changes.ts'
import type { Undo } from '#app/proposals/kinds.ts'
import { presentMembers, type Answers } from '#app/questionnaire/record.ts'
import type { Homes } from '#test/support/changing.ts'
import { kkOf } from '#test/support/changes.ts'
import { BALECATUR, PONCOSARI, TRIMURTI } from '#test/support/world.ts'

// What may happen next, drawn blindly: four numbers that are read as a change of whatever the village looks like then.
export type Draw = { what: number, a: number, b: number, c: number }
export const draws = (most: number) => fc.array(fc.record({ what: fc.nat(11), a: fc.nat(97), b: fc.nat(97), c: fc.nat(97) }), { minLength: 1, maxLength: most })

const on = '2026-03-01'
const REGIONS = [PONCOSARI, TRIMURTI, BALECATUR]
const pick = <T>(list: T[], n: number): T | undefined => list[n % Math.max(1, list.length)]
const seqOf = (member: Answers | undefined) => Number(member?.memberSeq ?? 1)

// Some draws make no sense (a used No KK, a person's NIK given to another): the rules have to refuse them.
export function readDraw({ what, a, b, c }: Draw, homes: Homes, step: number, undo: Undo | undefined): Change | Undo | undefined {
  const ids = [...homes.keys()].sort()
  const [householdId, otherId] = [pick(ids, a)!, pick(ids, b)!]
  const [here, there] = [homes.get(householdId)!.record, homes.get(otherId)!.record]
  const people = presentMembers(here)
  const someone = pick(people, c)
  const heir = seqOf(pick(people.filter((one) => one !== someone), b))
  const kkNumber = c % 9 === 0 ? kkOf(21) : `99020128022600${String(10 + step).padStart(2, '0')}`
  const newHome = c % 2 === 0 ? { home: { id: `rumah-${step}`, regionCode: pick(REGIONS, b)!, address: `Jl. Baru ${step}` } } : {}
  const about = { on, householdId }
  const succession = { head: heir, familyHead: heir }
  switch (what) {
    case 0: return {
      kind: 'birth', ...about, familySeq: Number(pick(here.families, b)?.familySeq ?? 1), name: `Bayi ${step}`, sex: 1 + (c % 2),
      nik: `990201${c % 2 ? 41 : '01'}0326${String(1000 + step)}`, relationToHead: 3, relationToFamilyHead: 3, certificate: true,
    }
    case 1: return { kind: 'death', ...about, memberSeq: seqOf(someone), succession }
    case 2: {
      const single = people.filter(({ maritalStatus }) => maritalStatus !== 2)
      const member = pick(single, c)
      const partner = pick(presentMembers(there).filter(({ maritalStatus, sex }) => maritalStatus !== 2 && sex !== member?.sex), b)
      const living = pick(['with_family', 'new_family', 'new_household'] as const satisfies readonly string[] as unknown as ('with_family' | 'new_family' | 'new_household')[], a + c)!
      return {
        kind: 'marriage', ...about, memberSeq: seqOf(member), otherId, otherSeq: seqOf(partner), living, certificate: 1, familyHead: c % 2 ? 'member' : 'other', kkNumber,
        home: { id: `rumah-${step}`, regionCode: PONCOSARI, address: `Jl. Baru ${step}` }, relationToHead: 4, relationToFamilyHead: 4, succession,
        otherSuccession: { head: seqOf(pick(presentMembers(there), a)), familyHead: seqOf(pick(presentMembers(there), a)) },
      }
    }
    case 3: case 4: {
      const family = b % 3 ? Number(pick(there.families, c)?.familySeq ?? 1) : undefined
      const movers = [{ memberSeq: seqOf(someone), relationToHead: 8, relationToFamilyHead: family ? 8 : 1 }]
      return { kind: 'member_move', ...about, otherId, movers, familySeq: family, kkNumber, succession }
    }
    case 5: case 6: return { kind: 'family_split', ...about, movers: [{ memberSeq: seqOf(someone), relationToFamilyHead: 1 }], kkNumber, ...newHome, succession }
    case 7: return c % 2
      ? { kind: 'family_merge', ...about, otherId, movers: people.map((one) => ({ memberSeq: seqOf(one), relationToHead: 8 })) }
      : { kind: 'family_merge', ...about, familySeq: Number(here.families[1]?.familySeq ?? 2), intoFamilySeq: Number(here.families[0]?.familySeq ?? 1), movers: people.map((one) => ({ memberSeq: seqOf(one), relationToFamilyHead: 8 })) }
    case 8: {
      const from = homes.get(householdId)!.regionCode
      const kkNumbers = here.families.map(({ familySeq }, i) => ({ familySeq: Number(familySeq), kkNumber: `9902012802263${String(step * 10 + i).padStart(3, '0')}` }))
      return { kind: 'household_move', ...about, from, to: pick(REGIONS, b)!, address: `Jl. Pindah ${step}`, kkNumbers: c % 4 ? kkNumbers : [] }
    }
    case 9: {
      const out = ids.filter((id) => !homes.get(id)!.active)
      const back = pick(out, a)
      if (!back || c % 3 === 0) return { kind: 'deactivation', ...about, reason: 'mampu' }
      return { kind: 'reactivation', on, householdId: back, present: c % 2 ? homes.get(back)!.record.members.map(seqOf) : [] }
    }
    case 10: {
      // A row that moved away said to be here again; or the NIK of somebody who lives elsewhere.
      const gone = here.members.findIndex(({ memberPresence }) => memberPresence === 3)
      if (gone >= 0) return { kind: 'correction', ...about, answers: { [`members.${gone}.memberPresence`]: 1, [`members.${gone}.relationToHead`]: 8, [`members.${gone}.relationToFamilyHead`]: 8, [`members.${gone}.familySeq`]: Number(here.families[0]?.familySeq ?? 1) } }
      const others = [...homes].filter(([id, { active }]) => active && id !== householdId).flatMap(([, { record }]) => presentMembers(record))
      return { kind: 'correction', ...about, answers: { 'household.roofType': 1 + (c % 5), ...(c % 3 === 0 && others.length > 0 && { 'members.0.nik': String(pick(others, b)!.nik) }) } }
    }
    default: return undo
  }
}
