import { isDate } from '#app/questionnaire/age.ts'
import type { NumberMistake } from '#app/questionnaire/nik.ts'

// No KK: PPRRSS, DDMMYY of its issue (no +40), NNNN. It changes when a family splits or moves, so it is no key.
export function findKkMistakes(kkNumber: string, today: string): NumberMistake[] {
  if (!/^\d{16}$/.test(kkNumber)) return [{ code: 'kk_shape', message: 'Nomor KK harus 16 angka.', severity: 'error' }]
  if (/^(\d)\1{15}$/.test(kkNumber) || kkNumber.endsWith('0000')) {
    return [{ code: 'kk_dummy', message: 'Nomor KK ini bukan nomor sungguhan. Lihat kartunya.', severity: 'error' }]
  }
  const [day, month, year] = [kkNumber.slice(6, 8), kkNumber.slice(8, 10), kkNumber.slice(10, 12)]
  const issued = [`20${year}`, `19${year}`].map((whole) => `${whole}-${month}-${day}`).some((date) => isDate(date) && date <= today)
  return issued ? [] : [{ code: 'kk_date', message: 'tanggal terbit di dalam Nomor KK tidak masuk akal.', severity: 'warning' }]
}
