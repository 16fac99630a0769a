import { isDate } from '#app/questionnaire/age.ts'
import type { Severity } from '#app/questionnaire/mistakes.ts'
import { isDummyNumber, type NumberMistake } from '#app/questionnaire/nik.ts'

export const KK_RULES = {
  kk_shape: ['error', 'Nomor KK harus 16 angka.'],
  kk_dummy: ['error', 'Nomor KK ini bukan nomor sungguhan. Lihat kartunya.'],
  kk_serial: ['error', 'empat angka terakhir Nomor KK tidak boleh 0000. Lihat kartunya.'],
  kk_is_nik: ['error', 'Nomor KK sama dengan NIK seorang anggota. Lihat kartunya.'],
  kk_date: ['warning', 'tanggal terbit di dalam Nomor KK tidak masuk akal.'],
  kk_region: ['warning', 'kode wilayah pada Nomor KK tidak dikenal (bisa kode lama).'],
} satisfies Record<string, readonly [Severity, string]>

type Known = { niks?: unknown[], knownRegion?: (code: string) => boolean }

const ruled = (code: keyof typeof KK_RULES): NumberMistake => ({ code, severity: KK_RULES[code][0], message: KK_RULES[code][1] })

// No KK: PPRRSS, DDMMYY of its issue (no +40), NNNN. It changes when a family splits or moves, so it is no key.
export function findKkMistakes(kkNumber: string, today: string, { niks = [], knownRegion }: Known = {}): NumberMistake[] {
  if (!/^\d{16}$/.test(kkNumber)) return [ruled('kk_shape')]
  if (isDummyNumber(kkNumber)) return [ruled('kk_dummy')]
  if (kkNumber.endsWith('0000')) return [ruled('kk_serial')]
  if (niks.includes(kkNumber)) return [ruled('kk_is_nik')]
  return [
    ...(wasIssued(kkNumber, today) ? [] : [ruled('kk_date')]),
    ...(knownRegion && !knownRegion(kkNumber.slice(0, 6)) ? [ruled('kk_region')] : []),
  ]
}

function wasIssued(kkNumber: string, today: string) {
  const [day, month, year] = [kkNumber.slice(6, 8), kkNumber.slice(8, 10), kkNumber.slice(10, 12)]
  return [`20${year}`, `19${year}`].map((whole) => `${whole}-${month}-${day}`).some((date) => isDate(date) && date <= today)
}
