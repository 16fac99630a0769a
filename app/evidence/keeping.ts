import { factsOf, type Facts } from '#app/evidence/facts.ts'
import { askAgain } from '#app/evidence/asking-again.ts'
import { judgeFacts, type Judged } from '#app/evidence/judging.ts'
import { LEVELS, placeAt } from '#app/evidence/rows.ts'
import { flagsOf, keepFlags, storedFlags } from '#app/visits/flags.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Standing = { status: string, inReview: 0 | 1 }
const standing = statement<[string], Standing>(`SELECT v.status, h.visit_id = v.id AND h.stage IN ('submitted', 'recheck', 'checked', 'verified') AS inReview
  FROM visits v JOIN households h ON h.id = v.household_id WHERE v.id = ? AND v.submitted_at IS NOT NULL`)
const flagHousehold = statement<[number, number, string, string], unknown>('UPDATE households SET flag_count = ?, flag_weight = ? WHERE id = ? AND visit_id = ?')

type Before = { regionCode: string, period: string, officerId: string, outcome: number, revision: number, submitCount: number, judgedAt: string | null }
const rowBefore = statement<[string], Before>(`SELECT region_code AS regionCode, period, officer_id AS officerId, outcome, revision, submit_count AS submitCount,
  judged_at AS judgedAt FROM visit_evidence WHERE visit_id = ?`)

// Judges a visit and keeps what was found: flags, their weight, and the row others are held against. A visit that waits for no
// decision any more keeps the flags it had. One in its officer's hands again is judged when it is sent.
export function keepEvidence(db: Db, visitId: string, now: string) {
  const stands = standing(db).get(visitId)
  if (!stands || stands.status === 'draft' || stands.status === 'returned') return
  const before = rowBefore(db).get(visitId)
  const facts = factsOf(db, visitId)
  if (!facts) return
  if (!stands.inReview) return keepFigures(db, facts, before)
  const judged = judgeFacts(db, facts)
  const { flagCount, flagWeight, changed } = keepFlags(db, visitId, [...flagsOf(judged.signals), ...unanswered(db, judged)], { now, why: 'judged_again' })
  if (changed) flagHousehold(db).run(flagCount, flagWeight, facts.householdId, visitId)
  count(db, facts, before)
  writeRow(db, facts, { judgedAt: now, near: judged.near, basis: judged.basis })
  const isFirst = !before || before.judgedAt === null || before.revision !== facts.visit.revision || before.submitCount !== facts.visit.submitCount
  if (isFirst) askAgain(db, judged, { counted: isNewlyCounted(facts, before) })
}

// What was found before and cannot be told now (too few others on an office's laptop, prints not made yet) still stands.
function unanswered(db: Db, { facts, signals }: Judged) {
  const open = new Set<string>(signals.filter(({ level }) => level === 'unknown').map(({ code }) => code))
  return storedFlags(db, facts.visitId).filter(({ code }) => open.has(code))
}

// Only the figures, for visits that are decided: others are held against them.
function keepFigures(db: Db, facts: Facts, before: Before | undefined) {
  count(db, facts, before)
  writeRow(db, facts, { judgedAt: before?.judgedAt ?? null, near: 0, basis: '' })
}

const addToGroup = statement<[string, string, string, number, number], unknown>(`INSERT INTO evidence_groups (region_code, period, officer_id, finished, unfinished)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET finished = finished + excluded.finished, unfinished = unfinished + excluded.unfinished`)
type Counted = Pick<Before, 'regionCode' | 'period' | 'officerId' | 'outcome'>

function count(db: Db, facts: Counted, before: Counted | undefined) {
  if (before && before.outcome === facts.outcome && before.period === facts.period && before.regionCode === facts.regionCode && before.officerId === facts.officerId) return
  if (before) addCount(db, before, -1)
  addCount(db, facts, 1)
}

function addCount(db: Db, { regionCode, period, officerId, outcome }: Counted, by: 1 | -1) {
  for (const level of LEVELS) {
    addToGroup(db).run(placeAt(regionCode, level), period, officerId, outcome === 1 ? by : 0, outcome === 1 ? 0 : by)
  }
}

const isNewlyCounted = (facts: Facts, before: Before | undefined) => facts.outcome === 1 && (before?.outcome !== 1 || before.period !== facts.period)

const COLUMNS = ['visit_id', 'household_id', 'officer_id', 'region_code', 'district_code', 'regency_code', 'period', 'revision', 'submit_count', 'submitted_at', 'judged_at',
  'outcome', 'size', 'log_minutes', 'active_ms', 'started_ms', 'ended_ms', 'located_ms', 'taken_from_ms', 'taken_to_ms', 'latitude', 'longitude', 'accuracy_m', 'cell',
  'prelist_m', 'near', 'answers', 'changed', 'uniform', 'device_id', 'device_sequence', 'made_ms', 'basis']
const upsert = statement<unknown[], unknown>(`INSERT INTO visit_evidence (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (visit_id) DO UPDATE SET ${COLUMNS.slice(1).map((name) => `${name} = excluded.${name}`).join(', ')}`)

function writeRow(db: Db, facts: Facts, { judgedAt, near, basis }: Pick<Judged, 'near' | 'basis'> & { judgedAt: string | null }) {
  const { visit, regionCode } = facts
  upsert(db).run(facts.visitId, facts.householdId, facts.officerId, regionCode, placeAt(regionCode, 'district'), placeAt(regionCode, 'regency'), facts.period,
    visit.revision, visit.submitCount, visit.submittedAt, judgedAt, facts.outcome, facts.size, facts.logMinutes, facts.activeMs, facts.startedMs, facts.endedMs,
    facts.locatedMs, facts.takenFromMs, facts.takenToMs, facts.latitude, facts.longitude, facts.accuracyM, facts.cell, facts.prelistM, near, facts.answers, facts.changed,
    facts.uniform, visit.deviceId, visit.deviceSequence, facts.madeMs, basis)
}
