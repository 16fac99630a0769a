import type { Intake, IntakeRow } from '#app/intake/intakes.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const INTAKE_STATUS: Record<Intake['status'], { label: string, tone: Tone }> = {
  reading: { label: 'Sedang dibaca', tone: 'info' },
  previewed: { label: 'Menunggu konfirmasi', tone: 'warn' },
  applying: { label: 'Sedang dimasukkan', tone: 'info' },
  applied: { label: 'Sudah dimasukkan', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  discarded: { label: 'Dibatalkan', tone: 'neutral' },
}

export const ROW_ACTION: Record<IntakeRow['action'], { label: string, tone: Tone }> = {
  new: { label: 'Baru', tone: 'good' },
  changed: { label: 'Berubah', tone: 'info' },
  same: { label: 'Sama', tone: 'neutral' },
  unmatched: { label: 'Tidak ada di registri', tone: 'warn' },
  error: { label: 'Salah', tone: 'bad' },
}

export const SETTLEMENT: Record<NonNullable<IntakeRow['settlement']>, { label: string, tone: Tone }> = {
  linked: { label: 'Ditautkan', tone: 'good' },
  kept: { label: 'Disimpan, tidak ada di registri', tone: 'warn' },
  thrown: { label: 'Dikeluarkan', tone: 'neutral' },
}

export const MATCHED_BY = { nik: 'Menurut NIK', kk: 'Menurut No KK', hand: 'Dipilih petugas' }
export const INTAKE_KIND: Record<Intake['kind'], string> = { recipients: 'Daftar penerima', payments: 'Hasil salur' }
export const PROGRAMME_NAMES: Record<ProgrammeCode, string> = { pkh: 'PKH', sembako: 'Sembako', pbi: 'PBI-JK', ppks: 'PPKS', blt: 'BLT Desa', apbd: 'Bantuan APBD' }
export const INTAKE_TRAIL = { href: '/intake', label: 'Impor penerima' }
