import { and, eq, max } from 'drizzle-orm'
import { invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { pathTo } from '#app/regions/regions.ts'
import { codeFrom } from '#app/reports/codes.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { absences, certificates, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// What every letter of an office has, whatever it says: its number, its state, its places, and that it may be taken back.
type Register = typeof certificates | typeof absences
type Letter = Pick<typeof certificates.$inferSelect, 'id' | 'letterNumber' | 'officeCode' | 'regionCode' | 'issuedBy' | 'issuedAt' | 'revokedBy' | 'revokedAt' | 'validUntil'>

const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']

// Each register of an office counts by itself, anew each year.
export function nextNumber(db: Db, register: Register, kind: string, officeCode: string, today: string) {
  const year = Number(today.slice(0, 4))
  const serial = (db.select({ last: max(register.serial) }).from(register).where(and(eq(register.officeCode, officeCode), eq(register.year, year))).get()?.last ?? 0) + 1
  return { officeCode, year, serial, letterNumber: [String(serial).padStart(4, '0'), kind, officeCode, ROMAN[Number(today.slice(5, 7)) - 1], year].join('/') }
}

export type LetterState = 'valid' | 'expired' | 'revoked'
export const stateOf = ({ revokedAt, validUntil }: Pick<Letter, 'revokedAt' | 'validUntil'>, today: string): LetterState =>
  revokedAt ? 'revoked' : validUntil < today ? 'expired' : 'valid'

// What its page says of any letter.
export function aboutLetter(db: Db, actor: Actor, found: Letter, today: string) {
  const nameOf = (user: string) => db.select({ name: users.name }).from(users).where(eq(users.id, user)).get()?.name ?? '–'
  return {
    code: codeFrom(found.id), state: stateOf(found, today), issuer: nameOf(found.issuedBy), revoker: found.revokedBy && nameOf(found.revokedBy),
    mayRevoke: !found.revokedAt && can(actor, 'certificate.issue') && isWithin(found.officeCode, actor),
  }
}

// What its paper says of any letter.
export function onPaper(db: Db, { id, regionCode, officeCode, issuedAt }: Letter) {
  const [province = '', regency = '', district = '', village = ''] = pathTo(db, regionCode).map(({ name }) => name)
  return { code: codeFrom(id), issuedOn: dayOf(issuedAt, zoneOf(regionCode)), places: { province, regency, district, village }, isVillage: officeCode === regionCode }
}

// Written by mistake, or no longer true. The desa cannot take back what the kabupaten has signed. The caller has found it in the actor's places.
export function takeBack(tx: Tx, register: Register, { id, officeCode, regionCode, letterNumber, revokedAt }: Letter, note: string, action: string) {
  if (!isWithin(officeCode, tx.actor)) throw notFound('Surat keterangan')
  if (revokedAt) return
  if (note.length < 5) throw invalid({ note: 'Tuliskan alasan surat ini dicabut.' })
  tx.db.update(register).set({ revokedBy: tx.actor.id, revokedAt: tx.now, revokedNote: note }).where(eq(register.id, id)).run()
  tx.audit(action, id, { region: regionCode, letterNumber, note })
}
