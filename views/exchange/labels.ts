import type { RegionPackage } from '#app/exchange/packages.ts'
import type { Outcome, Run } from '#app/exchange/runs.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const RUN_STATUS: Record<Run['status'], { label: string, tone: Tone }> = {
  taking: { label: 'Sedang diterima', tone: 'info' },
  taken: { label: 'Selesai', tone: 'good' },
  failed: { label: 'Terhenti', tone: 'bad' },
}

export const OUTCOMES: Record<Outcome, { label: string, tone: Tone, note: string }> = {
  new: { label: 'Baru', tone: 'good', note: 'kunjungan masuk' },
  updated: { label: 'Diperbarui', tone: 'info', note: 'kunjungan bertambah lengkap' },
  same: { label: 'Sama', tone: 'neutral', note: 'sudah ada, tidak diubah' },
  held: { label: 'Ditahan', tone: 'warn', note: 'disimpan, perlu keputusan' },
  refused: { label: 'Ditolak', tone: 'bad', note: 'tidak disimpan' },
}

export const VIA: Record<Run['via'], string> = { file: 'dari HP petugas', package: 'dari laptop kantor' }

export const EXCHANGE_TRAIL = [{ href: '/exchange', label: 'Tukar berkas' }]

export const PACKAGE_STATUS: Record<RegionPackage['status'], { label: string, tone: Tone }> = {
  making: { label: 'Disiapkan', tone: 'info' },
  ready: { label: 'Siap diunduh', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  removed: { label: 'Sudah dihapus', tone: 'neutral' },
}
