import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { completenessOf } from '#app/questionnaire/completeness.ts'
import { diffRecords, isChanged } from '#app/questionnaire/diff.ts'
import { findMissingEvidence, PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { parseSection } from '#app/questionnaire/form.ts'
import { asked, CURRENT, EXTENDED, findMistakes, questionnaireOf, sectionOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import { setAnswer, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import type { Roster } from '#app/questionnaire/types.ts'
import { aRecord } from '#test/support/records.ts'

const today = '2026-03-02'
const mistakesOf = (record: HouseholdRecord, version = '2026') => findMistakes(questionnaireOf(version)!, record, { context: { today } })
const codes = (record: HouseholdRecord) => mistakesOf(record).map(({ code, path }) => `${code} ${path}`)
const having = (path: string, value: Value | undefined, record = aRecord()) => setAnswer(record, path, value)
const askedKeys = (section: 'housing' | 'members', record: HouseholdRecord) =>
  asked(sectionOf(CURRENT, section), record, { today }).map(({ question }) => question.key)

const data = suite('the questionnaire')

data('holds all 154 variables of verivali, by block, and two of its own: why a number is missing', () => {
  const sizes = Object.fromEntries(CURRENT.sections.map(({ code, questions }) => [code, questions.length]))
  assert.equal(sizes, { musdes: 15, respondent: 6, place: 6, families: 3, housing: 24, members: 36, children: 5, assets: 33, businesses: 7, photos: 21 })
  assert.is(Object.values(sizes).reduce((sum, size) => sum + size), 156)
})

data('has as many questions of each kind, and as many choices, as the instrument', () => {
  const all = CURRENT.sections.flatMap(({ questions }) => questions)
  const kinds: Record<string, number> = {}
  for (const { type } of all) kinds[type] = (kinds[type] ?? 0) + 1
  assert.equal(kinds, { text: 30, single: 43, nik: 3, yesno: 38, date: 12, integer: 16, decimal: 4, multi: 1, photo: 9 })
  assert.is(all.reduce((sum, { options = [] }) => sum + options.length, 0), 274)
  assert.is(all.filter(({ legacyYesNo }) => legacyYesNo?.[0] === 3).length, 12)
  assert.is(all.filter(({ automatic }) => automatic).length, 23)
})

data('calls the first of the household and the first of the family by their own names', () => {
  const first = (key: string) => sectionOf(CURRENT, 'members').questions.find((question) => question.key === key)!.options![0]!.label
  assert.equal([first('relationToHead'), first('relationToFamilyHead')], ['Kepala rumah tangga', 'Kepala keluarga'])
})

data('keeps the thirteen codes of disability and the alternating legacy yes/no', () => {
  const find = (key: string) => CURRENT.sections.flatMap(({ questions }) => questions).find((question) => question.key === key)!
  assert.is(find('disabilityType').options!.find(({ code }) => code === 3)!.label, 'Tuna rungu')
  assert.equal([find('hasGasCylinder').legacyYesNo, find('hasFridge').legacyYesNo], [[1, 2], [3, 4]])
  assert.is(PHOTO_KINDS.length, 9)
})

data('is known in its present and its previous version, and in no other', () => {
  const reason = (version: string) => sectionOf(questionnaireOf(version)!, 'musdes').questions.find(({ key }) => key === 'notFoundReason')!
  assert.equal([reason('2026').options!.length, reason('2025').options!.length], [4, 3])
  assert.is(questionnaireOf('2019'), undefined)
})

data.run()

const asking = suite('asking')

asking('follows the conditions of the form', () => {
  assert.ok(askedKeys('housing', aRecord()).includes('plnPower'))
  assert.not.ok(askedKeys('housing', having('household.lighting', 3)).includes('plnPower'))
  assert.not.ok(askedKeys('housing', having('household.plnPower', 6)).includes('plnCustomerId'))
})

asking('counts the age from the birth date', () => {
  const child = setAnswer(having('members.1.birthDate', '2023-06-01'), 'members.1.age', 41)
  assert.not.ok(asked(sectionOf(CURRENT, 'members'), child, { today, index: 1 }).some(({ question }) => question.key === 'schooling'))
})

asking('stops at a question that hangs on one no longer asked', () => {
  const metered = having('household.waterProvider', 4, having('household.drinkingWater', 3))
  assert.ok(askedKeys('housing', metered).includes('waterProviderOther'))
  assert.not.ok(askedKeys('housing', having('household.drinkingWater', 6, metered)).includes('waterProviderOther'))
})

asking('wants nothing of a member who died but who that was, and keeps what was known', () => {
  const record = having('members.1.memberPresence', 2)
  const keys = asked(sectionOf(CURRENT, 'members'), record, { today, index: 1 }).map(({ question }) => question.key)
  assert.equal(keys, ['memberSeq', 'name', 'memberPresence'])
  assert.equal(withoutUnasked(CURRENT, record, today).members[1], record.members[1])
})

asking('leaves no answer behind that is no longer asked', () => {
  const tidy = withoutUnasked(CURRENT, having('household.lighting', 3), today)
  assert.is(tidy.household.plnCustomerId, undefined)
  assert.is(tidy.household.floorType, 6)
})

asking('keeps the master answers of a household that was not interviewed', () => {
  assert.is(withoutUnasked(CURRENT, having('household.hasilVerivali', 2), today).household.floorType, 6)
})

asking.run()

const mistakes = suite('finding mistakes')

mistakes('finds none in a sound record, in both versions', () => {
  assert.equal([mistakesOf(aRecord()), mistakesOf(aRecord(), '2025')], [[], []])
})

const RULES: [sentence: string, expected: string, record: () => HouseholdRecord][] = [
  ['a missing answer', 'required household.floorType', () => having('household.floorType', undefined)],
  ['a code that is not on the form', 'value household.floorType', () => having('household.floorType', 11)],
  ['a number out of range', 'value household.bedroomCount', () => having('household.bedroomCount', 31)],
  ['two heads of the household', 'one_head members', () => having('members.1.relationToHead', 1)],
  ['a family without a head', 'one_family_head families.0.familySeq', () => having('members.0.relationToFamilyHead', 3)],
  ['a wrong number of members', 'member_count household.memberCount', () => having('household.memberCount', 3)],
  ['a wrong number of families', 'family_count household.familyCount', () => having('household.familyCount', 2)],
  ['a member of an unknown family', 'known_family members.1.familySeq', () => having('members.1.familySeq', 2)],
  ['a business that is not described', 'business_missing household.anyMemberHasBusiness', () => having('household.anyMemberHasBusiness', true)],
  ['a programme nobody holds the card of', 'programme_without_holder household.progPkh', () => having('household.progPkh', true)],
  ['a card of a programme that was denied', 'holder_without_programme household.progPkh', () => having('members.0.hasPkh', true)],
  ['a married child', 'married_child members.1.maritalStatus', () => having('members.1.birthDate', '2020-08-20')],
  ['an age that is not that of the birth date', 'age_differs members.0.age', () => having('members.0.age', 60)],
  ['a class the school does not have', 'grade_too_high members.0.highestGrade', () => having('members.0.highestGrade', 5)],
  ['a certificate above the schooling', 'certificate_too_high members.0.highestCertificate', () => having('members.0.highestCertificate', 5)],
  ['a NIK of the other sex', 'nik_sex members.0.nik', () => having('members.0.nik', '9902015205800001')],
  ['one NIK for two people', 'number_twice members.1.nik', () => { const record = aRecord(); return having('members.1.nik', record.members[0]!.nik, record) }],
  ['one NUK for two families', 'seq_twice families.1.familySeq', () => { const record = aRecord(); return { ...record, families: [...record.families, { ...record.families[0], kkNumber: '9902011503109999' }] } }],
  ['one number for two members', 'seq_twice members.1.memberSeq', () => having('members.1.memberSeq', 1)],
  ['a child elsewhere who is a member here', 'child_lives_here children.0.nik', () => { const record = aRecord(); return { ...record, children: [{ name: 'Wati', schoolName: 'SMA 1', nik: record.members[1]!.nik }] } }],
  ['a child elsewhere with an impossible NIK', 'nik_day children.0.nik', () => ({ ...aRecord(), children: [{ name: 'Rini', schoolName: 'SMA 1', nik: '9902013508840001' }] })],
  ['a business of somebody who is not there', 'business_owner businesses.0.ownerMemberSeq', () => having('household.anyMemberHasBusiness', true, { ...aRecord(), businesses: [{ ownerName: 'Budi', ownerMemberSeq: 7 }] })],
  ['a business although none was said to be', 'business_denied household.anyMemberHasBusiness', () => ({ ...aRecord(), businesses: [{ ownerName: 'Asep', ownerMemberSeq: 1 }] })],
  ['a missing mother\'s name', 'required members.0.motherMaidenName', () => having('members.0.motherMaidenName', undefined)],
]
for (const [sentence, expected, record] of RULES) {
  mistakes(`finds ${sentence}`, () => assert.ok(codes(record()).includes(expected), codes(record()).join('\n')))
}

mistakes('names the person and says what to do', () => {
  const [mistake] = mistakesOf(having('members.1.sex', undefined))
  assert.is(mistake!.message, 'ART 2 (Wati Suryani): Jenis kelamin belum diisi.')
})

mistakes('asks a household that was not found for nothing but the outcome', () => {
  assert.equal(mistakesOf({ household: { hasilVerivali: 2 }, families: [], members: [], children: [], businesses: [] }), [])
})

mistakes('lets the NIK of a prelist mistake stand beside the right row of the same person', () => {
  const record = aRecord()
  const twin = { ...record.members[1], memberSeq: 3, memberPresence: 5 }
  assert.equal(codes({ ...record, members: [...record.members, twin] }), [])
})

const junk = (roster: Roster) => fc.dictionary(
  fc.constantFrom(...CURRENT.sections.filter((section) => section.roster === roster).flatMap(({ questions }) => questions.map(({ key }) => key))),
  fc.oneof(fc.string(), fc.integer({ min: -2, max: 20 }), fc.double(), fc.boolean(), fc.array(fc.integer()), fc.constantFrom(null, '2026-02-30', '9902011208840001', '1234567890123456')))
const rowsOfJunk = (roster: Roster) => fc.array(junk(roster), { maxLength: 3 })

mistakes('never throws, whatever a record holds', () => fc.assert(fc.property(
  fc.record({
    household: junk('household').map((household) => ({ ...household, hasilVerivali: 1 })),
    families: rowsOfJunk('families'), members: rowsOfJunk('members'), children: rowsOfJunk('children'), businesses: rowsOfJunk('businesses'),
  }),
  (record) => { mistakesOf(record); withoutUnasked(CURRENT, record, today); diffRecords(record, aRecord()); completenessOf(CURRENT, record, today) })))

mistakes.run()

const evidence = suite('the evidence of a visit')
const coordinate = { latitude: -7.9, longitude: 110.3, accuracyM: 12 }
const missing = (given: Partial<Parameters<typeof findMissingEvidence>[0]>) =>
  findMissingEvidence({ outcome: 1, record: aRecord(), photoKinds: PHOTO_KINDS.map(({ code }) => code), coordinate, durationMs: 60_000, ...given }).map(({ path }) => path)

evidence('is nine photos, a coordinate and a duration; each missing thing is named', () => {
  assert.equal(missing({}), [])
  assert.equal(missing({ photoKinds: PHOTO_KINDS.slice(1).map(({ code }) => code), coordinate: undefined, durationMs: 0 }), ['photos.F-KTP', 'duration', 'coordinate'])
})

evidence('of another outcome is one photo and the coordinate', () => {
  assert.equal(missing({ outcome: 2, photoKinds: ['F-RUMAH'], durationMs: 0 }), [])
  assert.equal(missing({ outcome: 2, photoKinds: [] }), ['photos.F-RUMAH'])
  assert.equal(missing({ coordinate: { ...coordinate, latitude: 48 } }), ['coordinate'])
})

evidence.run()

const form = suite('reading a section page')

form('puts readable fields into the record and names the unreadable', () => {
  const { record, mistakes: found } = parseSection(sectionOf(CURRENT, 'housing'), aRecord(), { 'household.floorAreaM2': '40,5', 'household.bedroomCount': 'tiga', 'household.lighting': '' })
  assert.equal([record.household.floorAreaM2, record.household.bedroomCount, record.household.lighting], [40.5, 2, undefined])
  assert.equal(found.map(({ path }) => path), ['household.bedroomCount'])
})

form('keeps what was not on the page', () => {
  const { record } = parseSection(sectionOf(CURRENT, 'members'), aRecord(), { 'members.1.identityDocs': ['1', '4'] }, { index: 1 })
  assert.equal([record.members[1]!.identityDocs, record.members[1]!.name], [[1, 4], 'Wati Suryani'])
})

form('reads the gaps out of card numbers and one choice once', () => {
  const { record } = parseSection(sectionOf(CURRENT, 'families'), aRecord(), { 'families.0.kkNumber': '9902 0115 0310 0009' })
  assert.is(record.families[0]!.kkNumber, '9902011503100009')
  assert.equal(parseSection(sectionOf(CURRENT, 'members'), record, { 'members.0.identityDocs': ['4', '4', '8'] }, { index: 0 }).record.members[0]!.identityDocs, [4, 8])
})

form('makes the row after the last, and none further on', () => {
  const children = sectionOf(CURRENT, 'children')
  assert.is(parseSection(children, aRecord(), { 'children.0.name': 'Rini' }).record.children.length, 1)
  assert.is(parseSection(children, aRecord(), { 'children.40.name': 'Rini' }).record.children.length, 0)
  const far = parseSection(sectionOf(CURRENT, 'members'), aRecord(), { 'members.40.name': 'Rini' }, { index: 40 })
  assert.equal([far.record.members.length, far.mistakes.map(({ code }) => code)], [2, ['no_row']])
})

form.run()

const reading = suite('showing a record')

reading('tells changes in words, people matched by their own number', () => {
  const before = aRecord()
  const after = having('household.floorType', 2, having('members.1.working', true, { ...before, members: [...before.members].reverse() }))
  assert.equal(diffRecords(before, after).map(({ label, before: was, after: is }) => [label, was, is]), [
    ['Jenis lantai terluas', 'Semen/bata merah', 'Keramik'],
  ])
})

reading('knows which block has changed exactly where it can tell the change', () => {
  const before = aRecord()
  const others = [
    before, having('household.floorType', 2), having('members.1.working', true), having('household.hasilVerivali', undefined), { ...before, members: [...before.members].reverse() },
    { ...before, members: before.members.slice(1) }, { ...before, businesses: [] }, { ...before, families: [{ familySeq: 9, kkNumber: '9902010101010001' }] },
  ]
  for (const after of others) for (const section of EXTENDED.sections.filter(({ code }) => code !== 'musdes')) {
    assert.is(isChanged(section, before, after), diffRecords(before, after).some((one) => one.section === section.title), section.code)
    assert.is(isChanged(section, after, before), diffRecords(after, before).some((one) => one.section === section.title), section.code)
  }
})

reading('tells dates and numbers as they are said', () => {
  const after = having('household.floorAreaM2', 40.5, having('members.0.birthDate', '1980-05-13'))
  assert.equal(diffRecords(aRecord({ serial: Number(after.household.prelistOrderNo) }), after).map(({ before, after: is }) => [before, is]), [
    ['36 m²', '40,5 m²'], ['12 Mei 1980', '13 Mei 1980'],
  ])
})

reading('counts what is known of a household nobody has visited yet', () => {
  const record = having('household.hasilVerivali', undefined, having('household.floorType', undefined))
  const housing = completenessOf(CURRENT, record, today).find(({ section }) => section === 'housing')!
  assert.ok(housing.asked > 10 && housing.asked - housing.answered === 1)
})

reading('counts completeness by block', () => {
  const housing = completenessOf(CURRENT, having('household.floorType', undefined), today).find(({ section }) => section === 'housing')!
  assert.is(housing.asked - housing.answered, 1)
})

reading.run()
