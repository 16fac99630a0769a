import type { Import, ShownRow } from '#app/assignments/imports.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const IMPORT_STATUS: Record<Import['status'], { label: string, tone: Tone }> = {
  reading: { label: 'Sedang dibaca', tone: 'info' },
  previewed: { label: 'Menunggu konfirmasi', tone: 'warn' },
  applying: { label: 'Sedang diimpor', tone: 'info' },
  applied: { label: 'Selesai diimpor', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  discarded: { label: 'Dibatalkan', tone: 'neutral' },
}

export const ROW_ACTION: Record<ShownRow['action'], { label: string, tone: Tone }> = {
  new: { label: 'Baru', tone: 'good' },
  changed: { label: 'Berubah', tone: 'info' },
  same: { label: 'Sama', tone: 'neutral' },
  busy: { label: 'Sedang dikerjakan', tone: 'warn' },
  error: { label: 'Salah', tone: 'bad' },
}
