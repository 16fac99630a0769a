import type { Remark, Tab, Task, TaskDetail, TaskFilter, TaskList } from '#app/field/store.ts'
import { PAGE_SIZE, TABS, wordsOf } from '#app/field/tabs.ts'
import type { Draft } from '#app/offline/drafts.ts'
import type { Local } from '#app/offline/local.ts'
import type { Pack } from '#app/offline/pack.ts'
import type { ExtendedPeriod, PackedVisit, TaskRow } from '#app/packs/schema.ts'
import { CURRENT, EXTENDED } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { regencyOf } from '#app/regions/levels.ts'

// The officer's tasks out of the pack, with what this phone has done since laid over them.

// A household of this phone's own work that the pack no longer has: somebody else's by now, and never lost from sight.
export type Withdrawn = { householdId: string, local: Local, task: Draft['task'] }

// A task as the list shows it, without what this phone has done since.
export type Listed = Omit<Task, 'waiting'>

const LISTED = `SELECT number, id, head_name AS headName, address, sls_name AS slsName, member_count AS memberCount, stage, outcome,
  CASE WHEN visit ->> 'status' = 'draft' THEN visit ->> 'id' END AS draftId, remark_count AS remarkCount FROM tasks ORDER BY number`

export const readListed = (pack: Pick<Pack, 'all'>) => pack.all<Listed>(LISTED)

const TAB_OF = new Map((Object.entries(TABS) as [Tab, string[]][]).flatMap(([tab, stages]) => stages.map((stage) => [stage, tab] as const)))

// Sent from here is sent, and under way here is not, whatever the pack says. Undefined: on no tab.
function tabFor({ stage }: Listed, local: Local | undefined): Tab | undefined {
  if (local?.waiting) return 'sent'
  const tab = TAB_OF.get(stage)
  return local && tab === 'sent' ? 'waiting' : tab
}

export function listTasks(listed: Listed[], { tab, words, after = 0 }: TaskFilter, local: Map<string, Local>, withdrawn: Withdrawn[]): TaskList {
  const counts = { returned: 0, waiting: 0, sent: 0 }
  for (const task of withdrawn) counts[tabOf(task)]++
  const wanted = wordsOf(words).toLowerCase()
  const found: Listed[] = []
  for (const row of listed) {
    const shownOn = tabFor(row, local.get(row.id))
    if (shownOn) counts[shownOn]++
    if (shownOn === tab && row.number > after && found.length <= PAGE_SIZE && isMeant(row, wanted)) found.push(row)
  }
  const shown = found.slice(0, PAGE_SIZE).map((row): Task => overlaid(row, local.get(row.id)))
  const gone = after > 0 ? [] : withdrawn.filter((one) => tabOf(one) === tab && isMeant(one.task, wanted)).map(asTask)
  return { tasks: [...gone, ...shown], counts, next: found.length > PAGE_SIZE ? shown[shown.length - 1]!.number : undefined }
}

const overlaid = (row: Listed, local: Local | undefined): Task => {
  if (!local) return row
  return local.waiting ? { ...row, waiting: local.waiting } : { ...row, draftId: local.visitId }
}

const tabOf = ({ local }: Withdrawn): Tab => local.waiting === null ? 'waiting' : 'sent'

const isMeant = ({ headName, address }: Pick<Listed, 'headName' | 'address'>, wanted: string) =>
  headName.toLowerCase().includes(wanted) || address.toLowerCase().includes(wanted)

const asTask = ({ householdId, local, task: { headName, address, slsName, memberCount } }: Withdrawn): Task => ({
  number: 0, id: householdId, headName, address, slsName, memberCount, stage: 'withdrawn', outcome: null, draftId: null, remarkCount: 0,
  ...(local.waiting ? { waiting: local.waiting } : {}),
})

export type PackedTask = {
  household: TaskDetail['household'], regionCode: string, village: string, version: number, remarks: Remark[], note: string, visit: PackedVisit | null
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
    regionCode: row.region_code, village: row.village ?? row.region_code, version: row.version, note: row.note, remarks: JSON.parse(row.remarks),
    visit: row.visit === null ? null : JSON.parse(row.visit),
  }
}

export const isThere = (pack: Pack, householdId: string) => pack.get('SELECT 1 FROM tasks WHERE id = ?', householdId) !== undefined

// The master record the task stands for.
export function masterOf(pack: Pack, householdId: string): HouseholdRecord | undefined {
  const row = pack.get<{ record: string }>('SELECT record FROM tasks WHERE id = ?', householdId)
  return row && JSON.parse(row.record) as HouseholdRecord
}

// The questionnaire of a visit that begins in this village today. A pack of an earlier version of this program says nothing.
export function questionnaireIn(pack: Pack, regionCode: string, today: string): string {
  const periods = JSON.parse(pack.meta('extended') || '[]') as ExtendedPeriod[]
  const isAsked = periods.some(({ regency, from, to }) => regency === regencyOf(regionCode) && from <= today && (to === null || today <= to))
  return (isAsked ? EXTENDED : CURRENT).version
}

// Undefined: no row of the officer's villages, and of others the pack knows nothing.
export function isKnownPrelist(pack: Pack, prelistId: string, householdId: string): boolean | undefined {
  const own = pack.get('SELECT 1 FROM tasks WHERE prelist_id = ? AND id = ?', prelistId, householdId)
  if (own) return false
  const other = pack.get('SELECT 1 FROM directory WHERE prelist_id = ?1 UNION ALL SELECT 1 FROM tasks WHERE prelist_id = ?1', prelistId)
  return other ? true : undefined
}
