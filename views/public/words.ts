import type { ReportKind, ReportLevel, ReportStatus } from '#app/reports/reports.ts'
import type { Tone } from '#views/ui/types.ts'

// The words citizens read. Plain enough to be read out.
export const KIND_WORDS: Record<ReportKind, { short: string, what: string }> = {
  usul: { short: 'Usul', what: 'Ada keluarga yang layak dibantu tetapi belum terdaftar.' },
  sanggah: { short: 'Sanggah', what: 'Ada yang terdaftar tetapi tidak layak, atau datanya salah.' },
}

export const LEVEL_WORDS: Record<ReportLevel, string> = { village: 'desa/kelurahan', district: 'kecamatan', regency: 'Dinas Sosial' }

export const STATUS_WORDS: Record<ReportStatus, { short: string, tone: Tone }> = {
  received: { short: 'Diterima', tone: 'info' },
  examining: { short: 'Sedang diperiksa', tone: 'info' },
  needs_more: { short: 'Menunggu jawaban Anda', tone: 'warn' },
  answered: { short: 'Sudah dijawab', tone: 'good' },
  closed: { short: 'Selesai', tone: 'neutral' },
  withdrawn: { short: 'Ditarik', tone: 'neutral' },
}

export const AGE_WORDS: Record<string, string> = {
  '17-29': '17–29 tahun', '30-44': '30–44 tahun', '45-59': '45–59 tahun', '60+': '60 tahun ke atas', unknown: 'Tidak tercatat',
}

export const PROGRAMME_WORDS: Record<string, string> = {
  pkh: 'PKH (Program Keluarga Harapan)', kks: 'KKS (Kartu Keluarga Sejahtera)', sembako: 'Sembako (BPNT)', pbi: 'PBI-JK (iuran BPJS Kesehatan)', kip: 'KIP (Indonesia Pintar)',
}

export const RELATION_WORDS: Record<string, string> = {
  self: 'Saya sendiri', family: 'Keluarga atau kerabat', neighbour: 'Tetangga', official: 'Pengurus RT/RW atau dusun', volunteer: 'Pendamping atau relawan', other: 'Warga lain',
}

export const OUTCOME_WORDS = { accepted: 'Laporan diterima', refused: 'Laporan tidak diterima' }
