import { buildHome } from '#app/changes/homes.ts'
import type { ChangeOf, Standing } from '#app/changes/kinds.ts'
import { demandNewKk } from '#app/changes/numbers.ts'
import { addFamily, arrive, asNewcomer, leave, LEFT, recount, stayingKks } from '#app/changes/people.ts'
import { OTHERS, settle } from '#app/changes/succession.ts'
import { familyOf, refuseTwice, residentOf, type Work } from '#app/changes/work.ts'
import { invalid } from '#app/problems.ts'
import { presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'

// What happens between two households: a marriage, members who move, a household that joins another.
export function moveMembers({ open, on }: Work, { householdId, otherId, movers, familySeq, kkNumber, succession }: ChangeOf<'member_move'>) {
  if (householdId === otherId) throw invalid({ other: 'Pilih rumah tangga tujuan yang lain.' })
  const [record, other] = [open(householdId), open(otherId)]
  const before = structuredClone(record)
  refuseTwice(movers, 'movers')
  const people = movers.map((mover) => ({ mover, member: residentOf(record, mover.memberSeq, 'movers') }))
  const otherBefore = structuredClone(other)
  const known = [...stayingKks(record, people.map(({ member }) => member)), ...other.families.map((one) => one.kkNumber)]
  const family = familySeq ? Number(familyOf(other, familySeq, 'familySeq').familySeq)
    : addFamily(other, demandNewKk(kkNumber, on, known))
  for (const { mover, member } of people) {
    const person = asNewcomer(member)
    arrive(other, person, { familySeq: family, ...demandStanding(mover, member) }, on, leave(record, member, LEFT, on))
  }
  recount(otherBefore, other)
  settle(before, record, succession)
}

function demandStanding({ memberSeq, relationToHead, relationToFamilyHead }: Standing, { name }: Answers) {
  if (!relationToHead) throw invalid({ [`relationToHead.${memberSeq}`]: `Pilih hubungan ${String(name)} dengan kepala rumah tangga yang menerima.` })
  if (!relationToFamilyHead) throw invalid({ [`relationToFamilyHead.${memberSeq}`]: `Pilih hubungan ${String(name)} dengan kepala keluarganya.` })
  return { relationToHead, relationToFamilyHead }
}

// The whole household joins another kitchen; its families go along with their No KK, and it is deactivated as empty.
export function joinHousehold({ open, on }: Work, { householdId, otherId, movers }: ChangeOf<'family_merge'>) {
  if (householdId === otherId) throw invalid({ other: 'Pilih rumah tangga lain yang menerima.' })
  const [record, other] = [open(householdId), open(otherId!)]
  const [before, otherBefore] = [structuredClone(record), structuredClone(other)]
  const families = new Map(record.families.map(({ familySeq, kkNumber }) => [familySeq, addFamily(other, kkNumber === undefined ? null : String(kkNumber))]))
  for (const member of presentMembers(record)) {
    const relationToHead = movers.find(({ memberSeq }) => memberSeq === member.memberSeq)?.relationToHead
    if (!relationToHead) throw invalid({ [`relationToHead.${String(member.memberSeq)}`]: `Pilih hubungan ${String(member.name)} dengan kepala rumah tangga yang menerima.` })
    if (relationToHead === 1) throw invalid({ [`relationToHead.${String(member.memberSeq)}`]: 'Rumah tangga yang menerima sudah punya kepala.' })
    const person = asNewcomer(member)
    const familySeq = families.get(member.familySeq) ?? families.values().next().value ?? addFamily(other, null)
    arrive(other, person, { familySeq, relationToHead, relationToFamilyHead: Number(member.relationToFamilyHead ?? 8) }, on, leave(record, member, LEFT, on))
  }
  recount(otherBefore, other)
  recount(before, record)
}

// Both become husband and wife. The one who moves joins the partner's family, or they found a family or a household.
export function marry(work: Work, change: ChangeOf<'marriage'>) {
  const { open, on } = work
  if (change.householdId === change.otherId) throw invalid({ other: 'Pilih rumah tangga pasangannya.' })
  const [record, other] = [open(change.householdId), open(change.otherId)]
  const [before, otherBefore] = [structuredClone(record), structuredClone(other)]
  const member = residentOf(record, change.memberSeq, 'memberSeq')
  const partner = residentOf(other, change.otherSeq, 'otherSeq')
  for (const [person, field] of [[member, 'memberSeq'], [partner, 'otherSeq']] as const) wed(person, field, change)
  if (member.sex === partner.sex) throw invalid({ otherSeq: 'Kedua orang tercatat berjenis kelamin sama. Periksa pilihannya, atau perbaiki data jenis kelaminnya dahulu.' })
  if (change.living === 'with_family') joinPartner(other, partner, member, change, leave(record, member, LEFT, on))
  else found(work, change, { record, other, member, partner })
  settle(before, record, change.succession)
  settle(otherBefore, other, change.otherSuccession, OTHERS)
}

function wed(person: Answers, field: string, { certificate, pregnant }: ChangeOf<'marriage'>) {
  if (person.maritalStatus === 2) throw invalid({ [field]: `${String(person.name)} tercatat sudah kawin. Perbaiki status perkawinannya dahulu.` })
  Object.assign(person, { maritalStatus: 2, marriageCertificate: certificate })
  if (person.sex === 2) person.pregnant = pregnant ?? person.pregnant ?? false
}

type Couple = { record: HouseholdRecord, other: HouseholdRecord, member: Answers, partner: Answers }

function joinPartner(other: HouseholdRecord, partner: Answers, member: Answers, { on, relationToHead, relationToFamilyHead }: ChangeOf<'marriage'>, owned: Answers[]) {
  const asHead = (relation: 'relationToHead' | 'relationToFamilyHead') => partner[relation] === 1 ? 2 : partner[relation] === 2 ? 1 : partner[relation] === 3 ? 4 : undefined
  const arrival = { relationToHead: relationToHead ?? asHead('relationToHead'), relationToFamilyHead: relationToFamilyHead ?? asHead('relationToFamilyHead') }
  arrive(other, asNewcomer(member), { familySeq: Number(partner.familySeq), ...demandBoth(arrival) }, on, owned)
}

function demandBoth({ relationToHead, relationToFamilyHead }: Partial<Record<'relationToHead' | 'relationToFamilyHead', number>>) {
  if (!relationToHead || relationToHead === 1) throw invalid({ relationToHead: 'Pilih hubungannya dengan kepala rumah tangga pasangannya.' })
  if (!relationToFamilyHead || relationToFamilyHead === 1) throw invalid({ relationToFamilyHead: 'Pilih hubungannya dengan kepala keluarga pasangannya.' })
  return { relationToHead, relationToFamilyHead }
}

function found(work: Work, { on, living, kkNumber, familyHead, home, relationToHead }: ChangeOf<'marriage'>, { record, other, member, partner }: Couple) {
  if (!familyHead) throw invalid({ familyHead: 'Pilih siapa yang menjadi kepala keluarga.' })
  const kk = demandNewKk(kkNumber, on, [...record.families, ...other.families].map((family) => family.kkNumber))
  const [own, partners] = familyHead === 'member' ? [1, 2] : [2, 1]
  const owned = leave(record, member, LEFT, on)
  if (living === 'new_household') {
    if (!home) throw invalid({ address: 'Isi alamat rumah tangga yang baru.' })
    const both = [{ person: asNewcomer(member), relation: own, owned }, { person: asNewcomer(partner), relation: partners, owned: leave(other, partner, LEFT, on) }]
    return buildHome(work, home, kk, both)
  }
  const familySeq = addFamily(other, kk)
  Object.assign(partner, { familySeq, relationToFamilyHead: partners })
  const asHead = partner.relationToHead === 1 ? 2 : partner.relationToHead === 3 ? 4 : undefined
  if (!relationToHead && !asHead) throw invalid({ relationToHead: 'Pilih hubungannya dengan kepala rumah tangga pasangannya.' })
  arrive(other, asNewcomer(member), { familySeq, relationToHead: (relationToHead ?? asHead)!, relationToFamilyHead: own }, on, owned)
}
