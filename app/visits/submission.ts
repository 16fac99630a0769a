import { createHash } from 'node:crypto'
import { dayOf } from '#app/questionnaire/age.ts'
import { moveStage } from '#app/households/moves.ts'
import { conflict, invalid } from '#app/problems.ts'
import { findMissingEvidence, OUTCOMES_WITH_OTHER } from '#app/questionnaire/evidence.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { findMistakes, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import { findFlags } from '#app/visits/flags.ts'
import { getOwnVisit, IN_HAND, type Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// What the officer's device may keep as proof that the visit has arrived and is on the disk.
export type Receipt = { visitId: string, receivedAt: string, sha256: string }

const photoKinds = statement<[string], string>('SELECT kind FROM visit_photos WHERE visit_id = ?')
const prelistKnown = statement<[string, string], { id: string }>('SELECT id FROM households WHERE prelist_id = ? AND id <> ?')

// Everything that keeps a visit from being sent, each thing named; and what only asks to look again.
export function findObstacles(db: Db, visit: Visit, today: string): { errors: Mistake[], warnings: Mistake[] } {
  const questionnaire = questionnaireOf(visit.questionnaireVersion)!
  const { latitude, longitude, accuracyM } = visit
  const all = [
    ...findMissingEvidence({
      outcome: visit.outcome ?? undefined, photoKinds: photoKinds(db).pluck().all(visit.id) as string[], durationMs: visit.activeMs,
      coordinate: latitude === null || longitude === null || accuracyM === null ? undefined : { latitude, longitude, accuracyM },
    }),
    ...findMistakes(questionnaire, visit.record, { context: { today } }),
    ...otherRow(db, visit),
  ].filter(({ path }, i, list) => path !== 'household.hasilVerivali' || list.findIndex((other) => other.path === path) === i)
  return { errors: all.filter(({ severity }) => severity === 'error'), warnings: all.filter(({ severity }) => severity === 'warning') }
}

// Bergabung and ganda point to another prelist row; it must be there.
function otherRow(db: Db, { outcome, record, householdId }: Visit): Mistake[] {
  const other = record.household.duplicateOfPrelistId
  if (outcome === null || !OUTCOMES_WITH_OTHER.includes(outcome) || typeof other !== 'string' || other === '') return []
  return prelistKnown(db).get(other, householdId) ? []
    : [{ path: 'household.duplicateOfPrelistId', code: 'unknown_prelist', message: `ID prelist ${other} tidak ditemukan. Periksa nomornya.`, severity: 'error' }]
}

export const hashVisit = ({ outcome, record, latitude, longitude }: Pick<Visit, 'outcome' | 'record' | 'latitude' | 'longitude'>) =>
  createHash('sha256').update(JSON.stringify([outcome, record, latitude, longitude])).digest('hex')

const markSubmitted = statement<[string, string, number, string], unknown>(`UPDATE visits SET status = 'submitted', submitted_at = ?,
  submitted_hash = ?, submit_count = submit_count + 1, flag_count = ? WHERE id = ?`)
const clearFlags = statement<[string], unknown>('DELETE FROM visit_flags WHERE visit_id = ?')
const addFlag = statement<[string, string, string], unknown>('INSERT OR REPLACE INTO visit_flags (visit_id, code, message) VALUES (?, ?, ?)')

// Sends the visit on to the first check. Sent twice it has one effect and one answer.
export function submitVisit(tx: Tx, householdId: string, visitId: string): Receipt {
  const { visit, household } = getOwnVisit(tx, householdId, visitId)
  const sha256 = hashVisit(visit)
  if (visit.status === 'submitted') return { visitId, receivedAt: visit.submittedAt!, sha256: visit.submittedHash! }
  if (visit.status !== 'draft' && visit.status !== 'returned') throw conflict('Kunjungan ini sudah diperiksa.')
  if (!IN_HAND.includes(household.stage)) throw conflict('Tugas ini sudah tidak di tangan Anda. Isian tetap tersimpan; hubungi Dinsos.')
  const { errors, warnings } = findObstacles(tx.db, visit, dayOf(tx.now))
  if (errors.length > 0) throw invalid(Object.fromEntries(errors.map(({ path, message }) => [path, message])), 'Kunjungan belum lengkap, belum bisa dikirim.')

  const flags = findFlags(tx.db, visit, warnings)
  clearFlags(tx.db).run(visitId)
  for (const { code, message } of flags) addFlag(tx.db).run(visitId, code, message)
  markSubmitted(tx.db).run(tx.now, sha256, flags.length, visitId)
  moveStage(tx, household, 'submitted', { subject: `visit:${visitId}`, set: { visitId, outcome: visit.outcome, flagCount: flags.length } })
  tx.audit('visit.submitted', visitId, { householdId, outcome: visit.outcome, sha256 })
  return { visitId, receivedAt: tx.now, sha256 }
}
