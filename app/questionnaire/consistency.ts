import { ageOn } from '#app/questionnaire/age.ts'
import { findKkMistakes } from '#app/questionnaire/kk.ts'
import { whose, type Context, type Mistake, type Severity } from '#app/questionnaire/mistakes.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import { isEmpty, isPresent, presentMembers, type Answers, type HouseholdRecord, type Value } from '#app/questionnaire/record.ts'

// What answers say against each other. One function a rule; sources: domain rules of the verivali instrument (QC
// screens, form notes). Only an interviewed household (hasil 1) is held to them.
type Rule = (record: HouseholdRecord, context: Context) => Mistake[]

const mistake = (path: string, code: string, message: string, severity: Severity = 'error'): Mistake => ({ path, code, message, severity })

const MEMBERS = { roster: 'members' } as const
const eachPresent = (record: HouseholdRecord, say: (member: Answers, path: (key: string) => string, who: string) => Mistake[]) =>
  record.members.flatMap((member, i) => isPresent(member) ? say(member, (key) => `members.${i}.${key}`, whose(MEMBERS, member, i)) : [])

const oneHead: Rule = (record) => {
  const heads = presentMembers(record).filter(({ relationToHead }) => relationToHead === 1).length
  if (heads === 1) return []
  return [mistake('members', 'one_head', heads === 0
    ? 'Belum ada anggota yang menjadi kepala rumah tangga. Pilih satu orang.' : `Ada ${heads} kepala rumah tangga. Hanya boleh satu.`)]
}

const oneFamilyHead: Rule = (record) => record.families.flatMap(({ familySeq }, i) => {
  const people = presentMembers(record).filter((member) => member.familySeq === familySeq)
  const heads = people.filter(({ relationToFamilyHead }) => relationToFamilyHead === 1).length
  if (people.length === 0) return [mistake(`families.${i}.familySeq`, 'family_without_members', `Keluarga ${familySeq}: belum ada anggotanya.`)]
  return heads === 1 ? [] : [mistake(`families.${i}.familySeq`, 'one_family_head', `Keluarga ${familySeq}: kepala keluarga harus tepat satu orang, sekarang ${heads}.`)]
})

const counts: Rule = (record) => {
  const { memberCount, familyCount } = record.household
  const present = presentMembers(record).length
  return [
    ...(memberCount === present ? [] : [mistake('household.memberCount', 'member_count', `Jumlah anggota ditulis ${memberCount ?? 'kosong'}, tetapi yang tinggal di sini ada ${present} orang.`)]),
    ...(familyCount === record.families.length ? [] : [mistake('household.familyCount', 'family_count', `Jumlah keluarga ditulis ${familyCount ?? 'kosong'}, tetapi Nomor KK yang diisi ada ${record.families.length}.`)]),
  ]
}

const knownFamily: Rule = (record) => eachPresent(record, ({ familySeq }, path, who) =>
  isEmpty(familySeq) || record.families.some((family) => family.familySeq === familySeq) ? []
    : [mistake(path('familySeq'), 'known_family', `${who}keluarga nomor ${familySeq} tidak ada di daftar Nomor KK.`)])

const onePlace: Rule = ({ members, families }) => [
  ...twice(members, 'members', 'memberSeq', 'seq_twice', (seq) => `Nomor urut ART ${seq} dipakai dua kali. Beri nomor lain.`),
  ...twice(families, 'families', 'familySeq', 'seq_twice', (seq) => `Nomor urut keluarga ${seq} dipakai dua kali. Beri nomor lain.`),
]

const businesses: Rule = (record) => {
  const said = record.household.anyMemberHasBusiness
  if (said === true && record.businesses.length === 0) return [mistake('household.anyMemberHasBusiness', 'business_missing', 'Ada anggota yang punya usaha, tetapi usahanya belum diisi.')]
  if (said === false && record.businesses.length > 0) return [mistake('household.anyMemberHasBusiness', 'business_denied', 'Dijawab tidak ada usaha, tetapi ada usaha yang diisi.')]
  return record.businesses.flatMap(({ ownerMemberSeq }, i) => isEmpty(ownerMemberSeq) || presentMembers(record).some(({ memberSeq }) => memberSeq === ownerMemberSeq)
    ? [] : [mistake(`businesses.${i}.ownerMemberSeq`, 'business_owner', `Usaha ${i + 1}: ART nomor ${ownerMemberSeq} tidak ada atau tidak tinggal di sini.`)])
}

const PROGRAMMES = [
  ['progKks', 'hasKks', 'KKS/KPS'], ['progKip', 'hasKip', 'KIP/BSM'], ['progKis', 'hasPbi', 'KIS/PBI'],
  ['progPkh', 'hasPkh', 'PKH'], ['progRastra', 'hasSembako', 'Sembako/Rastra'],
] as const

const programmes: Rule = (record) => PROGRAMMES.flatMap(([whole, own, name]) => {
  const said = record.household[whole]
  const holder = presentMembers(record).some((member) => member[own] === true)
  if (said === true && !holder) return [mistake(`household.${whole}`, 'programme_without_holder', `Rumah tangga ikut ${name}, tetapi tidak ada anggota yang memegang kartunya.`, 'warning')]
  if (said === false && holder) return [mistake(`household.${whole}`, 'holder_without_programme', `Ada anggota yang memegang kartu ${name}, tetapi rumah tangga dijawab tidak ikut.`, 'warning')]
  return []
})

