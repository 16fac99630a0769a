import { intakesDone } from '#app/intake/intake-work.ts'
import { listsDone, workOnList } from '#app/payments/list-work.ts'
import { askList } from '#app/payments/lists.ts'
import { createRecipient, type NewRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { eq } from 'drizzle-orm'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { intakeRows, intakes, paymentLists, payments, programmePeriods, recipients } from '#db/schema/index.ts'
import { kkOf, nikOf } from '#test/support/desil.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, as, BALECATUR, BANTUL, freshApp, PONCOSARI, rina, TRIMURTI, type Fields } from '#test/support/world.ts'

export const PERIOD = '00000000-0000-4000-8000-0000000b0001'
export const LIST = '00000000-0000-4000-8000-0000000b0002'
export const cardOf = (serial: number) => `601301000000${String(serial).padStart(4, '0')}`

export const addPaidPeriod = (db: Db, given: Partial<typeof programmePeriods.$inferInsert> = {}) => void db.insert(programmePeriods).values({
  id: PERIOD, programme: 'sembako', regionCode: BANTUL, name: 'Triwulan I 2026', startsOn: '2026-01-01', endsOn: '2026-03-31', cutoffOn: '2026-03-20', madeBy: 'rina', madeAt: '2026-01-01T00:00:00.000Z', ...given,
}).onConflictDoNothing().run()

// Asep in Poncosari, Bayu in Trimurti, Made in Sleman: households of the registry, nobody receives yet.
export function registryWorld() {
  const app = freshApp()
  addHousehold(app.db, 'asep', { record: aRecord({ head: 'Asep Suryana', serial: 1 }) })
  addHousehold(app.db, 'bayu', { regionCode: TRIMURTI, record: aRecord({ head: 'Bayu Wicaksono', serial: 2 }) })
  addHousehold(app.db, 'made', { regionCode: BALECATUR, record: aRecord({ head: 'Made Artana', serial: 3 }) })
  return app
}

export type PaymentWorld = ReturnType<typeof registryWorld>

export const receives = (db: Db, id: string, serial: number, given: Partial<NewRecipient> = {}): Recipient => as(db, rina, (tx) => createRecipient(tx, {
  id, programme: 'sembako', regionCode: PONCOSARI, name: id, nik: nikOf(serial), kkNumber: kkOf(serial), number: cardOf(serial), state: 'active', ...given,
}, { cause: 'import:uji' }))

// A period with its list: Asep and Bayu are to be paid.
export async function paidWorld() {
  const app = registryWorld()
  addPaidPeriod(app.db)
  receives(app.db, 'Asep', 1, { householdId: 'asep', familySeq: 1, data: { bank: 'bri', accountNumber: '123456789012345' } })
  receives(app.db, 'Bayu', 2, { householdId: 'bayu', familySeq: 1, regionCode: TRIMURTI })
  await makeList(app.db)
  return app
}

export async function makeList(db: Db, { actor = rina, periodId = PERIOD, id = LIST }: { actor?: Actor, periodId?: string, id?: string } = {}) {
  const list = as(db, actor, (tx) => askList(tx, { id, periodId, regionCode: BANTUL }))
  workOnList(db, list)
  await listsDone(db)
  return list
}

export const paymentOf = (db: Db, name: string) => db.select().from(payments).where(eq(payments.name, name)).get()!
export const recipientsIn = (db: Db) => db.select().from(recipients).orderBy(recipients.name).all()
export const rowsOf = (db: Db, id: string) => db.select().from(intakeRows).where(eq(intakeRows.intakeId, id)).orderBy(intakeRows.position).all()
export const intakeOf = (db: Db, id: string) => db.select().from(intakes).where(eq(intakes.id, id)).get()!
export const outcomeOf = (db: Db, id: string) => rowsOf(db, id).map(({ position, action, errors }) => [position, action, ...errors.map(({ column }) => column)].join(' '))

export const csvOf = (rows: string[][], sign = ';') => rows.map((row) => row.join(sign)).join('\n')
const HEADING = ['no_kks', 'nik', 'no_kk', 'nama', 'kode_wilayah', 'status']

type Facts = { programme?: string, defaultState?: string, region?: string, source?: string, heading?: string[], sign?: string }

export const intakeForm = (content: string | Uint8Array, { programme = 'sembako', defaultState = 'active', region = BANTUL, source = 'SIKS-NG, uji' }: Facts = {}): Fields =>
  ({ programme, defaultState, region, source, file: new File([content as BlobPart], 'penerima.csv') })

const idIn = (response: Response) => response.headers.get('Location')!.split('/').at(-1)!

// Uploads and waits until it is read; the id of the file.
export async function bring(world: PaymentWorld, rows: string[][], { heading = HEADING, sign, ...facts }: Facts = {}, actor: Actor = rina) {
  const response = await world.as(actor).post('/intake', intakeForm(csvOf([heading, ...rows], sign), facts))
  await intakesDone(world.db)
  return idIn(response)
}

export async function confirm(world: PaymentWorld, id: string, actor: Actor = rina) {
  await world.as(actor).post(`/intake/${id}/confirmation`)
  await intakesDone(world.db)
  return id
}

export async function bringResults(world: PaymentWorld, rows: string[][], heading = ['no_kks', 'nik', 'status', 'alasan']) {
  const response = await world.as(rina).post(`/payments/lists/${LIST}/results`, { source: 'Laporan BRI', file: new File([csvOf([heading, ...rows])], 'hasil.csv') })
  await intakesDone(world.db)
  return idIn(response)
}

// One of each that has an address, for the matrix: a list with a payment of a recipient, a file that is read, one that is done.
export function addPayments(db: Db) {
  addPaidPeriod(db)
  receives(db, 'Dibayar', 77, { householdId: 'asep', familySeq: 1 })
  db.insert(paymentLists).values({ id: LIST, programme: 'sembako', periodId: PERIOD, regionCode: BANTUL, status: 'ready', lineCount: 1, madeBy: 'rina', madeAt: '2026-03-01T00:00:00.000Z' }).run()
  db.insert(payments).values({ id: 'payment', listId: LIST, recipientId: 'Dibayar', programme: 'sembako', periodId: PERIOD, regionCode: PONCOSARI, name: 'Dibayar', amount: 600_000, status: 'failed', kind: 'failed', statusAt: '2026-03-01T00:00:00.000Z' }).run()
  for (const [id, status] of [['intake', 'previewed'], ['intake-applied', 'applied']] as const) {
    db.insert(intakes).values({ id, kind: 'recipients', programme: 'sembako', regionCode: BANTUL, defaultState: 'active', fileName: 'a.csv', sha256: 'ef'.repeat(32), bytes: 1, status, unmatchedCount: 1, uploadedBy: 'rina', uploadedAt: '2026-03-01T00:00:00.000Z' }).run()
    db.insert(intakeRows).values({ intakeId: id, position: 2, action: 'unmatched', name: 'Contoh', nik: nikOf(900), regionCode: PONCOSARI, facts: { nik: nikOf(900), name: 'Contoh', region: PONCOSARI }, errors: [] }).run()
  }
}
