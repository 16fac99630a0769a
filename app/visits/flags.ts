import type { Mistake } from '#app/questionnaire/mistakes.ts'
import { presentMembers } from '#app/questionnaire/record.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A signal for the checker: a plain sentence with its numbers. None rejects a visit by itself.
export type Flag = { code: string, message: string }

const SHORT_MS = 5 * 60_000
const ACCURACY_M = 50
const FAR_KM = 5

type Signal = (db: Db, visit: Visit) => Flag[]

const shortInterview: Signal = (_db, { outcome, activeMs }) => outcome === 1 && activeMs < SHORT_MS
  ? [{ code: 'short_interview', message: `Wawancara hanya ${Math.floor(activeMs / 60_000)} menit ${Math.round(activeMs / 1000) % 60} detik.` }] : []

const roughLocation: Signal = (_db, { accuracyM, locatedAt }) => [
  ...(accuracyM !== null && accuracyM > ACCURACY_M ? [{ code: 'rough_location', message: `Ketelitian lokasi ±${Math.round(accuracyM)} m.` }] : []),
  ...(locatedAt === null ? [{ code: 'typed_location', message: 'Koordinat diketik sendiri, bukan dari GPS.' }] : []),
]

const reusedPhoto = statement<[string, string], { kind: string, headName: string }>(`SELECT mine.kind, h.head_name AS headName
  FROM visit_photos mine JOIN files f ON f.sha256 = mine.sha256 JOIN visits first ON first.id = f.first_visit_id
  JOIN households h ON h.id = first.household_id WHERE mine.visit_id = ? AND h.id <> ? LIMIT 1`)
const photoTwice = statement<[string], { n: number }>(
  'SELECT count(*) - count(DISTINCT sha256) AS n FROM visit_photos WHERE visit_id = ?')

const photos: Signal = (db, { id, householdId }) => {
  const reused = reusedPhoto(db).get(id, householdId)
  const twice = photoTwice(db).get(id)!.n
  return [
    ...(reused ? [{ code: 'reused_photo', message: `Foto ${reused.kind} sama persis dengan foto kunjungan ke ${reused.headName}.` }] : []),
    ...(twice > 0 ? [{ code: 'same_photo', message: 'Satu foto dipakai untuk lebih dari satu jenis.' }] : []),
  ]
}

const knownNik = statement<[string, string], { headName: string }>(`SELECT h.head_name AS headName FROM members m
  JOIN households h ON h.id = m.household_id AND h.stage <> 'withdrawn' WHERE m.nik = ? AND m.household_id <> ? LIMIT 1`)

const identity: Signal = (db, { outcome, record, householdId }) => {
  if (outcome !== 1) return []
  const people = presentMembers(record)
  const unknown = people.filter(({ nik }) => !nik).length
  const doubles = people.flatMap(({ nik, name }) => {
    const other = typeof nik === 'string' ? knownNik(db).get(nik, householdId) : undefined
    return other ? [`${name} (di rumah tangga ${other.headName})`] : []
  })
  return [
    ...(unknown > 0 ? [{ code: 'no_nik', message: `${unknown} anggota belum memiliki NIK.` }] : []),
    ...(doubles.length > 0 ? [{ code: 'nik_elsewhere', message: `NIK juga tercatat di rumah tangga lain: ${doubles.join(', ')}.` }] : []),
  ]
}

// The middle of the desa, of its latest visits: one wrong point does not move it.
const villagePoints = statement<[string, string], { latitude: number, longitude: number }>(`SELECT latitude, longitude FROM visits
  WHERE submitted_at IS NOT NULL AND region_code = ? AND id <> ? ORDER BY submitted_at DESC LIMIT 15`)

const distance: Signal = (db, { regionCode, id, latitude, longitude }) => {
  const points = villagePoints(db).all(regionCode, id)
  if (latitude === null || longitude === null || points.length < 5) return []
  const km = kilometres({ latitude, longitude }, { latitude: median(points.map((point) => point.latitude)), longitude: median(points.map((point) => point.longitude)) })
  return km > FAR_KM ? [{ code: 'far_from_village', message: `Lokasi ${km.toFixed(1).replace('.', ',')} km dari kunjungan lain di desa ini.` }] : []
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

export function kilometres(a: { latitude: number, longitude: number }, b: { latitude: number, longitude: number }) {
  const rad = Math.PI / 180
  const half = Math.sin((b.latitude - a.latitude) * rad / 2) ** 2
    + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin((b.longitude - a.longitude) * rad / 2) ** 2
  return 12_742 * Math.asin(Math.sqrt(half))
}

const SIGNALS: Signal[] = [shortInterview, roughLocation, photos, identity, distance]

// warnings: what the questionnaire itself found odd.
export const findFlags = (db: Db, visit: Visit, warnings: Mistake[]): Flag[] => [
  ...SIGNALS.flatMap((signal) => signal(db, visit)),
  ...(warnings.length > 0 ? [{ code: 'odd_answers', message: `${warnings.length} jawaban perlu dilihat: ${warnings.slice(0, 3).map(({ message }) => message).join(' ')}` }] : []),
]

const clearFlags = statement<[string], unknown>('DELETE FROM visit_flags WHERE visit_id = ?')
const addFlag = statement<[string, string, string], unknown>('INSERT OR REPLACE INTO visit_flags (visit_id, code, message) VALUES (?, ?, ?)')
const countFlags = statement<[number, string], unknown>('UPDATE visits SET flag_count = ? WHERE id = ?')

// The flags of a visit as it now stands, in place of those before.
export function keepFlags(db: Db, visitId: string, flags: Flag[]) {
  const had = clearFlags(db).run(visitId).changes > 0
  for (const { code, message } of flags) addFlag(db).run(visitId, code, message)
  if (had || flags.length > 0) countFlags(db).run(flags.length, visitId)
}
