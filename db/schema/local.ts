import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { oneOf } from '#db/schema/one-of.ts'
import { LOCAL_CODES, recipients } from '#db/schema/programmes.ts'
import { users } from '#db/schema/users.ts'

// Aid a desa (blt) or a kabupaten/kota (apbd) gives from its own budget, for months of one year: "2026-01" to "2026-12", so much a
// month. region_code: whose it is. finished_at: when the last of its recipients was ended; null while it runs.
export const localProgrammes = sqliteTable('local_programmes', {
  id: text().primaryKey(),
  programme: text({ enum: LOCAL_CODES }).notNull(),
  name: text().notNull(),
  regionCode: text('region_code').notNull(),
  startsOn: text('starts_on').notNull(),
  endsOn: text('ends_on').notNull(),
  amount: integer().notNull(),
  basis: text().notNull().default(''),
  revision: integer().notNull().default(1),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
  closedBy: text('closed_by').references(() => users.id),
  closedAt: text('closed_at'),
  closedNote: text('closed_note').notNull().default(''),
  finishedAt: text('finished_at'),
}, (table) => [
  index('local_programmes_by_region').on(table.regionCode, table.startsOn, table.id),
  index('local_programmes_running').on(table.endsOn).where(sql`finished_at IS NULL`),
  index('local_programmes_closed').on(table.closedAt).where(sql`finished_at IS NULL`),
  check('local_programme_is_of_a_kind', oneOf('programme', LOCAL_CODES)),
  check('local_programme_months_are_in_order', sql`${table.startsOn} <= ${table.endsOn} AND substr(${table.startsOn}, 1, 4) = substr(${table.endsOn}, 1, 4)`),
  check('local_programme_amount_is_positive', sql`${table.amount} > 0`),
])

// What made proposed families recipients: the minutes of a musyawarah, or the letter of the kabupaten's Dinsos. region_code: the place
// whose families it names; from_month: the first month they are paid for. Its paper is an attachment "local-decision:<id>".
export const localDecisions = sqliteTable('local_decisions', {
  id: text().primaryKey(),
  programmeId: text('programme_id').notNull().references(() => localProgrammes.id),
  kind: text({ enum: ['minutes', 'letter'] }).notNull(),
  regionCode: text('region_code').notNull(),
  number: text().notNull(),
  date: text().notNull(),
  fromMonth: text('from_month').notNull(),
  families: integer().notNull(),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
}, (table) => [
  index('local_decisions_by_programme').on(table.programmeId, table.madeAt),
  check('local_decision_kind_is_known', sql`${table.kind} IN ('minutes', 'letter')`),
])

// One month paid to one recipient. cause: "hand" or "file:<name>". Taken back, it stays with who, when and why.
export const localPayments = sqliteTable('local_payments', {
  id: text().primaryKey(),
  programmeId: text('programme_id').notNull().references(() => localProgrammes.id),
  recipientId: text('recipient_id').notNull().references(() => recipients.id),
  regionCode: text('region_code').notNull(),
  month: text().notNull(),
  amount: integer().notNull(),
  paidOn: text('paid_on').notNull(),
  cause: text().notNull(),
  recordedBy: text('recorded_by').notNull().references(() => users.id),
  recordedAt: text('recorded_at').notNull(),
  cancelledBy: text('cancelled_by').references(() => users.id),
  cancelledAt: text('cancelled_at'),
  cancelledNote: text('cancelled_note').notNull().default(''),
}, (table) => [
  uniqueIndex('local_payment_once_a_month').on(table.recipientId, table.month).where(sql`cancelled_at IS NULL`),
  index('local_payments_by_recipient').on(table.recipientId, table.recordedAt),
  index('local_payments_by_programme').on(table.programmeId, table.regionCode, table.month, table.amount).where(sql`cancelled_at IS NULL`),
  check('local_payment_amount_is_positive', sql`${table.amount} > 0`),
  check('local_payment_is_taken_back_whole', sql`(${table.cancelledAt} IS NULL) = (${table.cancelledBy} IS NULL)`),
])
