import type { Waiting } from '#app/numbers/waiting.ts'
import { FAMILY_RELATIONS } from '#app/questionnaire/2026/options.ts'
import type { MissingNumber } from '#app/questionnaire/missing-numbers.ts'
import { isEmpty, presentMembers, type Answers } from '#app/questionnaire/record.ts'

// What Dukcapil needs to find or enter a person: everybody of a family without a card, and whoever has no NIK.
export type Applicant = {
  household: Waiting, family: string, name: string, relation: string, sex: string, birthPlace: string, birthDate: string, mother: string, nik: string | null, kk: string | null, lacks: string, reason: string
}

const text = (value: Answers[string]) => isEmpty(value) ? '' : String(value)

export function applicantsOf(household: Waiting): Applicant[] {
  const { record, missing } = household
  const of = (kind: MissingNumber['kind'], seq: Answers[string]) => missing.find((one) => one.kind === kind && one.seq === Number(seq))
  return presentMembers(record).flatMap((member): Applicant[] => {
    const [card, nik] = [of('kk', member.familySeq), of('nik', member.memberSeq)]
    const lacking = [card, nik].filter((one) => one !== undefined)
    if (lacking.length === 0) return []
    return [{
      household, family: text(member.familySeq), name: text(member.name), relation: FAMILY_RELATIONS.find(({ code }) => code === member.relationToFamilyHead)?.label ?? '',
      sex: member.sex === 1 ? 'L' : member.sex === 2 ? 'P' : '', birthPlace: text(member.birthPlace), birthDate: text(member.birthDate), mother: text(member.motherMaidenName),
      nik: text(member.nik) || null, kk: text(record.families.find(({ familySeq }) => familySeq === member.familySeq)?.kkNumber) || null,
      lacks: lacking.map(({ kind }) => kind === 'kk' ? 'No KK' : 'NIK').join(' dan '), reason: [...new Set(lacking.map(({ reason }) => reason).filter(Boolean))].join('; '),
    }]
  })
}
