import { isDate } from '#app/questionnaire/age.ts'
import type { Severity } from '#app/questionnaire/mistakes.ts'
import type { Value } from '#app/questionnaire/record.ts'

// NIK: PPRRSS (first registration) DDMMYY (women: day + 40) NNNN. For life; there is no check digit.
export type NumberMistake = { code: string, message: string, severity: Severity }
type Known = { sex?: Value, birthDate?: Value, kkNumber?: Value, today: string, knownRegion?: (code: string) => boolean }

export type ParsedNik = { region: string, day: number, month: number, yearOfCentury: number, sex: 1 | 2, serial: string }

// Every rule with its sentence. Errors hold a record back; warnings only ask to look again (a birth date may have been
// corrected, a region renamed).
export const NIK_RULES = {
  nik_shape: ['error', 'NIK harus 16 angka.'],
  nik_dummy: ['error', 'NIK ini bukan NIK sungguhan. Lihat KTP atau KK.'],
  nik_is_kk: ['error', 'NIK sama dengan Nomor KK. Lihat KTP.'],
  nik_day: ['error', 'hari lahir di dalam NIK (angka ke-7 dan ke-8) harus 01–31 untuk laki-laki atau 41–71 untuk perempuan.'],
  nik_date: ['error', 'tanggal lahir di dalam NIK tidak ada di kalender.'],
  nik_serial: ['error', 'empat angka terakhir NIK tidak boleh 0000.'],
  nik_leading_zero: ['warning', 'NIK berawalan 0; kode provinsi selalu dimulai dari 11. Lihat KTP.'],
  nik_sex: ['warning', 'jenis kelamin berbeda dengan yang tersirat pada NIK.'],
  nik_birth_date: ['warning', 'tanggal lahir berbeda dengan yang tersirat pada NIK.'],
  nik_region: ['warning', 'kode wilayah pada NIK tidak dikenal (bisa kode lama).'],
} satisfies Record<string, readonly [Severity, string]>

export function parseNik(nik: string): ParsedNik | undefined {
  if (!/^\d{16}$/.test(nik)) return undefined
  const written = Number(nik.slice(6, 8))
  const woman = written > 40
  return {
    region: nik.slice(0, 6), day: woman ? written - 40 : written, month: Number(nik.slice(8, 10)),
    yearOfCentury: Number(nik.slice(10, 12)), sex: woman ? 2 : 1, serial: nik.slice(12),
  }
}

// The birth date a NIK tells. The century is not written: that of the known birth date, else the latest that is not in
// the future.
export function birthDateIn({ day, month, yearOfCentury }: ParsedNik, birthDate: string | undefined, today: string): string | undefined {
  const text = (year: number) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const known = birthDate && Number(birthDate.slice(2, 4)) === yearOfCentury ? [Number(birthDate.slice(0, 4))] : []
  return [...known, 2000 + yearOfCentury, 1900 + yearOfCentury].map(text).find((date) => isDate(date) && date <= today)
}

const ruled = (code: keyof typeof NIK_RULES): NumberMistake => ({ code, severity: NIK_RULES[code][0], message: NIK_RULES[code][1] })

const DUMMIES = ['1234567890123456', '0123456789012345', '9876543210987654', '9876543210123456']
export const isDummyNumber = (number: string) => /^(\d)\1{15}$/.test(number) || DUMMIES.includes(number)

export function findNikMistakes(nik: string, known: Known): NumberMistake[] {
  const parsed = parseNik(nik)
  if (!parsed) return [ruled('nik_shape')]
  if (isDummyNumber(nik)) return [ruled('nik_dummy')]
  if (nik === known.kkNumber) return [ruled('nik_is_kk')]
  return [...wrongParts(parsed, known), ...doubts(nik, parsed, known)]
}

function wrongParts(parsed: ParsedNik, known: Known): NumberMistake[] {
  const dayExists = parsed.day >= 1 && parsed.day <= 31
  return [
    ...(dayExists ? [] : [ruled('nik_day')]),
    ...(dayExists && !birthDateIn(parsed, bornOf(known), known.today) ? [ruled('nik_date')] : []),
    ...(parsed.serial === '0000' ? [ruled('nik_serial')] : []),
  ]
}

const bornOf = ({ birthDate }: Known) => typeof birthDate === 'string' && isDate(birthDate) ? birthDate : undefined

function doubts(nik: string, parsed: ParsedNik, known: Known): NumberMistake[] {
  const { sex, knownRegion } = known
  const born = bornOf(known)
  const date = birthDateIn(parsed, born, known.today)
  return [
    ...(nik.startsWith('0') ? [ruled('nik_leading_zero')] : []),
    ...((sex === 1 || sex === 2) && parsed.sex !== sex ? [ruled('nik_sex')] : []),
    ...(date && born && date !== born ? [ruled('nik_birth_date')] : []),
    ...(knownRegion && !knownRegion(parsed.region) ? [ruled('nik_region')] : []),
  ]
}
