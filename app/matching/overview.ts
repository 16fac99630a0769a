import type { Outcome } from '#app/matching/matcher.ts'
import { regionsIn } from '#app/households/filter.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type OutcomeCounts = Partial<Record<Outcome, number>>
export type MatchedPlace = { code: string, name: string, counts: OutcomeCounts }

const LENGTHS = [0, 2, 5, 8, 13]
const levelOf = (code: string) => code ? code.split('.').length : 0

type Counted = { code: string, outcome: Outcome, people: number }
// Above the kabupaten its own sums are added up, so that nobody reads every desa of the country.
const countByRegency = statement<[number, string, string], Counted>(`SELECT substr(r.code, 1, ?) AS code, c.outcome, sum(c.people) AS people
  FROM regions p CROSS JOIN regions r ON r.parent_code = p.code CROSS JOIN match_counts c ON c.region_code = r.code
  WHERE p.parent_code IS NULL AND r.code >= ? AND r.code < ? GROUP BY 1, 2`)
const countByVillage = statement<[number, string, string], Counted>(`SELECT substr(region_code, 1, ?) AS code, outcome, sum(people) AS people
  FROM match_counts WHERE region_code >= ? AND region_code < ? AND length(region_code) = 13 GROUP BY 1, 2`)

// How the people of each place directly below the reader's (or below the one chosen) were answered.
export function matchedPlaces(db: Db, actor: Actor, region = ''): MatchedPlace[] {
  demand(actor, 'matching.read')
  const codes = regionsIn(actor, region)
  const places = new Map<string, OutcomeCounts>()
  for (const code of codes) {
    const level = codes.length > 1 ? levelOf(code) : Math.min(levelOf(code) + 1, 4)
    const counted = (level <= 2 ? countByRegency : countByVillage)(db).all(LENGTHS[level]!, code, `${code}:`)
    for (const { code: place, outcome, people } of counted) if (people > 0) places.set(place, { ...places.get(place), [outcome]: people })
  }
  const names = regionNames(db, places.keys())
  return [...places].map(([code, counts]) => ({ code, name: names.get(code)!, counts })).sort((one, other) => one.name.localeCompare(other.name, 'id'))
}

export function totalOf(places: MatchedPlace[]): OutcomeCounts {
  const total: OutcomeCounts = {}
  for (const { counts } of places) {
    for (const [outcome, people] of Object.entries(counts) as [Outcome, number][]) total[outcome] = (total[outcome] ?? 0) + people
  }
  return total
}
