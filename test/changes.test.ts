import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { afterOf, kkOf, memberOf, namesIn, planned, records, refusal } from '#test/support/changes.ts'

const on = '2026-03-01'
const asepsKk = kkOf(11)

const correcting = suite('correcting an answer')

correcting('changes that answer and nothing else', () => {
  const { revised, deactivated } = planned({ kind: 'correction', on, householdId: 'asep', answers: { 'household.roofType': 3, 'members.2.name': 'Dani Suryana Putra' } })
  assert.equal(revised.length, 1)
  assert.is(revised[0]!.after.household.roofType, 3)
  assert.equal({ ...revised[0]!.after.members[2], name: '' }, { ...revised[0]!.before.members[2], name: '' })
  assert.equal(deactivated, [])
})

correcting('carries a new name of the head to the household', () => {
  const after = afterOf(planned({ kind: 'correction', on, householdId: 'asep', answers: { 'members.0.name': 'Asep Suryono' } }), 'asep')
  assert.is(after.household.headName, 'Asep Suryono')
})

correcting('is refused where the record would become worse, at the answer', () => {
  const wrong = { kind: 'correction', on, householdId: 'asep' } as const
  assert.equal(Object.keys(refusal({ ...wrong, answers: { 'members.0.nik': '9902013502800011' } })), ['members.0.nik'])
  assert.equal(Object.keys(refusal({ ...wrong, answers: { 'household.roofType': 99 } })), ['household.roofType'])
  assert.equal(Object.keys(refusal({ ...wrong, answers: { 'members.9.name': 'Siapa' } })), ['members.9.name'])
  assert.equal(Object.keys(refusal({ ...wrong, answers: { 'members.0.memberSeq': 9 } })), ['members.0.memberSeq'])
  assert.equal(Object.keys(refusal({ ...wrong, answers: { 'members.1.memberPresence': 2 } })), ['members.1.memberPresence'])
})

correcting('is not held back by an old mistake it does not touch', () => {
  const from = records()
  from.get('asep')!.members[1]!.nik = '12'
  assert.is(afterOf(planned({ kind: 'correction', on, householdId: 'asep', answers: { 'household.roofType': 3 } }, from), 'asep').household.roofType, 3)
})

correcting.run()

const birth = suite('a birth')
const BORN = { kind: 'birth', on, householdId: 'asep', familySeq: 1, name: 'Bayu', sex: 1, nik: '9902010103260099', relationToHead: 3, relationToFamilyHead: 3, motherSeq: 2, fatherSeq: 1, certificate: true } as const

birth('adds a member with parents, family and the next number', () => {
  const after = afterOf(planned(BORN), 'asep')
  const { memberSeq, motherMaidenName, birthDate, memberPresence, familySeq } = memberOf(after, 'Bayu')
  assert.equal({ memberSeq, motherMaidenName, birthDate, memberPresence, familySeq }, { memberSeq: 5, motherMaidenName: 'Wati Suryani', birthDate: on, memberPresence: 4, familySeq: 1 })
  assert.is(after.household.memberCount, 5)
})

birth('is refused for an unknown mother or family, and for a NIK that is wrong or taken', () => {
  assert.ok(refusal({ ...BORN, motherSeq: 44 }).motherSeq)
  assert.ok(refusal({ ...BORN, motherSeq: 1 }).motherSeq)
  assert.ok(refusal({ ...BORN, familySeq: 7 }).familySeq)
  assert.ok(refusal({ ...BORN, nik: '123' }).nik)
  assert.ok(refusal({ ...BORN, nik: String(records().get('asep')!.members[0]!.nik) }).nik)
})

birth.run()

const death = suite('a death')

death('keeps the person with the date and leaves the partner widowed', () => {
  const after = afterOf(planned({ kind: 'death', on, householdId: 'asep', memberSeq: 1, succession: { head: 2 } }), 'asep')
  assert.equal([memberOf(after, 'Asep Suryana').memberPresence, memberOf(after, 'Asep Suryana').presenceSince], [2, on])
  assert.equal([memberOf(after, 'Wati Suryani').relationToHead, memberOf(after, 'Wati Suryani').relationToFamilyHead, memberOf(after, 'Wati Suryani').maritalStatus], [1, 1, 4])
  assert.equal([after.household.headName, after.household.headSex, after.household.memberCount], ['Wati Suryani', 2, 3])
  assert.is(memberOf(after, 'Dani Suryana').relationToHead, 3)
})

death('of the head needs a successor who lives there', () => {
  assert.ok(refusal({ kind: 'death', on, householdId: 'asep', memberSeq: 1 }).newHead)
  assert.ok(refusal({ kind: 'death', on, householdId: 'asep', memberSeq: 1, succession: { head: 1 } }).newHead)
})

death('turns the others round the new head: mother, brother and sister', () => {
  const after = afterOf(planned({ kind: 'death', on, householdId: 'asep', memberSeq: 1, succession: { head: 3 } }), 'asep')
  assert.equal(after.members.slice(1).map(({ relationToHead }) => relationToHead), [6, 1, 8])
})

