import { randomUUID } from 'node:crypto'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { approveChange, seenOf } from '#app/programmes/decisions.ts'
import { createRecipient, recipientOf, type NewRecipient, type Recipient } from '#app/programmes/recipients.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { programmeSettings, recipientChanges, userRegions, users } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { eq } from 'drizzle-orm'
import { aRecord, type Given } from '#test/support/records.ts'
import { as, BANTUL, budi, hadi, oki, PONCOSARI, rina } from '#test/support/world.ts'

// A second pair of eyes at Dinsos Bantul: nobody decides what he proposed himself.
export const ratna: Actor = { id: 'ratna', name: 'Ratna Dewi', role: 'regency_officer', regions: [BANTUL] }
export function hireRatna(db: Db) {
  const { passwordHash } = db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, 'rina')).get()!
  db.insert(users).values({ id: ratna.id, username: ratna.id, name: ratna.name, role: ratna.role, passwordHash, status: 'active', createdAt: '2026-01-05T01:00:00.000Z' }).run()
  db.insert(userRegions).values({ userId: ratna.id, regionCode: BANTUL }).run()
  return ratna
}

type Child = { name?: string, birthDate: string, nik?: string, relation?: number, sex?: 1 | 2 }

// A couple and a child in one family.
export function withChild(given: Given, { name = 'Putri Suryana', birthDate, nik, relation = 3, sex = 2 }: Child): HouseholdRecord {
  const record = aRecord(given)
  const child = { memberSeq: 3, familySeq: 1, memberPresence: 1, name, sex, birthDate, relationToHead: relation, relationToFamilyHead: relation, ...(nik && { nik }) }
  return { ...record, household: { ...record.household, memberCount: 3 }, members: [...record.members, child] }
}

// Written as an import would leave it.
export const addRecipient = (db: Db, fresh: Partial<NewRecipient> & Pick<NewRecipient, 'id' | 'programme' | 'state'>, at?: string): Recipient =>
  as(db, rina, (tx) => createRecipient(tx, { regionCode: PONCOSARI, name: 'Asep Suryana', ...fresh }, { cause: 'import:test' }), at)

export const setQuota = (db: Db, value: number, regionCode = BANTUL) => db.insert(programmeSettings).values({
  programme: 'pbi', key: 'quota', regionCode, validFrom: '2026-01-01', value, source: 'Surat Kemensos 1/2026', setBy: 'mega', setAt: '2026-01-01T00:00:00.000Z',
}).run()

type Proposal = Omit<Wanted, 'key' | 'id'> & { id?: string }
const AT = '2026-03-02T03:00:00.000Z'

export const propose = (db: Db, { id = randomUUID(), ...wanted }: Proposal, by: Actor = oki, at = AT) =>
  as(db, by, (tx) => proposeChange(tx, { key: randomUUID(), id, ...wanted }), at)

export const changeOf = (db: Db, id: string) => db.select().from(recipientChanges).where(eq(recipientChanges.id, id)).get()!
export const approve = (db: Db, id: string, by: Actor, at = AT) =>
  as(db, by, (tx) => approveChange(tx, id, { key: randomUUID(), seen: seenOf(db, changeOf(db, id)), note: '' }), at)

// From proposed to ratified, by everyone whose turn it is.
export function ratify(db: Db, change: { id: string, programme: Wanted['programme'], sensitive?: boolean }, { at = AT, effectiveOn = '2026-03-02', verifier = rina }: { at?: string, effectiveOn?: string, verifier?: Actor } = {}) {
  if (!change.sensitive) approve(db, change.id, budi, at)
  approve(db, change.id, verifier, at)
  const batch = randomUUID()
  as(db, verifier, (tx) => openBatch(tx, { id: batch, programme: change.programme, regionCode: BANTUL, periodId: null, note: '' }), at)
  as(db, verifier, (tx) => freezeBatch(tx, batch), at)
  transact(db, hadi, (tx) => ratifyBatch(tx, batch, { letterNumber: `460/${batch.slice(0, 4)}/2026`, letterDate: effectiveOn, effectiveOn }), new Date(at))
  return recipientOf(db, changeOf(db, change.id).recipientId)!
}
