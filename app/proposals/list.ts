import { eq, inArray } from 'drizzle-orm'
import { regionsIn } from '#app/households/households.ts'
import type { ProposalKind, ProposalStatus } from '#app/proposals/kinds.ts'
import { nameFor } from '#app/proposals/proposals.ts'
import { reasonLabel } from '#app/proposals/reasons.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { proposals, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export const TABS = {
  prepared: ['prepared'], submitted: ['submitted'], released: ['released'], checked: ['checked'], ratification: ['verified', 'batched', 'ratified', 'dispatched'],
  returned: ['returned'], done: ['determined', 'listed'], closed: ['rejected', 'withdrawn'],
} as const satisfies Record<string, readonly ProposalStatus[]>
export type Tab = 'mine' | 'own' | keyof typeof TABS
export const TAB_NAMES = ['mine', 'own', ...Object.keys(TABS) as (keyof typeof TABS)[]] as const

// Where the reader's own work is; those who only watch begin at what runs.
export const startingTab = (actor: Actor): Tab => lanesFor(actor, 'mine').length > 0 ? 'mine' : 'submitted'

export type Filter = { tab: Tab, region: string, kind?: ProposalKind, reason?: string }
// Where a proposal stands in the list: since when in its status, and its id where two came at once.
export type Place = { at: string, id: string }

const PAGE = 50

// One status and how it is reached: of a place, on its way to a place, or by whoever proposed it.
type Lane = { status: ProposalStatus, by: 'place' | 'target' | 'proposer' }

// Nobody decides their own, so it does not wait for them: only what came back to them does.
function lanesFor(actor: Actor, tab: Tab): Lane[] {
  if (tab === 'own') return (['draft', 'submitted', 'released', 'checked', 'verified', 'batched', 'ratified', 'dispatched', 'returned', 'determined', 'listed', 'rejected', 'withdrawn'] as const)
    .map((status) => ({ status, by: 'proposer' }))
  if (tab !== 'mine') return TABS[tab].flatMap((status): Lane[] => [{ status, by: 'place' }, ...(status === 'prepared' || status === 'submitted' ? [] : [{ status, by: 'target' } as const])])
  return [
    ...(can(actor, 'proposal.check') ? [{ status: 'submitted', by: 'place' } as const] : []),
    ...(can(actor, 'proposal.verify') ? [{ status: 'checked', by: 'place' } as const] : []),
    ...(can(actor, 'proposal.accept') ? [{ status: 'released', by: 'target' } as const] : []),
    ...(can(actor, 'proposal.submit') ? [{ status: 'returned', by: 'proposer' } as const, { status: 'draft', by: 'proposer' } as const] : []),
    ...(actor.role === 'ministry_officer' ? [{ status: 'dispatched', by: 'place' } as const] : []),
  ]
}

type Seek = { status: string, from: string, to: string, me: string, others: 0 | 1, kind: string | null, reason: string | null }
type Found = { id: string, at: string }

const NARROWED = '(@kind IS NULL OR kind = @kind) AND (@reason IS NULL OR reason_code = @reason) AND (@others = 0 OR proposed_by <> @me)'
const RANGES = {
  place: 'INDEXED BY proposals_by_place WHERE status = @status AND region_code >= @from AND region_code < @to',
  wide: 'INDEXED BY proposals_by_time WHERE status = @status AND region_code >= @from AND region_code < @to',
  target: 'INDEXED BY proposals_by_target WHERE status = @status AND target_region_code >= @from AND target_region_code < @to',
  proposer: 'INDEXED BY proposals_by_proposer WHERE proposed_by = @me AND status = @status AND @from <= @to',
}
type Range = keyof typeof RANGES

