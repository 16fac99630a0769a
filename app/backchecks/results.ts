import { grouped, sum } from '#app/backchecks/groups.ts'
import { weightedShare, wilson } from '#app/backchecks/intervals.ts'
import { labelOf } from '#app/backchecks/items.ts'
import { regionsIn } from '#app/households/filter.ts'
import { MOVED } from '#app/households/seen-name.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import type { ItemType } from '#db/schema/backchecks.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'
import { userNames } from '#app/users/people.ts'

export type ResultFilter = { region: string, round: string }

// Revisits that have come, of the reader's places (as JSON); of one officer they are found by the officer.
type OfRound = { places: string, round: string }
type OfOfficer = { places: string, officer: string }
const done = (which: string) => `backchecks b JOIN json_each(@places) p ON b.region_code >= p.value AND b.region_code < p.value || ':'
  WHERE b.status = 'done' AND b.submitted_at IS NOT NULL AND ${which}`
const OF_ROUND = done("(@round = '' OR b.round_id = @round)")
const OF_OFFICER = done('b.first_officer_id = @officer')

type ItemRow = { item: string, type: ItemType, compared: number, different: number, wrong: number, excused: number }
const SUMS = `count(*) AS compared, sum(a.is_different) AS different, count(CASE WHEN a.verdict = 'officer_wrong' THEN 1 END) AS wrong,
  count(CASE WHEN a.verdict IN ('changed', 'other_respondent') THEN 1 END) AS excused`
const byItem = <A>(those: string) => statement<A[], ItemRow>(`SELECT a.item, a.type, ${SUMS} FROM (SELECT b.id FROM ${those}) d JOIN backcheck_answers a ON a.backcheck_id = d.id
  GROUP BY a.item, a.type ORDER BY a.type, different DESC, a.item`)
const itemsOfRound = byItem<OfRound>(OF_ROUND)
const itemsOfOfficer = byItem<OfOfficer>(OF_OFFICER)

type VisitRow = { officerId: string, regionCode: string, probability: number, firm: number, differences: number, undecided: number }
const visitsDone = <A>(those: string) => statement<A[], VisitRow>(`SELECT b.first_officer_id AS officerId, b.region_code AS regionCode, b.probability, b.firm_differences AS firm,
  b.differences, b.open_differences AS undecided FROM ${those}`)
const doneOfRound = visitsDone<OfRound>(OF_ROUND)
const doneOfOfficer = visitsDone<OfOfficer>(OF_OFFICER)

export type Results = ReturnType<typeof readResults>

// What the revisits found: per question, per officer, and as an estimate of all visits per desa.
export function readResults(db: Db, actor: Actor, { region, round }: ResultFilter) {
  demand(actor, 'backcheck.read')
  const asked = { places: JSON.stringify(regionsIn(actor, region)), round }
  const rows = doneOfRound(db).all(asked)
  return {
    visits: rows.length, undecided: undecidedIn(rows),
    whole: weightedShare(rows.map(hits)), fields: fieldsOf(itemsOfRound(db).all(asked)), officers: officersOf(db, rows), villages: villagesOf(db, rows),
  }
}

const undecidedIn = (rows: VisitRow[]) => sum(rows.map(({ undecided }) => undecided))
const hits = ({ probability, firm }: VisitRow) => ({ probability, hit: firm > 0 })

const fieldsOf = (rows: ItemRow[]) => rows.map((row) => ({ ...row, label: labelOf(row.item), ...wilson(row.different, row.compared) }))

function officersOf(db: Db, rows: VisitRow[]) {
  const groups = grouped(rows, ({ officerId }) => officerId)
  const names = userNames(db, groups.keys())
  return [...groups].map(([id, own]) => {
    const firm = own.filter((row) => row.firm > 0).length
    return { id, name: names.get(id)!, firm, differences: sum(own.map(({ differences }) => differences)), undecided: undecidedIn(own), ...wilson(firm, own.length) }
  }).sort((a, b) => b.low - a.low || b.share - a.share || a.name.localeCompare(b.name, 'id'))
}

function villagesOf(db: Db, rows: VisitRow[]) {
  const groups = grouped(rows, ({ regionCode }) => regionCode)
  const names = regionNames(db, groups.keys())
  return [...groups].map(([code, own]) => ({ code, name: names.get(code)!, ...weightedShare(own.map(hits)) })).sort((a, b) => b.share - a.share || a.name.localeCompare(b.name, 'id'))
}

const latest = statement<OfOfficer[], { id: string, at: string, firm: number, differences: number, undecided: number, headName: string }>(`SELECT b.id, b.submitted_at AS at, b.firm_differences AS firm,
  b.differences, b.open_differences AS undecided, (SELECT CASE WHEN EXISTS (SELECT 1 FROM json_each(@places) q WHERE h.region_code >= q.value AND h.region_code < q.value || ':') THEN h.head_name ELSE '${MOVED}' END
    FROM households h WHERE h.id = b.household_id) AS headName FROM ${OF_OFFICER} ORDER BY b.submitted_at DESC LIMIT 20`)

export type Discrepancies = ReturnType<typeof discrepanciesOf>

// What revisits found of one officer's visits: how many, how many with a difference that should never be there (with its interval),
// question by question, and the latest; as far as the reader's own places go.
export function discrepanciesOf(db: Db, actor: Actor, officerId: string) {
  demand(actor, 'backcheck.read')
  const own = { places: JSON.stringify(actor.regions), officer: officerId }
  const rows = doneOfOfficer(db).all(own)
  const fields = fieldsOf(itemsOfOfficer(db).all(own))
  const byType = ([1, 2, 3] as const).map((type) => {
    const those = fields.filter((field) => field.type === type)
    return { type, compared: sum(those.map(({ compared }) => compared)), different: sum(those.map(({ different }) => different)) }
  })
  const firm = rows.filter((row) => row.firm > 0).length
  return { revisited: rows.length, firm, share: wilson(firm, rows.length), wrong: sum(fields.map(({ wrong }) => wrong)), byType, fields, latest: latest(db).all(own) }
}

export const recordResults = (tx: Tx, table: string, filter: ResultFilter) => tx.audit('backcheck.table_downloaded', `backchecks:${table}`, filter)
