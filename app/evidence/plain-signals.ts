import type { Signal } from '#app/evidence/signal.ts'
import { nameFor } from '#app/evidence/rows.ts'
import { judgeCards, judgeIdentity } from '#app/evidence/signals/identity.ts'
import { judgeLocation } from '#app/evidence/signals/location.ts'
import { judgeOddness } from '#app/evidence/signals/odd-answers.ts'
import { judgeDoubled, judgeReused } from '#app/evidence/signals/photos.ts'
import { judgeShortness } from '#app/evidence/signals/short-interview.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { OUTCOME_COMPLETE } from '#app/questionnaire/evidence.ts'
import { recordAt } from '#app/households/versions.ts'
import { missingNumbers } from '#app/questionnaire/missing-numbers.ts'
import { presentMembers } from '#app/questionnaire/record.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What a visit shows by itself, or by one look into an index: cheap enough for the transaction that takes it in.

type Reused = { kind: string, headName: string, regionCode: string, householdId: string, sentAt: string | null }
// A photo that was put to the wrong house and taken off again before it was sent is no photo of that house.
const reusedPhotos = statement<[string, string], Reused>(`SELECT mine.kind, h.head_name AS headName, h.region_code AS regionCode, h.id AS householdId, first.submitted_at AS sentAt
  FROM visit_photos mine JOIN files f ON f.sha256 = mine.sha256 JOIN visits first ON first.id = f.first_visit_id
  JOIN households h ON h.id = first.household_id WHERE mine.visit_id = ? AND first.id <> mine.visit_id AND (first.submitted_at IS NOT NULL
    OR (h.id <> ? AND EXISTS (SELECT 1 FROM visit_photos theirs WHERE theirs.visit_id = first.id AND theirs.sha256 = mine.sha256))) LIMIT 30`)
const countPhotos = statement<[string], { photos: number, twice: number }>(
  'SELECT count(*) AS photos, count(*) - count(DISTINCT sha256) AS twice FROM visit_photos WHERE visit_id = ?')
// The same picture saved anew, as the prints have found it.
const countAlike = statement<[string, string], number>('SELECT count(DISTINCT kind) FROM photo_matches WHERE visit_id = ? AND other_visit_id = ? AND exact = 0')
const knownNik = statement<[string, string], { headName: string, regionCode: string }>(`SELECT h.head_name AS headName, h.region_code AS regionCode FROM members m
  JOIN households h ON h.id = m.household_id AND h.stage <> 'withdrawn' WHERE m.nik = ? AND m.household_id <> ? LIMIT 1`)

// warnings: what the questionnaire itself found odd.
export function plainSignals(db: Db, visit: Visit, warnings: readonly { message: string }[]): Signal[] {
  const { photos, twice } = countPhotos(db).get(visit.id)!
  const reused = photos === 0 ? [] : reusedPhotos(db).all(visit.id, visit.householdId)
    .map(({ kind, headName, regionCode, householdId, sentAt }) => ({ kind, otherHeadName: nameFor(headName, regionCode, visit.regionCode), ownOn: ownOn(householdId, sentAt, visit) }))
  const alike = photos === 0 ? 0 : countAlike(db).pluck().get(visit.id, visit.id) as number
  return [
    ...judgeShortness(visit),
    ...judgeLocation({ accuracyM: visit.accuracyM, located: visit.locatedAt !== null }),
    ...judgeReused(reused, photos), ...judgeDoubled(twice + alike, photos),
    ...visit.outcome === OUTCOME_COMPLETE ? identitySignals(db, visit) : [],
    ...judgeOddness(warnings),
  ]
}

// The day of an earlier visit, where it was to the same house.
export const ownOn = (householdId: string, sentAt: string | null, visit: Pick<Visit, 'householdId' | 'regionCode'>) =>
  householdId === visit.householdId && sentAt !== null ? inWords(dayOf(sentAt, zoneOf(visit.regionCode))) : undefined

function identitySignals(db: Db, visit: Visit): Signal[] {
  const missing = missingNumbers(visit.record)
  const cards = missing.filter(({ kind }) => kind === 'kk')
  const base = missing.length > 0 ? recordAt(db, visit.householdId, visit.baseVersion) : undefined
  const lost = (was: unknown[], is: unknown[]) => was.filter((number) => typeof number === 'string' && number !== '' && !is.includes(number)).length
  const lostCards = cards.length > 0 && base ? lost(base.families.map(({ kkNumber }) => kkNumber), visit.record.families.map(({ kkNumber }) => kkNumber)) : 0
  const lostNiks = missing.length > cards.length && base ? lost(presentMembers(base).map(({ nik }) => nik), visit.record.members.map(({ nik }) => nik)) : 0
  return [
    ...judgeCards(visit.record.families.length, { said: cards.map(({ seq, reason }) => `keluarga ${seq}: ${(reason || 'tanpa alasan').toLowerCase()}`), lost: lostCards }),
    ...judgeIdentity({ ...peopleOf(db, visit), lostNiks }),
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
