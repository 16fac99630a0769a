import { isDate } from '#app/questionnaire/age.ts'
import type { Severity } from '#app/questionnaire/mistakes.ts'
import type { Value } from '#app/questionnaire/record.ts'

// NIK: PPRRSS (first registration) DDMMYY (women: day + 40) NNNN. For life; there is no check digit.
export type NumberMistake = { code: string, message: string, severity: Severity }
type Known = { sex?: Value, birthDate?: Value, kkNumber?: Value, today: string, knownRegion?: (code: string) => boolean }

export type ParsedNik = { region: string, day: number, month: number, yearOfCentury: number, sex: 1 | 2, serial: string }

export function parseNik(nik: string): ParsedNik | undefined {
  if (!/^\d{16}$/.test(nik)) return undefined
  const written = Number(nik.slice(6, 8))
  const woman = written > 40
  return {
    region: nik.slice(0, 6), day: woman ? written - 40 : written, month: Number(nik.slice(8, 10)),
    yearOfCentury: Number(nik.slice(10, 12)), sex: woman ? 2 : 1, serial: nik.slice(12),
  }
}

// The century is not written: that of the known birth date, else the latest that is not in the future.
function dateOf({ day, month, yearOfCentury }: ParsedNik, birthDate: string | undefined, today: string): string | undefined {
  const text = (year: number) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const known = birthDate && Number(birthDate.slice(2, 4)) === yearOfCentury ? Number(birthDate.slice(0, 4)) : undefined
  const candidates = known ? [known] : [2000 + yearOfCentury, 1900 + yearOfCentury]
  return candidates.map(text).find((date) => isDate(date) && date <= today)
}

const error = (code: string, message: string): NumberMistake => ({ code, message, severity: 'error' })
const warning = (code: string, message: string): NumberMistake => ({ code, message, severity: 'warning' })

const isDummy = (nik: string) => /^(\d)\1{15}$/.test(nik) || nik === '1234567890123456' || nik === '0123456789012345'

// Errors hold a record back; warnings only ask to look again (a birth date may have been corrected, a region renamed).
export function findNikMistakes(nik: string, { sex, birthDate, kkNumber, today, knownRegion }: Known): NumberMistake[] {
  const parsed = parseNik(nik)
  if (!parsed) return [error('nik_shape', 'NIK harus 16 angka.')]
  if (isDummy(nik)) return [error('nik_dummy', 'NIK ini bukan NIK sungguhan. Lihat KTP atau KK.')]
  if (nik === kkNumber) return [error('nik_is_kk', 'NIK sama dengan Nomor KK. Lihat KTP.')]
  const born = typeof birthDate === 'string' && isDate(birthDate) ? birthDate : undefined
  const date = dateOf(parsed, born, today)
  const mistakes: NumberMistake[] = []
  if (!date) mistakes.push(error('nik_date', 'tanggal lahir di dalam NIK tidak ada di kalender.'))
  if (parsed.serial === '0000') mistakes.push(error('nik_serial', 'empat angka terakhir NIK tidak boleh 0000.'))
  if ((sex === 1 || sex === 2) && parsed.sex !== sex) mistakes.push(warning('nik_sex', 'jenis kelamin berbeda dengan yang tersirat pada NIK.'))
  if (date && born && date !== born) mistakes.push(warning('nik_birth_date', 'tanggal lahir berbeda dengan yang tersirat pada NIK.'))
  if (knownRegion && !knownRegion(parsed.region)) mistakes.push(warning('nik_region', 'kode wilayah pada NIK tidak dikenal (bisa kode lama).'))
  return mistakes
}
