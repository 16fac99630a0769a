import { and, desc, eq, lt } from 'drizzle-orm'
import { aboutLetter, nextNumber, stateOf, takeBack } from '#app/certificates/letters.ts'
import { isRegistered, whyNoLetter } from '#app/certificates/registered.ts'
import { desilOf } from '#app/dtsen/desil.ts'
import { regionsIn } from '#app/households/filter.ts'
import { getHousehold, type Household } from '#app/households/records.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { programmesOf } from '#app/public/lookup.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { isPresent, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { regionNames } from '#app/regions/regions.ts'
import { codeFrom, hashCode } from '#app/reports/codes.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { certificates, households, householdVersions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export { CERTIFICATE_PURPOSES } from '#db/schema/certificates.ts'
export type Certificate = typeof certificates.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Some records of old have no number beside a person: then it is his place in the list.
const seqOf = ({ memberSeq }: Answers, i: number) => Number(memberSeq ?? i + 1)
const memberAt = ({ members }: HouseholdRecord, seq: number) => members.find((member, i) => seqOf(member, i) === seq)
export const bearersOf = ({ members }: HouseholdRecord) => members.map((member, i) => ({ member, seq: seqOf(member, i), name: String(member.name ?? '') }))
  .filter(({ member }) => isPresent(member)).map(({ seq, name }) => ({ seq, name }))

// The letter is the desa's where its operator writes it, else the kabupaten's.
export const officeOf = (actor: Actor, regionCode: string) => actor.role === 'village_operator' ? regionCode : regencyOf(regionCode)

export const mayIssueFor = ({ db, actor }: Reader, { id, stage }: Pick<Household, 'id' | 'stage'>) => can(actor, 'certificate.issue') && isRegistered(db, id, stage)

// What the form begins with: who may be named, and who signed the office's last letter.
export function beginCertificate(reader: Reader, householdId: string) {
  demand(reader.actor, 'certificate.issue')
  const { id, regionCode, headName, stage, record } = getHousehold(reader, householdId)
  const last = reader.db.select({ name: certificates.signatoryName, position: certificates.signatoryPosition, nip: certificates.signatoryNip }).from(certificates)
    .where(eq(certificates.officeCode, officeOf(reader.actor, regionCode))).orderBy(desc(certificates.year), desc(certificates.serial)).limit(1).get()
  return { id, headName, whyNot: whyNoLetter(reader.db, { id, stage }), people: bearersOf(record), signatory: last }
}
export type CertificateBeginning = ReturnType<typeof beginCertificate>

export type NewCertificate = Pick<Certificate, 'id' | 'householdId' | 'memberSeq' | 'purpose' | 'purposeNote' | 'signatoryName' | 'signatoryPosition' | 'signatoryNip'> & { days: number }

// The id comes with the form: the same form sent again is the same letter.
export function issueCertificate(tx: Tx, { days, ...wanted }: NewCertificate): string {
  demand(tx.actor, 'certificate.issue')
  const known = tx.db.select({ issuedBy: certificates.issuedBy }).from(certificates).where(eq(certificates.id, wanted.id)).get()
  if (known?.issuedBy === tx.actor.id) return wanted.id
  if (known) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  const household = getHousehold(tx, wanted.householdId)
  const whyNot = whyNoLetter(tx.db, household)
  if (whyNot) throw conflict(whyNot)
  const member = memberAt(household.record, wanted.memberSeq)
  if (!member || !isPresent(member)) throw invalid({ memberSeq: 'Pilih anggota yang tinggal di rumah tangga ini.' })
  if (wanted.purpose === 'other' && wanted.purposeNote.length < 5) throw invalid({ purposeNote: 'Tuliskan keperluannya.' })
  const { regionCode } = household
  const today = dayOf(tx.now, zoneOf(regionCode))
  const familySeq = typeof member.familySeq === 'number' ? member.familySeq : null
  const desil = desilOf(tx.db, household.id).find((one) => one.familySeq === familySeq)
  const numbered = nextNumber(tx.db, certificates, 'SKT-SIKS', officeOf(tx.actor, regionCode), today)
  tx.db.insert(certificates).values({
    ...wanted, ...numbered, codeHash: hashCode(codeFrom(wanted.id)), regionCode, version: household.version, desil: desil?.desil ?? null, desilLabel: desil?.desil ? `${desil.label} per ${inWords(desil.effectiveOn)}` : '',
    programmes: programmesOf(tx.db, { id: household.id, seq: wanted.memberSeq, familySeq, programmes: household.programmes }).join(','),
    validUntil: addDays(today, days), issuedBy: tx.actor.id, issuedAt: tx.now,
  }).run()
  tx.audit('certificate.issued', wanted.id, { region: regionCode, household: household.id, letterNumber: numbered.letterNumber, purpose: wanted.purpose })
  return wanted.id
}

// Scoped; out of scope is not found.
export function getCertificate({ db, actor }: Reader, id: string): Certificate {
  demand(actor, 'certificate.read')
  const found = db.select().from(certificates).where(and(eq(certificates.id, id), within(certificates.regionCode, actor))).get()
  if (!found) throw notFound('Surat keterangan')
  return found
}

// As the record stood when the letter was written.
export function bearerOf(db: Db, { householdId, version, memberSeq }: Pick<Certificate, 'householdId' | 'version' | 'memberSeq'>) {
  const { record } = db.select({ record: householdVersions.record }).from(householdVersions)
    .where(and(eq(householdVersions.householdId, householdId), eq(householdVersions.version, version))).get()!
  const member = memberAt(record, memberSeq)!
  return { member, household: record.household, kkNumber: record.families.find(({ familySeq }) => familySeq === member.familySeq)?.kkNumber ?? '', name: String(member.name ?? '') }
}

export function viewCertificate(reader: Reader, id: string, today: string) {
  const found = getCertificate(reader, id)
  return { found, name: bearerOf(reader.db, found).name, whyNot: whyNotNow(reader.db, found), ...aboutLetter(reader.db, reader.actor, found, today) }
}

// What was true when it was written may be so no longer.
export const whyNotNow = (db: Db, { householdId }: Pick<Certificate, 'householdId'>) =>
  whyNoLetter(db, db.select({ id: households.id, stage: households.stage }).from(households).where(eq(households.id, householdId)).get()!)

export type CertificateView = ReturnType<typeof viewCertificate>

export function revokeCertificate(tx: Tx, id: string, note: string) {
  demand(tx.actor, 'certificate.issue')
  takeBack(tx, certificates, getCertificate(tx, id), note, 'certificate.revoked')
}

const PAGE = 50

// The newest first: the register an inspector asks for.
export function listCertificates(db: Db, actor: Actor, { region, household, before }: { region: string, household?: string, before?: number }, today: string) {
  demand(actor, 'certificate.read')
  const rows = db.select().from(certificates).where(and(within(certificates.regionCode, { regions: regionsIn(actor, region) }),
    household ? eq(certificates.householdId, household) : undefined, before ? lt(certificates.number, before) : undefined))
    .orderBy(desc(certificates.number)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return {
    rows: shown.map((row) => ({ ...row, name: bearerOf(db, row).name, place: names.get(row.regionCode) ?? row.regionCode, state: stateOf(row, today) })),
    next: rows.length > PAGE ? shown.at(-1)!.number : undefined,
  }
}
export type ListedCertificate = ReturnType<typeof listCertificates>['rows'][number]
