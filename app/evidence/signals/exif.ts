import { metresBetween, type Point } from '#app/evidence/places.ts'
import { fine, look, unknown, type Signal } from '#app/evidence/signal.ts'
import { offBy, photoName } from '#app/evidence/signals/photo-times.ts'
import { THRESHOLDS } from '#app/evidence/thresholds.ts'
import { dayTime, metresWords, timeSpan } from '#app/evidence/words.ts'

const BAR = THRESHOLDS.exif
type InFile = { kind: string, exifTakenAt: string | null, exifLatitude: number | null, exifLongitude: number | null }
type Visit = Point & { accuracyM: number, startedMs: number, endedMs: number, zone: number }

// What the camera itself wrote into the files. Most phones shrink a photo before it is sent, and then nothing is left of it.
export function judgeExif(visit: Visit, photos: readonly InFile[]): Signal[] {
  const timed = photos.flatMap(({ kind, exifTakenAt }) => exifTakenAt === null ? [] : [{ kind, ms: localTime(exifTakenAt, visit.zone) }]).filter(({ ms }) => !Number.isNaN(ms))
  const placed = photos.flatMap(({ kind, exifLatitude: latitude, exifLongitude: longitude }) => latitude === null || longitude === null ? [] : [{ kind, metres: metresBetween(visit, { latitude, longitude }) }])
  return [...times(visit, timed), ...places(visit, placed)]
}

function times({ startedMs, endedMs, zone }: Visit, timed: { kind: string, ms: number }[]): Signal[] {
  if (timed.length === 0) return [unknown('exif_time', 'Berkas foto tidak menyimpan waktu dari kamera.')]
  const outside = timed.map((photo) => ({ ...photo, off: offBy(photo.ms, startedMs, endedMs) })).filter(({ off }) => off > BAR.timeMs).sort((one, other) => other.off - one.off)
  const [worst] = outside
  return [worst
    ? look('exif_time', `Kamera mencatat ${photoName(worst.kind)} pada ${dayTime(worst.ms, zone)}, ${timeSpan(worst.off)} ${worst.ms < startedMs ? 'sebelum' : 'sesudah'} kunjungan${outside.length > 1 ? `; ${outside.length} foto begitu` : ''}.`, { photos: outside.length, offMs: worst.off })
    : fine('exif_time', `Waktu kamera pada ${timed.length} foto sesuai waktu kunjungan.`, { photos: timed.length })]
}

function places({ accuracyM }: Visit, placed: { kind: string, metres: number }[]): Signal[] {
  if (placed.length === 0) return [unknown('exif_place', 'Berkas foto tidak menyimpan lokasi dari kamera.')]
  const farthest = placed.reduce((one, other) => other.metres > one.metres ? other : one)
  const words = `${photoName(farthest.kind)} ${metresWords(farthest.metres)} dari titik kunjungan`
  return [farthest.metres - accuracyM > BAR.placeM
    ? look('exif_place', `Kamera mencatat ${words}.`, { metres: farthest.metres }) : fine('exif_place', `Lokasi kamera pada ${placed.length} foto sesuai, paling jauh ${words}.`, { metres: farthest.metres })]
}

// A camera's time mostly says no zone: then it is the local clock.
const localTime = (text: string, zone: number) => /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Date.parse(`${text.replace(' ', 'T')}Z`) - zone * 3_600_000
