import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cellOf, cellsAround, metresBetween } from '#app/evidence/places.ts'
import type { Neighbour } from '#app/evidence/rows.ts'
import type { Signal } from '#app/evidence/signal.ts'
import { judgeClock } from '#app/evidence/signals/clock.ts'
import { judgePrelistDistance, judgeVillageDistance } from '#app/evidence/signals/distances.ts'
import { judgeExif } from '#app/evidence/signals/exif.ts'
import { judgeHours } from '#app/evidence/signals/night.ts'
import { judgeOverlap } from '#app/evidence/signals/overlapping.ts'
import { judgePhotoTimes } from '#app/evidence/signals/photo-times.ts'
import { closeTo, judgeSamePoint } from '#app/evidence/signals/same-point.ts'
import { judgeSpeed } from '#app/evidence/signals/speed.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { tell } from '#test/support/evidence.ts'

// Where and when a visit was made. A degree of latitude is 111.19 km on this sphere, so a ten-thousandth is 11.12 m.
const HOME = { latitude: -7.97, longitude: 110.22 }
const north = (metres: number) => ({ ...HOME, latitude: HOME.latitude + metres / 111_194.93 })
const AT = Date.parse('2026-03-02T03:00:00.000Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

// A morning's interview of forty minutes, thirty-five of them in front of the form.
const visit = (more: Partial<Neighbour> = {}): Neighbour => ({
  visitId: 'v', householdId: 'rumah', officerId: 'siti', regionCode: '34.02.01.2001', outcome: 1, size: 3, logMinutes: Math.log(35), activeMs: 35 * MINUTE,
  startedMs: AT, endedMs: AT + 40 * MINUTE, locatedMs: AT + 30 * MINUTE, takenFromMs: null, takenToMs: null, ...HOME, accuracyM: 8, prelistM: null, near: 0,
  answers: null, changed: null, uniform: 0, headName: 'Ujang', ...more,
})
const only = ([signal]: Signal[]) => signal!

const places = suite('where a visit was made')

places('is measured on the sphere, and found again by its square', () => {
  assert.is(Math.round(metresBetween(HOME, north(1000))), 1000)
  const [mine, next] = [cellOf(HOME), cellOf(north(12))]
  assert.ok(cellsAround(mine).some(([from, to]) => next >= from && next <= to))
  assert.not.ok(cellsAround(mine).some(([from, to]) => cellOf(north(50)) >= from && cellOf(north(50)) <= to))
})

places('is told far from the prelist point, beyond the accuracy and what is usual here', () => {
  assert.equal(tell(judgePrelistDistance({ prelistM: 2500, accuracyM: 10 }, [])), ['look far_from_prelist 2'])
  assert.equal(tell(judgePrelistDistance({ prelistM: 900, accuracyM: 10 }, [])), ['look far_from_prelist 1'])
  assert.equal(tell(judgePrelistDistance({ prelistM: 540, accuracyM: 60 }, [])), ['fine far_from_prelist 0'])
  assert.equal(tell(judgePrelistDistance({ prelistM: 2500, accuracyM: 10 }, Array.from({ length: 8 }, () => 900))), ['fine far_from_prelist 0'])
  assert.equal(tell(judgePrelistDistance({ prelistM: 0, accuracyM: 5 }, [])), ['look far_from_prelist 2'], 'copied, for a fix never repeats itself')
  assert.equal(tell(judgePrelistDistance({ prelistM: 0, accuracyM: 5, isBefore: false }, [])), ['fine far_from_prelist 0'], 'the register has it from this visit')
  assert.equal(tell(judgePrelistDistance({ prelistM: 0.4, accuracyM: 5 }, [])), ['fine far_from_prelist 0'])
  assert.equal(tell(judgePrelistDistance({ prelistM: null, accuracyM: 10 }, [])), ['unknown far_from_prelist 0'])
})

places('is told far from the middle of the desa, which one wrong point does not move', () => {
  const others = [0, 100, 200, 300, 400, 90_000].map(north)
  assert.equal(tell(judgeVillageDistance(north(9000), others)), ['look far_from_village 2'])
  assert.equal(tell(judgeVillageDistance(north(4000), others)), ['fine far_from_village 0'])
  const wide = [-3000, -2500, 0, 2500, 3000, 2000].map(north)
  assert.equal(tell(judgeVillageDistance(north(7000), wide)), ['fine far_from_village 0'])
  assert.equal(tell(judgeVillageDistance(HOME, others.slice(0, 4))), ['unknown far_from_village 0'])
})

const at = (metres: number, householdId: string, more: Partial<Neighbour> = {}) => visit({ ...north(metres), householdId, headName: householdId, ...more })
const samePoint = (others: Neighbour[], near: number[] = []) => only(judgeSamePoint({ ...HOME, officerId: 'siti' }, closeTo({ ...HOME, officerId: 'siti' }, others), near))

places('is a hint when one house stands on the very spot, and strong when three do', () => {
  assert.equal(tell([samePoint([at(1, 'Asep')])]), ['look same_point 1'])
  assert.equal(tell([samePoint([at(1, 'Asep'), at(0.5, 'Ujang'), at(1.2, 'Cici', { officerId: 'tono' })])]), ['look same_point 3'])
  assert.match(samePoint([at(1, 'Asep'), at(0.5, 'Ujang', { officerId: 'tono' })]).sentence, 'Titik ini sama (dalam 1,5 m) dengan 2 rumah tangga lain: Ujang, Asep; 1 oleh petugas yang sama.')
})

places('is worth a look when one fix is equal in every digit', () => {
  const signal = samePoint([at(0, 'Asep')])
  assert.equal(tell([signal]), ['look same_point 2'])
  assert.match(signal.sentence, 'sama persis dengan 1 rumah tangga lain: Asep, semua oleh petugas yang sama')
})

places('is no sign among houses side by side, however many, where that is usual', () => {
  const row = [3, 4, 5, 6, 7, 8].map((metres, i) => at(metres, `Rumah ${i}`))
  assert.equal(tell([samePoint(row, [3, 4, 4, 5])]), ['fine same_point 0'])
  assert.equal(tell([samePoint(row, [0, 0, 0, 1])]), ['look same_point 2'])
  assert.equal(tell([samePoint([at(40, 'Jauh')])]), ['fine same_point 0'])
})

places.run()

const times = suite('when a visit was made')
const speed = (other: Partial<Neighbour>, mine: Partial<Neighbour> = {}) => only(judgeSpeed(visit(mine), [visit({ householdId: 'lain', ...other })]))

times('is told when nobody could have come so fast from the visit before', () => {
  const signal = speed({ ...north(12_000), locatedMs: AT + 26 * MINUTE })
  assert.equal(tell([signal]), ['look impossible_speed 3'])
  assert.match(signal.sentence, '12,0 km dalam 4 menit sejak kunjungan ke Ujang: 180 km/jam.')
})

times('is no sign for a motorcycle, for a bad fix nearby, or when a coordinate was typed', () => {
  assert.equal(tell([speed({ ...north(5000), locatedMs: AT + 20 * MINUTE })]), ['fine impossible_speed 0'])
  assert.equal(tell([speed({ ...north(1500), locatedMs: AT + 29.9 * MINUTE, accuracyM: 600 })]), ['fine impossible_speed 0'])
  assert.equal(tell([speed({}, { locatedMs: null })]), ['unknown impossible_speed 0'])
  assert.equal(tell(judgeSpeed(visit(), [])), ['unknown impossible_speed 0'])
})

times('is told when two interviews together take longer than the time there was', () => {
  const signal = only(judgeOverlap(visit(), [visit({ householdId: 'lain', startedMs: AT + 5 * MINUTE, endedMs: AT + 42 * MINUTE })]))
  assert.equal(tell([signal]), ['look overlapping 3'])
  assert.match(signal.sentence, 'Bersamaan dengan kunjungan ke Ujang: lama keduanya 35 menit dan 35 menit, 28 menit lebih dari waktu yang ada.')
})

times('is told when photos of two houses were made in turns', () => {
  const stay = { takenFromMs: AT + 5 * MINUTE, takenToMs: AT + 35 * MINUTE, activeMs: 10 * MINUTE }
  assert.match(only(judgeOverlap(visit(stay), [visit({ ...stay, ...north(900), householdId: 'lain' })])).sentence, 'foto dan lokasi di dua tempat berjarak 884 m dibuat bergantian selama 30 menit')
})

times('is no sign when drafts lay open side by side, or when a photo was taken anew days later', () => {
  assert.equal(tell(judgeOverlap(visit(), [visit({ startedMs: AT - HOUR, endedMs: AT + 20 * MINUTE })])), ['fine overlapping 0'])
  const again = visit({ endedMs: AT + 72 * HOUR, takenFromMs: AT, takenToMs: AT + 71 * HOUR, activeMs: 20 * MINUTE })
  assert.equal(tell(judgeOverlap(again, [visit({ ...north(900), startedMs: AT + HOUR, endedMs: AT + 2 * HOUR, takenFromMs: AT + HOUR, takenToMs: AT + 2 * HOUR })])), ['fine overlapping 0'])
})

// 03.00 UTC is ten in the morning in Bantul, 15.00 UTC ten in the evening; in Jayapura, two hours earlier by the sun, 12.30 UTC is half past nine.
times('is told at night by the local clock', () => {
  const night = { startedMs: AT, locatedMs: AT + 12 * HOUR, takenFromMs: null }
  assert.match(only(judgeHours({ ...night, zone: 7 })).sentence, 'Di tempat pada pukul 22.00 WIB')
  assert.equal(tell(judgeHours({ ...night, locatedMs: AT, zone: 7 })), ['fine night 0'])
  assert.equal([9.5, 7].map((hours) => tell(judgeHours({ ...night, locatedMs: AT + hours * HOUR, zone: zoneOf('91.03.01.1001') }))[0]), ['look night 1', 'fine night 0'])
  assert.equal(tell(judgeHours({ startedMs: AT + 12 * HOUR, locatedMs: AT, takenFromMs: null, zone: 7 })), ['fine night 0'])
})

const photos = (from: number, step: number) => PHOTO_KINDS.map(({ code }, i) => ({ kind: code, takenMs: from + i * step }))
const span = { startedMs: AT, endedMs: AT + 40 * MINUTE, madeMs: AT + 40 * MINUTE, outcome: 1, zone: 7 }

times('is told when photos are older than the visit, or all of one moment', () => {
  const old = judgePhotoTimes(span, [{ kind: 'F-KTP', takenMs: AT - 48 * HOUR }, ...photos(AT, MINUTE).slice(1)])
  assert.equal(tell(old), ['look photo_times 2', 'fine photo_burst 0'])
  assert.match(old[0]!.sentence, '1 foto dibuat di luar waktu kunjungan: KTP pada 28 Februari pukul 10.00 WIB, 2 hari sebelum kunjungan dibuka.')
  assert.equal(tell(judgePhotoTimes({ ...span, madeMs: null }, [{ kind: 'F-KTP', takenMs: AT - 48 * HOUR }])), ['look photo_times 1'])
  assert.equal(tell(judgePhotoTimes(span, photos(AT + MINUTE, 2000))), ['fine photo_times 0', 'look photo_burst 2'])
  assert.equal(tell(judgePhotoTimes(span, photos(AT + MINUTE, 2 * MINUTE))), ['fine photo_times 0', 'fine photo_burst 0'])
  assert.equal(tell(judgePhotoTimes(span, [{ kind: 'F-KTP', takenMs: null }])), ['unknown photo_times 0'])
})

const inFile = (exifTakenAt: string | null, point: { latitude: number, longitude: number } | null = null) =>
  [{ kind: 'F-RUMAH', exifTakenAt, exifLatitude: point?.latitude ?? null, exifLongitude: point?.longitude ?? null }]
const camera = { ...HOME, accuracyM: 8, startedMs: AT, endedMs: AT + 40 * MINUTE, zone: 7 }

times('and place are read in the photo itself, where the camera wrote them', () => {
  assert.equal(tell(judgeExif(camera, inFile('2026-03-01T10:05:00', north(5000)))), ['look exif_time 2', 'look exif_place 2'])
  assert.equal(tell(judgeExif(camera, inFile('2026-03-02T10:05:00', north(50)))), ['fine exif_time 0', 'fine exif_place 0'])
  assert.equal(tell(judgeExif(camera, inFile(null))), ['unknown exif_time 0', 'unknown exif_place 0'])
})

const clock = { startedMs: AT, endedMs: AT + 40 * MINUTE, activeMs: 35 * MINUTE, locatedMs: AT + 30 * MINUTE, takenToMs: null, madeMs: AT + 40 * MINUTE, receivedMs: AT + 41 * MINUTE, givenMs: AT - HOUR, zone: 7 }
const sent = (madeMs: number) => ({ madeMs, headName: 'Ujang' })

times('is told when the clock ran back, ahead, or slower than the interview', () => {
  assert.match(only(judgeClock(clock, { before: sent(AT + 3 * HOUR) })).sentence, 'Kiriman sebelumnya dari HP ini (Ujang) justru bertanggal 2 Maret pukul 13.00 WIB')
  assert.match(only(judgeClock(clock, { after: sent(AT - 3 * HOUR) })).sentence, 'Kiriman sesudahnya')
  assert.match(only(judgeClock({ ...clock, locatedMs: AT + 5 * HOUR })).sentence, 'jam HP dimundurkan')
  assert.match(only(judgeClock({ ...clock, activeMs: 90 * MINUTE })).sentence, 'Wawancara tercatat 1 jam 30 menit, tetapi dari dibuka sampai dikirim jam hanya maju 40 menit.')
  assert.equal(tell(judgeClock({ ...clock, receivedMs: AT })), ['look clock 1'])
  assert.match(only(judgeClock({ ...clock, givenMs: AT + 5 * HOUR })).sentence, 'Kunjungan tercatat dibuka 2 Maret pukul 10.00 WIB, 5 jam sebelum tugas ini dibagikan: jam HP dimundurkan.')
  assert.match(only(judgeClock({ ...clock, locatedMs: AT - 20 * HOUR })).sentence, 'Lokasi diambil 1 Maret pukul 14.00 WIB, 20 jam sebelum kunjungan dibuka.')
})

times('is no sign when the phone came late to a line, or was never asked', () => {
  assert.equal(tell(judgeClock({ ...clock, receivedMs: AT + 90 * HOUR }, { before: sent(AT - HOUR), after: sent(AT + 2 * HOUR) })), ['fine clock 0'])
  assert.equal(tell(judgeClock({ ...clock, madeMs: null })), ['fine clock 0'])
  assert.equal(tell(judgeClock({ ...clock, givenMs: null })), ['fine clock 0'])
  assert.equal(tell(judgeClock({ ...clock, givenMs: AT + 5 * MINUTE })), ['fine clock 0'], 'a clock a few minutes slow')
  assert.equal(tell(judgeClock({ ...clock, locatedMs: AT - 20 * HOUR, receivedMs: AT - 19 * HOUR })), ['look clock 1'], 'the satellites know the time, the phone runs ahead')
})

times.run()
