import { createHash } from 'node:crypto'
import { dayIn } from '#app/questionnaire/age.ts'
import { moveStage } from '#app/households/moves.ts'
import type { Stage } from '#app/households/stages.ts'
import { conflict } from '#app/problems.ts'
import { IN_HAND } from '#app/visits/answers.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { findFlags, keepFlags } from '#app/visits/flags.ts'
import { listObstacles, refuseIncomplete, type Obstacles } from '#app/visits/obstacles.ts'
import { getOwnVisit, type Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// What the officer's device may keep as proof that the visit has arrived and is on the disk.
export type Receipt = { visitId: string, receivedAt: string, sha256: string }

const photoKinds = statement<[string], string>('SELECT kind FROM visit_photos WHERE visit_id = ?')
const prelistKnown = statement<[string, string], { id: string }>('SELECT id FROM households WHERE prelist_id = ? AND id <> ?')

// What still keeps this visit from being sent.
export function findObstacles(db: Db, visit: Visit, today: string): Obstacles {
  const { latitude, longitude, accuracyM } = visit
  return listObstacles(visit, {
    today, photoKinds: photoKinds(db).pluck().all(visit.id) as string[],
    coordinate: latitude === null || longitude === null || accuracyM === null ? undefined : { latitude, longitude, accuracyM },
    isKnown: (prelistId) => prelistKnown(db).get(prelistId, visit.householdId) !== undefined,
  })
}

export const hashVisit = ({ outcome, record, latitude, longitude }: Pick<Visit, 'outcome' | 'record' | 'latitude' | 'longitude'>) =>
  createHash('sha256').update(JSON.stringify([outcome, record, latitude, longitude])).digest('hex')

const markSubmitted = statement<[string, string, string], unknown>(
  `UPDATE visits SET status = 'submitted', submitted_at = ?, submitted_hash = ?, submit_count = submit_count + 1,
    device_id = NULL, device_sequence = NULL, made_at = NULL WHERE id = ?`)

// Sends the visit on to the first check. Sent twice it has one effect and one answer.
export function submitVisit(tx: Tx, householdId: string, visitId: string): Receipt {
  const { visit, household } = getOwnVisit(tx, householdId, visitId)
  if (visit.status === 'submitted') return { visitId, receivedAt: visit.submittedAt!, sha256: visit.submittedHash! }
  if (visit.status !== 'draft' && visit.status !== 'returned') throw conflict('Kunjungan ini sudah diperiksa.')
  if (!IN_HAND.includes(household.stage)) throw conflict('Tugas ini sudah tidak di tangan Anda. Isian tetap tersimpan; hubungi Dinsos.')
  const warnings = demandComplete(tx, visit)
  const sha256 = hashVisit(visit)
  markSubmitted(tx.db).run(tx.now, sha256, visitId)
  return accept(tx, visit, household, { sha256, warnings })
}

// Throws invalid, with each thing named, when something is missing. What only asks for a second look is handed back.
export function demandComplete(tx: Tx, visit: Visit): Mistake[] {
  const obstacles = findObstacles(tx.db, visit, dayIn(visit.regionCode, tx.now))
  if (obstacles.errors.length > 0) throw refuseIncomplete(obstacles)
  return obstacles.warnings
}

// What follows once the visit stands as submitted and complete: it is flagged, and the household moves on.
export function accept(tx: Tx, visit: Visit, household: { id: string, stage: Stage }, { sha256, warnings }: { sha256: string, warnings: Mistake[] }): Receipt {
  const { flagCount, flagWeight } = keepFlags(tx.db, visit.id, findFlags(tx.db, visit, warnings), { now: tx.now })
  const { id: visitId, outcome } = visit
  moveStage(tx, household, 'submitted', { subject: `visit:${visitId}`, audited: true, set: { visitId, outcome, flagCount, flagWeight } })
  tx.audit('visit.submitted', visitId, { householdId: household.id, from: household.stage, outcome, sha256 })
  return { visitId, receivedAt: tx.now, sha256 }
}
