import { countChanged, signatureOf, uniformBlocks } from '#app/evidence/answers.ts'
import { cellOf, metresIfKnown, type MaybePoint } from '#app/evidence/places.ts'
import type { Comparable } from '#app/evidence/rows.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { OUTCOME_COMPLETE } from '#app/questionnaire/evidence.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { readVisit, type Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Taken = { kind: string, takenMs: number | null }

// One visit as the rules see it: its own words, and the row by which others will be held against it.
export type Facts = Comparable & {
  visit: Visit, period: string, cell: number, zone: number, madeMs: number | null, receivedMs: number, givenMs: number | null, version: number
  changes: { known: number, changed: number } | null, photos: Taken[]
}

const prelistPoint = statement<[string], MaybePoint & { version: number }>('SELECT latitude, longitude, version FROM households WHERE id = ?')
// Since the determination before this visit: what was given out earlier, or later, was another's.
const firstGiven = statement<{ id: string, sentAt: string }[], string | null>(`SELECT min(at) FROM transitions WHERE household_id = @id AND to_stage IN ('assigned', 'downloaded', 'deliberated')
  AND at <= @sentAt AND id > coalesce((SELECT max(id) FROM transitions WHERE household_id = @id AND to_stage = 'determined' AND at <= @sentAt), 0)`)
const readBase = statement<[string, number], string>('SELECT record FROM household_versions WHERE household_id = ? AND version = ?')
// The photo of a card that Dukcapil issued afterwards says nothing of when and where the visit was made.
const readPhotos = statement<[string], { kind: string, takenAt: string | null }>('SELECT kind, taken_at AS takenAt FROM visit_photos p WHERE visit_id = ? AND NOT EXISTS (SELECT 1 FROM given_numbers g WHERE g.visit_id = p.visit_id AND g.sha256 = p.sha256) ORDER BY kind')

// undefined: there is no such visit, or it has not been sent.
export function factsOf(db: Db, visitId: string): Facts | undefined {
  const visit = readVisit(db).get({ id: visitId })
  if (!visit || visit.submittedAt === null || visit.latitude === null || visit.longitude === null || visit.outcome === null) return undefined
  const finished = visit.outcome === OUTCOME_COMPLETE
  const [point, receivedMs, photos] = [{ latitude: visit.latitude, longitude: visit.longitude }, Date.parse(visit.submittedAt), photosOf(db, visitId)]
  const taken = photos.flatMap(({ takenMs }) => takenMs ?? [])
  const madeMs = timeOf(visit.madeAt)
  const home = prelistPoint(db).get(visit.householdId)!
  return {
    visit, visitId, householdId: visit.householdId, officerId: visit.officerId, regionCode: visit.regionCode, outcome: visit.outcome, ...point,
    accuracyM: visit.accuracyM ?? 0, activeMs: visit.activeMs, startedMs: Date.parse(visit.openedAt), endedMs: madeMs ?? receivedMs, madeMs, receivedMs,
    givenMs: timeOf(firstGiven(db).pluck().get({ id: visit.householdId, sentAt: visit.submittedAt }) as string | null),
    locatedMs: timeOf(visit.locatedAt), takenFromMs: taken.length > 0 ? Math.min(...taken) : null, takenToMs: taken.length > 0 ? Math.max(...taken) : null,
    size: Math.max(1, presentMembers(visit.record).length), logMinutes: finished && visit.activeMs > 0 ? Math.log(visit.activeMs / 60_000) : null,
    prelistM: metresIfKnown(point, home), version: home.version,
    near: 0, ...(finished ? answersIn(db, visit) : { answers: null, changes: null, changed: null, uniform: 0 }),
    period: periodOf(db, visit.regionCode, dayOf(visit.submittedAt)), cell: cellOf(point), zone: zoneOf(visit.regionCode), photos,
  }
}

function answersIn(db: Db, { record, householdId, baseVersion }: Visit) {
  const base = readBase(db).pluck().get(householdId, baseVersion) as string | undefined
  const changes = base === undefined ? null : countChanged(JSON.parse(base) as HouseholdRecord, record)
  return {
    answers: signatureOf(record), uniform: uniformBlocks(record), changes,
    changed: changes && changes.known >= THRESHOLDS.unchanged.known ? changes.changed / changes.known : null,
  }
}

const photosOf = (db: Db, visitId: string): Taken[] =>
  readPhotos(db).all(visitId).map(({ kind, takenAt }) => ({ kind, takenMs: timeOf(takenAt) }))

function timeOf(iso: string | null): number | null {
  const time = iso === null ? Number.NaN : Date.parse(iso)
  return Number.isNaN(time) ? null : time
}

const periodOn = statement<[string, string, string], string>(`SELECT id FROM periods WHERE region_code IN ('', ?) AND opens_on <= ? AND closes_on >= ?
  ORDER BY region_code DESC, opens_on DESC LIMIT 1`)

// The determination period of that day, the kabupaten's own before the country's; where none is planned, the quarter.
function periodOf(db: Db, regionCode: string, day: string): string {
  const planned = periodOn(db).pluck().get(regencyOf(regionCode), day, day) as string | undefined
  return planned ?? `${day.slice(0, 4)}-T${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}
