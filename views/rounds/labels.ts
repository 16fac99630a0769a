import type { ListedRound } from '#app/rounds/rounds.ts'
import { formatNumber } from '#views/ui/format.ts'

export const ROUND_STATUS = {
  gathering: { label: 'Mengumpulkan baris', tone: 'info' }, previewed: { label: 'Pratinjau, belum ada yang diusulkan', tone: 'warn' }, running: { label: 'Sedang diusulkan', tone: 'info' },
  done: { label: 'Selesai', tone: 'good' }, undoing: { label: 'Sedang ditarik kembali', tone: 'info' }, undone: { label: 'Ditarik kembali', tone: 'neutral' },
  failed: { label: 'Gagal', tone: 'bad' }, discarded: { label: 'Pratinjau kedaluwarsa', tone: 'neutral' },
} as const

export const inShort = ({ status, planned, done, skipped, undone, kept }: ListedRound): string => {
  if (status === 'undone' || status === 'undoing') return `${formatNumber(undone)} ditarik${kept ? `, ${formatNumber(kept)} tetap` : ''}`
  return `${formatNumber(status === 'done' || status === 'running' ? done : planned)} ${status === 'done' || status === 'running' ? 'diusulkan' : 'akan diusulkan'}${skipped ? `, ${formatNumber(skipped)} dilewati` : ''}`
}
