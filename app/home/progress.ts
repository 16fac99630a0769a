import { STAGES, type Stage } from '#app/households/stages.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type StageCounts = Partial<Record<Stage, number>>
export type Progress = { code: string, name: string, counts: StageCounts }

// All stages are named so that each is one range of the key.
const countByPlace = statement<[number, string, string], { code: string, stage: Stage, count: number }>(
  `SELECT substr(region_code, 1, ?) AS code, stage, sum(n) AS count FROM household_counts
  WHERE stage IN (${STAGES.map((stage) => `'${stage}'`).join(', ')}) AND region_code >= ? AND region_code < ? AND n > 0 GROUP BY 1, 2`)

const LENGTHS = [0, 2, 5, 8, 13]
const levelOf = (code: string) => code ? code.split('.').length : 0

// How far the work is in each place directly below the reader's; with several places, in each of those.
export function progressOf(db: Db, { regions }: Pick<Actor, 'regions'>): Progress[] {
  const places = new Map<string, StageCounts>()
  for (const region of regions) {
    const level = regions.length > 1 ? levelOf(region) : Math.min(levelOf(region) + 1, 4)
    for (const { code, stage, count } of countByPlace(db).all(LENGTHS[level]!, region, `${region}:`)) {
      places.set(code, { ...places.get(code), [stage]: count })
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