const family: Rule = (record, { today }) => eachPresent(record, (member, path, who) => {
  const age = typeof member.birthDate === 'string' ? ageOn(member.birthDate, today) : undefined
  const years = age ?? (typeof member.age === 'number' ? member.age : undefined)
  return [
    ...(years !== undefined && years < 10 && [2, 3, 4].includes(member.maritalStatus as number)
      ? [mistake(path('maritalStatus'), 'married_child', `${who}umur ${years} tahun tidak mungkin pernah kawin. Periksa umur atau status kawin.`)] : []),
    ...(age !== undefined && typeof member.age === 'number' && Math.abs(age - member.age) > 1
      ? [mistake(path('age'), 'age_differs', `${who}umur ${member.age} tahun tidak cocok dengan tanggal lahir (${age} tahun).`)] : []),
    ...(member.relationToHead === 2 && member.maritalStatus === 1
      ? [mistake(path('maritalStatus'), 'single_spouse', `${who}istri/suami tetapi berstatus belum kawin.`)] : []),
  ]
})

// Highest grade of each level; 8 means finished.
const GRADES: Record<number, number> = { 1: 6, 2: 6, 3: 6, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 7 }
const CERTIFICATE_LEVEL: Record<number, number> = { 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 6 }

const schooling: Rule = (record) => eachPresent(record, ({ educationLevel, highestGrade, highestCertificate }, path, who) => {
  if (typeof educationLevel !== 'number') return []
  const top = GRADES[educationLevel]
  return [
    ...(typeof highestGrade === 'number' && top && highestGrade > top && highestGrade !== 8
      ? [mistake(path('highestGrade'), 'grade_too_high', `${who}kelas ${highestGrade} tidak ada pada jenjang itu (paling tinggi ${top}).`)] : []),
    ...(typeof highestCertificate === 'number' && highestCertificate > (CERTIFICATE_LEVEL[educationLevel] ?? 6)
      ? [mistake(path('highestCertificate'), 'certificate_too_high', `${who}ijazah lebih tinggi daripada jenjang pendidikannya.`)] : []),
  ]
})

// NIK and Nomor KK, each by itself and beside the others of the household.
export const findNumberMistakes: Rule = (record, { today }) => [
  ...eachPresent(record, ({ nik, sex, birthDate, familySeq }, path, who) => {
    if (typeof nik !== 'string' || !/^\d{16}$/.test(nik)) return []
    const kkNumber = record.families.find((one) => one.familySeq === familySeq)?.kkNumber
    return findNikMistakes(nik, { sex, birthDate, kkNumber, today }).map(({ code, message, severity }) => mistake(path('nik'), code, `${who}${message}`, severity))
  }),
  ...record.families.flatMap(({ kkNumber, familySeq }, i) => typeof kkNumber !== 'string' || !/^\d{16}$/.test(kkNumber) ? []
    : findKkMistakes(kkNumber, today, { niks: presentMembers(record).filter((member) => member.familySeq !== familySeq).map(({ nik }) => nik) }).map(({ code, message, severity }) => mistake(`families.${i}.kkNumber`, code, `Keluarga ${familySeq}: ${message}`, severity))),
  ...twice(record.families, 'families', 'kkNumber', 'number_twice', () => 'Nomor KK ini sudah dipakai keluarga lain di rumah ini. Periksa kedua kartunya.'),
  ...twice(record.members, 'members', 'nik', 'number_twice', () => 'NIK ini sudah dipakai anggota lain di rumah ini. Periksa kedua KTP.'),
]

// Schoolchildren who live elsewhere: their NIK by the same rules, and they cannot live here at the same time.
const childrenElsewhere: Rule = (record, { today }) => record.children.flatMap((child, i) => {
  const { nik } = child
  if (typeof nik !== 'string' || !/^\d{16}$/.test(nik)) return []
  const [path, who] = [`children.${i}.nik`, whose({ roster: 'children' }, child, i)]
  return [
    ...findNikMistakes(nik, { today }).map(({ code, message, severity }) => mistake(path, code, `${who}${message}`, severity)),
    ...(presentMembers(record).some((member) => member.nik === nik)
      ? [mistake(path, 'child_lives_here', `${who}NIK ini milik anggota yang tinggal di rumah ini. Anak tanggungan di sini hanya yang tinggal di luar.`)] : []),
  ]
})

// Who died or was a mistake of the prelist keeps the number and does not stand in the way of the living.
function twice(rows: Answers[], roster: 'families' | 'members', key: string, code: string, say: (value: Value) => string): Mistake[] {
  const seen = new Set<unknown>()
  return rows.flatMap((row, i) => {
    const value = row[key]
    if (isEmpty(value) || (key === 'nik' && !isPresent(row))) return []
    const again = seen.has(value)
    seen.add(value)
    return again ? [mistake(`${roster}.${i}.${key}`, code, `${key === 'nik' ? whose(MEMBERS, row, i) : ''}${say(value)}`)] : []
  })
}

// Told on one page and mended on a later one, so nobody is kept on the first for them.
export const MENDED_ELSEWHERE: readonly string[] = ['member_count', 'family_count', 'family_without_members', 'one_family_head', 'business_missing', 'business_denied']

const RULES: Rule[] = [oneHead, oneFamilyHead, counts, knownFamily, onePlace, businesses, programmes, family, schooling, findNumberMistakes, childrenElsewhere]

export const findInconsistencies = (record: HouseholdRecord, context: Context): Mistake[] =>
  RULES.flatMap((rule) => rule(record, context))
