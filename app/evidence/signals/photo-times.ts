import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { dayTime, timeSpan } from '#app/evidence/words.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'

type Taken = { kind: string, takenMs: number | null }
type Visit = { startedMs: number, endedMs: number, madeMs: number | null, outcome: number, zone: number }

export const photoName = (kind: string) => (PHOTO_KINDS.find(({ code }) => code === kind)?.label ?? kind).replace(/^Foto /, '')

// When the photos were made, by the phone's clock, beside when the visit was. Where the visit has no clock of the phone, two
// clocks are compared, and that is a hint only.
export function judgePhotoTimes({ startedMs, endedMs, madeMs, outcome, zone }: Visit, photos: readonly Taken[]): Signal[] {
  const known = photos.filter((photo): photo is { kind: string, takenMs: number } => photo.takenMs !== null)
  if (photos.length === 0) return []
  if (known.length === 0) return [unknown('photo_times', 'Waktu foto tidak tercatat.')]
  const outside = known.map((photo) => ({ ...photo, offMs: offBy(photo.takenMs, startedMs, endedMs) })).filter(({ offMs }) => offMs > THRESHOLDS.clockMs)
    .sort((one, other) => other.offMs - one.offMs)
  const [worst] = outside
  const times = worst
    ? look('photo_times', `${outside.length} foto dibuat di luar waktu kunjungan: ${photoName(worst.kind)} pada ${dayTime(worst.takenMs, zone)}, ${timeSpan(worst.offMs)} ${worst.takenMs < startedMs ? 'sebelum kunjungan dibuka' : 'sesudah kunjungan dikirim'}.`,
      { photos: outside.length, offMs: worst.offMs }, madeMs === null ? 1 : undefined)
    : fine('photo_times', `${known.length} foto dibuat pada waktu kunjungan.`, { photos: known.length })
  return [times, ...burst(known.map(({ takenMs }) => takenMs), outcome)]
}

export const offBy = (ms: number, from: number, to: number) => Math.max(from - ms, ms - to, 0)

// From the KTP to the toilet one has to walk.
function burst(times: number[], outcome: number): Signal[] {
  if (outcome !== 1 || times.length < THRESHOLDS.burst.photos) return []
  const ms = Math.max(...times) - Math.min(...times)
  const words = `${times.length} foto dibuat dalam ${timeSpan(ms)}`
  return ms < THRESHOLDS.burst.ms ? [look('photo_burst', `${words}, dari KTP sampai bagian belakang rumah.`, { ms })] : [fine('photo_burst', `${words}.`, { ms })]
}
