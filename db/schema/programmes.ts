import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { households } from '#db/schema/households.ts'
import { oneOf } from '#db/schema/one-of.ts'

// Those a desa or a kabupaten pays from its own budget; a recipient's variant is then the id of its local programme.
export const LOCAL_CODES = ['blt', 'apbd'] as const
export const CENTRAL_CODES = ['pkh', 'sembako', 'pbi', 'ppks'] as const
export const PROGRAMME_CODES = [...CENTRAL_CODES, ...LOCAL_CODES] as const
export const PHASES = ['waiting', 'receiving', 'paused', 'ended'] as const
export const CHANGE_STATUSES = ['submitted', 'checked', 'verified', 'batched', 'ratified', 'returned', 'rejected', 'withdrawn'] as const

// Amounts, limits and ages, each with the days it holds and where it comes from. region_code: '' the whole country, or a
// kabupaten/kota (quotas). An entry is ended, never taken away; valid_to is the first day it no longer holds.
export const programmeSettings = sqliteTable('programme_settings', {
  programme: text().$type<ProgrammeCode>().notNull(),
  key: text().notNull(),
  regionCode: text('region_code').notNull().default(''),
  validFrom: text('valid_from').notNull(),
  validTo: text('valid_to'),
  value: real().notNull(),
  source: text().notNull(),
  setBy: text('set_by').notNull(),
  setAt: text('set_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.programme, table.key, table.regionCode, table.validFrom] }),
  check('programme_setting_is_of_a_programme', oneOf('programme', PROGRAMME_CODES)),
  check('programme_setting_ends_after_it_begins', sql`${table.validTo} IS NULL OR ${table.validTo} >= ${table.validFrom}`),
])

// Words to choose from: reasons, status words of payments, banks, segments. kind: what the program makes of a word.
export const programmeWords = sqliteTable('programme_words', {
  programme: text().$type<ProgrammeCode>().notNull(),
  list: text().notNull(),
  code: text().notNull(),
  label: text().notNull(),
  kind: text().notNull().default(''),
  validFrom: text('valid_from').notNull(),
  validTo: text('valid_to'),
  source: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.programme, table.list, table.code, table.validFrom] }),
  check('programme_word_is_of_a_programme', oneOf('programme', PROGRAMME_CODES)),
  check('programme_word_ends_after_it_begins', sql`${table.validTo} IS NULL OR ${table.validTo} >= ${table.validFrom}`),
])

// A stretch that is paid and decided together. starts_on to ends_on: the days (WIB) it pays for; cutoff_on: the last day a
// change may be verified for it. region_code: '' or a kabupaten/kota.
export const programmePeriods = sqliteTable('programme_periods', {
  id: text().primaryKey(),
  programme: text().$type<ProgrammeCode>().notNull(),
  regionCode: text('region_code').notNull(),
  name: text().notNull(),
  startsOn: text('starts_on').notNull(),
  endsOn: text('ends_on').notNull(),
  cutoffOn: text('cutoff_on').notNull(),
  madeBy: text('made_by').notNull(),
  madeAt: text('made_at').notNull(),
  closedBy: text('closed_by'),
  closedAt: text('closed_at'),
}, (table) => [
  index('programme_periods_by_programme').on(table.programme, table.regionCode, table.startsOn),
  check('programme_period_is_of_a_programme', oneOf('programme', PROGRAMME_CODES)),
  check('programme_period_days_are_in_order', sql`${table.startsOn} <= ${table.endsOn}`),
])

