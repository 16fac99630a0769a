import type { IntakeRow } from '#app/intake/intakes.ts'
import type { CentralCode } from '#app/programmes/programme.ts'
import { lines, table } from '#views/dtsen/csv.ts'
import { maskNik } from '#views/ui/format.ts'

// No such province: left in the file by mistake, the example comes back as an error and never as a recipient.
const NIK = '9902011205800001'
const KK = '9902011503100001'
const PLACE = '99.02.01.2001'

const TEMPLATES: Record<CentralCode, [string[], string[]]> = {
  pkh: [['no_peserta_pkh', 'nik', 'no_kk', 'nama', 'alamat', 'kode_wilayah', 'bank', 'no_rekening', 'status', 'periode', 'nominal'], ['PKH-00001', NIK, KK, 'Contoh Wati', 'Jl. Melati 4', PLACE, 'BRI', '123456789012345', 'Peserta aktif', 'Tahap 1 2026', '750000']],
  sembako: [['no_kks', 'nik', 'no_kk', 'nama', 'alamat', 'kode_wilayah', 'bank', 'no_rekening', 'status', 'periode', 'nominal'], ['6013010000000001', NIK, KK, 'Contoh Wati', 'Jl. Melati 4', PLACE, 'BRI', '123456789012345', 'Penerima aktif', 'Januari-Maret 2026', '600000']],
  pbi: [['nomor_kartu_jkn', 'nik', 'no_kk', 'nama', 'alamat', 'kode_wilayah', 'segmen', 'status', 'tmt'], ['0001234567890', NIK, KK, 'Contoh Wati', 'Jl. Melati 4', PLACE, 'PBI-JK (iuran APBN)', 'Aktif', '2026-01-01']],
  ppks: [['nik', 'no_kk', 'nama', 'alamat', 'kode_wilayah', 'kategori', 'status'], [NIK, KK, 'Contoh Wati', 'Jl. Melati 4', PLACE, '9', 'Terdaftar']],
}

export const recipientTemplate = (programme: CentralCode) => table(TEMPLATES[programme])
export const recipientColumns = (programme: CentralCode) => TEMPLATES[programme][0]
export const resultTemplate = () => table([['no_peserta', 'nik', 'nama', 'status', 'alasan', 'catatan'], ['6013010000000001', NIK, 'Contoh Wati', 'Gagal salur', 'Pindah ke luar desa/kelurahan', '']])

const safe = (value = '') => /\d{6}/.test(value) ? maskNik(value.replace(/\D/g, '')) : value
export const errorHeading = () => table([['baris', 'nama', 'kolom', 'isi', 'kesalahan']])
export const errorLines = (rows: IntakeRow[]) => lines(rows.flatMap(({ position, name, errors }) => errors.map(({ column, value, message }) => [position, name, column, safe(value), message])))
