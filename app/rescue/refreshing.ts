import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findDangers, threatened, type Danger, type Threatened } from '#app/rescue/dangers.ts'
import type { Db } from '#db/connection.ts'
import type { RescueReason } from '#db/schema/rescue.ts'
import { statement } from '#db/statements.ts'

type Item = { reason: RescueReason, key: string, memberSeq: number | null, message: string, regionCode: string, foundAt: string, repairedAt: string | null }
type Change = { at: string, by: string, how: string }

// What is mended after the cut-off comes too late for its list. here: the list of the kabupaten the household lies in now.
const openPeriods = statement<{ regency: string, household: string, today: string }[], { periodId: string, here: 0 | 1 }>(`
  SELECT period_id AS periodId, 1 AS here FROM rescue_lists WHERE regency_code = @regency AND status <> 'closed' AND cutoff_on >= @today
  UNION SELECT l.period_id, 0 FROM (SELECT DISTINCT period_id FROM rescue_lists WHERE status <> 'closed' AND cutoff_on >= @today) l
    JOIN rescue_cases c ON c.period_id = l.period_id AND c.household_id = @household`)
const itemsOf = statement<[string, string], Item>(`SELECT reason, key, member_seq AS memberSeq, message, region_code AS regionCode, found_at AS foundAt, repaired_at AS repairedAt
  FROM rescue_items WHERE period_id = ? AND household_id = ?`)
const putItem = statement<unknown[], unknown>(`INSERT INTO rescue_items (period_id, household_id, reason, key, region_code, member_seq, found_at, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET region_code = excluded.region_code, member_seq = excluded.member_seq, message = excluded.message,
    found_at = CASE WHEN repaired_at IS NULL THEN found_at ELSE excluded.found_at END, repaired_at = NULL, repaired_by = NULL, repaired_how = NULL`)
const repairItem = statement<unknown[], unknown>(`UPDATE rescue_items SET region_code = ?, repaired_at = ?, repaired_by = ?, repaired_how = ?
  WHERE period_id = ? AND household_id = ? AND reason = ? AND key = ?`)
const putCase = statement<unknown[], unknown>(`INSERT INTO rescue_cases (period_id, household_id, region_code, head_name, danger, open, found_at, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET region_code = excluded.region_code, head_name = excluded.head_name, open = excluded.open,
    danger = CASE WHEN excluded.open > 0 THEN excluded.danger ELSE danger END, saved_at = CASE WHEN open > 0 OR excluded.open > 0 THEN excluded.saved_at ELSE saved_at END`)
const caseOf = statement<[string, string], { open: number, regionCode: string, headName: string, danger: string }>(`SELECT open, region_code AS regionCode, head_name AS headName, danger
  FROM rescue_cases WHERE period_id = ? AND household_id = ?`)
const lastLine = statement<[string, string], Change>(`SELECT at, actor_id AS by, action AS how FROM audit_entries WHERE subject IN (?, ?)
  AND action NOT IN ('household.opened', 'numbers.opened', 'visit.opened') ORDER BY seq DESC LIMIT 1`)
const lastAnswer = statement<[string], Change>("SELECT at, by, 'matching' AS how FROM match_results WHERE household_id = ? ORDER BY id DESC LIMIT 1")

// Looks at one household again, in every list that is still running. One of the checks the follower of the trail makes.
export function checkRescue(db: Db, householdId: string, now: string) {
  const one = threatened(db, householdId)
  if (!one) return
  const periods = new Map<string, boolean>()
  const found = openPeriods(db).all({ regency: regencyOf(one.regionCode), household: householdId, today: dayOf(now) })
  for (const { periodId, here } of found) periods.set(periodId, periods.get(periodId) || here === 1)
  if (periods.size === 0) return
  const dangers = findDangers(db, one)
  for (const [periodId, here] of periods) refreshCase(db, periodId, one, here ? dangers : [], now)
}

// Writes only what differs from what is known: most looks find a household as it was.
export function refreshCase(db: Db, periodId: string, one: Threatened, dangers: Danger[], now: string) {
  const known = new Map(itemsOf(db).all(periodId, one.id).map((item) => [nameOf(item), item]))
  if (known.size === 0 && dangers.length === 0) return
  const still = new Set(dangers.map(nameOf))
  const mended = [...known.values()].filter((item) => item.repairedAt === null && !still.has(nameOf(item)))
  for (const danger of dangers) {
    const item = known.get(nameOf(danger))
    if (item && item.repairedAt === null && item.message === danger.message && item.regionCode === one.regionCode) continue
    putItem(db).run(periodId, one.id, danger.reason, danger.key, one.regionCode, danger.memberSeq, now, danger.message)
  }
  if (mended.length > 0) repair(db, periodId, one, mended, now)
  keepCase(db, periodId, one, dangers, now)
}

function keepCase(db: Db, periodId: string, { id, regionCode, headName, determined }: Threatened, dangers: Danger[], now: string) {
  const danger = determined && dangers.some(({ reason }) => !LEAVES_OUT.includes(reason)) ? 'dropped' : 'left_out'
  const known = caseOf(db).get(periodId, id)
  if (known?.open === dangers.length && known.regionCode === regionCode && known.headName === headName && (dangers.length === 0 || known.danger === danger)) return
  putCase(db).run(periodId, id, regionCode, headName, danger, dangers.length, now, dangers.length === 0 ? now : null)
}

const nameOf = ({ reason, key }: Pick<Item, 'reason' | 'key'>) => `${reason} ${key}`
// What is merely late leaves a determination as it was.
const LEAVES_OUT: RescueReason[] = ['returned', 'photos', 'held', 'proposal', 'unfinished']

const lastStep = statement<[string], Change>("SELECT at, actor_id AS by, 'proposal.' || to_status AS how FROM proposal_steps WHERE proposal_id = ? ORDER BY id DESC LIMIT 1")
const settlement = statement<[string], Change>("SELECT settled_at AS at, settled_by AS by, 'delivery.settled' AS how FROM deliveries WHERE id = ? AND settled_at IS NOT NULL AND settled_by IS NOT NULL")

// By the step or the decision that ended it; else by whoever changed the household or its answers since the reason was
// found; else by a change in another household.
function repair(db: Db, periodId: string, one: Threatened, mended: Item[], now: string) {
  const changes = [lastLine(db).get(one.id, one.visitId ?? one.id), lastAnswer(db).get(one.id)].filter((change) => change !== undefined)
  const last = changes.sort((a, b) => b.at.localeCompare(a.at))[0]
  for (const { reason, key, foundAt } of mended) {
    const own = reason === 'proposal' ? lastStep(db).get(key) : reason === 'held' ? settlement(db).get(key) : undefined
    const cause = own ? own : last && last.at >= foundAt ? last : undefined
    repairItem(db).run(one.regionCode, cause?.at ?? now, cause?.by ?? null, cause?.how ?? 'elsewhere', periodId, one.id, reason, key)
  }
}
