import type { Snapshot } from '#app/dtsen/snapshots.ts'
import type { Tone } from '#views/ui/badge.tsx'
import { formatDate } from '#views/ui/format.ts'

export const SNAPSHOT_STATUS: Record<Snapshot['status'], { label: string, tone: Tone }> = {
  reading: { label: 'Sedang dibaca', tone: 'info' },
  previewed: { label: 'Menunggu konfirmasi', tone: 'warn' },
  applying: { label: 'Sedang diberlakukan', tone: 'info' },
  applied: { label: 'Tersimpan', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  discarded: { label: 'Dibatalkan', tone: 'neutral' },
}

export const MATCH_WORDS = { kk: 'Ditemukan menurut No. KK', nik: 'Ditemukan menurut NIK kepala', none: 'Tidak ada di registri' }

export const snapshotName = ({ label, effectiveOn }: Pick<Snapshot, 'label' | 'effectiveOn'>) => `${label} (${formatDate(effectiveOn)})`

// Said wherever a desil is shown: nobody who reads it here can change it here.
export const WHO_SETS_IT = 'Desil dihitung secara nasional oleh BPS. Desa dan Dinsos tidak menetapkan dan tidak dapat mengubahnya; yang keliru diperbaiki lewat data keluarganya.'

export const query = (values: Record<string, string | number | undefined>) =>
  new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, String(value)])).toString()
