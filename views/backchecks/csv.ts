import type { Results } from '#app/backchecks/results.ts'
import type { Weighed } from '#app/backchecks/sampling.ts'
import { lines, table } from '#views/dtsen/csv.ts'

const rounded = (share: number) => String(Math.round(share * 10_000) / 10_000).replace('.', ',')
const INTERVAL = ['bagian', 'bawah_95', 'atas_95']
const interval = ({ share, low, high }: { share: number, low: number, high: number }) => [rounded(share), rounded(low), rounded(high)]

export const TABLES = {
  fields: ({ fields }: Results) => table([
    ['isian', 'nama', 'jenis', 'dibandingkan', 'berbeda', ...INTERVAL, 'petugas_keliru', 'dimaklumi'],
    ...fields.map((row) => [row.item, row.label, row.type, row.compared, row.different, ...interval(row), row.wrong, row.excused]),
  ]),
  officers: ({ officers }: Results) => table([
    ['petugas', 'nama', 'dikunjungi_ulang', 'dengan_beda_pokok', ...INTERVAL, 'semua_beda', 'belum_dinilai'],
    ...officers.map((row) => [row.id, row.name, row.count, row.firm, ...interval(row), row.differences, row.undecided]),
  ]),
  villages: ({ villages }: Results) => table([
    ['kode', 'desa', 'dikunjungi_ulang', 'setara_undian_rata', ...INTERVAL],
    ...villages.map((row) => [row.code, row.name, row.count, rounded(row.effective), ...interval(row)]),
  ]),
}

export const frameHead = () => table([['kunjungan', 'petugas', 'desa', 'bobot_tanda', 'peluang', 'terundi']])
export const frameLines = (rows: (Weighed & { drawn: boolean })[]) => lines(rows.map(({ visitId, officerId, regionCode, risk, probability, drawn }) =>
  [visitId, officerId, regionCode, risk, String(probability).replace('.', ','), drawn ? 1 : 0]))
