import { findMissingEvidence, OUTCOMES_WITH_OTHER } from '#app/questionnaire/evidence.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { findMistakes, questionnaireOf } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { invalid, type Problem } from '#app/problems.ts'

type Visit = { outcome: number | null, record: HouseholdRecord, activeMs: number, questionnaireVersion: string }
// isKnown: whether a prelist row of that number is there, other than this one; undefined: cannot be told here.
type Known = {
  photoKinds: readonly string[], coordinate: { latitude: number, longitude: number, accuracyM: number } | null | undefined
  isKnown: (prelistId: string) => boolean | undefined, today: string
}
export type Obstacles = { errors: Mistake[], warnings: Mistake[] }

// Everything that keeps a visit from being sent, each thing named; and what only asks to look again. Pure.
export function listObstacles({ outcome, record, activeMs, questionnaireVersion }: Visit, { photoKinds, coordinate, isKnown, today }: Known): Obstacles {
  const all = [
    ...findMissingEvidence({ outcome: outcome ?? undefined, record, photoKinds, durationMs: activeMs, coordinate: coordinate ?? undefined }),
    ...findMistakes(questionnaireOf(questionnaireVersion)!, record, { context: { today } }),
    ...otherRow(outcome, record, isKnown),
  ].filter(({ path }, i, list) => path !== 'household.hasilVerivali' || list.findIndex((other) => other.path === path) === i)
  return { errors: all.filter(({ severity }) => severity === 'error'), warnings: all.filter(({ severity }) => severity === 'warning') }
}

// Bergabung and ganda point to another prelist row; it must be there.
function otherRow(outcome: number | null, { household }: HouseholdRecord, isKnown: Known['isKnown']): Mistake[] {
  const other = household.duplicateOfPrelistId
  if (outcome === null || !OUTCOMES_WITH_OTHER.includes(outcome) || typeof other !== 'string' || other === '') return []
  const known = isKnown(other)
  if (known) return []
  const [message, severity] = known === false
    ? [`ID prelist ${other} tidak ditemukan. Periksa nomornya.`, 'error' as const]
    : [`ID prelist ${other} tidak ada di desa Anda, dan di HP ini tidak dapat diperiksa. Lihat lagi nomornya.`, 'warning' as const]
  return [{ path: 'household.duplicateOfPrelistId', code: 'unknown_prelist', message, severity }]
}

export const refuseIncomplete = ({ errors }: Obstacles): Problem =>
  invalid(Object.fromEntries(errors.map(({ path, message }) => [path, message])), 'Kunjungan belum lengkap, belum bisa dikirim.')
