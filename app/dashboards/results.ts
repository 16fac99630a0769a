import { sumByKey, sumOf, type Counts } from '#app/dashboards/counts.ts'
import type { Asked } from '#app/dashboards/progress.ts'
import type { Db } from '#db/connection.ts'

export type Results = { outcomes: Counts, finished: number, whole: number, lacks: Counts }
export type PlaceResults = Results & { code: string, name: string }

// What visits of these days came to, by the outcome that holds now; and of the finished ones, what they leave unanswered.
// rows: the places below, or the desa itself, which has none.
export function readResults(db: Db, { round, place, range }: Asked) {
  const of = (codes: string[]): Results => ({
    outcomes: sumByKey(db, round, codes, 'outcome', range), finished: sumOf(db, round, codes, 'finished', '', range),
    whole: sumOf(db, round, codes, 'whole', '', range), lacks: sumByKey(db, round, codes, 'lack', range),
  })
  const total = of(place.codes)
  const parts = place.parts.map(({ code, name }): PlaceResults => ({ code, name, ...of([code]) })).filter(({ outcomes }) => Object.keys(outcomes).length > 0)
  return { total, parts, rows: parts.length > 0 ? parts : [{ code: place.code, name: place.name, ...total }] }
}