death('is refused for somebody unknown or already gone', () => {
  assert.ok(refusal({ kind: 'death', on, householdId: 'asep', memberSeq: 9 }).memberSeq)
  const from = new Map([['asep', afterOf(planned({ kind: 'death', on, householdId: 'asep', memberSeq: 4 }), 'asep')]])
  assert.match(refusal({ kind: 'death', on, householdId: 'asep', memberSeq: 4 }, from).memberSeq!, /sudah tidak tercatat/)
})

death('of the last one deactivates the household', () => {
  let from = records()
  for (const [memberSeq, head] of [[3], [4], [1, 2]] as const) from = new Map([['asep', afterOf(planned({ kind: 'death', on, householdId: 'asep', memberSeq, succession: { head } }, from), 'asep')]])
  const { deactivated, revised } = planned({ kind: 'death', on, householdId: 'asep', memberSeq: 2 }, from)
  assert.equal(deactivated, [{ householdId: 'asep', reason: 'meninggal' }])
  assert.is(revised[0]!.after.families[0]!.kkNumber, asepsKk)
})

death.run()

const splitting = suite('pecah KK')
const SPLIT = { kind: 'family_split', on, householdId: 'asep', movers: [{ memberSeq: 3, relationToFamilyHead: 1 }], kkNumber: '9902012802260031' } as const

splitting('gives them a family of their own under the same roof', () => {
  const after = afterOf(planned({ ...SPLIT, movers: [...SPLIT.movers] }), 'asep')
  assert.equal(after.families.map(({ familySeq, kkNumber }) => [familySeq, kkNumber]), [[1, asepsKk], [2, SPLIT.kkNumber]])
  assert.equal([memberOf(after, 'Dani Suryana').familySeq, memberOf(after, 'Dani Suryana').relationToHead], [2, 3])
  assert.is(after.household.familyCount, 2)
})

splitting('founds a household that is then visited', () => {
  const { created, revised } = planned({ ...SPLIT, movers: [...SPLIT.movers], home: { id: 'baru', regionCode: '34.02.01.2001', address: 'Jl. Mawar 9' } })
  assert.equal(created.map(({ record }) => [record.household.headName, record.household.address, record.families[0]!.kkNumber]), [['Dani Suryana', 'Jl. Mawar 9', SPLIT.kkNumber]])
  assert.equal(namesIn(revised[0]!.after), ['Asep Suryana', 'Wati Suryani', 'Lilis Suryani'])
  assert.is(memberOf(revised[0]!.after, 'Dani Suryana').memberPresence, 3)
})

splitting('is refused with a used No KK, a person twice, everybody, nobody at the head', () => {
  assert.ok(refusal({ ...SPLIT, movers: [...SPLIT.movers], kkNumber: asepsKk }).kkNumber)
  assert.ok(refusal({ ...SPLIT, movers: [...SPLIT.movers, ...SPLIT.movers] }).movers)
  assert.ok(refusal({ ...SPLIT, movers: [1, 2, 3, 4].map((memberSeq) => ({ memberSeq, relationToFamilyHead: memberSeq })) }).movers)
  assert.ok(Object.keys(refusal({ ...SPLIT, movers: [{ memberSeq: 3, relationToFamilyHead: 3 }] })).some((path) => path.startsWith('families.1')))
  assert.ok(refusal({ ...SPLIT, movers: [{ memberSeq: 1, relationToFamilyHead: 1 }] }).newFamilyHead)
})

splitting.run()

const merging = suite('families that become one')

merging('inside a household end the second card, and its number is not given again', () => {
  const split = afterOf(planned({ ...SPLIT, movers: [...SPLIT.movers] }), 'asep')
  const merged = afterOf(planned({ kind: 'family_merge', on, householdId: 'asep', familySeq: 2, intoFamilySeq: 1, movers: [{ memberSeq: 3, relationToFamilyHead: 3 }] }, new Map([['asep', split]])), 'asep')
  assert.equal(merged.families.map(({ familySeq }) => familySeq), [1])
  const again = afterOf(planned({ ...SPLIT, movers: [...SPLIT.movers] }, new Map([['asep', merged]])), 'asep')
  assert.equal(again.families.map(({ familySeq }) => familySeq), [1, 3])
})

merging('of two households leave the joined one empty and inactive', () => {
  const join = { kind: 'family_merge', on, householdId: 'bambang', otherId: 'asep', movers: [1, 2, 3].map((memberSeq) => ({ memberSeq, relationToHead: 8 })) } as const
  const result = planned({ ...join, movers: [...join.movers] })
  assert.equal(result.deactivated, [{ householdId: 'bambang', reason: 'bergabung' }])
  assert.equal(afterOf(result, 'asep').families.map(({ kkNumber }) => kkNumber), [asepsKk, kkOf(21)])
  assert.is(namesIn(afterOf(result, 'asep')).length, 7)
  assert.ok(refusal({ ...join, movers: [] })['relationToHead.1'])
})

merging.run()
