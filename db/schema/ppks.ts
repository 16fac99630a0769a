import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { recipients } from '#db/schema/programmes.ts'
import { psks } from '#db/schema/psks.ts'

export const SERVICE_MODES = ['given', 'referred'] as const

// What was done for somebody in PPKS. mode: given by whom given_by names, or referred to an institution: one of the PSKS
// register (psks_id), or any other by name. variant, sensitive, region_code: as the person stood on that day.
export const ppksServices = sqliteTable('ppks_services', {
  id: text().primaryKey(),
  recipientId: text('recipient_id').notNull().references(() => recipients.id),
  regionCode: text('region_code').notNull(),
  variant: text().notNull(),
  sensitive: integer({ mode: 'boolean' }).notNull().default(false),
  mode: text({ enum: SERVICE_MODES }).notNull(),
  kind: text().notNull(),
  servedOn: text('served_on').notNull(),
  givenBy: text('given_by').notNull().default(''),
  psksId: text('psks_id').references(() => psks.id),
  institution: text().notNull().default(''),
  result: text().notNull().default(''),
  resultOn: text('result_on'),
  note: text().notNull().default(''),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: text('recorded_at').notNull(),
}, (table) => [
  index('ppks_services_by_day').on(table.servedOn, table.id, table.regionCode, table.sensitive, table.variant, table.kind, table.mode),
  index('ppks_services_by_region').on(table.regionCode, table.servedOn, table.variant, table.sensitive, table.kind, table.mode),
  index('ppks_services_by_recipient').on(table.recipientId, table.servedOn),
  check('ppks_service_mode_is_known', sql`${table.mode} IN ('given', 'referred')`),
  check('ppks_referral_names_an_institution', sql`${table.mode} = 'given' OR ${table.psksId} IS NOT NULL OR ${table.institution} <> ''`),
])
