import type { Durations } from '#app/quality/officer-page.ts'
import type { OfficerRow } from '#app/quality/officers.ts'
import type { ReviewerDay } from '#app/quality/reviewer-days.ts'
import type { ReviewerRow } from '#app/quality/reviewers.ts'
import { table } from '#views/dtsen/csv.ts'
import { LEVEL_WORDS } from '#views/quality/words.ts'

const minutes = (ms: number | null) => ms === null ? '' : (ms / 60_000).toFixed(1).replace('.', ',')
const said = (reasons: { sentence: string }[]) => reasons.map(({ sentence }) => sentence).join(' ')

export const officersCsv = (rows: OfficerRow[]) => table([
  ['petugas', 'kode_desa', 'desa', 'kunjungan', 'selesai', 'tidak_ditemukan', 'dikembalikan', 'tanda', 'menit_tengah', 'menit_tengah_petugas_lain', 'penilaian', 'alasan'],
  ...rows.map((row) => [row.name, row.regionCode, row.desa ?? '', row.visits, row.finished, row.notFound, row.returned, row.flagCount, minutes(row.medianMs), minutes(row.bandMs),
    LEVEL_WORDS[row.level].label, said(row.reasons)]),
])

export const durationsCsv = ({ points }: Durations) => table([
  ['dikirim', 'menit', 'anggota', 'tanda'],
  ...points.map(({ submittedAt, activeMs, memberCount, flagCount }) => [submittedAt, minutes(activeMs), memberCount, flagCount]),
])

export const reviewersCsv = (rows: ReviewerRow[]) => table([
  ['pemeriksa', 'wilayah', 'tahap', 'disetujui', 'dikembalikan', 'bersama', 'persetujuan_dipantau', 'tanpa_buka_foto', 'keputusan_dalam_sesi', 'menit_dalam_sesi', 'dinilai_tahap_berikut',
    'dikembalikan_tahap_berikut', 'beruntun_cepat', 'penilaian', 'alasan'],
  ...rows.map(({ name, place, reviewLevel, figures, level, reasons }) => [name, place ?? '', reviewLevel, figures.approved, figures.returned, figures.bulk, figures.watched, figures.unopened,
    figures.inSession, minutes(figures.sessionMs), figures.followed, figures.overturned, figures.streak, LEVEL_WORDS[level].label, said(reasons)]),
])

export const daysCsv = (days: (ReviewerDay & { day: string })[]) => table([
  ['tanggal', 'disetujui', 'dikembalikan', 'bersama', 'tanpa_buka_foto', 'sesi', 'menit_dalam_sesi', 'beruntun_cepat', 'dikembalikan_tahap_berikut'],
  ...days.map((one) => [one.day, one.approved, one.returned, one.bulk, one.unopened, one.sessions, minutes(one.sessionMs), one.streak, one.overturned]),
])
