import type { Phase, ProgrammeCode } from '#app/programmes/programme.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { regionsIn } from '#app/households/filter.ts'
import { readSearch } from '#app/households/search.ts'
import { findPeriod } from '#app/programmes/periods.ts'
import { variantWord } from '#app/programmes/variants.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { PHASES } from '#db/schema/programmes.ts'
import { statement } from '#db/statements.ts'

export type Filter = { programme: ProgrammeCode, q: string, region: string, state?: string, phase?: Phase, variant?: string, period?: string }
// Where a recipient stands in the list: by desa, then by name.
export type Place = { regionCode: string, name: string, id: string }
export const PAGE = 50

type Row = Omit<Recipient, 'version' | 'createdAt' | 'data'>
type Seek = {
  programme: string, state: string, from: string, to: string, sensitive: 0 | 1, phase: string | null, variant: string | null, starts: string | null, ends: string | null
  digits: string | null, limit: number, region: string, name: string, id: string
} & Record<`word${0 | 1 | 2 | 3}`, string>

const COLUMNS = `r.id, r.programme, r.variant, r.sensitive, r.region_code AS regionCode, r.household_id AS householdId, r.family_seq AS familySeq, r.member_seq AS memberSeq, r.name, r.nik,
  r.kk_number AS kkNumber, r.address, r.number, r.state, r.phase, r.state_at AS stateAt, r.reason_code AS reasonCode, r.started_on AS startedOn, r.ended_on AS endedOn`
// From the desa of the last row on; within it by name. As one comparison of all three, SQLite would leave the index's order.
const HERE = 'region_code >= @from AND region_code < @to AND (region_code > @region OR (name, id) > (@name, @id)) AND sensitive <= @sensitive'
const NARROWED = `(@state = '' OR state = @state) AND (@phase IS NULL OR phase = @phase) AND (@variant IS NULL OR variant = @variant)
  AND name LIKE @word0 AND name LIKE @word1 AND name LIKE @word2 AND name LIKE @word3
  AND (@starts IS NULL OR (started_on <= @ends AND (ended_on IS NULL OR ended_on >= @starts)))`
const SOURCES = {
  name: 'recipients INDEXED BY recipients_by_name WHERE programme = @programme',
  state: 'recipients INDEXED BY recipients_by_state WHERE programme = @programme AND state = @state',
  number: `recipients WHERE rowid IN (SELECT rowid FROM recipients WHERE nik = @digits AND programme = @programme UNION SELECT rowid FROM recipients WHERE kk_number = @digits AND programme = @programme
    UNION SELECT rowid FROM recipients WHERE number = @digits AND programme = @programme)`,
}
type Source = keyof typeof SOURCES
// The index alone decides who is on the page; only those rows are read.
type Find = ReturnType<typeof statement<[Seek], Row>>
const find = Object.fromEntries(Object.entries(SOURCES).map(([source, from]) => [source, statement<[Seek], Row>(`SELECT ${COLUMNS} FROM (
  SELECT rowid AS at FROM ${from} AND ${HERE} AND ${NARROWED} ORDER BY region_code, name, id LIMIT @limit) f
  CROSS JOIN recipients r ON r.rowid = f.at ORDER BY r.region_code, r.name, r.id`)])) as Record<Source, Find>

// A number is looked up by itself; words are parts of names.
export function soughtBy(q: string): Pick<Seek, 'digits' | `word${0 | 1 | 2 | 3}`> {
  const digits = q.replace(/[\s.-]/g, '')
  if (/^\d{6,20}$/.test(digits)) return { digits, word0: '%', word1: '%', word2: '%', word3: '%' }
  const search = readSearch(q)
  const words = search?.kind === 'words' ? search.words : []
  return { digits: null, ...Object.fromEntries([0, 1, 2, 3].map((n) => [`word${n}`, words[n] ? `%${words[n]}%` : '%'])) as Record<`word${0 | 1 | 2 | 3}`, string> }
}

// By desa and name, a page at a time. Whoever may not see the sensitive categories of PPKS does not find them by anything.
export function listRecipients(db: Db, actor: Actor, filter: Filter, after?: Place, limit = PAGE) {
  demand(actor, 'programme.read')
  const rows: Row[] = []
  const { seeks, source } = seeksOf(db, actor, filter)
  for (const seek of seeks) {
    const { regionCode: last, ...start } = after ?? { regionCode: '', name: '', id: '' }
    rows.push(...find[source](db).all({ ...seek, ...start, region: last, from: last > seek.from ? last : seek.from, limit: limit + 1 }))
  }
  rows.sort((a, b) => compare(a, b))
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return { rows: shown.map((row) => ({ ...row, village: names.get(row.regionCode)!, category: variantWord(db, PROGRAMMES[filter.programme], row.variant) })), next: rows.length > limit ? placeOf(shown.at(-1)!) : undefined }
}

export type ListedRecipient = ReturnType<typeof listRecipients>['rows'][number]

const placeOf = ({ regionCode, name, id }: Row): Place => ({ regionCode, name, id })
export const compare = (a: Place, b: Place) => order(a.regionCode, b.regionCode) || order(a.name, b.name) || order(a.id, b.id)
const order = (a: string, b: string) => a < b ? -1 : Number(a > b)

// A phase is some of the states, each a range of its own index; a region is a range within it.
function seeksOf(db: Db, actor: Actor, { programme, q, region, state, phase, variant, period }: Filter): { seeks: Omit<Seek, 'region' | 'name' | 'id' | 'limit'>[], source: Source } {
  const { states } = PROGRAMMES[programme]
  const sought = soughtBy(q)
  const during = period ? findPeriod(db, period) : undefined
  const narrow = {
    ...sought, programme, phase: phase ?? null, variant: variant ?? null, sensitive: can(actor, 'ppks.sensitive') ? 1 as const : 0 as const,
    starts: period ? during?.startsOn ?? '9' : null, ends: period ? during?.endsOn ?? '0' : null,
  }
  const chosen = state ? [state] : phase ? Object.keys(states).filter((one) => states[one]!.phase === phase) : []
  const source = sought.digits ? 'number' : chosen.length > 0 ? 'state' : 'name'
  const ranges = regionsIn(actor, region).map((code) => ({ from: code, to: `${code}:` }))
  const seeks = ranges.flatMap((range) => (source === 'state' ? chosen : [state ?? '']).map((one) => ({ ...narrow, ...range, state: one })))
  return { seeks, source }
}

const counted = statement<[Pick<Seek, 'programme' | 'from' | 'to' | 'sensitive'> & { phase: Phase }], number>(`SELECT coalesce(sum(n), 0) FROM recipient_counts
  WHERE programme = @programme AND phase = @phase AND sensitive = @sensitive AND region_code >= @from AND region_code < @to`)

export type PhaseCounts = Record<Phase, number>

export function countByPhase(db: Db, actor: Actor, programme: ProgrammeCode, region: string): PhaseCounts {
  demand(actor, 'programme.read')
  const counts: PhaseCounts = { waiting: 0, receiving: 0, paused: 0, ended: 0 }
  for (const code of regionsIn(actor, region)) {
    for (const phase of PHASES) {
      for (const sensitive of can(actor, 'ppks.sensitive') ? [0, 1] as const : [0] as const) counts[phase] += counted(db).pluck().get({ programme, phase, sensitive, from: code, to: `${code}:` }) as unknown as number
    }
  }
  return counts
}
