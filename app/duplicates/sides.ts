import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Finding } from '#app/duplicates/pairs.ts'
import { hideNumber, seesNumbers, seesPhoto } from '#app/households/masking.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import { presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { codesTo, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, inactiveHouseholds, visitPhotos, visits } from '#db/schema/index.ts'

// "SITI AMINAH" → "S*** A*****": enough to know the record again beside its own, not enough to know the person.
export const hideName = (name: string) => name.split(' ').map((word) => word.slice(0, 1) + '*'.repeat(Math.max(0, word.length - 1))).join(' ')
const hideDate = (date: string) => date === '' ? '' : `${date.slice(0, 4)}-**-**`
const hideDigits = (number: string) => number === '' ? '' : '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-4)

export type SideMember = { seq: number, name: string, nik: string, kkNumber: string, birthDate: string, sex: string, mother: string, relation: string }
export type Side = ReturnType<typeof readSide>

// One of the two households as this reader may see it: in full within the own places, masked elsewhere.
export function readSide(db: Db, actor: Actor, id: string, findings: Finding[], which: 'one' | 'other') {
  const { record, headName, address, regionCode, stage, memberCount, version, visitId: _, ...household } = db.select({
    id: households.id, headName: households.headName, address: households.address, regionCode: households.regionCode, stage: households.stage, version: households.version,
    memberCount: households.memberCount, stageAt: households.stageAt, prelistId: households.prelistId, visitId: households.visitId, record: households.record,
  }).from(households).where(eq(households.id, id)).get()!
  const mine = isWithin(regionCode, actor)
  const names = regionNames(db, codesTo(regionCode))
  const wanted = new Set(findings.map((finding) => which === 'one' ? finding.oneSeq : finding.otherSeq))
  const members = presentMembers(record).map((member, i) => memberOf(record, member, i))
  const isInactive = db.select({ id: inactiveHouseholds.householdId }).from(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, id)).get() !== undefined
  return {
    id, mine, regionCode, stage, memberCount, version, isInactive, stageAt: household.stageAt, prelistId: mine ? household.prelistId : null,
    headName: mine ? headName : hideName(headName), address: mine ? address : '',
    place: codesTo(regionCode).reverse().map((code) => names.get(code) ?? code).join(', '),
    members: mine ? members.map((member) => seesNumbers(actor) ? member : withoutNumbers(member)) : members.filter(({ seq }) => wanted.has(seq)).map(masked),
    ...(mine ? photosOf(db, actor, id) : { visitId: null, photos: [] }),
  }
}

const labelOf = (key: string, value: Answers[string]) => {
  const question = CURRENT.sections.find(({ roster }) => roster === 'members')?.questions.find((one) => one.key === key)
  return question?.options?.find(({ code }) => code === value)?.label ?? ''
}
const text = (value: Answers[string]) => value === undefined || value === null ? '' : String(value)

const memberOf = (record: HouseholdRecord, member: Answers, i: number): SideMember => ({
  seq: typeof member.memberSeq === 'number' ? member.memberSeq : i + 1, name: text(member.name), nik: text(member.nik), birthDate: text(member.birthDate),
  kkNumber: text(record.families.find(({ familySeq }) => familySeq === member.familySeq)?.kkNumber),
  sex: labelOf('sex', member.sex), mother: text(member.motherMaidenName), relation: labelOf('relationToHead', member.relationToHead),
})

const withoutNumbers = (member: SideMember): SideMember => ({ ...member, nik: hideNumber(member.nik), kkNumber: hideNumber(member.kkNumber) })
const masked = ({ seq, name, nik, kkNumber, birthDate, sex, mother, relation }: SideMember): SideMember => ({
  seq, name: hideName(name), nik: hideDigits(nik), kkNumber: hideDigits(kkNumber), birthDate: hideDate(birthDate), sex, mother: hideName(mother), relation,
})

const MOST_PHOTOS = 30

// The papers and the house, from the newest visit that was sent.
function photosOf(db: Db, actor: Actor, householdId: string) {
  const visit = db.select({ id: visits.id }).from(visits).where(and(eq(visits.householdId, householdId), inArray(visits.status, ['submitted', 'checked', 'verified'])))
    .orderBy(desc(visits.submittedAt)).limit(1).get()
  const photos = visit ? db.select({ kind: visitPhotos.kind, takenAt: visitPhotos.takenAt }).from(visitPhotos)
    .where(eq(visitPhotos.visitId, visit.id)).orderBy(asc(visitPhotos.kind)).limit(MOST_PHOTOS).all() : []
  return { visitId: visit?.id ?? null, photos: photos.filter(({ kind }) => seesPhoto(actor, kind)) }
}
