import type { Judged } from '#app/evidence/judging.ts'
import { queueEvidence } from '#app/evidence/queue.ts'
import { closeTo } from '#app/evidence/signals/same-point.ts'
import { around, eachLevel, groupsIn, isEnough, LEVELS, onSamePhone, ownAround, placeAt, PLACES, type Level } from '#app/evidence/rows.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import type { Db } from '#db/connection.ts'
import { prepared, statement } from '#db/statements.ts'

// A visit may change what is to be said of others. They are asked for once, when it is first judged; judged again, they ask for
// nobody, so the work ends. counted: it has just become one of those that durations are held against.
export function askAgain(db: Db, judged: Judged, { counted }: { counted: boolean }) {
  const fired = new Set(judged.signals.filter(({ level }) => level === 'look').map(({ code }) => code))
  if (fired.has('overlapping') || fired.has('impossible_speed') || fired.has('same_point')) askNeighbours(db, judged)
  if (fired.has('short_outcomes')) askUnfinished(db, judged)
  if (counted) askTooFew(db, judged)
}

const NEIGHBOURS = 10

// Two visits that cannot both be true: whichever came first is looked at too.
function askNeighbours(db: Db, { facts }: Judged) {
  const inTime = [...ownAround(db, facts), ...onSamePhone(db, facts)].filter(({ startedMs }) => Math.abs(startedMs - facts.startedMs) < THRESHOLDS.overlap.withinMs)
    .sort((one, other) => Math.abs(one.startedMs - facts.startedMs) - Math.abs(other.startedMs - facts.startedMs)).slice(0, NEIGHBOURS)
  const close = closeTo(facts, around(db, facts)).slice(0, NEIGHBOURS)
  queueEvidence(db, [...new Set([...inTime, ...close].map(({ visitId }) => visitId))])
}

const unfinishedOf = statement<[string, string, string], string>(`SELECT e.visit_id FROM visit_evidence e INDEXED BY evidence_by_village
  WHERE e.region_code = ? AND e.period = ? AND e.officer_id = ? AND e.outcome <> 1
    AND NOT EXISTS (SELECT 1 FROM visit_flags f WHERE f.visit_id = e.visit_id AND f.code = 'short_outcomes') ORDER BY e.submitted_at DESC LIMIT 50`)

const askUnfinished = (db: Db, { facts }: Judged) =>
  queueEvidence(db, unfinishedOf(db).pluck().all(facts.regionCode, facts.period, facts.officerId) as string[])

// What a level gives a visit that was held against a wider one, or against nobody.
const WIDER: Record<Level, string> = { village: `["district","regency","unknown"]`, district: `["regency","unknown"]`, regency: `["unknown"]` }
const MOST = 300
const judgedWider = eachLevel((level) => statement<[string, string, string, string], string>(`SELECT e.visit_id FROM visit_evidence e INDEXED BY ${PLACES[level].index}
  WHERE e.${PLACES[level].column} = ? AND e.period = ? AND e.officer_id = ? AND e.basis IN (SELECT value FROM json_each(?)) ORDER BY e.submitted_at LIMIT ${MOST}`))
const STEADY = 4 * THRESHOLDS.peers.visits

// Where everybody has enough others already, nobody is waiting for one more. Worked out once for each place and period.
const settled = prepared((_db) => new Set<string>())

// With this visit the others of a place have become enough for one of its officers: what he sent before is judged again, and
// once more when the norm of his desa rests on four times as many.
function askTooFew(db: Db, { facts: { regionCode, period, officerId } }: Judged) {
  for (const level of LEVELS) {
    const place = placeAt(regionCode, level)
    if (level !== 'village' && settled(db).has(`${place} ${period}`)) continue
    const groups = groupsIn(db, place, period).filter(({ finished }) => finished > 0)
    const total = groups.reduce((sum, { finished }) => sum + finished, 0)
    const isNew = groups.some((group) => group.officerId === officerId && group.finished === 1)
    let everybody = true
    for (const { officerId: other, finished } of groups) {
      const before = { visits: total - finished - 1, officers: groups.length - 1 - (isNew ? 1 : 0) }
      const now = { visits: total - finished, officers: groups.length - 1 }
      if (!isEnough(before)) everybody = false
      const steady = level === 'village' && now.visits === STEADY && isEnough(now)
      if (other !== officerId && isEnough(now) && (steady || !isEnough(before))) {
        queueEvidence(db, judgedWider[level](db).pluck().all(place, period, other, steady ? '["village"]' : WIDER[level]) as string[])
      }
    }
    if (everybody) settled(db).add(`${place} ${period}`)
  }
}
