import { inChunks, type Exportable, type Query } from '#app/exports/exportable.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { listReports, SHOWS, type ListedReport, type QueueFilter, type Show } from '#app/reports/queue.ts'
import type { Report, ReportLevel, ReportStatus } from '#app/reports/reports.ts'

const STATUSES: Record<ReportStatus, string> = {
  received: 'Baru masuk', examining: 'Diperiksa', needs_more: 'Menunggu pelapor', answered: 'Dijawab', closed: 'Ditutup', withdrawn: 'Ditarik pelapor',
}
const LEVELS: Record<ReportLevel, string> = { village: 'Desa', district: 'Kecamatan', regency: 'Dinsos' }
const OUTCOMES: Record<NonNullable<Report['outcome']>, string> = { accepted: 'Diterima', refused: 'Tidak diterima' }

const filterOf = ({ show, kind, region = '' }: Query): QueueFilter => ({
  show: SHOWS.find((one) => one === show) ?? 'open', kind: kind === 'usul' || kind === 'sanggah' ? kind : undefined, region,
})
const SHOW_WORDS: Record<Show, string> = { mine: 'giliran pembuat ekspor', open: 'yang terbuka', overdue: 'lewat batas', suspect: 'dicurigai berulang', done: 'yang selesai' }

// The queue as it stands on the page: never who reported, nor what was written.
export const reportsExport: Exportable = {
  name: 'reports', title: 'Laporan warga', href: '/reports', verbs: ['report.read'],
  columns: [
    { label: 'Nomor', kind: 'count' }, { label: 'Jenis' }, { label: 'Tentang' }, { label: 'Desa/kelurahan' }, { label: 'Keadaan' }, { label: 'Hasil' }, { label: 'Giliran' }, { label: 'Batas waktu' }, { label: 'Masuk' },
  ],
  words: ({ db }, query) => {
    const { show, kind, region } = filterOf(query)
    return [region && findRegionName(db, region), SHOW_WORDS[show], kind].filter(Boolean).join('; ')
  },
  chunks: ({ db, actor }, query) => inChunks<ListedReport>((after, limit) => listReports(db, actor, filterOf(query), after, { limit }).rows,
    (rows) => rows.map(({ number, kind, subjectName, village, status, outcome, level, dueOn, createdAt }) =>
      [number, kind, subjectName, village, STATUSES[status], outcome ? OUTCOMES[outcome] : '', LEVELS[level], dueOn, createdAt])),
}
