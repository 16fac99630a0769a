import type { DeliveryText } from '#app/deliveries/format.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import type { Stage } from '#app/households/stages.ts'
import { conflict } from '#app/problems.ts'
import { withoutNeedlessReasons } from '#app/questionnaire/missing-numbers.ts'
import { questionnaireOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { checkCoordinate, outcomeOf, withAges } from '#app/visits/answers.ts'
import { listObstacles, refuseIncomplete } from '#app/visits/obstacles.ts'
import { writePhoto, type NewPhoto } from '#app/visits/photos.ts'
import { findFlags, keepFlags } from '#app/visits/flags.ts'
import { keepRemarksAtTheirRows } from '#app/visits/remarks.ts'
import { accept, demandComplete, hashVisit, type Receipt } from '#app/visits/submission.ts'
import { readVisit, type Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

type Known = { householdId: string, regionCode: string, officerId: string, status: string, submittedHash: string | null, submittedAt: string | null }
const knownVisit = statement<[string], Known>(`SELECT household_id AS householdId, region_code AS regionCode, officer_id AS officerId, status,
  submitted_hash AS submittedHash, submitted_at AS submittedAt FROM visits WHERE id = ?`)
const writeVisit = statement<unknown[], unknown>(`INSERT INTO visits (id, household_id, region_code, officer_id, outcome, record, base_version,
    questionnaire_version, latitude, longitude, accuracy_m, located_at, opened_at, active_ms, submitted_at, submitted_hash, device_id, device_sequence, made_at,
    status, saved_sections, revision, submit_count)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'submitted', '{}', 1, 1)
  ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, record = excluded.record, revision = revision + 1, status = 'submitted', base_version = excluded.base_version,
    questionnaire_version = excluded.questionnaire_version, latitude = excluded.latitude, longitude = excluded.longitude,
    accuracy_m = excluded.accuracy_m, located_at = excluded.located_at, active_ms = excluded.active_ms,
    submitted_at = excluded.submitted_at, submitted_hash = excluded.submitted_hash, submit_count = submit_count + 1,
    device_id = excluded.device_id, device_sequence = excluded.device_sequence, made_at = excluded.made_at`)

type Place = { id: string, regionCode: string, stage: Stage }
type Made = Pick<DeliveryText, 'visitId' | 'visit' | 'baseVersion'> & Partial<Pick<DeliveryText, 'deviceId' | 'sequence' | 'madeAt'>>

// Writes a visit that was made elsewhere and submits it by the same rules as the pages. The household is the officer's own,
// and in his hands.
export function submitWhole(tx: Tx, household: Place, { visitId, visit: made, baseVersion, deviceId, sequence, madeAt }: Made, photos: NewPhoto[]): Receipt {
  const known = knownVisit(tx.db).get(visitId)
  if (known && (known.householdId !== household.id || known.officerId !== tx.actor.id)) throw conflict('Nomor kunjungan ini sudah dipakai kunjungan lain.')
  if (known && known.status !== 'draft' && known.status !== 'returned') throw conflict('Kunjungan dengan nomor ini sudah diterima dengan isi yang berbeda.')
  const visit = asVisit(tx, household, { visitId, visit: made, baseVersion })
  if (visit.outcome === null || made.coordinate === null) throw refuseIncomplete(listObstacles(visit, {
    today: dayIn(household.regionCode, tx.now), photoKinds: photos.map(({ kind }) => kind), coordinate: made.coordinate, isKnown: () => true,
  }))
  checkCoordinate(made.coordinate)
  const sha256 = hashVisit(visit)
  if (known) keepRemarksAtTheirRows(tx, visitId, readVisit(tx.db).get({ id: visitId })!.record, visit.record)
  writeVisit(tx.db).run(visitId, household.id, household.regionCode, tx.actor.id, visit.outcome, JSON.stringify(visit.record), baseVersion,
    made.questionnaireVersion, visit.latitude, visit.longitude, visit.accuracyM, visit.locatedAt, visit.openedAt, made.activeMs, tx.now, sha256,
    deviceId ?? null, sequence ?? null, madeAt ?? null)
  for (const photo of photos) writePhoto(tx, visitId, photo)
  return accept(tx, visit, household, { sha256, warnings: demandComplete(tx, visit) })
}

function asVisit(tx: Tx, { id, regionCode }: Place, { visitId, visit, baseVersion }: Made): Visit {
  const record = readWhole(visit, regionCode, tx.now)
  const { latitude = null, longitude = null, accuracyM = null, locatedAt = null } = visit.coordinate ?? {}
  return {
    id: visitId, householdId: id, regionCode, officerId: tx.actor.id, status: 'submitted', outcome: outcomeOf(record), record, savedSections: {}, revision: 1,
    baseVersion, questionnaireVersion: visit.questionnaireVersion, latitude, longitude, accuracyM, locatedAt, activeMs: visit.activeMs,
    openedAt: visit.openedAt < tx.now ? visit.openedAt : tx.now, submittedAt: tx.now, submittedHash: null, submitCount: 1, flagCount: 0, flagWeight: 0,
    deviceId: null, deviceSequence: null, madeAt: null,
  }
}

// The answers as of that day: what is not asked is left out, ages are counted.
export function readWhole(visit: DeliveryText['visit'], regionCode: string, at: string): HouseholdRecord {
  const today = dayIn(regionCode, at)
  return withoutUnasked(questionnaireOf(visit.questionnaireVersion)!, withAges(withoutNeedlessReasons(visit.record), today), today)
}

const photoKept = statement<[string, string, string], unknown>('SELECT 1 FROM visit_photos WHERE visit_id = ? AND kind = ? AND sha256 = ?')

const returnedAt = statement<[string], string | null>("SELECT max(decided_at) FROM reviews WHERE visit_id = ? AND outcome = 'returned'")

// Sent back and found right as it was: the officer has sent it anew, with nothing changed. What was made before that is only
// late. A phone's clock is not trusted; at worst a checker sees the visit once more.
function isSentAnew(db: Db, { status }: Known, { visitId, madeAt }: DeliveryText) {
  const at = status === 'returned' ? returnedAt(db).pluck().get(visitId) : null
  return typeof at === 'string' && madeAt > at
}

// The same visit once more under another delivery: its answer was lost, or a file brought it twice. Whatever became of the
// visit since, a late repeat does not send it again. Read as of the day it first came, for a birthday in between does not
// make it another visit.
export function isSameVisit({ db }: { db: Db }, made: DeliveryText, photos: NewPhoto[]): boolean {
  const { visitId, visit } = made
  const known = knownVisit(db).get(visitId)
  if (!known || known.submittedAt === null || isSentAnew(db, known, made)) return false
  const record = readWhole(visit, known.regionCode, known.submittedAt)
  const { latitude = null, longitude = null } = visit.coordinate ?? {}
  return hashVisit({ record, outcome: Number(record.household.hasilVerivali), latitude, longitude }) === known.submittedHash
    && photos.every(({ kind, file }) => photoKept(db).get(visitId, kind, file.sha256) !== undefined)
}

const kindsOf = statement<[string], string>('SELECT kind FROM visit_photos WHERE visit_id = ?')
const writeRecord = statement<[string, number | null, string], unknown>('UPDATE visits SET record = ?, outcome = ?, revision = revision + 1 WHERE id = ?')
const writeHash = statement<[string, string], unknown>('UPDATE visits SET submitted_hash = ? WHERE id = ?')
const writeHousehold = statement<[number | null, number, number, string], unknown>('UPDATE households SET outcome = ?, flag_count = ?, flag_weight = ? WHERE id = ?')

// New answers for the visit that waits for its first check: of a second visit put together with it, or chosen by a person.
// The stage stays; hash and flags follow. Photos: those of kinds the visit lacks.
export function reviseSubmitted(tx: Tx, householdId: string, visitId: string, record: HouseholdRecord, photos: NewPhoto[]) {
  const kinds = kindsOf(tx.db).pluck().all(visitId)
  keepRemarksAtTheirRows(tx, visitId, readVisit(tx.db).get({ id: visitId })!.record, record)
  writeRecord(tx.db).run(JSON.stringify(record), outcomeOf(record), visitId)
  for (const photo of photos.filter(({ kind }) => !kinds.includes(kind))) writePhoto(tx, visitId, photo)
  const visit = readVisit(tx.db).get({ id: visitId })!
  const { flagCount, flagWeight } = keepFlags(tx.db, visitId, findFlags(tx.db, visit, demandComplete(tx, visit)), { now: tx.now })
  writeHash(tx.db).run(hashVisit(visit), visitId)
  writeHousehold(tx.db).run(visit.outcome, flagCount, flagWeight, householdId)
  tx.audit('visit.merged', visitId, { householdId })
}
