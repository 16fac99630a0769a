import { and, asc, desc, eq, inArray, notInArray, or, sql, type SQL } from 'drizzle-orm'
import { queueCheck } from '#app/integrity/queue.ts'
import { NEXT, OPEN_STATUSES, type ProposalStatus } from '#app/proposals/kinds.ts'
import { conflict, notFound } from '#app/problems.ts'
import { maskName } from '#app/public/names.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, proposalHouseholds, proposals, proposalSteps } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Proposal = typeof proposals.$inferSelect

// Own places, and what is on its way to them. A draft is its writer's alone; the ministry sees what was sent to it.
export const visibleTo = (actor: Actor): SQL => and(
  or(within(proposals.regionCode, actor), and(within(proposals.targetRegionCode, actor), or(notInArray(proposals.status, ['prepared', 'draft', 'submitted']), eq(proposals.proposedBy, actor.id)))),
  or(sql`${proposals.status} <> 'draft'`, eq(proposals.proposedBy, actor.id)),
  actor.role === 'ministry_officer' ? inArray(proposals.status, ['dispatched', 'determined']) : undefined,
)!

// Scoped; out of scope is not found.
export function getProposal({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Proposal {
  demand(actor, 'proposal.read')
  const found = db.select().from(proposals).where(and(eq(proposals.id, id), visibleTo(actor))).get()
  if (!found) throw notFound('Usulan')
  return found
}

// The desa of a household has let it be known to the other one only by its own approval.
const UNRELEASED: readonly ProposalStatus[] = ['prepared', 'draft', 'submitted', 'returned', 'rejected', 'withdrawn']
export const isVeiled = (actor: Actor, { regionCode, status }: Pick<Proposal, 'regionCode' | 'status'>) => UNRELEASED.includes(status) && !isWithin(regionCode, actor)

// The name it stands under, shortened for those who may not know it yet.
export const nameFor = (actor: Actor, proposal: Pick<Proposal, 'regionCode' | 'status' | 'headName'>) =>
  isVeiled(actor, proposal) ? maskName(proposal.headName) : proposal.headName

type Step = { note?: string, subject?: string, set?: Partial<typeof proposals.$inferInsert> }

// The one way a proposal changes its status: a row of who, when and why. It must come from a scoped read in this transaction.
export function moveProposal(tx: Tx, { id, status }: Pick<Proposal, 'id' | 'status'>, to: ProposalStatus, { note = '', subject, set = {} }: Step = {}) {
  if (!NEXT[status].includes(to)) throw conflict('Keadaan usulan ini sudah berubah. Muat ulang halaman.')
  tx.db.insert(proposalSteps).values({ proposalId: id, fromStatus: status, toStatus: to, at: tx.now, actorId: tx.actor.id, note, subject: subject ?? null }).run()
  tx.db.update(proposals).set({ ...set, status: to, statusAt: tx.now }).where(eq(proposals.id, id)).run()
  queueCheck(tx.db, tx.db.select({ id: proposalHouseholds.householdId }).from(proposalHouseholds).where(eq(proposalHouseholds.proposalId, id)).all().map((row) => row.id))
  tx.audit(`proposal.${to}`, id, { from: status, ...(note && { note }), ...(subject && { subject }) })
}

// The words it came back with.
export const lastRemark = (db: Db, { id, status }: Proposal): string | undefined => status !== 'returned' ? undefined
  : db.select({ note: proposalSteps.note }).from(proposalSteps).where(and(eq(proposalSteps.proposalId, id), eq(proposalSteps.toStatus, 'returned')))
    .orderBy(desc(proposalSteps.id)).limit(1).get()?.note

// The master versions of these households now, for telling whether what somebody looked at is still so.
export function versionsOf(db: Db, ids: string[]): Record<string, number> {
  const rows = ids.length === 0 ? [] : db.select({ id: households.id, version: households.version }).from(households).where(inArray(households.id, ids)).all()
  return Object.fromEntries(rows.map(({ id, version }): [string, number] => [id, version]).sort(([a], [b]) => a < b ? -1 : 1))
}

export const sameVersions = (one: Record<string, number>, other: Record<string, number>) =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([id, version]) => other[id] === version)

// What a person decided about: this revision of the proposal, against these versions.
export const seenOf = ({ revision }: Pick<Proposal, 'revision'>, versions: Record<string, number>) =>
  [revision, ...Object.entries(versions).map(([id, version]) => `${id}:${version}`)].join(',')

const LISTED = 20
const brief = { id: proposals.id, kind: proposals.kind, status: proposals.status, statusAt: proposals.statusAt, reasonCode: proposals.reasonCode, proposedAt: proposals.proposedAt }

// What is proposed of a household and not yet at its end, newest first.
export const openProposalsOf = (db: Db, actor: Actor, householdId: string) => db.select(brief).from(proposalHouseholds)
  .innerJoin(proposals, eq(proposals.id, proposalHouseholds.proposalId))
  .where(and(eq(proposalHouseholds.householdId, householdId), inArray(proposals.status, OPEN_STATUSES), visibleTo(actor)))
  .orderBy(desc(proposals.statusAt)).limit(LISTED).all()

export type BriefProposal = ReturnType<typeof openProposalsOf>[number]

// Those that answer one usul or sanggah of the public.
export const proposalsOfReport = (db: Db, actor: Actor, reportId: string): BriefProposal[] => db.select(brief).from(proposals)
  .where(and(eq(proposals.reportId, reportId), visibleTo(actor))).orderBy(asc(proposals.proposedAt)).limit(LISTED).all()
