import { STAGES, type Stage } from '#app/households/stages.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type StageCounts = Partial<Record<Stage, number>>
export type Progress = { code: string, name: string, counts: StageCounts }

// Of each stage from place to place by the key, and then the sum of each: nothing is sorted or put together row by row.
const FIRST = (stage: string, from: string) => `(SELECT substr(min(region_code), 1, @length) FROM household_counts WHERE stage = ${stage} AND region_code >= ${from} AND region_code < @to)`
const countByPlace = statement<[{ stages: string, from: string, to: string, length: number }], { code: string, stage: Stage, count: number }>(`WITH RECURSIVE places (stage, code) AS (
    SELECT value, ${FIRST('value', '@from')} FROM json_each(@stages)
    UNION ALL SELECT stage, ${FIRST('places.stage', "places.code || ':'")} FROM places WHERE code IS NOT NULL)
  SELECT code, stage, (SELECT sum(n) FROM household_counts c WHERE c.stage = places.stage AND c.region_code >= places.code AND c.region_code < places.code || ':') AS count
  FROM places WHERE code IS NOT NULL ORDER BY code, stage`)
const NAMED = JSON.stringify(STAGES)

const LENGTHS = [0, 2, 5, 8, 13]
const levelOf = (code: string) => code ? code.split('.').length : 0

// How far the work is in each place directly below the reader's; with several places, in each of those.
export function progressOf(db: Db, { regions }: Pick<Actor, 'regions'>): Progress[] {
  const places = new Map<string, StageCounts>()
  for (const region of regions) {
    const level = regions.length > 1 ? levelOf(region) : Math.min(levelOf(region) + 1, 4)
    for (const { code, stage, count } of countByPlace(db).all({ stages: NAMED, from: region, to: `${region}:`, length: LENGTHS[level]! })) {
      if (count > 0) places.set(code, { ...places.get(code), [stage]: count })
    }
  }
  const names = regionNames(db, places.keys())
  return [...places].map(([code, counts]) => ({ code, name: names.get(code)!, counts }))
    .sort((one, other) => one.name.localeCompare(other.name, 'id'))
}

// The same counts, over all places together.
export function totalOf(progress: Progress[]): StageCounts {
  const total: StageCounts = {}
  for (const { counts } of progress) {
    for (const stage of STAGES) if (counts[stage]) total[stage] = (total[stage] ?? 0) + counts[stage]
  }
  return total
}
