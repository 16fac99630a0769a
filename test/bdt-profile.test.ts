import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  assembleRecord, BDT_HOUSEHOLD_COLUMNS, BDT_MEMBER_COLUMNS, findFamilyConflicts, fromBdtHousehold, fromBdtMember, toBdtHousehold, toBdtMember,
} from '#app/assignments/bdt-profile.ts'
import { aRecord } from '#test/support/records.ts'

const profile = suite('the SIKS-NG BDT profile')
const identity = { regionCode: '34.02.01.2001', prelistId: '99001', bpsCode: '3402010001' }

profile('writes asset rows with their alternating codes and documents as a sum of bits', () => {
  const record = aRecord({ household: { hasFridge: true, hasAc: true }, member: { identityDocs: [1, 4, 8] } })
  const { ada_lemari_es, ada_ac, ada_tv, KDKEC, KODE_KEMENDAGRI } = toBdtHousehold(record, identity) as Record<string, string>
  assert.equal([ada_lemari_es, ada_ac, ada_tv, KDKEC, KODE_KEMENDAGRI], ['3', '1', '3', '010', '34.02.01.2001'])
  assert.is(toBdtMember(record.members[0]!, record).Ada_kartu_identitas, '13')
})

profile('reads two-character codes, both yes/no habits and bit sums', () => {
  const { value, errors } = fromBdtHousehold({ lantai: '06', ada_lemari_es: '4', ada_ac: '1', sta_pkh: '2' })
  assert.equal([value.floorType, value.hasFridge, value.hasAc, value.progPkh, errors], [6, false, true, false, []])
  assert.equal(fromBdtMember({ Ada_kartu_identitas: '5' }).value.identityDocs, [1, 4])
  assert.equal(fromBdtMember({ Ada_kartu_identitas: '0' }).value.identityDocs, [0])
})

profile('reads dates as they are written in Indonesia', () => {
  for (const text of ['1980-05-12', '12/05/1980', '12-5-1980', '19800512', '1980-05-12 00:00:00']) {
    assert.is(fromBdtMember({ TglLahir: text }).value.birthDate, '1980-05-12', text)
  }
})

profile('moves Lainnya of the local list of industries back to 21', () => {
  assert.is(fromBdtMember({ Lapangan_usaha: '22' }).value.industry, 21)
})

profile('names the column of what it cannot read, and drops nothing in silence', () => {
  assert.equal(fromBdtHousehold({ lantai: '19', ada_ac: '9' }).errors.map(({ column }) => column), ['lantai', 'ada_ac'])
  assert.equal(fromBdtMember({ TglLahir: '31/02/1980', NoKK: '12' }).errors.map(({ column }) => column), ['TglLahir', 'NoKK'])
})

profile('tells a number that Excel has rounded from one that is merely odd', () => {
  const { errors } = fromBdtMember({ NIK: '3,40201E+15', NoKK: '3.40201E+15' })
  assert.equal(errors.map(({ column }) => column), ['NIK', 'NoKK'])
  assert.match(errors[0]!.message, /dibulatkan oleh Excel/)
})

profile('carries the columns without a question there and back', () => {
  const household = { NoPesertaPKH: '00123', Vector2: '7', foto_kk6: 'x.jpg', percentile: '18' }
  const record = assembleRecord(fromBdtHousehold(household).value, [fromBdtMember({ IDARTBDT: '77', NoArtPKH: '5', Nama: 'Asep' }).value])
  const again = toBdtHousehold(record, identity)
  assert.equal(Object.fromEntries(Object.keys(household).map((column) => [column, again[column]])), household)
  assert.equal([toBdtMember(record.members[0]!, record).IDARTBDT, toBdtMember(record.members[0]!, record).NoArtPKH], ['77', '5'])
})

profile('never adds one document twice', () => {
  assert.is(toBdtMember({ identityDocs: [4, 4] }, aRecord()).Ada_kartu_identitas, '4')
})

profile('names the NUK that holds two family cards', () => {
  const people = [{ familySeq: 1, kkNumber: '9902011503100001' }, { kkNumber: '9902011503100002' }, { familySeq: 2, kkNumber: '9902011503100003' }]
  assert.equal(findFamilyConflicts(people).map(({ column, message }) => [column, message.slice(0, 5)]), [['NoKK', 'NUK 1']])
})

profile('makes families of the members\' NUK and NoKK', () => {
  const record = assembleRecord({ headName: 'Asep' }, [{ name: 'Asep', familySeq: 1, kkNumber: '9902011503100001' }, { name: 'Ujang', familySeq: 2, kkNumber: '9902011503100002' }, { name: 'Wati', familySeq: 1 }])
  assert.equal(record.families, [{ familySeq: 1, kkNumber: '9902011503100001' }, { familySeq: 2, kkNumber: '9902011503100002' }])
  assert.equal([record.household.memberCount, record.household.familyCount, record.members[2]!.memberSeq], [3, 2, 3])
})

profile('has a column for every cell it writes', () => {
  const record = aRecord()
  assert.equal(Object.keys(toBdtHousehold(record, identity)).filter((column) => !BDT_HOUSEHOLD_COLUMNS.includes(column)), [])
  assert.equal(Object.keys(toBdtMember(record.members[0]!, record)).filter((column) => !BDT_MEMBER_COLUMNS.includes(column)), [])
})

profile('gives back the record it wrote', () => fc.assert(fc.property(
  fc.constantFrom(1, 2, 3, 6, 9), fc.boolean(), fc.boolean(), fc.subarray([1, 2, 4, 8], { minLength: 1 }), fc.integer({ min: 1, max: 21 }),
  (floorType, hasFridge, hasAc, identityDocs, industry) => {
    const record = aRecord({ household: { floorType, hasFridge, hasAc }, member: { identityDocs, industry } })
    const household = fromBdtHousehold(toBdtHousehold(record, identity))
    const people = record.members.map((member) => fromBdtMember(toBdtMember(member, record)).value)
    const again = assembleRecord(household.value, people)
    again.household.hasilVerivali = 1
    assert.equal(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(record)))
  }), { numRuns: 30 }))

profile.run()
