import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mergeRecords } from '#app/questionnaire/merge.ts'
import { setAnswer, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { aRecord } from '#test/support/records.ts'

const BASE = aRecord({ serial: 1 })
const change = (changes: Record<string, Answers[string]>, record = BASE) =>
  Object.entries(changes).reduce((changed, [path, value]) => setAnswer(changed, path, value), record)
const adding = (member: Answers, record = BASE): HouseholdRecord => ({ ...record, members: [...record.members, { memberPresence: 4, ...member }] })
const namesOf = ({ members }: HouseholdRecord) => members.map(({ memberSeq, name }) => `${memberSeq} ${name}`)

const merging = suite('merging two visits to one household')

merging('keeps what each of them changed alone', () => {
  const { record, conflicts } = mergeRecords(BASE, change({ 'household.floorType': 2 }), change({ 'household.roofType': 3, 'members.1.schooling': 1 }))
  assert.equal([record.household.floorType, record.household.roofType, record.members[1]!.schooling], [2, 3, 1])
  assert.equal(conflicts, [])
})

merging('finds no conflict in the same change made twice', () => {
  const changed = change({ 'household.floorType': 2 })
  assert.equal(mergeRecords(BASE, changed, structuredClone(changed)), { record: changed, conflicts: [] })
})

merging('keeps ours where both answered otherwise, and names the question and the person', () => {
  const { record, conflicts } = mergeRecords(BASE, change({ 'members.1.schooling': 1 }), change({ 'members.1.schooling': 3 }))
  assert.is(record.members[1]!.schooling, 1)
  assert.equal(conflicts.map(({ path, base, ours, theirs }) => ({ path, base, ours, theirs })), [{ path: 'members.1.schooling', base: 2, ours: 1, theirs: 3 }])
  assert.match(conflicts[0]!.label, 'ART 2 (Wati Suryani): ')
})

merging('follows an answer that was taken back', () => {
  const { record } = mergeRecords(BASE, change({ 'household.floorType': 2 }), change({ 'household.plnCustomerId': null }))
  assert.equal([record.household.floorType, record.household.plnCustomerId], [2, null])
})

merging('matches people by their number, wherever they stand', () => {
  const turned = { ...BASE, members: [...change({ 'members.1.schooling': 3 }).members].reverse() }
  const { record, conflicts } = mergeRecords(BASE, change({ 'members.1.working': true }), turned)
  assert.equal([record.members[1]!.schooling, record.members[1]!.working, conflicts], [3, true, []])
})

merging('gives the second of two new people with one number a number of their own', () => {
  const { record, conflicts } = mergeRecords(BASE, adding({ memberSeq: 3, name: 'Budi' }), {
    ...adding({ memberSeq: 3, name: 'Rini' }), businesses: [{ ownerMemberSeq: 3, businessType: 1 }],
  })
  assert.equal(namesOf(record).slice(2), ['3 Budi', '4 Rini'])
  assert.is(record.businesses[0]!.ownerMemberSeq, 4)
  assert.equal(conflicts, [])
})

merging('sees one person in a newcomer both have found', () => {
  const { record, conflicts } = mergeRecords(BASE, adding({ memberSeq: 3, name: 'Budi', sex: 1 }), adding({ memberSeq: 3, name: 'budi ', schooling: 2 }))
  assert.equal(namesOf(record), ['1 Asep Suryana', '2 Wati Suryani', '3 Budi'])
  assert.equal([record.members[2]!.sex, record.members[2]!.schooling], [1, 2])
  assert.equal(conflicts.map(({ path }) => path), ['members.2.name'])
})

merging('gives a second new family a number of its own, and its people with it', () => {
  const family = (kkNumber: string, name: string) => ({ ...adding({ memberSeq: name === 'Budi' ? 3 : 4, name, familySeq: 2 }), families: [...BASE.families, { familySeq: 2, kkNumber }] })
  const { record } = mergeRecords(BASE, family('9902011503109998', 'Budi'), family('9902011503109999', 'Rini'))
  assert.equal(record.families.map(({ familySeq }) => familySeq), [1, 2, 3])
  assert.equal(record.members.slice(2).map(({ name, familySeq }) => [name, familySeq]), [['Budi', 2], ['Rini', 3]])
})

merging('keeps a row one took off and the other worked on', () => {
  const base = { ...BASE, businesses: [{ ownerMemberSeq: 1, workerCount: 0 }] }
  assert.equal(mergeRecords(base, { ...base, businesses: [] }, base).record.businesses, [])
  assert.equal(mergeRecords(base, { ...base, businesses: [] }, { ...base, businesses: [{ ownerMemberSeq: 1, workerCount: 4 }] }).record.businesses, [{ ownerMemberSeq: 1, workerCount: 4 }])
})

merging('does not quarrel over what the system fills in', () => {
  const visit = (age: number, at: string) => change({ 'members.0.age': age, 'household.verivaliSavedAt': at })
  assert.equal(mergeRecords(BASE, visit(46, '2026-03-01'), visit(47, '2026-03-02')).conflicts, [])
})

merging.run()

// Records as they occur: changes on known answers, people and businesses added, a child more.
const value = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.constant(null))
const paths = fc.constantFrom('household.floorType', 'household.roofType', 'household.hasTv', 'members.0.schooling', 'members.1.schooling', 'members.1.working', 'families.0.kkNumber')
const edits = fc.array(fc.tuple(paths, value), { maxLength: 6 })
const visits = (side: string) => fc.record({ edits, people: fc.integer({ min: 0, max: 2 }), businesses: fc.integer({ min: 0, max: 2 }) }).map(({ edits: list, people, businesses }) => {
  const edited = list.reduce((record, [path, answer]) => setAnswer(record, path, answer), BASE)
  return {
    ...edited,
    members: [...edited.members, ...Array.from({ length: people }, (_, i): Answers => ({ memberSeq: 3 + i, name: `${side} ${i}`, memberPresence: 4 }))],
    businesses: Array.from({ length: businesses }, (_, i): Answers => ({ ownerName: `${side} ${i}`, ownerMemberSeq: 1 })),
  }
})

