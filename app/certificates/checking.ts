import { eq } from 'drizzle-orm'
import { isFoundNow } from '#app/certificates/absences.ts'
import { bearerOf } from '#app/certificates/certificates.ts'
import { stateOf } from '#app/certificates/letters.ts'
import { isRegistered } from '#app/certificates/registered.ts'
import { isHeldBack } from '#app/households/living.ts'
import { notFound } from '#app/problems.ts'
import { countUse, DOORS, networkOf, refuseOveruse } from '#app/public/brake.ts'
import { maskName } from '#app/public/names.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { hashCode, readCode } from '#app/reports/codes.ts'
import type { Db } from '#db/connection.ts'
import { absences, certificates, households } from '#db/schema/index.ts'

type Caller = { db: Db, address: string, now?: number }

// For the school or hospital that is shown a letter: is it genuine, does it still hold. It tells no more than they hold in their hand,
// and wrong codes are counted as with reports, so that none can be found by trying.
export function checkCertificate({ db, address, now = Date.now() }: Caller, typed: string) {
  refuseOveruse(db, DOORS.code, networkOf(address), now)
  const code = readCode(typed)
  const found = code && db.select().from(certificates).where(eq(certificates.codeHash, hashCode(code))).get()
  const absence = found || !code ? undefined : db.select().from(absences).where(eq(absences.codeHash, hashCode(code))).get()
  if (absence) return { kind: 'absent' as const, ...facts(db, absence, now), name: maskName(absence.name), isFoundNow: isFoundNow(db, absence) }
  if (!found) {
    countUse(db, DOORS.code, networkOf(address), now)
    throw notFound('Surat dengan kode ini')
  }
  const household = db.select({ id: households.id, stage: households.stage }).from(households).where(eq(households.id, found.householdId)).get()!
  return {
    kind: 'registered' as const, ...facts(db, found, now), name: maskName(bearerOf(db, found).name), isStillRegistered: isRegistered(db, household.id, household.stage), isHeld: isHeldBack(db, household.id),
  }
}

type Letter = Pick<typeof certificates.$inferSelect, 'letterNumber' | 'officeCode' | 'regionCode' | 'purpose' | 'issuedAt' | 'validUntil' | 'revokedAt'>
function facts(db: Db, { letterNumber, officeCode, regionCode, purpose, issuedAt, validUntil, revokedAt }: Letter, now: number) {
  const zone = zoneOf(regionCode)
  return {
    letterNumber, office: findRegionName(db, officeCode) ?? officeCode, isVillage: officeCode === regionCode, purpose, issuedOn: dayOf(issuedAt, zone), validUntil,
    state: stateOf({ revokedAt, validUntil }, dayOf(new Date(now).toISOString(), zone)),
  }
}

export type CheckedCertificate = ReturnType<typeof checkCertificate>
