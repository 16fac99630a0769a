import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { completenessOf } from '#app/questionnaire/completeness.ts'
import { diffRecords } from '#app/questionnaire/diff.ts'
import { findMissingEvidence, PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { parseSection } from '#app/questionnaire/form.ts'
import { asked, CURRENT, findMistakes, questionnaireOf, sectionOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import { setAnswer, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'
import { aRecord } from '#test/support/records.ts'

const today = '2026-03-02'
const mistakesOf = (record: HouseholdRecord, version = '2026') => findMistakes(questionnaireOf(version)!, record, { context: { today } })
const codes = (record: HouseholdRecord) => mistakesOf(record).map(({ code, path }) => `${code} ${path}`)
const having = (path: string, value: Value | undefined, record = aRecord()) => setAnswer(record, path, value)
const askedKeys = (section: 'housing' | 'members', record: HouseholdRecord) =>
  asked(sectionOf(CURRENT, section), record, { today }).map(({ question }) => question.key)

const data = suite('the questionnaire')

data('holds all 154 variables of verivali, by block', () => {
  const sizes = Object.fromEntries(CURRENT.sections.map(({ code, questions }) => [code, questions.length]))
  assert.equal(sizes, { musdes: 15, respondent: 6, place: 6, families: 2, housing: 24, members: 35, children: 5, assets: 33, businesses: 7, photos: 21 })
  assert.is(Object.values(sizes).reduce((sum, size) => sum + size), 154)
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

mistakes('never throws, whatever a record holds', () => fc.assert(fc.property(
  fc.record({ household: fc.dictionary(fc.constantFrom('hasilVerivali', 'lighting', 'memberCount', 'floorType'), fc.jsonValue()), members: fc.array(fc.dictionary(fc.constantFrom('nik', 'birthDate', 'sex', 'memberPresence'), fc.jsonValue()), { maxLength: 3 }) }),
  (part) => { mistakesOf({ families: [], children: [], businesses: [], ...part } as HouseholdRecord) })))

mistakes.run()

const evidence = suite('the evidence of a visit')
const coordinate = { latitude: -7.9, longitude: 110.3, accuracyM: 12 }
const missing = (given: Partial<Parameters<typeof findMissingEvidence>[0]>) =>
  findMissingEvidence({ outcome: 1, photoKinds: PHOTO_KINDS.map(({ code }) => code), coordinate, durationMs: 60_000, ...given }).map(({ path }) => path)

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

form.run()

const reading = suite('showing a record')

reading('tells changes in words, people matched by their own number', () => {
  const before = aRecord()
  const after = having('household.floorType', 2, having('members.1.working', true, { ...before, members: [...before.members].reverse() }))
  assert.equal(diffRecords(before, after).map(({ label, before: was, after: is }) => [label, was, is]), [
    ['Jenis lantai terluas', 'Semen/bata merah', 'Keramik'],
  ])
})

reading('counts completeness by block', () => {
  const housing = completenessOf(CURRENT, having('household.floorType', undefined), today).find(({ section }) => section === 'housing')!
  assert.is(housing.asked - housing.answered, 1)
})

reading.run()
