import { readAnswers } from '#app/changes/answer-fields.ts'
import { ChangeSchema, type Change, type ChangeKind, type Standing, type Succession } from '#app/changes/kinds.ts'
import { invalid } from '#app/problems.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'

export { fieldsOf } from '#app/changes/refilling.ts'

export type Fields = Record<string, string>
export type FormHousehold = { id: string, regionCode: string, record: HouseholdRecord }
// newId: of a household this change may create; it comes with the form, so that sending it twice makes one.
export type FormContext = { household: FormHousehold, other?: FormHousehold, newId: string, today: string }

// What a form tells, as a change. Refused with the names of the form's own fields.
export function readChange(kind: ChangeKind, fields: Fields, context: FormContext): Change {
  const { household, today } = context
  const told = { kind, on: kind === 'correction' ? today : fields.on, householdId: household.id, ...READERS[kind](fields, context) }
  const parsed = ChangeSchema.safeParse(told)
  if (!parsed.success) throw invalid(Object.fromEntries(parsed.error.issues.map(({ path, message }) => [fieldName(path.map(String), told), message])))
  if (parsed.data.on > today) throw invalid({ on: 'Tanggal ini belum terjadi. Isi tanggal sampai hari ini.' })
  return parsed.data
}

const text = (given: string | undefined) => given?.trim() || undefined
const numbered = (fields: Fields, prefix: string) => Object.keys(fields).filter((name) => name.startsWith(`${prefix}.`) && fields[name]).map((name) => Number(name.slice(prefix.length + 1))).filter(Number.isInteger)

const standing = (fields: Fields, memberSeq: number, [toHead, toFamilyHead] = ['relationToHead', 'relationToFamilyHead']): Standing => ({
  memberSeq, ...(text(fields[`${toHead}.${memberSeq}`]) && { relationToHead: Number(fields[`${toHead}.${memberSeq}`]) }),
  ...(text(fields[`${toFamilyHead}.${memberSeq}`]) && { relationToFamilyHead: Number(fields[`${toFamilyHead}.${memberSeq}`]) }),
})

const movers = (fields: Fields) => numbered(fields, 'mover').map((seq) => standing(fields, seq))

function succession(fields: Fields, [head, familyHead] = ['newHead', 'newFamilyHead'] as [string, string]): Succession | undefined {
  const seqs = [...new Set([...numbered(fields, 'heirToHead'), ...numbered(fields, 'heirToFamilyHead')])]
  const told = {
    ...(text(fields[head]) && { head: Number(fields[head]) }), ...(text(fields[familyHead]) && { familyHead: Number(fields[familyHead]) }),
    ...(head === 'newHead' && seqs.length > 0 && { relations: seqs.map((seq) => standing(fields, seq, ['heirToHead', 'heirToFamilyHead'])) }),
  }
  return Object.keys(told).length > 0 ? told : undefined
}

const home = ({ address, slsName }: Fields, { newId, household, other }: FormContext, where: 'household' | 'other' = 'household') =>
  ({ id: newId, regionCode: (where === 'other' ? other ?? household : household).regionCode, address: text(address), slsName: text(slsName) })

const READERS: Record<ChangeKind, (fields: Fields, context: FormContext) => Record<string, unknown>> = {
  correction: (fields, { household }) => ({ answers: readAnswers(fields, household.record) }),
  birth: (fields) => ({
    familySeq: fields.familySeq, name: text(fields.name), sex: fields.sex, nik: text(fields.nik?.replace(/[\s.-]/g, '')), birthPlace: text(fields.birthPlace),
    relationToHead: fields.relationToHead, relationToFamilyHead: fields.relationToFamilyHead, motherSeq: text(fields.motherSeq), fatherSeq: text(fields.fatherSeq), certificate: fields.certificate === '1',
  }),
  death: (fields) => ({ memberSeq: fields.memberSeq, succession: succession(fields) }),
  marriage: (fields, context) => ({
    memberSeq: fields.memberSeq, otherId: context.other?.id, otherSeq: fields.otherSeq, living: fields.living, relationToHead: text(fields.relationToHead),
    relationToFamilyHead: text(fields.relationToFamilyHead), familyHead: text(fields.familyHead), homeAt: text(fields.homeAt), kkNumber: text(fields.kkNumber),
    ...(fields.living === 'new_household' && { home: home(fields, context, fields.homeAt === 'other' ? 'other' : 'household') }),
    certificate: fields.certificate, ...(fields.pregnant && { pregnant: fields.pregnant === 'true' }), succession: succession(fields),
    otherSuccession: succession(fields, ['otherNewHead', 'otherNewFamilyHead']),
  }),
  member_move: (fields, { other }) => ({ otherId: other?.id, movers: movers(fields), familySeq: text(fields.familySeq), kkNumber: text(fields.kkNumber), succession: succession(fields) }),
  family_split: (fields, context) => ({
    movers: movers(fields), kkNumber: text(fields.kkNumber), ...(fields.living === 'new_household' && { home: home(fields, context) }), succession: succession(fields),
  }),
  family_merge: (fields, { household, other }) => ({
    otherId: other?.id, familySeq: text(fields.familySeq), intoFamilySeq: text(fields.intoFamilySeq),
    movers: household.record.members.map(({ memberSeq }) => standing(fields, Number(memberSeq))).filter((one) => one.relationToHead || one.relationToFamilyHead),
  }),
  household_move: (fields, { household }) => ({
    from: household.regionCode, to: fields.targetRegionCode, address: text(fields.address), slsName: text(fields.slsName),
    kkNumbers: numbered(fields, 'kkNumber').map((familySeq) => ({ familySeq, kkNumber: fields[`kkNumber.${familySeq}`] })),
  }),
  deactivation: (fields) => ({ reason: fields.reasonCode }),
  reactivation: (fields) => ({ present: numbered(fields, 'present') }),
}

const NAMES: Record<string, string> = { to: 'targetRegionCode', reason: 'reasonCode', otherId: 'other', home: 'address' }

function fieldName([first = '', second, third]: string[], told: Record<string, unknown>): string {
  const rows = told[first]
  const row = Array.isArray(rows) ? rows[Number(second)] as Record<string, unknown> | undefined : undefined
  if (first === 'kkNumbers' && row) return `kkNumber.${String(row.familySeq)}`
  if (first === 'movers' && row && third) return `${third}.${String(row.memberSeq)}`
  if (first === 'succession') return second === 'head' ? 'newHead' : 'newFamilyHead'
  if (first === 'otherSuccession') return second === 'head' ? 'otherNewHead' : 'otherNewFamilyHead'
  if (first === 'home' && second === 'slsName') return 'slsName'
  return NAMES[first] ?? first
}
