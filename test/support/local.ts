import { randomUUID } from 'node:crypto'
import { writeAnnouncement } from '#app/announcements/announcements.ts'
import { confirmMinutes, seenNow } from '#app/local/deciding.ts'
import { addLocal, type NewLocal } from '#app/local/programmes.ts'
import { proposeFamilies } from '#app/local/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { localPayments, recipients } from '#db/schema/index.ts'
import type { Answer } from '#test/support/answers.ts'
import { addRecipient } from '#test/support/participants.ts'
import { addHousehold, agus, as, BANTUL, budi, eko, freshDatabase, hadi, joko, mega, nia, oki, PONCOSARI, prita, rina, siti, tono, TRIMURTI, wawan } from '#test/support/world.ts'

export const BLT = 'blt-2026'
const facts: NewLocal = { id: BLT, programme: 'blt', name: 'BLT Dana Desa 2026', regionCode: PONCOSARI, startsOn: '2026-01', endsOn: '2026-12', amount: 300_000, basis: 'Perdes 4/2025' }

export const plan = (db: Db, more: Partial<NewLocal> = {}, by: Actor = oki) => as(db, by, (tx) => addLocal(tx, { ...facts, ...more }))
export const propose = (db: Db, households: string[], { programme = BLT, by = oki, reason = '' }: { programme?: string, by?: Actor, reason?: string } = {}) =>
  as(db, by, (tx) => proposeFamilies(tx, programme, { key: randomUUID(), families: households.map((householdId) => ({ householdId, familySeq: 1 })), reason }))

// A paper as the upload leaves it.
export const paper = (field: string) => ({ sha256: 'ab'.repeat(32), mime: 'application/pdf', bytes: 1, field, name: `${field}.pdf` })

export const confirm = (db: Db, { programme = BLT, village = PONCOSARI, by = oki, fromMonth = '2026-01', at }: { programme?: string, village?: string, by?: Actor, fromMonth?: string, at?: string } = {}) => as(db, by, (tx) =>
  confirmMinutes(tx, programme, village, { id: randomUUID(), number: '140/12/2026', date: '2026-01-20', fromMonth, seen: seenNow(tx, programme, village, 'proposed') }, paper('minutes')), at)

export const stateOf = (db: Db, head: string) => db.select().from(recipients).all().filter(({ name, variant }) => name === head && variant !== '').map(({ state }) => state).join()
export const idOf = (db: Db, head: string) => db.select().from(recipients).all().find(({ name, variant }) => name === head && variant !== '')!.id

// Two households of Poncosari and one of Trimurti, and the BLT of Poncosari.
export function desaWorld(): Db {
  const db = freshDatabase()
  addHousehold(db, 'asep', { head: 'Asep' })
  addHousehold(db, 'ujang', { head: 'Ujang' })
  addHousehold(db, 'tini', { head: 'Tini', regionCode: TRIMURTI })
  plan(db)
  return db
}

// What the addresses of this part are asked about.
export function addLocalAid(db: Db) {
  plan(db)
  plan(db, { id: 'apbd-2026', programme: 'apbd', name: 'Bantuan lansia', regionCode: BANTUL }, rina)
  addRecipient(db, { id: 'local-family', programme: 'blt', variant: BLT, state: 'active', name: 'Asep Suryana', householdId: 'asep', familySeq: 1, startedOn: '2026-01-01' })
  as(db, rina, (tx) => writeAnnouncement(tx, { id: 'announcement', title: 'Bimtek', text: 'Di aula.', untilOn: '2026-12-01', regionCode: BANTUL, roles: [] }))
  db.insert(localPayments).values({ id: 'local-payment', programmeId: BLT, recipientId: 'local-family', regionCode: PONCOSARI, month: '2026-01', amount: 300_000, paidOn: '2026-02-01', cause: 'hand', recordedBy: 'oki', recordedAt: '2026-02-01T03:00:00.000Z' }).run()
}

const READERS = [oki, wawan, budi, rina, hadi, prita, mega]
const ELSEWHERE = [eko, nia, joko]
const MANAGERS = [oki, rina]
const KEY = '00000000-0000-4000-8000-000000000001'
const list = (): Answer => ({ allow: READERS, elsewhere: ELSEWHERE })
const local = (path: string, allow: Actor[] = MANAGERS, fields?: Record<string, string>): Answer => ({ at: `/local/${path}`, allow, ...(fields && { fields }) })

export const LOCAL_ANSWERS: Record<string, Answer> = {
  'GET /local': list(), 'GET /local/payments/template.csv': list(), 'GET /local/new': { allow: MANAGERS, elsewhere: [nia] }, 'POST /local': { allow: MANAGERS, elsewhere: [nia] },
  'GET /local/:id': local(BLT, READERS), 'GET /local/:id/payments': local(`${BLT}/payments`, READERS), 'GET /local/:id/print': local(`${BLT}/print`, READERS),
  'GET /local/:id/edit': local(`${BLT}/edit`), 'POST /local/:id': local(BLT), 'POST /local/:id/closing': local(`${BLT}/closing`), 'GET /local/:id/families': local(`${BLT}/families`), 'POST /local/:id/families': local(`${BLT}/families`),
  'POST /local/:id/minutes': local(`${BLT}/minutes`), 'POST /local/:id/letter': local('apbd-2026/letter', [rina]), 'POST /local/:id/payments': local(`${BLT}/payments`), 'POST /local/:id/payments/file': local(`${BLT}/payments/file`),
  'POST /local/recipients/:id/stopping': local('recipients/local-family/stopping', MANAGERS, { key: KEY, seen: '1', reasonCode: 'capable' }),
  'GET /announcements': { allow: 'everyone' }, 'GET /announcements/new': { allow: [rina, mega, agus], elsewhere: [nia] }, 'POST /announcements': { allow: [rina, mega, agus], elsewhere: [nia] },
  'POST /announcements/:id/reading': { at: '/announcements/announcement/reading', allow: [siti, oki, tono, wawan, budi, rina, hadi] }, 'POST /announcements/:id/ending': { at: '/announcements/announcement/ending', allow: [rina, mega, agus] },
  'POST /local/payments/:id/cancellation': local('payments/local-payment/cancellation', MANAGERS, { note: 'salah bulan' }),
}
