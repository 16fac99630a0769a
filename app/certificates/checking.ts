import { eq } from 'drizzle-orm'
import { bearerOf, stateOf } from '#app/certificates/certificates.ts'
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
import { certificates, households } from '#db/schema/index.ts'

type Caller = { db: Db, address: string, now?: number }

// For the school or hospital that is shown a letter: is it genuine, does it still hold. It tells no more than they hold in their hand,
// and wrong codes are counted as with reports, so that none can be found by trying.
export function checkCertificate({ db, address, now = Date.now() }: Caller, typed: string) {
  refuseOveruse(db, DOORS.code, networkOf(address), now)
  const code = readCode(typed)
  const found = code && db.select().from(certificates).where(eq(certificates.codeHash, hashCode(code))).get()
  if (!found) {
    countUse(db, DOORS.code, networkOf(address), now)
    throw notFound('Surat dengan kode ini')
  }
  const household = db.select({ id: households.id, stage: households.stage }).from(households).where(eq(households.id, found.householdId)).get()!
  const zone = zoneOf(found.regionCode)
  return {
    letterNumber: found.letterNumber, office: findRegionName(db, found.officeCode) ?? found.officeCode, isVillage: found.officeCode === found.regionCode,
    name: maskName(bearerOf(db, found).name), purpose: found.purpose, issuedOn: dayOf(found.issuedAt, zone), validUntil: found.validUntil,
    state: stateOf(found, dayOf(new Date(now).toISOString(), zone)), isStillRegistered: isRegistered(db, household.id, household.stage), isHeld: isHeldBack(db, household.id),
  }
}
export type CheckedCertificate = ReturnType<typeof checkCertificate>
