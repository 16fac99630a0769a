import { eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { moveStage } from '#app/households/moves.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { files, households, visitPhotos, visits } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

export type Visited = {
  id?: string, record?: HouseholdRecord, outcome?: number, photos?: boolean, flags?: number, at?: string, activeMs?: number
}

// A visit that has arrived whole, as submission leaves it, for tests of what comes after. The household must be
// assigned (or published: it is given to the officer first).
export function addVisit(db: Db, householdId: string, officer: Actor, {
  id = randomUUID(), record, outcome = 1, photos = false, flags = 0, at = '2026-03-01T02:30:00.000Z', activeMs = 25 * 60_000,
}: Visited = {}): string {
  const household = db.select().from(households).where(eq(households.id, householdId)).get()!
  const answers = structuredClone(record ?? household.record)
  answers.household.hasilVerivali = outcome
  db.insert(visits).values({
    id, householdId, regionCode: household.regionCode, officerId: officer.id, status: 'submitted', outcome, record: answers,
    savedSections: {}, revision: 1, baseVersion: household.version, questionnaireVersion: '2026', latitude: -7.9713, longitude: 110.2217,
    accuracyM: 12, locatedAt: at, openedAt: at, activeMs, submittedAt: at, submitCount: 1, submittedHash: '0'.repeat(64), flagCount: flags, flagWeight: flags,
  }).run()
  markJudged(db, id)
  if (photos) {
    const sha256 = 'ab'.repeat(32)
    db.insert(files).values({ sha256, mime: 'image/jpeg', bytes: 1, storedAt: at }).onConflictDoNothing().run()
    for (const { code } of PHOTO_KINDS) db.insert(visitPhotos).values({ visitId: id, kind: code, sha256, addedAt: at }).run()
  }
  transact(db, officer, (tx) => moveStage(tx, { id: householdId, stage: null }, 'submitted', {
    subject: `visit:${id}`, set: { visitId: id, outcome, flagCount: flags, flagWeight: flags, officerId: officer.id },
  }), new Date(at))
  return id
}

// As the follower leaves it: its bukti have been looked at, and its flags are those it has.
export const markJudged = (db: Db, visitId: string) => db.$client.prepare(`INSERT INTO visit_evidence (visit_id, household_id, officer_id, region_code,
    district_code, regency_code, period, revision, submit_count, submitted_at, judged_at, outcome, size, active_ms, started_ms, ended_ms, latitude, longitude, accuracy_m, cell)
  SELECT id, household_id, officer_id, region_code, substr(region_code, 1, 8), substr(region_code, 1, 5), '2026-T1', revision, submit_count, submitted_at, submitted_at,
    outcome, 1, active_ms, 0, 0, latitude, longitude, accuracy_m, 0 FROM visits WHERE id = ? ON CONFLICT DO NOTHING`).run(visitId)

// The same, carried on to the stage a later test begins from.
export function addVerified(db: Db, householdId: string, officer: Actor, checker: Actor, visited: Visited = {}): string {
  const id = addVisit(db, householdId, officer, visited)
  db.update(visits).set({ status: 'verified' }).where(eq(visits.id, id)).run()
  transact(db, checker, (tx) => moveStage(tx, { id: householdId, stage: null }, 'verified', { subject: `visit:${id}` }))
  return id
}
