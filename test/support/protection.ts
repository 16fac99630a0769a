import { countingDone, workOnBreach } from '#app/protection/breach-work.ts'
import { openBreach, type Reported } from '#app/protection/breaches.ts'
import { openCase, type Asked } from '#app/protection/cases.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { breaches, breachHouseholds, households, members } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'
import { agus, as, PONCOSARI, rina } from '#test/support/world.ts'

export const AT = '2026-03-02T03:00:00.000Z'

export const lostPhone = (more: Partial<Reported> = {}): Reported => ({
  id: '00000000-0000-4000-8000-0000000000b1', kind: 'device', subject: 'phone|siti', fromAt: AT, untilAt: AT, knownAt: '2026-03-02T02:00:00.000Z',
  happened: 'HP petugas hilang di pasar.', data: 'Nama, NIK, alamat dan keadaan rumah.', remedy: 'Akses HP dicabut.', contact: 'Rina, 0274-123', ...more,
})

export async function addBreach(db: Db, more: Partial<Reported> = {}, by: Actor = agus) {
  const told = lostPhone(more)
  as(db, by, (tx) => openBreach(tx, told))
  workOnBreach(db, told.id)
  await countingDone(db)
  return db.select().from(breaches).where(eq(breaches.id, told.id)).get()!
}

export const nikOf = (db: Db, householdId: string, seq = 1) => db.select().from(members).where(eq(members.householdId, householdId)).all().find((one) => one.seq === seq)!.nik!

export const asksFor = (db: Db, householdId: string, more: Partial<Asked> = {}): Asked => ({
  id: '00000000-0000-4000-8000-0000000000c1', kind: 'access', nik: nikOf(db, householdId), asker: 'Asep Suryana', relation: 'self', identity: 'KTP asli dicocokkan dengan wajah', wish: '', receivedAt: '2026-03-02T01:00:00.000Z', ...more,
})

// One of each for the matrix, the breach as its work leaves it.
export function addProtection(db: Db, householdId: string) {
  as(db, agus, (tx) => openBreach(tx, lostPhone({ id: 'breach' })))
  db.update(breaches).set({ counting: 'counted', countedAt: AT, households: 1, people: 1 }).where(eq(breaches.id, 'breach')).run()
  db.insert(breachHouseholds).values({ breachId: 'breach', regionCode: PONCOSARI, householdId, people: 1, why: 'task' }).run()
  const known = db.select().from(households).where(eq(households.id, householdId)).get()!
  db.update(members).set({ nik: known.headNik ?? '9902011234560001' }).where(eq(members.householdId, householdId)).run()
  as(db, rina, (tx) => openCase(tx, asksFor(db, householdId, { id: 'case' })))
}
