import type { Remark, Tab, Task, TaskDetail, TaskFilter, TaskList } from '#app/field/store.ts'
import { PAGE_SIZE, patternOf, TABS } from '#app/field/tabs.ts'
import type { Draft } from '#app/offline/drafts.ts'
import type { Local } from '#app/offline/local.ts'
import type { Pack } from '#app/offline/pack.ts'
import type { PackedVisit, TaskRow } from '#app/packs/schema.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'

// The officer's tasks out of the pack, with what this phone has done since laid over them.

// A household of this phone's own work that the pack no longer has: somebody else's by now, and never lost from sight.
export type Withdrawn = { householdId: string, local: Local, task: Draft['task'] }

type Row = Omit<Task, 'waiting'>
const COLUMNS = `number, id, head_name AS headName, address, sls_name AS slsName, member_count AS memberCount, stage, outcome, remark_count AS remarkCount,
  CASE WHEN visit ->> 'status' = 'draft' THEN visit ->> 'id' END AS draftId`
const inTab = (tab: Tab) => `stage IN (${TABS[tab].map((stage) => `'${stage}'`).join(', ')})`
// Sent from here is sent, and under way here is not, whatever the pack says.
const SENT_HERE = "id IN (SELECT value FROM json_each(?4, '$.sent'))"
const UNDER_WAY = "id IN (SELECT value FROM json_each(?4, '$.underWay'))"
const listOf = (condition: string) => `SELECT ${COLUMNS} FROM tasks
  WHERE number > ?1 AND ${condition} AND (?2 = '' OR head_name LIKE ?3 OR address LIKE ?3) ORDER BY number LIMIT ${PAGE_SIZE + 1}`
const LISTS: Record<Tab, string> = {
  returned: listOf(`${inTab('returned')} AND NOT ${SENT_HERE}`),
  waiting: listOf(`(${inTab('waiting')} OR (${inTab('sent')} AND ${UNDER_WAY})) AND NOT ${SENT_HERE}`),
  sent: listOf(`(${SENT_HERE} OR (${inTab('sent')} AND NOT ${UNDER_WAY}))`),
}

export function listTasks(pack: Pack, { tab, words, after = 0 }: TaskFilter, local: Map<string, Local>, withdrawn: Withdrawn[]): TaskList {
  const rows = pack.all<Row>(LISTS[tab], after, words, patternOf(words), idsOf(local))
  const shown = rows.slice(0, PAGE_SIZE).map((row): Task => overlaid(row, local.get(row.id)))
  const gone = after > 0 ? [] : withdrawn.filter((task) => tabOf(task) === tab && isMeant(task, words)).map(asTask)
  return { tasks: [...gone, ...shown], counts: countTabs(pack, local, withdrawn), next: rows.length > PAGE_SIZE ? shown[shown.length - 1]!.number : undefined }
}

function idsOf(local: Map<string, Local>) {
  const ids = (sent: boolean) => [...local].filter(([, { waiting }]) => (waiting !== null) === sent).map(([id]) => id)
  return JSON.stringify({ sent: ids(true), underWay: ids(false) })
}

const overlaid = (row: Row, local: Local | undefined): Task => {
  if (!local) return row
  return local.waiting ? { ...row, waiting: local.waiting } : { ...row, draftId: local.visitId }
}

const tabOf = ({ local }: Withdrawn): Tab => local.waiting === null ? 'waiting' : 'sent'

function isMeant({ task: { headName, address } }: Withdrawn, words: string) {
  const wanted = words.trim().toLowerCase()
  return headName.toLowerCase().includes(wanted) || address.toLowerCase().includes(wanted)
}

const asTask = ({ householdId, local, task: { headName, address, slsName, memberCount } }: Withdrawn): Task => ({
  number: 0, id: householdId, headName, address, slsName, memberCount, stage: 'withdrawn', outcome: null, draftId: null, remarkCount: 0,
  ...(local.waiting ? { waiting: local.waiting } : {}),
})

function countTabs(pack: Pack, local: Map<string, Local>, withdrawn: Withdrawn[]): Record<Tab, number> {
  const counts = { returned: 0, waiting: 0, sent: 0 }
  const tabs = Object.keys(TABS) as Tab[]
  const add = (stage: string, n: number) => tabs.forEach((tab) => (TABS[tab] as string[]).includes(stage) && (counts[tab] += n))
  for (const { stage, n } of pack.all<{ stage: string, n: number }>('SELECT stage, count(*) AS n FROM tasks GROUP BY stage')) add(stage, n)
  for (const { id, stage } of pack.all<{ id: string, stage: string }>('SELECT id, stage FROM tasks WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify([...local.keys()]))) {
    const sent = local.get(id)!.waiting !== null
    if (!sent && !(TABS.sent as string[]).includes(stage)) continue
    add(stage, -1)
    counts[sent ? 'sent' : 'waiting']++
  }
  for (const task of withdrawn) counts[tabOf(task)]++
  return counts
}

// Which of these households the pack does not have.
export function missingFrom(pack: Pack, ids: string[]): string[] {
  return pack.all<{ id: string }>('SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT id FROM tasks)', JSON.stringify(ids)).map(({ id }) => id)
}

export type PackedTask = {
  household: TaskDetail['household'], village: string, version: number, remarks: Remark[], note: string, visit: PackedVisit | null
}
type DetailRow = Omit<TaskRow, 'record' | 'number' | 'outcome' | 'remark_count'> & { village: string | null }
const DETAIL = `SELECT t.id, t.region_code, t.prelist_id, t.head_name, t.address, t.sls_name, t.member_count, t.stage, t.musdes_status, t.version,
  t.note, t.remarks, t.visit, v.name AS village FROM tasks t LEFT JOIN villages v ON v.code = t.region_code WHERE t.id = ?`

export function findTask(pack: Pack, householdId: string): PackedTask | undefined {
  const row = pack.get<DetailRow>(DETAIL, householdId)
  return row && {
    household: {
      id: row.id, headName: row.head_name, address: row.address, slsName: row.sls_name, prelistId: row.prelist_id, memberCount: row.member_count,
      stage: row.stage, musdesStatus: row.musdes_status,
    },
    village: row.village ?? row.region_code, version: row.version, note: row.note, remarks: JSON.parse(row.remarks),
    visit: row.visit === null ? null : JSON.parse(row.visit),
  }
}

export const isThere = (pack: Pack, householdId: string) => pack.get('SELECT 1 FROM tasks WHERE id = ?', householdId) !== undefined

// The master record the task stands for.
export function masterOf(pack: Pack, householdId: string): HouseholdRecord | undefined {
  const row = pack.get<{ record: string }>('SELECT record FROM tasks WHERE id = ?', householdId)
  return row && JSON.parse(row.record) as HouseholdRecord
}

// Undefined: no row of the officer's villages, and of others the pack knows nothing.
export function isKnownPrelist(pack: Pack, prelistId: string, householdId: string): boolean | undefined {
  const own = pack.get('SELECT 1 FROM tasks WHERE prelist_id = ? AND id = ?', prelistId, householdId)
  if (own) return false
  const other = pack.get('SELECT 1 FROM directory WHERE prelist_id = ?1 UNION ALL SELECT 1 FROM tasks WHERE prelist_id = ?1', prelistId)
  return other ? true : undefined
}
