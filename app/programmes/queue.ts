import { eq, inArray } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { seenOf } from '#app/programmes/decisions.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { namesOf, PROGRAMMES } from '#app/programmes/registry.ts'
import type { ChangeStatus } from '#app/programmes/steps.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { recipientChanges, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export const TABS = {
  submitted: ['submitted'], checked: ['checked'], verified: ['verified'], batched: ['batched'], returned: ['returned'], done: ['ratified'], closed: ['rejected', 'withdrawn'],
} as const satisfies Record<string, readonly ChangeStatus[]>
export type Tab = 'mine' | 'own' | keyof typeof TABS
export const TAB_NAMES = ['mine', 'own', ...Object.keys(TABS) as (keyof typeof TABS)[]] as const

export type QueueFilter = { tab: Tab, region: string, programme?: ProgrammeCode, kind?: string }
export type QueuePlace = { at: string, id: string }
export const PAGE = 50

// Where the reader's own work is; those who only watch begin at what runs.
export const startingTab = (actor: Actor): Tab => lanesFor(actor, 'mine').length > 0 ? 'mine' : 'submitted'

// sensitive 0 or 1: only those; undefined: whatever the reader may see.
type Lane = { status: ChangeStatus, own?: true, sensitive?: 0 | 1 }

// Nobody decides their own, so it does not wait for them: only what came back to them does.
function lanesFor(actor: Actor, tab: Tab): Lane[] {
  if (tab === 'own') return Object.values(TABS).flat().map((status) => ({ status, own: true }))
  if (tab !== 'mine') return TABS[tab].map((status) => ({ status }))
  return [
    ...(can(actor, 'programme.check') ? [{ status: 'submitted', sensitive: 0 } as const] : []),
    ...(can(actor, 'programme.verify') ? [{ status: 'checked' } as const] : []),
    ...(can(actor, 'programme.verify') && can(actor, 'ppks.sensitive') ? [{ status: 'submitted', sensitive: 1 } as const] : []),
    ...(can(actor, 'programme.propose') ? [{ status: 'returned', own: true } as const] : []),
  ]
}

type Seek = { status: string, programme: string, from: string, to: string, me: string, others: 0 | 1, kind: string | null, least: 0 | 1, most: 0 | 1 }
type Found = { id: string, at: string }
const NARROWED = '(@kind IS NULL OR kind = @kind) AND (@others = 0 OR proposed_by <> @me) AND sensitive BETWEEN @least AND @most'
const SOURCES = {
  place: 'INDEXED BY recipient_changes_by_status WHERE status = @status AND programme = @programme AND region_code >= @from AND region_code < @to',
  own: 'INDEXED BY recipient_changes_by_proposer WHERE proposed_by = @me AND status = @status AND programme = @programme AND region_code >= @from AND region_code < @to',
}
type Source = keyof typeof SOURCES
const each = <T>(make: (where: string) => T) => Object.fromEntries(Object.entries(SOURCES).map(([source, where]) => [source, make(where)])) as Record<Source, T>
const finders = (order: '<' | '>') => each((where) => statement<[Seek & QueuePlace & { limit: number }], Found>(`SELECT id, status_at AS at FROM recipient_changes ${where} AND ${NARROWED}
  AND (status_at, id) ${order} (@at, @id) ORDER BY status_at ${order === '<' ? 'DESC' : 'ASC'}, id ${order === '<' ? 'DESC' : 'ASC'} LIMIT @limit`))
const newest = finders('<')
const oldest = finders('>')
const counters = each((where) => statement<[Seek], number>(`SELECT count(*) FROM recipient_changes ${where} AND ${NARROWED}`))

function* seeks(db: Db, actor: Actor, { tab, region, programme, kind }: QueueFilter): Generator<{ source: Source, seek: Seek }> {
  const programmes = programme ? [programme] : Object.keys(PROGRAMMES)
  for (const lane of lanesFor(actor, tab)) {
    for (const code of regionsIn(actor, region)) {
      for (const one of programmes) {
        yield { source: lane.own ? 'own' : 'place', seek: {
          status: lane.status, programme: one, from: code, to: `${code}:`, me: actor.id, others: tab === 'mine' && !lane.own ? 1 : 0, kind: kind ?? null,
          least: lane.sensitive ?? 0, most: lane.sensitive ?? (can(actor, 'ppks.sensitive') ? 1 : 0),
        } }
      }
    }
  }
}

// What waits for the reader comes oldest first; everything else newest first. A keyset over the merged firsts of every lane.
export function listChanges(db: Db, actor: Actor, filter: QueueFilter, after?: QueuePlace) {
  demand(actor, 'programme.read')
  const waiting = filter.tab === 'mine'
  const start = after ?? (waiting ? { at: '', id: '' } : { at: '~', id: '~' })
  const found: Found[] = []
  for (const { source, seek } of seeks(db, actor, filter)) found.push(...(waiting ? oldest : newest)[source](db).all({ ...seek, ...start, limit: PAGE + 1 }))
  found.sort((a, b) => waiting ? compare(a, b) : compare(b, a))
  const shown = found.slice(0, PAGE)
  return { rows: rowsOf(db, shown.map(({ id }) => id)), next: found.length > PAGE ? shown.at(-1) : undefined }
}

const compare = (a: Found, b: Found) => a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : Number(a.id > b.id)

// How many wait for this person.
export function countWaitingChanges(db: Db, actor: Actor, filter: Omit<QueueFilter, 'tab'> = { region: '' }): number {
  if (!can(actor, 'programme.read')) return 0
  let n = 0
  for (const { source, seek } of seeks(db, actor, { ...filter, tab: 'mine' })) n += counters[source](db).pluck().get(seek) as unknown as number
  return n
}

// The caller has found these in the reader's scope.
function rowsOf(db: Db, ids: string[]) {
  const rows = ids.length === 0 ? [] : db.select({ change: recipientChanges, proposer: users.name }).from(recipientChanges).leftJoin(users, eq(users.id, recipientChanges.proposedBy))
    .where(inArray(recipientChanges.id, ids)).all()
  const byId = new Map(rows.map(({ change, proposer }) => [change.id, { ...change, proposer }]))
  const names = regionNames(db, rows.map(({ change }) => change.regionCode))
  return ids.map((id) => byId.get(id)!).map((change) => ({ ...change, ...namesOf(change), village: names.get(change.regionCode)!, seen: seenOf(db, change) }))
}

export type ListedChange = ReturnType<typeof rowsOf>[number]
