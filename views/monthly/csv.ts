import type { MonthlyReport } from '#app/monthly/monthly.ts'
import { table } from '#views/dtsen/csv.ts'
import { headings, numbersOf } from '#views/monthly/words.ts'

export const monthlyCsv = ({ month, rows, total, place }: MonthlyReport) => table([
  ['bulan', 'kode', 'wilayah', ...headings],
  ...rows.map((row) => [month, row.code, row.name, ...numbersOf(row)]),
  [month, place.code, 'Jumlah', ...numbersOf(total)],
])
