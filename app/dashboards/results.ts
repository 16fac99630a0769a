import { sumByKey, sumOf, type Counts } from '#app/dashboards/counts.ts'
import type { Asked } from '#app/dashboards/progress.ts'
import type { Db } from '#db/connection.ts'

export type PlaceResults = { code: string, name: string, outcomes: Counts, finished: number, whole: number, lacks: Counts }

// What visits of these days came to, by the outcome that holds now; and of the finished ones, what they leave unanswered.
export function readResults(db: Db, { round, place, range }: Asked) {
  const of = (codes: string[]): Omit<PlaceResults, 'code' | 'name'> => ({
    outcomes: sumByKey(db, round, codes, 'outcome', range), finished: sumOf(db, round, codes, 'finished', '', range),
    whole: sumOf(db, round, codes, 'whole', '', range), lacks: sumByKey(db, round, codes, 'lack', range),
  })
  return { total: of(place.codes), parts: place.parts.map(({ code, name }): PlaceResults => ({ code, name, ...of([code]) })).filter(({ outcomes }) => Object.keys(outcomes).length > 0) }
}
