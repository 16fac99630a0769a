import type { Report, ReportLevel, ReportStatus } from '#app/reports/reports.ts'
import type { Tone } from '#views/ui/types.ts'

// The same states as the citizen reads, from the office's side.
export const STATES: Record<ReportStatus, { short: string, tone: Tone }> = {
  received: { short: 'Baru masuk', tone: 'info' }, examining: { short: 'Diperiksa', tone: 'info' }, needs_more: { short: 'Menunggu pelapor', tone: 'neutral' },
  answered: { short: 'Dijawab', tone: 'good' }, closed: { short: 'Ditutup', tone: 'neutral' }, withdrawn: { short: 'Ditarik pelapor', tone: 'neutral' },
}

export const LEVELS: Record<ReportLevel, string> = { village: 'Desa', district: 'Kecamatan', regency: 'Dinsos' }

export const KINDS = { usul: 'Usul', sanggah: 'Sanggah' } as const

export const SUSPICIONS: Record<Exclude<Report['suspicion'], ''>, { short: string, what: string }> = {
  text: { short: 'Tulisan berulang', what: 'Tulisan yang sama dikirim tiga kali atau lebih dalam 60 hari.' },
  photo: { short: 'Foto berulang', what: 'Foto yang sama dipakai dalam tiga laporan atau lebih dalam 60 hari.' },
  both: { short: 'Tulisan dan foto berulang', what: 'Tulisan dan foto yang sama dikirim tiga kali atau lebih dalam 60 hari.' },
}
