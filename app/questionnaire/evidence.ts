import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { isEmpty, presentMembers, type Answers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { EVIDENCE } from '#app/questionnaire/2026/evidence.ts'

// The nine photos a finished interview needs, in the order they are taken. code: the legacy name, and the kind in store.
export type PhotoKind = { code: string, label: string, hint: string }
export const PHOTO_KINDS: readonly PhotoKind[] = EVIDENCE.filter(({ type }) => type === 'photo')
  .map(({ legacyKey, label, hint }) => ({ code: legacyKey!, label, hint: hint ?? '' }))
export const isPhotoKind = (code: string) => PHOTO_KINDS.some((kind) => kind.code === code)

// What nobody has cannot be photographed: no KK where every family says why it has none, no KTP where nobody has a NIK.
const explained = (rows: Answers[], number: string, reason: string) => rows.length > 0 && rows.every((row) => isEmpty(row[number]) && !isEmpty(row[reason]))
const MISSING: Record<string, (record: HouseholdRecord) => boolean> = {
  'F-KK': ({ families }) => explained(families, 'kkNumber', 'kkMissingReason'),
  'F-KTP': (record) => explained(presentMembers(record), 'nik', 'nikMissingReason'),
}
export const photosNeeded = (record: HouseholdRecord): readonly PhotoKind[] => PHOTO_KINDS.filter(({ code }) => !MISSING[code]?.(record))

export const OUTCOME_COMPLETE = 1
// Bergabung and ganda name the other prelist row.
export const OUTCOMES_WITH_OTHER: readonly number[] = [4, 6]

export type Evidence = {
  outcome: number | undefined
  record: HouseholdRecord
  photoKinds: readonly string[]
  coordinate: { latitude: number, longitude: number, accuracyM: number } | undefined
  durationMs: number
}

const missing = (path: string, message: string): Mistake => ({ path, code: 'evidence_missing', message, severity: 'error' })

// What a visit lacks of its proof. Finished: nine photos (fewer without KK or NIK), coordinate, duration. Any other outcome: a photo and the coordinate.
export function findMissingEvidence({ outcome, record, photoKinds, coordinate, durationMs }: Evidence): Mistake[] {
  if (outcome === undefined) return [missing('household.hasilVerivali', 'Hasil kunjungan belum dipilih.')]
  const mistakes: Mistake[] = []
  if (outcome === OUTCOME_COMPLETE) {
    for (const { code, label } of photosNeeded(record)) if (!photoKinds.includes(code)) mistakes.push(missing(`photos.${code}`, `${label} belum ada.`))
    if (durationMs <= 0) mistakes.push(missing('duration', 'Lama wawancara belum tercatat.'))
  } else if (photoKinds.length === 0) {
    mistakes.push(missing('photos.F-RUMAH', 'Sedikitnya satu foto di tempat harus ada.'))
  }
  if (!coordinate) mistakes.push(missing('coordinate', 'Lokasi (koordinat) belum diambil.'))
  else if (!inIndonesia(coordinate)) mistakes.push({ ...missing('coordinate', 'Lokasi berada di luar Indonesia. Ambil ulang lokasinya.'), code: 'evidence_value' })
  return mistakes
}

export const inIndonesia = ({ latitude, longitude }: { latitude: number, longitude: number }) =>
  latitude >= -11.5 && latitude <= 6.5 && longitude >= 94.5 && longitude <= 141.5
