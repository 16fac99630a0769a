import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { recipients } from '#db/schema/programmes.ts'

// The No. ART PKH of those who are in the programme. nik and name: as they stood when it was written; whoever moves or gets
// another number in the household is found again by his NIK.
export const pkhMembers = sqliteTable('pkh_members', {
  recipientId: text('recipient_id').notNull().references(() => recipients.id),
  memberSeq: integer('member_seq').notNull(),
  number: text().notNull(),
  nik: text(),
  name: text().notNull(),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: text('recorded_at').notNull(),
}, (table) => [
  primaryKey({ columns: [table.recipientId, table.memberSeq] }),
  uniqueIndex('pkh_member_number_once').on(table.number),
])

// What one member did of what his component asks for in a period: days of school, visits to posyandu or puskesmas. share: the
// per cent that was asked for then. Written again, it is another row; the last counts.
export const pkhCommitments = sqliteTable('pkh_commitments', {
  id: integer().primaryKey(),
  recipientId: text('recipient_id').notNull().references(() => recipients.id),
  periodId: text('period_id').notNull(),
  memberSeq: integer('member_seq').notNull(),
  name: text().notNull(),
  component: text().notNull(),
  due: integer().notNull(),
  attended: integer().notNull(),
  share: integer().notNull(),
  met: integer({ mode: 'boolean' }).notNull(),
  note: text().notNull().default(''),
  recordedBy: text('recorded_by').notNull(),
  recordedAt: text('recorded_at').notNull(),
}, (table) => [
  index('pkh_commitments_by_recipient').on(table.recipientId, table.periodId, table.memberSeq, table.id),
  check('pkh_commitment_is_counted', sql`${table.due} > 0 AND ${table.attended} BETWEEN 0 AND ${table.due}`),
])
