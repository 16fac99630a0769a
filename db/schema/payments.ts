import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { programmePeriods, recipients } from '#db/schema/programmes.ts'

export const PAYMENT_KINDS = ['waiting', 'paid', 'failed', 'excluded'] as const

// Who is to be paid in one period in one kabupaten/kota: making → ready. reached: the last recipient that has been looked
// at, so that making goes on after a restart.
export const paymentLists = sqliteTable('payment_lists', {
  id: text().primaryKey(),
  programme: text().$type<ProgrammeCode>().notNull(),
  periodId: text('period_id').notNull().references(() => programmePeriods.id),
  regionCode: text('region_code').notNull(),
  status: text({ enum: ['making', 'ready'] }).notNull(),
  reached: text().notNull().default(''),
  lineCount: integer('line_count').notNull().default(0),
  withoutAmount: integer('without_amount').notNull().default(0),
  heldCount: integer('held_count').notNull().default(0),
  madeBy: text('made_by').notNull(),
  madeAt: text('made_at').notNull(),
  renewedAt: text('renewed_at'),
}, (table) => [
  uniqueIndex('payment_list_once').on(table.periodId, table.regionCode),
  index('payment_lists_by_programme').on(table.programme, table.regionCode),
  check('payment_list_status_is_known', sql`${table.status} IN ('making', 'ready')`),
])

// One payment to one recipient. name, numbers, bank and account: as they were when the list was made. status: a word of the
// list "payment" of the programme; kind: what it means. reason_code: a word of the list "payment_reason".
export const payments = sqliteTable('payments', {
  id: text().primaryKey(),
  listId: text('list_id').notNull().references(() => paymentLists.id),
  recipientId: text('recipient_id').notNull().references(() => recipients.id),
  programme: text().$type<ProgrammeCode>().notNull(),
  periodId: text('period_id').notNull().references(() => programmePeriods.id),
  regionCode: text('region_code').notNull(),
  name: text().notNull(),
  nik: text(),
  kkNumber: text('kk_number'),
  number: text(),
  bank: text(),
  account: text(),
  amount: integer().notNull(),
  status: text().notNull(),
  kind: text({ enum: PAYMENT_KINDS }).notNull(),
  reasonCode: text('reason_code').notNull().default(''),
  statusAt: text('status_at').notNull(),
  version: integer().notNull().default(1),
}, (table) => [
  uniqueIndex('payment_once_a_period').on(table.periodId, table.recipientId),
  index('payments_by_recipient').on(table.recipientId),
  index('payments_by_place').on(table.listId, table.regionCode, table.kind, table.amount),
  index('payments_by_name').on(table.listId, table.regionCode, table.name, table.id, table.kind),
  index('payments_failed').on(table.programme, table.regionCode, table.name, table.id, table.reasonCode).where(sql`kind = 'failed'`),
  index('payments_by_nik').on(table.listId, table.nik).where(sql`nik IS NOT NULL`),
  index('payments_by_number').on(table.listId, table.number).where(sql`number IS NOT NULL`),
  check('payment_kind_is_known', sql`${table.kind} IN ('waiting', 'paid', 'failed', 'excluded')`),
  check('payment_amount_is_positive', sql`${table.amount} > 0`),
])

// Each status a payment has had: who, when, why. cause: "list:<id>", "hand", "intake:<id>". Append-only.
export const paymentEvents = sqliteTable('payment_events', {
  id: integer().primaryKey(),
  paymentId: text('payment_id').notNull().references(() => payments.id),
  fromStatus: text('from_status'),
  toStatus: text('to_status').notNull(),
  reasonCode: text('reason_code').notNull().default(''),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  cause: text().notNull(),
  note: text().notNull().default(''),
}, (table) => [index('payment_events_by_payment').on(table.paymentId, table.id)])
