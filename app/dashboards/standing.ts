import { partsOf, UNREAD, type Part, type Standing } from '#app/dashboards/contributions.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { completenessOf } from '#app/questionnaire/completeness.ts'
import { CURRENT, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A household as it is now, with the visit that stands for it and what it is counted as so far (k…). round: the newest full
// count that has met it; null: it has never been looked at.
export type Seen = {
  id: string, number: number, regionCode: string, stage: Stage, stageAt: string, officerId: string | null, outcome: number | null, inactive: 0 | 1
  visitId: string | null, mark: string | null, submittedAt: string | null, questionnaireVersion: string | null, round: number | null
  kRegion: string, kStage: Stage | '', kSince: string, kOfficer: string | null, kOutcome: number | null, kVisitedOn: string | null, kMark: string, kLacks: string
}
type Kept = { regionCode: string, stage: Stage | '', since: string, officerId: string | null, outcome: number | null, visitedOn: string | null, visitMark: string, lacks: string }

const SEEN = (households: string) => `SELECT h.id, h.number, h.region_code AS regionCode, h.stage, h.stage_at AS stageAt, h.officer_id AS officerId, h.outcome,
    EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) AS inactive, v.id AS visitId, v.id || ' ' || v.revision || ' ' || v.submit_count AS mark,
    v.submitted_at AS submittedAt, v.questionnaire_version AS questionnaireVersion, k.round, k.region_code AS kRegion, k.stage AS kStage, k.since AS kSince,
    k.officer_id AS kOfficer, k.outcome AS kOutcome, k.visited_on AS kVisitedOn, k.visit_mark AS kMark, k.lacks AS kLacks
  FROM ${households} LEFT JOIN visits v ON v.id = h.visit_id AND v.submitted_at IS NOT NULL LEFT JOIN dashboard_households k ON k.number = h.number`
const one = statement<[string], Seen>(`${SEEN('households h')} WHERE h.id = ?`)
const next = statement<[string, number, number], Seen>(`${SEEN('households h INDEXED BY households_by_place')}
  WHERE (h.region_code, h.number) > (?, ?) ORDER BY h.region_code, h.number LIMIT ?`)
const keep = statement<unknown[], unknown>(`INSERT OR REPLACE INTO dashboard_households (number, region_code, stage, since, officer_id, outcome, visited_on, visit_mark, lacks, round)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const recordOf = statement<[string], string>('SELECT record FROM visits WHERE id = ?')

export const findSeen = (db: Db, householdId: string): Seen | undefined => one(db).get(householdId)

// Place by place: what is counted of one desa is written together.
export const nextSeen = (db: Db, { place, household }: { place: string, household: number }, limit: number): Seen[] => next(db).all(place, household, limit)

export type Look = { before: Part[], after: Part[] }

// Keeps what a household counts as now. round: the full count that has met it with this. anew: the answers are read again,
// also of a visit known before.
export function lookAgain(db: Db, seen: Seen, { round, anew = false }: { round: number, anew?: boolean }): Look {
  const kept = keptOf(seen)
  const now = standingOf(db, seen, anew ? undefined : kept)
  if (!kept || seen.round !== round || !isSame(kept, now)) {
    keep(db).run(seen.number, now.regionCode, now.stage, now.since, now.officerId, now.outcome, now.visitedOn, now.visitMark, now.lacks, round)
  }
  return { before: kept ? countsFor(kept) : [], after: countsFor(now) }
}

const keptOf = (seen: Seen): Kept | undefined => seen.round === null ? undefined : {
  regionCode: seen.kRegion, stage: seen.kStage, since: seen.kSince, officerId: seen.kOfficer, outcome: seen.kOutcome, visitedOn: seen.kVisitedOn, visitMark: seen.kMark, lacks: seen.kLacks,
}

const countsFor = ({ stage, lacks, ...standing }: Kept): Part[] => stage === '' ? [] : partsOf({ ...standing, stage, lacks: blocksIn(lacks) })

function standingOf(db: Db, { regionCode, stage, stageAt, officerId, outcome, inactive, visitId, mark, submittedAt, questionnaireVersion }: Seen, kept: Kept | undefined): Kept {
  if (inactive === 1) return { regionCode, stage: '', since: '', officerId: null, outcome: null, visitedOn: null, visitMark: '', lacks: '' }
  const zone = zoneOf(regionCode)
  const on = submittedAt === null ? null : dayOf(submittedAt, zone)
  const standing = { regionCode, stage, since: dayOf(stageAt, zone), officerId, outcome, visitedOn: on, visitMark: mark ?? '' }
  if (on === null || outcome !== 1) return { ...standing, lacks: '' }
  if (kept?.visitMark === mark && kept.outcome === 1) return { ...standing, lacks: kept.lacks }
  const record = recordOf(db).pluck().get(visitId!) as string
  return { ...standing, lacks: attemptText(visitId!, () => lacksOf(record, questionnaireVersion!, on)) }
}

// Answers that cannot be read hold up nobody's count: the visit counts as one that lacks its whole text, where it is found and
// named, until it is sent anew or a full count can read it.
function attemptText(visitId: string, work: () => string): string {
  try {
    return work()
  } catch (error) {
    console.error(`Isian kunjungan ${visitId} tidak dapat dibaca untuk dasbor.`, error)
    return `,${UNREAD},`
  }
}

// The blocks with an answer still due, as the page of the household counts them, on the day the visit came.
function lacksOf(record: string, version: string, on: string): string {
  const blocks = completenessOf(questionnaireOf(version) ?? CURRENT, JSON.parse(record) as HouseholdRecord, on)
    .filter(({ asked, answered }) => answered < asked).map(({ section }) => section)
  return blocks.length === 0 ? '' : `,${blocks.join(',')},`
}

const blocksIn = (lacks: string): Standing['lacks'] => lacks.split(',').filter(Boolean)

const isSame = (one: Kept, other: Kept) => (Object.keys(other) as (keyof Kept)[]).every((key) => one[key] === other[key])
