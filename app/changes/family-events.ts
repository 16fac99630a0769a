import { correctAnswers } from '#app/changes/correcting.ts'
import { buildHome } from '#app/changes/homes.ts'
import type { ChangeOf, Standing } from '#app/changes/kinds.ts'
import { demandNewKk } from '#app/changes/numbers.ts'
import { addFamily, arrive, asNewcomer, DIED, leave, LEFT, recount, residents, stayingKks } from '#app/changes/people.ts'
import { settle } from '#app/changes/succession.ts'
import { familyOf, refuseTwice, residentOf, type Work } from '#app/changes/work.ts'
import { invalid } from '#app/problems.ts'
import { findNikMistakes } from '#app/questionnaire/nik.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'

// What happens inside one household: an answer put right, a birth, a death, a family that splits or two that become one.
export function correct(work: Work, { householdId, answers }: ChangeOf<'correction'>) {
  correctAnswers(work.open(householdId), answers)
}

// What every newborn has in common; the rest is asked.
const NEWBORN: Answers = {
  age: 0, maritalStatus: 1, listedInKk: true, disabilityType: 0, chronicIllness: 0, hasKks: false, hasPbi: false, hasKip: false, hasPkh: false, hasSembako: false,
}

export function gainChild({ open, on }: Work, birth: ChangeOf<'birth'>) {
  const record = open(birth.householdId)
  const before = structuredClone(record)
  const { familySeq, relationToHead, relationToFamilyHead, name, sex, birthPlace, certificate } = birth
  familyOf(record, familySeq, 'familySeq')
  const mother = birth.motherSeq === undefined ? undefined : residentOf(record, birth.motherSeq, 'motherSeq')
  if (birth.fatherSeq !== undefined) residentOf(record, birth.fatherSeq, 'fatherSeq')
  if (mother && mother.sex !== 2) throw invalid({ motherSeq: `${String(mother.name)} tercatat laki-laki. Pilih ibu kandungnya.` })
  if (relationToHead === 1 || relationToFamilyHead === 1) throw invalid({ relationToHead: 'Bayi tidak bisa menjadi kepala.' })
  const nik = newNik(record, birth.nik, sex, on)
  const child: Answers = {
    ...NEWBORN, name, sex, birthDate: on, identityDocs: certificate ? [1] : [0], ...(birthPlace && { birthPlace }), ...(nik && { nik }),
    ...(mother && { motherMaidenName: mother.name, motherSeq: mother.memberSeq }), ...(birth.fatherSeq !== undefined && { fatherSeq: birth.fatherSeq }),
  }
  arrive(record, child, { familySeq, relationToHead, relationToFamilyHead }, on)
  if (mother?.pregnant === true) mother.pregnant = false
  recount(before, record)
}

function newNik(record: HouseholdRecord, nik: string | undefined, sex: number, birthDate: string): string | undefined {
  if (!nik) return undefined
  const mistake = findNikMistakes(nik, { sex, birthDate, today: birthDate }).find(({ severity }) => severity === 'error')
  if (mistake) throw invalid({ nik: mistake.message })
  if (record.members.some((member) => member.nik === nik)) throw invalid({ nik: 'NIK ini sudah milik anggota lain di rumah ini. Lihat KK yang baru.' })
  return nik
}

export function loseMember({ open, on }: Work, { householdId, memberSeq, succession }: ChangeOf<'death'>) {
  const record = open(householdId)
  const before = structuredClone(record)
  const member = residentOf(record, memberSeq, 'memberSeq')
  leave(record, member, DIED, on)
  widow(residents(record, member.familySeq), member)
  settle(before, record, succession)
}

// The husband or wife left behind is "cerai mati", if nobody else in the family is married to the head.
function widow(family: Answers[], dead: Answers) {
  const relation = dead.relationToFamilyHead === 1 ? 2 : dead.relationToFamilyHead === 2 ? 1 : undefined
  const others = family.some((member) => relation === 1 && member.relationToFamilyHead === 2)
  for (const member of family) {
    if (relation && !others && member.relationToFamilyHead === relation && member.maritalStatus === 2) member.maritalStatus = 4
  }
}

// Pecah KK: some of a family get a card of their own, under the same roof or in a house of their own.
export function splitFamily(work: Work, { householdId, movers, kkNumber, home, succession }: ChangeOf<'family_split'>) {
  const { open, on } = work
  const record = open(householdId)
  const before = structuredClone(record)
  refuseTwice(movers, 'movers')
  const people = movers.map((mover) => ({ mover, member: residentOf(record, mover.memberSeq, 'movers') }))
  const [first] = people
  if (people.some(({ member }) => member.familySeq !== first!.member.familySeq)) throw invalid({ movers: 'Pilih anggota dari satu keluarga saja.' })
  if (people.length === residents(record, first!.member.familySeq).length && !(home && record.families.length > 1)) {
    throw invalid({ movers: 'Semua anggota keluarga dipilih. Pecah KK menyisakan sedikitnya satu orang; untuk nomor yang berubah, ajukan perbaikan data.' })
  }
  const kk = demandNewKk(kkNumber, on, stayingKks(record, people.map(({ member }) => member)))
  if (home) buildHome(work, home, kk, people.map(({ mover, member }) => moving(record, member, mover, on)))
  else {
    const familySeq = addFamily(record, kk)
    for (const { mover, member } of people) {
      Object.assign(member, { familySeq, relationToFamilyHead: demandRelation(mover), ...(mover.relationToHead && { relationToHead: mover.relationToHead }) })
    }
  }
  settle(before, record, succession)
}

function moving(record: HouseholdRecord, member: Answers, mover: Standing, on: string) {
  const person = asNewcomer(member)
  return { person, relation: demandRelation(mover), owned: leave(record, member, LEFT, on) }
}

const demandRelation = ({ memberSeq, relationToFamilyHead }: Standing): number => {
  if (relationToFamilyHead) return relationToFamilyHead
  throw invalid({ [`relationToFamilyHead.${memberSeq}`]: 'Pilih hubungannya dengan kepala keluarga yang baru.' })
}

// Two families of one household become one; the No KK of the second ends here.
export function mergeFamilies({ open }: Work, { householdId, familySeq, intoFamilySeq, movers }: ChangeOf<'family_merge'>) {
  const record = open(householdId)
  const before = structuredClone(record)
  familyOf(record, familySeq, 'familySeq')
  familyOf(record, intoFamilySeq, 'intoFamilySeq')
  if (familySeq === intoFamilySeq) throw invalid({ intoFamilySeq: 'Pilih dua keluarga yang berbeda.' })
  for (const member of residents(record, familySeq)) {
    const relation = movers.find(({ memberSeq }) => memberSeq === member.memberSeq)?.relationToFamilyHead
    if (!relation) throw invalid({ [`relationToFamilyHead.${String(member.memberSeq)}`]: `Pilih hubungan ${String(member.name)} dengan kepala keluarga yang menerima.` })
    if (relation === 1) throw invalid({ [`relationToFamilyHead.${String(member.memberSeq)}`]: 'Keluarga yang menerima sudah punya kepala.' })
    Object.assign(member, { familySeq: intoFamilySeq, relationToFamilyHead: relation })
  }
  settle(before, record)
}
