import type { Standing, Succession } from '#app/changes/kinds.ts'
import { nameAfterHead, recount, residents } from '#app/changes/people.ts'
import { invalid } from '#app/problems.ts'
import { presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'

type Relation = 'relationToHead' | 'relationToFamilyHead'

// How somebody stands to a new head, from how both stood to the old one (1 head, 2 spouse, 3 child, 4 child-in-law,
// 5 grandchild, 6 parent or parent-in-law, 7 servant, 8 other). Where more than one answer is possible it is "other": a
// person looks at it in the form.
export function relationToNewHead(heir: unknown, other: unknown): number {
  if (other === 7) return 7
  if (heir === 2) return other === 2 ? 8 : Number(other) || 8
  if (heir === 3) return other === 2 ? 6 : 8
  if (heir === 6) return other === 2 ? 4 : other === 3 ? 5 : 8
  return 8
}

type Fields = { head: string, familyHead: string }
export const OWN: Fields = { head: 'newHead', familyHead: 'newFamilyHead' }
export const OTHERS: Fields = { head: 'otherNewHead', familyHead: 'otherNewFamilyHead' }

// What a household looks like after somebody left it: a head who is gone is succeeded, empty families end, all are counted.
export function settle(before: HouseholdRecord, record: HouseholdRecord, succession: Succession = {}, fields = OWN) {
  succeedHead(before, record, succession, fields)
  for (const { familySeq } of record.families) succeedFamilyHead(before, record, familySeq, succession, fields)
  recount(before, record)
  if (!sameHead(before, record)) nameAfterHead(record)
}

const headOf = (people: Answers[], relation: Relation) => people.filter((member) => member[relation] === 1)
const sameHead = (before: HouseholdRecord, after: HouseholdRecord) =>
  headOf(presentMembers(before), 'relationToHead')[0]?.memberSeq === headOf(presentMembers(after), 'relationToHead')[0]?.memberSeq

function succeedHead(before: HouseholdRecord, record: HouseholdRecord, { head, relations = [] }: Succession, fields: Fields) {
  const present = presentMembers(record)
  const lost = headOf(presentMembers(before), 'relationToHead').length > 0 && headOf(present, 'relationToHead').length === 0
  if (!lost || present.length === 0) return
  const heir = present.find(({ memberSeq }) => memberSeq === head)
  if (!heir) throw invalid({ [fields.head]: head ? 'Kepala rumah tangga yang baru harus anggota yang masih tinggal di sini.' : 'Kepala rumah tangga tidak lagi tinggal di sini. Pilih penggantinya.' })
  take(present, heir, 'relationToHead', relations)
}

function succeedFamilyHead(before: HouseholdRecord, record: HouseholdRecord, familySeq: Answers[string], { head, familyHead, relations = [] }: Succession, fields: Fields) {
  const people = residents(record, familySeq)
  const lost = headOf(residents(before, familySeq), 'relationToFamilyHead').length > 0 && headOf(people, 'relationToFamilyHead').length === 0
  if (!lost || people.length === 0) return
  const heir = people.find(({ memberSeq }) => memberSeq === familyHead) ?? people.find(({ memberSeq }) => memberSeq === head) ?? (people.length === 1 ? people[0] : undefined)
  if (!heir) throw invalid({ [fields.familyHead]: `Kepala keluarga ${String(familySeq)} tidak lagi tinggal di sini. Pilih penggantinya dari keluarga itu.` })
  take(people, heir, 'relationToFamilyHead', relations)
}

function take(people: Answers[], heir: Answers, relation: Relation, relations: Standing[]) {
  const stood = heir[relation]
  for (const member of people) {
    const said = relations.find(({ memberSeq }) => memberSeq === member.memberSeq)?.[relation]
    if (member !== heir) member[relation] = said ?? relationToNewHead(stood, member[relation])
  }
  heir[relation] = 1
}
