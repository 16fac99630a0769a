import type { Group, MonthRow } from '#app/monthly/monthly.ts'

export const GROUP_WORDS: Record<Group, string> = { added: 'Usulan baru', corrected: 'Perbaikan', events: 'Peristiwa keluarga', moved: 'Pindah wilayah', ended: 'Nonaktif', revived: 'Aktif lagi' }
export const NUMBER_WORDS: [Exclude<keyof MonthRow, 'code' | 'name' | 'proposed'>, string][] = [
  ['accepted', 'Diterima'], ['refused', 'Ditolak atau ditarik'], ['visited', 'Kunjungan dikirim'], ['verified', 'Kunjungan disetujui Dinsos'],
  ['reports', 'Laporan warga masuk'], ['answered', 'Laporan warga dijawab'], ['letters', 'Surat keterangan'],
]

const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember']
export const monthWords = (month: string) => `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`

export const GROUP_COLUMNS = Object.values(GROUP_WORDS)
export const numbersOf = ({ proposed, ...row }: Omit<MonthRow, 'code' | 'name'>) => [...(Object.keys(GROUP_WORDS) as Group[]).map((group) => proposed[group]), ...NUMBER_WORDS.map(([key]) => row[key])]
export const headings = [...Object.values(GROUP_WORDS), ...NUMBER_WORDS.map(([, words]) => words)]
