import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ProposedChange } from '#app/proposals/kinds.ts'
import type { Plan } from '#app/changes/changes.ts'
import type { GateFailure } from '#app/ratification/gates.ts'
import { households } from '#db/schema/households.ts'
import { musdes } from '#db/schema/musdes.ts'
import { oneOf } from '#db/schema/one-of.ts'
import { batches } from '#db/schema/ratification.ts'
import { visits } from '#db/schema/visits.ts'

export const PROPOSAL_KINDS = [
  'new', 'correction', 'birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move',
  'deactivation', 'reactivation', 'undo',
] as const

// prepared: written by the system after a visit that found nobody, nobody's yet, and waits for its desa. released: the sender let a
// household go, the receiver has not accepted yet. listed: a usulan baru that became a row of the prelist and goes on as a visit.
export const PROPOSAL_STATUSES = [
  'prepared', 'draft', 'submitted', 'released', 'checked', 'verified', 'listed', 'batched', 'ratified', 'dispatched', 'determined',
  'returned', 'rejected', 'withdrawn',
] as const

// One usulan. regionCode: the desa it is checked from; targetRegionCode: the other desa it concerns, where a household, a
// bride or a member goes. householdId: what it is about; of a usulan baru what became of it. basis: the master versions it was last looked at against.
export const proposals = sqliteTable('proposals', {
  id: text().primaryKey(),
  kind: text({ enum: PROPOSAL_KINDS }).notNull(),
  regionCode: text('region_code').notNull(),
  targetRegionCode: text('target_region_code'),
  householdId: text('household_id').references(() => households.id),
  headName: text('head_name').notNull(),
  status: text({ enum: PROPOSAL_STATUSES }).notNull(),
  statusAt: text('status_at').notNull(),
  revision: integer().notNull().default(1),
  reasonCode: text('reason_code').notNull(),
  note: text().notNull().default(''),
  musdesId: text('musdes_id').references(() => musdes.id),
  minutesNumber: text('minutes_number'),
  minutesDate: text('minutes_date'),
  reportId: text('report_id'),
  proposedBy: text('proposed_by').notNull(),
  proposedAt: text('proposed_at').notNull(),
  basis: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
  change: text({ mode: 'json' }).$type<ProposedChange>().notNull(),
}, (table) => [
  index('proposals_by_place').on(table.status, table.regionCode, table.statusAt, table.id, table.kind, table.reasonCode, table.proposedBy),
  index('proposals_by_time').on(table.status, table.statusAt, table.id, table.regionCode, table.kind, table.reasonCode, table.proposedBy),
  index('proposals_by_target').on(table.status, table.targetRegionCode, table.statusAt, table.id).where(sql`target_region_code IS NOT NULL`),
  index('proposals_by_proposal_day').on(table.regionCode, table.proposedAt, table.kind, table.status),
  index('proposals_by_proposer').on(table.proposedBy, table.status, table.statusAt, table.id),
  index('proposals_by_report').on(table.reportId).where(sql`report_id IS NOT NULL`),
  check('proposal_kind_is_known', oneOf('kind', PROPOSAL_KINDS)),
  check('proposal_status_is_known', oneOf('status', PROPOSAL_STATUSES)),
])

// Every household a proposal touches, so that each of them can show it.
export const proposalHouseholds = sqliteTable('proposal_households', {
  proposalId: text('proposal_id').notNull().references(() => proposals.id),
  householdId: text('household_id').notNull().references(() => households.id),
}, (table) => [
  primaryKey({ columns: [table.proposalId, table.householdId] }),
  index('proposal_households_by_household').on(table.householdId),
])

// Who was determined with a visit that did not find them (outcome 2, 3, 4 or 6) and is held back until the usulan nonaktif is decided: one
// row each, gone with the decision. otherId: the household they were found to be part of, or the same as.
export const exclusions = sqliteTable('exclusions', {
  householdId: text('household_id').primaryKey().references(() => households.id),
  regionCode: text('region_code').notNull(),
  proposalId: text('proposal_id').notNull().unique().references(() => proposals.id),
  visitId: text('visit_id').notNull().references(() => visits.id),
  outcome: integer().notNull(),
  otherId: text('other_id').references(() => households.id),
  since: text().notNull(),
}, (table) => [
  index('exclusions_by_place').on(table.regionCode, table.since, table.householdId), index('exclusions_by_visit').on(table.visitId),
  check('exclusion_is_of_who_was_not_found', sql`${table.outcome} IN (2, 3, 4, 6)`),
])

// Those who were determined so before there were exclusions: worked off once, and empty ever after.
export const exclusionsDue = sqliteTable('exclusions_due', { householdId: text('household_id').primaryKey().references(() => households.id) })

// Each change of status: who, when, why.
export const proposalSteps = sqliteTable('proposal_steps', {
  id: integer().primaryKey({ autoIncrement: true }),
  proposalId: text('proposal_id').notNull().references(() => proposals.id),
  fromStatus: text('from_status'),
  toStatus: text('to_status').notNull(),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  note: text().notNull().default(''),
  subject: text(),
}, (table) => [index('proposal_steps_by_proposal').on(table.proposalId, table.id)])

// A proposal in a ratification batch. plan: exactly what will be written; planHash: SHA-256 of its canonical JSON, a leaf of
// the manifest like a visit's record.
export const batchProposals = sqliteTable('batch_proposals', {
  batchId: text('batch_id').notNull().references(() => batches.id),
  proposalId: text('proposal_id').notNull().references(() => proposals.id),
  regionCode: text('region_code').notNull(),
  position: integer().notNull(),
  planHash: text('plan_hash').notNull(),
  changeCount: integer('change_count').notNull().default(0),
  decision: text({ enum: ['pending', 'accepted', 'returned'] }).notNull().default('pending'),
  reason: text().notNull().default(''),
  decidedBy: text('decided_by'),
  decidedAt: text('decided_at'),
  failures: text({ mode: 'json' }).$type<GateFailure[]>().notNull(),
  basis: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
  plan: text({ mode: 'json' }).$type<Plan>().notNull(),
}, (table) => [
  primaryKey({ columns: [table.batchId, table.proposalId] }),
  index('batch_proposals_by_decision').on(table.batchId, table.decision, table.position),
  index('batch_proposals_by_proposal').on(table.proposalId),
  check('batch_proposal_decision_is_known', sql`${table.decision} IN ('pending', 'accepted', 'returned')`),
])

// What somebody found by an exact number outside their own places, for a day: a form names the finding, never the household.
export const householdLookups = sqliteTable('household_lookups', {
  id: text().primaryKey(),
  actorId: text('actor_id').notNull(),
  householdId: text('household_id').notNull().references(() => households.id),
  memberSeq: integer('member_seq'),
  familySeq: integer('family_seq'),
  foundAt: text('found_at').notNull(),
}, (table) => [index('household_lookups_by_time').on(table.foundAt)])

// Why a household is proposed: codes with the days they hold and where they come from. A code is ended, never taken away.
// kind: one of the kinds of proposals, or '*' for all of them.
export const reasons = sqliteTable('reasons', {
  kind: text().notNull(),
  code: text().notNull(),
  label: text().notNull(),
  validFrom: text('valid_from').notNull(),
  validTo: text('valid_to'),
  source: text().notNull(),
}, (table) => [
  primaryKey({ columns: [table.kind, table.code, table.validFrom] }),
  check('reason_ends_after_it_begins', sql`${table.validTo} IS NULL OR ${table.validTo} >= ${table.validFrom}`),
])
