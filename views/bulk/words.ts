import type { BulkRun } from '#app/bulk/runs.ts'
import type { Stage } from '#app/households/stages.ts'
import { formatNumber } from '#views/ui/format.ts'

type Words = { title: string, verb: string, done: string, to: (from: Stage) => Stage, back: { href: string, label: string } }

export const ACT_WORDS: Record<BulkRun['kind'], Words> = {
  publish: { title: 'Terbitkan prelist', verb: 'Terbitkan', done: 'diterbitkan', to: () => 'published', back: { href: '/prelist', label: 'Prelist' } },
  assign: { title: 'Tugaskan baris prelist', verb: 'Tugaskan', done: 'ditugaskan', to: () => 'assigned', back: { href: '/prelist', label: 'Prelist' } },
  revoke: { title: 'Tarik baris dari petugas', verb: 'Tarik', done: 'ditarik', to: () => 'published', back: { href: '/prelist', label: 'Prelist' } },
  approve: { title: 'Setujui bersama', verb: 'Setujui', done: 'disetujui', to: (from) => from === 'checked' ? 'verified' : 'checked', back: { href: '/reviews', label: 'Pemeriksaan' } },
}

export const RUN_STATUS = {
  gathering: { label: 'Mengumpulkan baris', tone: 'info' }, previewed: { label: 'Pratinjau, belum ada yang diubah', tone: 'warn' }, running: { label: 'Sedang dijalankan', tone: 'info' },
  done: { label: 'Selesai', tone: 'good' }, undoing: { label: 'Sedang diurungkan', tone: 'info' }, undone: { label: 'Diurungkan', tone: 'neutral' },
  failed: { label: 'Gagal', tone: 'bad' }, discarded: { label: 'Pratinjau kedaluwarsa', tone: 'neutral' },
} as const

// Where one came from: of a single village its own list.
export const backHref = ({ kind, wanted: { village } }: BulkRun) =>
  (kind === 'assign' || kind === 'revoke') && village?.[0] ? `/prelist/rows?village=${village[0]}` : ACT_WORDS[kind].back.href

export const inShort = ({ kind, status, planned, done, skipped, undone, kept }: BulkRun) => {
  const { done: word } = ACT_WORDS[kind]
  if (status === 'undone' || status === 'undoing') return `${formatNumber(undone)} diurungkan${kept ? `, ${formatNumber(kept)} tetap` : ''}`
  if (status === 'done' || status === 'running') return `${formatNumber(done)} ${word}${skipped ? `, ${formatNumber(skipped)} dilewati` : ''}`
  return `${formatNumber(planned)} akan ${word}${skipped ? `, ${formatNumber(skipped)} dilewati` : ''}`
}