// Numbers and order of newcomers depend on who came first; everything else must not.
const content = ({ household, families, members, businesses }: HouseholdRecord) => ({
  household, families, known: members.slice(0, 2),
  people: members.slice(2).map(({ name }) => name).sort(), owners: businesses.map(({ ownerName }) => ownerName).sort(),
})

const laws = suite('merging, whatever the answers')

laws('with an untouched record changes nothing', () => {
  fc.assert(fc.property(visits('a'), (visit) => {
    assert.equal(mergeRecords(BASE, visit, BASE), { record: visit, conflicts: [] })
    assert.equal(mergeRecords(BASE, BASE, visit), { record: visit, conflicts: [] })
    assert.equal(mergeRecords(BASE, visit, visit), { record: visit, conflicts: [] })
  }))
})

laws('gives the same from either side, but for what is in conflict', () => {
  fc.assert(fc.property(visits('a'), visits('b'), (one, other) => {
    const [there, back] = [mergeRecords(BASE, one, other), mergeRecords(BASE, other, one)]
    assert.equal(there.conflicts.map(({ path }) => path).sort(), back.conflicts.map(({ path }) => path).sort())
    const resolved = back.conflicts.reduce((record, { path, theirs }) => setAnswer(record, path, theirs), back.record)
    assert.equal(content(resolved), content(there.record))
  }))
})

laws('loses no answer: each is in the record or among the conflicts', () => {
  fc.assert(fc.property(visits('a'), visits('b'), (one, other) => {
    const { record, conflicts } = mergeRecords(BASE, one, other)
    for (const side of [one, other]) {
      for (const key of Object.keys(side.household)) {
        if (side.household[key] === BASE.household[key]) continue
        const kept = [record.household[key], ...conflicts.filter(({ path }) => path === `household.${key}`).map(({ theirs }) => theirs)]
        assert.ok(kept.includes(side.household[key]), key)
      }
      for (const { name } of side.members) assert.ok(record.members.some((member) => member.name === name))
      for (const { ownerName } of side.businesses) assert.ok(record.businesses.some((business) => business.ownerName === ownerName))
    }
    const numbers = record.members.map(({ memberSeq }) => memberSeq)
    assert.is(new Set(numbers).size, numbers.length)
  }))
})

laws('leaves what it was given as it was', () => {
  fc.assert(fc.property(visits('a'), visits('b'), (one, other) => {
    const before = JSON.stringify([BASE, one, other])
    mergeRecords(BASE, one, other)
    assert.is(JSON.stringify([BASE, one, other]), before)
  }))
})

laws.run()