const finders = (order: '<' | '>') => Object.fromEntries(Object.entries(RANGES).map(([range, where]) => [range, statement<[Seek & Place & { limit: number }], Found>(
  `SELECT id, status_at AS at FROM proposals ${where} AND ${NARROWED} AND (status_at, id) ${order} (@at, @id)
  ORDER BY status_at ${order === '<' ? 'DESC' : 'ASC'}, id ${order === '<' ? 'DESC' : 'ASC'} LIMIT @limit`)])) as Record<Range, ReturnType<typeof statement<[Seek & Place & { limit: number }], Found>>>
const newest = finders('<')
const oldest = finders('>')
const counters = Object.fromEntries(Object.entries(RANGES).map(([range, where]) => [range,
  statement<[Seek], { n: number }>(`SELECT count(*) AS n FROM proposals ${where} AND ${NARROWED}`)])) as Record<Range, ReturnType<typeof statement<[Seek], { n: number }>>>

// A village is a range of few rows; a province or the country is walked in the order of the list.
const rangeOf = ({ by }: Lane, code: string): Range => by === 'place' && code.length < 5 ? 'wide' : by

function* seeks(db: Db, actor: Actor, { tab, region, kind, reason }: Filter): Generator<{ range: Range, seek: Seek }> {
  const places = regionsIn(actor, region)
  for (const lane of lanesFor(actor, tab)) {
    const others = tab === 'mine' && lane.by !== 'proposer' ? 1 : 0
    for (const code of lane.by === 'proposer' ? [''] : places) {
      yield { range: rangeOf(lane, code), seek: { status: lane.status, from: code, to: `${code}:`, me: actor.id, others, kind: kind ?? null, reason: reason ?? null } }
    }
  }
}

// What waits for the reader comes oldest first; everything else newest first. A keyset over the merged firsts of every lane.
export function listProposals(db: Db, actor: Actor, filter: Filter, after?: Place) {
  demand(actor, 'proposal.read')
  const waiting = filter.tab === 'mine'
  const start = after ?? (waiting ? { at: '', id: '' } : { at: '~', id: '~' })
  const found = new Map<string, Found>()
  for (const { range, seek } of seeks(db, actor, filter)) {
    for (const one of (waiting ? oldest : newest)[range](db).all({ ...seek, ...start, limit: PAGE + 1 })) found.set(one.id, one)
  }
  const ordered = [...found.values()].sort((a, b) => waiting ? compare(a, b) : compare(b, a))
  const shown = ordered.slice(0, PAGE)
  return { rows: rowsOf(db, actor, shown), next: ordered.length > PAGE ? shown.at(-1) : undefined }
}

const compare = (a: Found, b: Found) => a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : Number(a.id > b.id)

// How many wait for this person.
export function countWaiting(db: Db, actor: Actor, filter: Omit<Filter, 'tab'> = { region: '' }): number {
  if (!can(actor, 'proposal.read')) return 0
  let n = 0
  for (const { range, seek } of seeks(db, actor, { ...filter, tab: 'mine' })) n += counters[range](db).get(seek)!.n
  return n
}

function rowsOf(db: Db, actor: Actor, found: Found[]) {
  const rows = found.length === 0 ? [] : db.select({
    id: proposals.id, kind: proposals.kind, headName: proposals.headName, regionCode: proposals.regionCode, targetRegionCode: proposals.targetRegionCode,
    status: proposals.status, statusAt: proposals.statusAt, reasonCode: proposals.reasonCode, proposedAt: proposals.proposedAt, proposer: users.name,
  }).from(proposals).leftJoin(users, eq(users.id, proposals.proposedBy)).where(inArray(proposals.id, found.map(({ id }) => id))).all()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const names = regionNames(db, rows.flatMap(({ regionCode, targetRegionCode }) => targetRegionCode ? [regionCode, targetRegionCode] : [regionCode]))
  return found.map(({ id }) => byId.get(id)!).map((row) => ({
    ...row, headName: nameFor(actor, row), village: names.get(row.regionCode)!, target: row.targetRegionCode ? names.get(row.targetRegionCode) : undefined,
    reason: reasonLabel(db, row.kind, row.reasonCode),
  }))
}

export type ListedProposal = ReturnType<typeof rowsOf>[number]
