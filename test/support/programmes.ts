import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { freezeBatch, openBatch } from '#app/programmes/batches.ts'
import { proposeChange, type Wanted } from '#app/programmes/changes.ts'
import { approveChange, seenOf } from '#app/programmes/decisions.ts'
import type { ChangeKind } from '#app/programmes/programme.ts'
import { createRecipient, type NewRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { programmePeriods, programmeWords, recipientChanges, recipients, userRegions, users } from '#db/schema/index.ts'
import { addHousehold, as, BANTUL, budi, freshApp, freshDatabase, oki, PONCOSARI, rina, type Wanted as Home } from '#test/support/world.ts'

// A second pair of eyes at Dinsos: what few may see is decided by another of those few.
export const yudi: Actor = { id: 'yudi', name: 'Yudi Prabowo', role: 'regency_officer', regions: [BANTUL] }

// Kinds of change whose rules no programme will alter: what the engine does is told by them.
const TRIALS: Record<string, ChangeKind> = {
  trial_entry: { label: 'Uji masuk', from: 'nobody', to: 'candidate' },
  trial_start: { label: 'Uji mulai', from: ['candidate'], to: 'active', fields: [{ name: 'trialCard', label: 'Nomor uji', type: 'text', pattern: '[0-9]{4}', required: true }, { name: 'trialDay', label: 'Hari uji', type: 'date' }] },
  trial_stop: { label: 'Uji berhenti', from: ['active', 'candidate'], to: 'removed', reasons: 'trial', papers: [{ name: 'proof', label: 'Bukti uji', required: true }] },
  trial_place: { label: 'Uji ganti', from: 'nobody', to: 'candidate', replaces: true, minutes: true, dueDays: 14 },
  trial_note: { label: 'Uji catat', from: ['candidate', 'active'], to: '', fields: [{ name: 'trialCard', label: 'Nomor uji', type: 'text' }] },
}
Object.assign(PROGRAMMES.sembako.changes, TRIALS)
PROGRAMMES.ppks.changes.trial_secret = { label: 'Uji catat PPKS', from: 'nobody', to: 'registered', papers: [{ name: 'proof', label: 'Bukti uji', required: false }] }

export function programmeWorld() {
  const made = freshApp(freshDatabase())
  addHousehold(made.db, 'asep', { head: 'Asep' })
  addHousehold(made.db, 'ujang', { head: 'Ujang' })
  made.db.insert(users).values({ id: yudi.id, username: yudi.id, name: yudi.name, role: yudi.role, passwordHash: '-', status: 'active', createdAt: '2026-01-05T01:00:00.000Z' }).run()
  made.db.insert(userRegions).values({ userId: yudi.id, regionCode: BANTUL }).run()
  made.db.insert(programmeWords).values({ programme: 'sembako', list: 'trial', code: 'mampu', label: 'Sudah mampu', validFrom: '2020-01-01', source: 'uji' }).run()
  return made
}
export type World = ReturnType<typeof programmeWorld>

export const addPeriod = (db: Db, id: string, given: Partial<typeof programmePeriods.$inferInsert> = {}) => void db.insert(programmePeriods).values({
  id, programme: 'sembako', regionCode: BANTUL, name: `Periode ${id}`, startsOn: '2026-01-01', endsOn: '2026-03-31', cutoffOn: '2026-03-20', madeBy: 'rina', madeAt: '2026-01-01T00:00:00.000Z', ...given,
}).run()

// Somebody who stands already, as an import leaves him.
export const addRecipient = (db: Db, id: string, given: Partial<NewRecipient> = {}): Recipient => as(db, rina, (tx) => createRecipient(tx, {
  id, programme: 'sembako', regionCode: PONCOSARI, name: id, state: 'active', ...given,
}, { cause: 'import:uji' }))

export const addFamily = (db: Db, id: string, home: Home = {}) => addHousehold(db, id, { head: id, ...home })

type Given = Partial<Omit<Wanted, 'subject'>> & { by?: Actor, household?: string, at?: string }

export const propose = (db: Db, { by = oki, household = 'asep', at, ...given }: Given = {}) => as(db, by, (tx) => proposeChange(tx, {
  key: randomUUID(), id: randomUUID(), programme: 'sembako', kind: 'trial_entry', ...(given.recipientId ? {} : { subject: { householdId: household, familySeq: 1, memberSeq: 1 } }), ...given,
}), at)

export const changeOf = (db: Db, id: string) => db.select().from(recipientChanges).where(eq(recipientChanges.id, id)).get()!
export const recipientNow = (db: Db, id: string) => db.select().from(recipients).where(eq(recipients.id, id)).get()

export const seenNow = (db: Db, id: string) => seenOf(db, changeOf(db, id))
export const approve = (db: Db, who: Actor, id: string, at?: string) => as(db, who, (tx) => approveChange(tx, id, { key: randomUUID(), seen: seenNow(db, id), note: '' }), at)

export function verified(db: Db, given: Given = {}): string {
  const { id } = propose(db, given)
  approve(db, budi, id, given.at)
  approve(db, rina, id, given.at)
  return id
}

export const opened = (db: Db, periodId: string | null = null, id: string = randomUUID()) => as(db, rina, (tx) => openBatch(tx, { id, programme: 'sembako', regionCode: BANTUL, periodId, note: '' })).id

export function frozen(db: Db, id?: string): string {
  const batch = opened(db, null, id)
  as(db, rina, (tx) => freezeBatch(tx, batch))
  return batch
}

export const letter = { letterNumber: '460/77/2026', letterDate: '2026-03-01', effectiveOn: '2026-03-05' }
