import { partsOf, type Part, type Standing } from '#app/dashboards/contributions.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { completenessOf } from '#app/questionnaire/completeness.ts'
import { CURRENT, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Facts = { number: number, regionCode: string, stage: Stage, stageAt: string, officerId: string | null, outcome: number | null, visitId: string | null, inactive: 0 | 1 }
type Kept = { regionCode: string, stage: Stage, since: string, officerId: string | null, outcome: number | null, visitedOn: string | null, visitMark: string, lacks: string }
type Visited = { mark: string, submittedAt: string | null, questionnaireVersion: string }

const FACTS = `SELECT h.number, h.region_code AS regionCode, h.stage, h.stage_at AS stageAt, h.officer_id AS officerId, h.outcome, h.visit_id AS visitId,
  EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id) AS inactive FROM households h`
const factsOf = statement<[string], Facts>(`${FACTS} WHERE h.id = ?`)
const factsFrom = statement<[number, number], Facts>(`${FACTS} WHERE h.number > ? ORDER BY h.number LIMIT ?`)
const keptOf = statement<[number], Kept>(`SELECT region_code AS regionCode, stage, since, officer_id AS officerId, outcome, visited_on AS visitedOn, visit_mark AS visitMark, lacks
  FROM dashboard_households WHERE number = ?`)
const keep = statement<unknown[], unknown>(`INSERT OR REPLACE INTO dashboard_households (number, region_code, stage, since, officer_id, outcome, visited_on, visit_mark, lacks)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
const drop = statement<[number], unknown>('DELETE FROM dashboard_households WHERE number = ?')
const visitOf = statement<[string], Visited>("SELECT id || ' ' || revision || ' ' || submit_count AS mark, submitted_at AS submittedAt, questionnaire_version AS questionnaireVersion FROM visits WHERE id = ?")
const recordOf = statement<[string], string>('SELECT record FROM visits WHERE id = ?')

export const findFacts = (db: Db, householdId: string): Facts | undefined => factsOf(db).get(householdId)
export const nextFacts = (db: Db, after: number, limit: number): Facts[] => factsFrom(db).all(after, limit)

export type Look = { before: Part[], after: Part[] }

// Looks at a household again and keeps what it counts as. anew: the answers are read again, also of a visit known before.
export function lookAgain(db: Db, facts: Facts, { anew = false } = {}): Look {
  const kept = keptOf(db).get(facts.number)
  const before = kept ? partsOf({ ...kept, lacks: blocksIn(kept.lacks) }) : []
  if (facts.inactive === 1) {
    if (kept) drop(db).run(facts.number)
    return { before, after: [] }
  }
  const now = standingOf(db, facts, anew ? undefined : kept)
  if (!kept || !isSame(kept, now)) {
    keep(db).run(facts.number, now.regionCode, now.stage, now.since, now.officerId, now.outcome, now.visitedOn, now.visitMark, now.lacks)
  }
  return { before, after: partsOf({ ...now, lacks: blocksIn(now.lacks) }) }
}

function standingOf(db: Db, { regionCode, stage, stageAt, officerId, outcome, visitId }: Facts, kept: Kept | undefined): Kept {
  const visit = visitId === null ? undefined : visitOf(db).get(visitId)
  const visited = visit && visit.submittedAt !== null ? { ...visit, on: dayOf(visit.submittedAt) } : undefined
  const standing = { regionCode, stage, since: dayOf(stageAt), officerId, outcome, visitedOn: visited?.on ?? null, visitMark: visited?.mark ?? '' }
  if (!visited || outcome !== 1) return { ...standing, lacks: '' }
  const known = kept?.visitMark === visited.mark && kept.outcome === 1
  return { ...standing, lacks: known ? kept.lacks : lacksOf(recordOf(db).pluck().get(visitId!) as string, visited) }
}

// The blocks with an answer still due, as the page of the household counts them, on the day the visit came.
function lacksOf(record: string, { questionnaireVersion, on }: { questionnaireVersion: string, on: string }): string {
  const blocks = completenessOf(questionnaireOf(questionnaireVersion) ?? CURRENT, JSON.parse(record) as HouseholdRecord, on)
    .filter(({ asked, answered }) => answered < asked).map(({ section }) => section)
  return blocks.length === 0 ? '' : `,${blocks.join(',')},`
}

const blocksIn = (lacks: string): Standing['lacks'] => lacks.split(',').filter(Boolean)

const isSame = (one: Kept, other: Kept) => (Object.keys(other) as (keyof Kept)[]).every((key) => one[key] === other[key])
