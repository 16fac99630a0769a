import { table } from '#views/dtsen/csv.ts'

// No such province: left in the file by mistake, the example comes back as an error.
export const paymentTemplate = () => table([['nik', 'no_kk', 'nama', 'bulan', 'tanggal_bayar', 'nominal'], ['9902011205800001', '9902011503100001', 'Contoh Wati', '2026-01', '2026-01-15', '300000']])
