import { and, asc, desc, eq, isNull, lt } from 'drizzle-orm'
import { officeOf } from '#app/certificates/certificates.ts'
import { aboutLetter, nextNumber, onPaper, stateOf, takeBack } from '#app/certificates/letters.ts'
import { findByNik, findLikely, isWholeNik, printOf, shownTo, type Candidate } from '#app/certificates/seeking.ts'
import { regionsIn } from '#app/households/filter.ts'
import { hideNumber } from '#app/households/masking.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { countUse, DOORS, refuseOveruse } from '#app/public/brake.ts'
import { addDays, dayOf, isDate } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { regionNames } from '#app/regions/regions.ts'
import { codeFrom, hashCode } from '#app/reports/codes.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { absences, regions } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// The other letter: that somebody is not registered. It is written only where nobody has his number, and where whoever is alike was looked at.
export type Absence = typeof absences.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>
export type NewAbsence = Pick<Absence, 'id' | 'regionCode' | 'nik' | 'name' | 'birthPlace' | 'birthDate' | 'sex' | 'address' | 'ruledOutNote' | 'purpose' | 'purposeNote' | 'signatoryName' | 'signatoryPosition' | 'signatoryNip'>
  & { days: number, seen: string }
export type Sighting = { registered: Candidate } | { likely: Candidate[], print: string }

// Where this person may write it, and who signed the last one.
export function beginAbsence({ db, actor }: Reader) {
  demand(actor, 'certificate.issue')
  const villages = db.select({ code: regions.code, name: regions.name }).from(regions).where(and(eq(regions.level, 4), isNull(regions.validTo), within(regions.code, actor))).orderBy(asc(regions.name), asc(regions.code)).limit(700).all()
  const signatory = db.select({ name: absences.signatoryName, position: absences.signatoryPosition, nip: absences.signatoryNip }).from(absences)
    .where(eq(absences.officeCode, officeOf(actor, villages[0]?.code ?? ''))).orderBy(desc(absences.year), desc(absences.serial)).limit(1).get()
  return { villages, signatory }
}

// What it found instead, or nothing: then the letter is written. The same form sent again is the same letter. Each asking is on record.
export function issueAbsence(tx: Tx, { days, seen, ...wanted }: NewAbsence): Sighting | undefined {
  demand(tx.actor, 'certificate.issue')
  const known = tx.db.select({ issuedBy: absences.issuedBy }).from(absences).where(eq(absences.id, wanted.id)).get()
  if (known?.issuedBy === tx.actor.id) return undefined
  if (known) throw conflict('Formulir ini sudah dipakai. Buka formulir yang baru.')
  const today = refuseWrong(tx, wanted)
  refuseOveruse(tx.db, DOORS.absence, tx.actor.id, Date.parse(tx.now))
  countUse(tx.db, DOORS.absence, tx.actor.id, Date.parse(tx.now))
  const registered = findByNik(tx.db, wanted.nik)
  const likely = registered ? [] : findLikely(tx.db, wanted)
  tx.audit('certificate.sought', hideNumber(wanted.nik), { region: wanted.regionCode, found: registered?.id ?? null, alike: likely.length })
  if (registered) return { registered: shownTo(tx.db, tx.actor, registered) }
  const print = printOf(likely)
  if (likely.length > 0 && (seen !== print || wanted.ruledOutNote.length < 5)) return { likely: likely.map((one) => shownTo(tx.db, tx.actor, one, one.why)), print }
  const numbered = nextNumber(tx.db, absences, 'SKTT-SIKS', officeOf(tx.actor, wanted.regionCode), today)
  tx.db.insert(absences).values({
    ...wanted, ...numbered, ruledOut: likely.length, ruledOutNote: likely.length > 0 ? wanted.ruledOutNote : '', codeHash: hashCode(codeFrom(wanted.id)), validUntil: addDays(today, days), issuedBy: tx.actor.id, issuedAt: tx.now,
  }).run()
  tx.audit('certificate.absence_issued', wanted.id, { region: wanted.regionCode, letterNumber: numbered.letterNumber, purpose: wanted.purpose, ...(likely.length > 0 && { ruledOut: likely.length, note: wanted.ruledOutNote }) })
  return undefined
}

function refuseWrong(tx: Tx, { regionCode, nik, birthDate, purpose, purposeNote }: Omit<NewAbsence, 'days' | 'seen'>): string {
  if (!isWithin(regionCode, tx.actor) || !tx.db.select({ code: regions.code }).from(regions).where(and(eq(regions.code, regionCode), eq(regions.level, 4), isNull(regions.validTo))).get()) throw invalid({ region: 'Pilih desa/kelurahan tempat tinggalnya.' })
  const today = dayOf(tx.now, zoneOf(regionCode))
  if (!isWholeNik(nik)) throw invalid({ nik: 'Isi NIK seperti di KTP atau KK, 16 angka.' })
  if (!isDate(birthDate) || birthDate > today) throw invalid({ birthDate: 'Isi tanggal lahir seperti di KTP atau KK.' })
  if (purpose === 'other' && purposeNote.length < 5) throw invalid({ purposeNote: 'Tuliskan keperluannya.' })
  return today
}

// Scoped; out of scope is not found.
export function getAbsence({ db, actor }: Reader, id: string): Absence {
  demand(actor, 'certificate.read')
  const found = db.select().from(absences).where(and(eq(absences.id, id), within(absences.regionCode, actor))).get()
  if (!found) throw notFound('Surat keterangan')
  return found
}

// Registered since: then it is no longer true.
export const isFoundNow = (db: Db, { nik }: Pick<Absence, 'nik'>) => findByNik(db, nik) !== undefined

export function viewAbsence({ db, actor }: Reader, id: string, today: string) {
  const found = getAbsence({ db, actor }, id)
  return { found, place: regionNames(db, [found.regionCode]).get(found.regionCode) ?? '', isFoundNow: isFoundNow(db, found), ...aboutLetter(db, actor, found, today) }
}
export type AbsenceView = ReturnType<typeof viewAbsence>

export function printAbsence(tx: Tx, id: string) {
  const found = getAbsence(tx, id)
  if (found.revokedAt) throw conflict('Surat keterangan ini sudah dicabut, jadi tidak dicetak lagi.')
  if (isFoundNow(tx.db, found)) throw conflict('NIK ini sekarang tercatat di registri, jadi surat ini tidak benar lagi. Cabut surat ini.')
  tx.audit('certificate.absence_printed', id, { region: found.regionCode, letterNumber: found.letterNumber, people: 1 })
  return { found, ...onPaper(tx.db, found) }
}
export type AbsencePaper = ReturnType<typeof printAbsence>

export function revokeAbsence(tx: Tx, id: string, note: string) {
  demand(tx.actor, 'certificate.issue')
  takeBack(tx, absences, getAbsence(tx, id), note, 'certificate.absence_revoked')
}

const PAGE = 50

export function listAbsences(db: Db, actor: Actor, { region, before }: { region: string, before?: number }, today: string) {
  demand(actor, 'certificate.read')
  const rows = db.select().from(absences).where(and(within(absences.regionCode, { regions: regionsIn(actor, region) }), before ? lt(absences.number, before) : undefined)).orderBy(desc(absences.number)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return {
    rows: shown.map((row) => ({ ...row, place: names.get(row.regionCode) ?? row.regionCode, state: stateOf(row, today) })),
    next: rows.length > PAGE ? shown.at(-1)!.number : undefined,
  }
}
export type ListedAbsence = ReturnType<typeof listAbsences>['rows'][number]
