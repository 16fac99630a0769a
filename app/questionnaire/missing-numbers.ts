import { MEMBERS } from '#app/questionnaire/2026/members.ts'
import { PLACE } from '#app/questionnaire/2026/place.ts'
import { isEmpty, isPresent, pathOf, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Question } from '#app/questionnaire/types.ts'

// A number that Dukcapil still has to give: whose, and why there is none (nothing said: an older form did not ask).
export type MissingNumber = { kind: 'kk' | 'nik', path: string, seq: number, name: string, reason: string }

const reasonsOf = (questions: readonly Question[], key: string) => questions.find((question) => question.key === key)!.options!
const KK_REASONS = reasonsOf(PLACE, 'kkMissingReason')
const NIK_REASONS = reasonsOf(MEMBERS, 'nikMissingReason')
const wordsOf = (reasons: Question['options'], code: unknown) => reasons?.find((option) => option.code === code)?.label ?? ''

// Of a family its card, named after its head; of whoever lives there the NIK. Pure.
export function missingNumbers(record: HouseholdRecord): MissingNumber[] {
  return [
    ...record.families.flatMap(({ kkNumber, kkMissingReason, familySeq }, i): MissingNumber[] => isEmpty(kkNumber)
      ? [{ kind: 'kk', path: pathOf('families', i, 'kkNumber'), seq: Number(familySeq ?? i + 1), name: nameOf(headOf(record, familySeq)), reason: wordsOf(KK_REASONS, kkMissingReason) }] : []),
    ...record.members.flatMap((member, i): MissingNumber[] => isPresent(member) && isEmpty(member.nik)
      ? [{ kind: 'nik', path: pathOf('members', i, 'nik'), seq: Number(member.memberSeq ?? i + 1), name: nameOf(member), reason: wordsOf(NIK_REASONS, member.nikMissingReason) }] : []),
  ]
}

const headOf = ({ members }: HouseholdRecord, familySeq: Answers[string]) => members.find((member) => member.familySeq === familySeq && member.relationToFamilyHead === 1 && isPresent(member))
const nameOf = (member: Answers | undefined) => String(member?.name ?? '')

// "No KK keluarga 1 (Siti): belum pernah dibuat", "NIK ART 2 (Budi)".
export const missingInWords = ({ kind, seq, name, reason }: MissingNumber) =>
  `${kind === 'kk' ? 'No KK keluarga' : 'NIK ART'} ${seq}${name && ` (${name})`}${reason && `: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`}`

// Where a number stands, the reason why there was none is over: of two records put together, or from a phone that does not
// ask for it yet.
export function withoutNeedlessReasons(record: HouseholdRecord): HouseholdRecord {
  const tidy = (rows: Answers[], number: string, reason: string) => rows.map((row) => {
    if (isEmpty(row[number]) || isEmpty(row[reason])) return row
    const { [reason]: _, ...rest } = row
    return rest
  })
  return { ...record, families: tidy(record.families, 'kkNumber', 'kkMissingReason'), members: tidy(record.members, 'nik', 'nikMissingReason') }
}
