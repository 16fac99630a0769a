import { sumByKey } from '#app/dashboards/counts.ts'
import type { Place } from '#app/dashboards/places.ts'
import { daysUntil } from '#app/periods/periods.ts'
import { addDays } from '#app/questionnaire/age.ts'
import { STAGES, type Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// How many stand in a stage, and for how many days: the middle one, the one there longest, and those there too long.
export type Waiting = { stage: Stage, count: number, median: number, oldest: number, over7: number, over14: number }
export type FunnelStep = { key: string, count: number }

// Each step is those that have come so far, whatever became of them since. What was withdrawn is no work.
const REACHED: Record<string, Stage[]> = {
  listed: [], published: ['listed'], given: ['published'], visited: ['assigned', 'downloaded', 'deliberated'], checked: ['submitted', 'returned', 'recheck'],
  verified: ['checked'], ratified: ['verified', 'batched'], dispatched: ['ratified'], determined: ['dispatched'],
}

const agesOf = statement<[number, string, string], { day: string, n: number }>(
  "SELECT day, count AS n FROM dashboard_counts WHERE round = ? AND region_code = ? AND kind = 'since' AND key = ? ORDER BY day")

export function readWaiting(db: Db, { round, place, today }: { round: number, place: Place, today: string }) {
  const stages: Partial<Record<Stage, number>> = sumByKey(db, round, place.codes, 'stage')
  return { withdrawn: stages.withdrawn ?? 0, funnel: funnelOf(stages), waiting: STAGES.flatMap((stage) => stage === 'withdrawn' || !stages[stage] ? [] : waitingIn(db, round, place, stage, today)) }
}

function funnelOf(stages: Partial<Record<Stage, number>>): FunnelStep[] {
  let count = STAGES.reduce((sum, stage) => sum + (stage === 'withdrawn' ? 0 : stages[stage] ?? 0), 0)
  return Object.entries(REACHED).map(([key, behind]) => {
    count -= behind.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0)
    return { key, count }
  })
}

function waitingIn(db: Db, round: number, { codes }: Place, stage: Stage, today: string): Waiting {
  const days = codes.flatMap((code) => agesOf(db).all(round, code, stage)).sort((one, other) => one.day < other.day ? -1 : 1)
  const count = days.reduce((sum, { n }) => sum + n, 0)
  const before = (age: number) => days.reduce((sum, { day, n }) => day < addDays(today, -age) ? sum + n : sum, 0)
  return { stage, count, median: ageOn(today, medianDay(days, count)), oldest: ageOn(today, days[0]?.day), over7: before(7), over14: before(14) }
}

const ageOn = (today: string, day: string | undefined) => day === undefined ? 0 : Math.max(0, daysUntil(today, day))

// Of an even number, the one of the two middle ones that waits longer.
function medianDay(days: { day: string, n: number }[], count: number): string | undefined {
  let passed = 0
  for (const { day, n } of days) {
    passed += n
    if (passed * 2 >= count) return day
  }
  return undefined
}