// Who receives, or is to receive, or received: a family of a household, or one person. name, nik, kk_number, address: as the
// programme's own list has them. household_id, family_seq, member_seq: where the registry has them; null: not found there.
// variant: the category of PPKS, or the local programme, else ''. phase: what the state means, the same for all programmes.
export const recipients = sqliteTable('recipients', {
  id: text().primaryKey(),
  programme: text().$type<ProgrammeCode>().notNull(),
  variant: text().notNull().default(''),
  sensitive: integer({ mode: 'boolean' }).notNull().default(false),
  regionCode: text('region_code').notNull(),
  householdId: text('household_id').references(() => households.id),
  familySeq: integer('family_seq'),
  memberSeq: integer('member_seq'),
  name: text().notNull(),
  nik: text(),
  kkNumber: text('kk_number'),
  address: text().notNull().default(''),
  number: text(),
  state: text().notNull(),
  phase: text({ enum: PHASES }).notNull(),
  stateAt: text('state_at').notNull(),
  reasonCode: text('reason_code').notNull().default(''),
  startedOn: text('started_on'),
  endedOn: text('ended_on'),
  version: integer().notNull().default(1),
  createdAt: text('created_at').notNull(),
  data: text({ mode: 'json' }).$type<Record<string, string | number | null>>().notNull(),
}, (table) => [
  index('recipients_by_name').on(table.programme, table.regionCode, table.name, table.id, table.state, table.phase, table.variant, table.sensitive),
  index('recipients_by_state').on(table.programme, table.state, table.regionCode, table.name, table.id, table.variant, table.sensitive),
  index('recipients_by_household').on(table.householdId, table.familySeq, table.programme, table.memberSeq).where(sql`household_id IS NOT NULL`),
  index('recipients_by_nik').on(table.nik, table.programme).where(sql`nik IS NOT NULL`),
  index('recipients_by_kk').on(table.kkNumber, table.programme).where(sql`kk_number IS NOT NULL`),
  uniqueIndex('recipients_by_number').on(table.programme, table.number).where(sql`number IS NOT NULL`),
  index('recipients_of_local').on(table.variant, table.regionCode, table.name, table.id, table.state, table.phase).where(sql`programme IN ('blt', 'apbd')`),
  check('recipient_is_of_a_programme', oneOf('programme', PROGRAMME_CODES)),
  check('recipient_phase_is_known', oneOf('phase', PHASES)),
])

// How many there are in each phase, per desa; kept by triggers. A table WITHOUT ROWID.
export const recipientCounts = sqliteTable('recipient_counts', {
  programme: text().$type<ProgrammeCode>().notNull(),
  phase: text({ enum: PHASES }).notNull(),
  sensitive: integer({ mode: 'boolean' }).notNull(),
  regionCode: text('region_code').notNull(),
  n: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.programme, table.phase, table.sensitive, table.regionCode] })])

