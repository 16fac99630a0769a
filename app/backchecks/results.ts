import { weightedShare, wilson } from '#app/backchecks/intervals.ts'
import { labelOf } from '#app/backchecks/items.ts'
import { regionsIn } from '#app/households/filter.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import type { ItemType } from '#db/schema/backchecks.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'
import { userNames } from '#app/users/people.ts'

export type ResultFilter = { region: string, round: string }

// places: pairs of the first and the last code of the reader's places, as JSON.
type Asked = { places: string, round: string, officer: string }
const DONE = `backchecks b JOIN json_each(@places) p ON b.region_code >= json_extract(p.value, '$[0]') AND b.region_code < json_extract(p.value, '$[1]')
  WHERE b.status = 'done' AND b.submitted_at IS NOT NULL AND (@round = '' OR b.round_id = @round) AND (@officer = '' OR b.first_officer_id = @officer)`

type ItemRow = { item: string, type: ItemType, compared: number, different: number, wrong: number, excused: number }
const SUMS = `count(*) AS compared, sum(a.is_different) AS different, count(CASE WHEN a.verdict = 'officer_wrong' THEN 1 END) AS wrong,
  count(CASE WHEN a.verdict IN ('changed', 'other_respondent') THEN 1 END) AS excused`
const byItem = statement<Asked[], ItemRow>(`SELECT a.item, a.type, ${SUMS} FROM (SELECT b.id FROM ${DONE}) d JOIN backcheck_answers a ON a.backcheck_id = d.id
  GROUP BY a.item, a.type ORDER BY a.type, different DESC, a.item`)

type VisitRow = { officerId: string, regionCode: string, probability: number, firm: number, differences: number, undecided: number }
const visitsDone = statement<Asked[], VisitRow>(`SELECT b.first_officer_id AS officerId, b.region_code AS regionCode, b.probability, b.firm_differences AS firm,
  b.differences, b.open_differences AS undecided FROM ${DONE}`)

const asked = (actor: Actor, { region, round }: ResultFilter): Asked =>
  ({ places: JSON.stringify(regionsIn(actor, region).map((code) => [code, `${code}:`])), round, officer: '' })

export type Results = ReturnType<typeof readResults>
export type FieldResult = ReturnType<typeof fieldsOf>[number]

// What the revisits found: per question, per officer, and as an estimate of all visits per desa.
export function readResults(db: Db, actor: Actor, filter: ResultFilter) {
  demand(actor, 'backcheck.read')
  const rows = visitsDone(db).all(asked(actor, filter))
  return {
    visits: rows.length, undecided: rows.reduce((sum, { undecided }) => sum + undecided, 0),
    whole: weightedShare(rows.map(hits)), fields: fieldsOf(byItem(db).all(asked(actor, filter))), officers: officersOf(db, rows), villages: villagesOf(db, rows),
  }
}

const hits = ({ probability, firm }: VisitRow) => ({ probability, hit: firm > 0 })

const fieldsOf = (rows: ItemRow[]) => rows.map((row) => ({ ...row, label: labelOf(row.item), ...wilson(row.different, row.compared) }))

function officersOf(db: Db, rows: VisitRow[]) {
  const groups = grouped(rows, ({ officerId }) => officerId)
  const names = userNames(db, groups.keys())
  return [...groups].map(([id, own]) => {
    const firm = own.filter((row) => row.firm > 0).length
    return { id, name: names.get(id)!, firm, differences: total(own, 'differences'), undecided: total(own, 'undecided'), ...wilson(firm, own.length) }
  }).sort((a, b) => b.low - a.low || b.share - a.share || a.name.localeCompare(b.name, 'id'))
}

function villagesOf(db: Db, rows: VisitRow[]) {
  const groups = grouped(rows, ({ regionCode }) => regionCode)
  const names = regionNames(db, groups.keys())
  return [...groups].map(([code, own]) => ({ code, name: names.get(code)!, ...weightedShare(own.map(hits)) })).sort((a, b) => b.share - a.share || a.name.localeCompare(b.name, 'id'))
}

const total = (rows: VisitRow[], key: 'differences' | 'undecided') => rows.reduce((sum, row) => sum + row[key], 0)

function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const own = groups.get(keyOf(row))
    if (own) own.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

const latest = statement<Asked[], { id: string, at: string, firm: number, differences: number, undecided: number, headName: string }>(`SELECT b.id, b.submitted_at AS at, b.firm_differences AS firm,
  b.differences, b.open_differences AS undecided, h.head_name AS headName FROM ${DONE.replace(' JOIN json_each', ' JOIN households h ON h.id = b.household_id JOIN json_each')} ORDER BY b.submitted_at DESC LIMIT 20`)

export type Discrepancies = ReturnType<typeof discrepanciesOf>

// What revisits found of one officer's visits: how many, how many with a difference that should never be there (with its interval),
// question by question, and the latest; as far as the reader's own places go.
export function discrepanciesOf(db: Db, actor: Actor, officerId: string) {
  demand(actor, 'backcheck.read')
  const own = { ...asked(actor, { region: '', round: '' }), officer: officerId }
  const rows = visitsDone(db).all(own)
  const fields = fieldsOf(byItem(db).all(own))
  const byType = ([1, 2, 3] as const).map((type) => {
    const those = fields.filter((field) => field.type === type)
    return { type, compared: those.reduce((sum, { compared }) => sum + compared, 0), different: those.reduce((sum, { different }) => sum + different, 0) }
  })
  const firm = rows.filter((row) => row.firm > 0).length
  return { revisited: rows.length, firm, share: wilson(firm, rows.length), wrong: fields.reduce((sum, { wrong }) => sum + wrong, 0), byType, fields, latest: latest(db).all(own) }
}

export const recordResults = (tx: Tx, table: string, filter: ResultFilter) => tx.audit('backcheck.table_downloaded', `backchecks:${table}`, filter)
