import type { Movement } from '#app/pictures/movement.ts'
import type { PaymentPicture, ReachPicture } from '#app/pictures/pictures.ts'
import { table } from '#views/dtsen/csv.ts'

export const reachCsv = ({ rows }: ReachPicture) => table([
  ['kode', 'wilayah', 'batas_desil', 'memenuhi_desil', 'menerima_dalam_batas', 'belum_menerima', 'menerima_di_atas_batas', 'menerima_tanpa_desil', 'dihitung'],
  ...rows.map(({ code, name, desilMax, eligible, reached, missed, outside, unknown, countedAt }) => [code, name, desilMax ?? '', eligible, reached, missed, outside, unknown, countedAt]),
])

export const movementCsv = (rows: Movement[]) => table([
  ['waktu', 'mulai', 'sampai', 'masuk', 'keluar', 'ditahan'], ...rows.map((row) => [row.name, row.from, row.to, row.in, row.out, row.paused]),
])

export const paymentsCsv = (rows: PaymentPicture[]) => table([
  ['periode', 'berhasil', 'gagal', 'dikecualikan', 'belum_ada_hasil', 'rupiah_tersalur'],
  ...rows.map(({ name, paid, failed, excluded, waiting, paidAmount }) => [name, paid, failed, excluded, waiting, paidAmount]),
])