// Each change of a recipient: who, when, why. cause: "change:<id>", "import:<id>", "payment:<id>". Append-only.
export const recipientEvents = sqliteTable('recipient_events', {
  id: integer().primaryKey(),
  recipientId: text('recipient_id').notNull().references(() => recipients.id),
  fromState: text('from_state'),
  toState: text('to_state').notNull(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  cause: text().notNull(),
  reasonCode: text('reason_code').notNull().default(''),
  note: text().notNull().default(''),
  regionCode: text('region_code').notNull(),
  programme: text().$type<ProgrammeCode>().notNull(),
  fromPhase: text('from_phase', { enum: PHASES }),
  toPhase: text('to_phase', { enum: PHASES }).notNull(),
  data: text({ mode: 'json' }).$type<Record<string, string | number | null>>().notNull(),
}, (table) => [
  index('recipient_events_by_recipient').on(table.recipientId, table.id),
  index('recipient_events_by_time').on(table.programme, table.at, table.regionCode, table.fromPhase, table.toPhase),
])

// A change that is proposed, checked, verified and ratified. recipient_id: whom it is about; of an entry, whom it makes once
// ratified. replaced_id: the recipient whose place is taken. subject: the family or person of an entry.
// data: the fields of its kind. due_on: the day by which it must be ratified.
export const recipientChanges = sqliteTable('recipient_changes', {
  id: text().primaryKey(),
  programme: text().$type<ProgrammeCode>().notNull(),
  kind: text().notNull(),
  variant: text().notNull().default(''),
  sensitive: integer({ mode: 'boolean' }).notNull().default(false),
  regionCode: text('region_code').notNull(),
  recipientId: text('recipient_id'),
  replacedId: text('replaced_id').references(() => recipients.id),
  householdId: text('household_id').references(() => households.id),
  familySeq: integer('family_seq'),
  memberSeq: integer('member_seq'),
  name: text().notNull(),
  status: text({ enum: CHANGE_STATUSES }).notNull(),
  statusAt: text('status_at').notNull(),
  reasonCode: text('reason_code').notNull().default(''),
  note: text().notNull().default(''),
  minutesNumber: text('minutes_number'),
  minutesDate: text('minutes_date'),
  periodId: text('period_id').references(() => programmePeriods.id),
  batchId: text('batch_id').references(() => recipientBatches.id),
  dueOn: text('due_on'),
  proposedBy: text('proposed_by').notNull(),
  proposedAt: text('proposed_at').notNull(),
  basis: integer().notNull().default(0),
  revision: integer().notNull().default(1),
  data: text({ mode: 'json' }).$type<Record<string, string | number | null>>().notNull(),
}, (table) => [
  index('recipient_changes_by_status').on(table.status, table.programme, table.regionCode, table.statusAt, table.id, table.sensitive),
  index('recipient_changes_by_recipient').on(table.recipientId).where(sql`recipient_id IS NOT NULL`),
  index('recipient_changes_by_replaced').on(table.replacedId).where(sql`replaced_id IS NOT NULL`),
  index('recipient_changes_by_household').on(table.householdId).where(sql`household_id IS NOT NULL`),
  index('recipient_changes_by_batch').on(table.batchId, table.regionCode, table.id).where(sql`batch_id IS NOT NULL`),
  index('recipient_changes_by_proposer').on(table.proposedBy, table.status, table.statusAt, table.id),
  check('recipient_change_is_of_a_programme', oneOf('programme', PROGRAMME_CODES)),
  check('recipient_change_status_is_known', oneOf('status', CHANGE_STATUSES)),
])

export const recipientChangeSteps = sqliteTable('recipient_change_steps', {
  id: integer().primaryKey(),
  changeId: text('change_id').notNull().references(() => recipientChanges.id),
  fromStatus: text('from_status'),
  toStatus: text('to_status').notNull(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  note: text().notNull().default(''),
}, (table) => [index('recipient_change_steps_by_change').on(table.changeId, table.id)])

// What the bupati or walikota signs for one programme. root: SHA-256 of the manifest, one line of SHA-256 per change.
// applied_at: when the last of what was signed was written; null meanwhile.
export const recipientBatches = sqliteTable('recipient_batches', {
  id: text().primaryKey(),
  programme: text().$type<ProgrammeCode>().notNull(),
  regionCode: text('region_code').notNull(),
  periodId: text('period_id').references(() => programmePeriods.id),
  status: text({ enum: ['open', 'frozen', 'ratified', 'cancelled'] }).notNull(),
  changeCount: integer('change_count').notNull().default(0),
  root: text(),
  letterNumber: text('letter_number'),
  letterDate: text('letter_date'),
  effectiveOn: text('effective_on'),
  preparedBy: text('prepared_by').notNull(),
  preparedAt: text('prepared_at').notNull(),
  frozenBy: text('frozen_by'),
  frozenAt: text('frozen_at'),
  ratifiedBy: text('ratified_by'),
  ratifiedAt: text('ratified_at'),
  appliedAt: text('applied_at'),
  note: text().notNull().default(''),
}, (table) => [
  index('recipient_batches_by_region').on(table.regionCode, table.preparedAt),
  check('recipient_batch_is_of_a_programme', oneOf('programme', PROGRAMME_CODES)),
  check('recipient_batch_status_is_known', sql`${table.status} IN ('open', 'frozen', 'ratified', 'cancelled')`),
])
