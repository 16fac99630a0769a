import type { Signal } from '#app/evidence/signal.ts'
import { nameFor } from '#app/evidence/rows.ts'
import { judgeIdentity } from '#app/evidence/signals/identity.ts'
import { judgeLocation } from '#app/evidence/signals/location.ts'
import { judgeOddness } from '#app/evidence/signals/odd-answers.ts'
import { judgeDoubled, judgeReused } from '#app/evidence/signals/photos.ts'
import { judgeShortness } from '#app/evidence/signals/short-interview.ts'
import { OUTCOME_COMPLETE } from '#app/questionnaire/evidence.ts'
import { presentMembers } from '#app/questionnaire/record.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What a visit shows by itself, or by one look into an index: cheap enough for the transaction that takes it in.

type Reused = { kind: string, headName: string, regionCode: string }
const reusedPhotos = statement<[string, string], Reused>(`SELECT mine.kind, h.head_name AS headName, h.region_code AS regionCode
  FROM visit_photos mine JOIN files f ON f.sha256 = mine.sha256 JOIN visits first ON first.id = f.first_visit_id
  JOIN households h ON h.id = first.household_id WHERE mine.visit_id = ? AND h.id <> ? LIMIT 30`)
const countPhotos = statement<[string], { photos: number, twice: number }>(
  'SELECT count(*) AS photos, count(*) - count(DISTINCT sha256) AS twice FROM visit_photos WHERE visit_id = ?')
const knownNik = statement<[string, string], { headName: string, regionCode: string }>(`SELECT h.head_name AS headName, h.region_code AS regionCode FROM members m
  JOIN households h ON h.id = m.household_id AND h.stage <> 'withdrawn' WHERE m.nik = ? AND m.household_id <> ? LIMIT 1`)

// warnings: what the questionnaire itself found odd.
export function plainSignals(db: Db, visit: Visit, warnings: readonly { message: string }[]): Signal[] {
  const { photos, twice } = countPhotos(db).get(visit.id)!
  const reused = photos === 0 ? [] : reusedPhotos(db).all(visit.id, visit.householdId)
    .map(({ kind, headName, regionCode }) => ({ kind, otherHeadName: nameFor(headName, regionCode, visit.regionCode) }))
  return [
    ...judgeShortness(visit),
    ...judgeLocation({ accuracyM: visit.accuracyM, located: visit.locatedAt !== null }),
    ...judgeReused(reused, photos), ...judgeDoubled(twice, photos),
    ...visit.outcome === OUTCOME_COMPLETE ? judgeIdentity(peopleOf(db, visit)) : [],
    ...judgeOddness(warnings),
  ]
}

function peopleOf(db: Db, { record, householdId, regionCode }: Visit) {
  const people = presentMembers(record)
  return {
    count: people.length, withoutNik: people.filter(({ nik }) => !nik).length,
    elsewhere: people.flatMap(({ nik, name }) => {
      const other = typeof nik === 'string' ? knownNik(db).get(nik, householdId) : undefined
      return other ? [{ name: String(name), headName: nameFor(other.headName, other.regionCode, regionCode) }] : []
    }),
  }
}
