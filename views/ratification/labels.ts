import type { BatchStatus } from '#app/ratification/batches.ts'
import type { BatchStep, StepKind } from '#app/ratification/steps.ts'
import { formatNumber } from '#views/ui/format.ts'
import type { Tone } from '#views/ui/types.ts'

export const STATUS: Record<BatchStatus, { label: string, tone: Tone }> = {
  gathering: { label: 'Sedang mengumpulkan', tone: 'info' },
  open: { label: 'Sedang disiapkan', tone: 'info' },
  frozen: { label: 'Dibekukan, menunggu pengesahan', tone: 'warn' },
  ratified: { label: 'Disahkan', tone: 'good' },
  dispatched: { label: 'Dikirim ke Kemensos', tone: 'info' },
  determined: { label: 'Selesai ditetapkan', tone: 'good' },
  cancelled: { label: 'Dibatalkan', tone: 'neutral' },
}

export const DECISIONS: Record<string, { label: string, tone: Tone }> = {
  pending: { label: 'Menunggu', tone: 'neutral' },
  accepted: { label: 'Ditetapkan', tone: 'good' },
  returned: { label: 'Dikembalikan', tone: 'warn' },
}

// title and label: while it goes on. done: when all rows have followed.
export const STEPS: Record<StepKind, { title: string, label: string, done: (count: string) => string }> = {
  gather: { title: 'Data yang disetujui sedang dikumpulkan', label: 'Terkumpul', done: (count) => `${count} data dikumpulkan.` },
  drop: { title: 'Yang belum lolos sedang dikeluarkan', label: 'Dikeluarkan', done: (count) => `${count} data dikeluarkan dari berkas.` },
  freeze: { title: 'Berkas sedang dibekukan', label: 'Diurutkan', done: () => 'Berkas dibekukan. Sekarang menunggu pengesahan.' },
  cancel: { title: 'Berkas sedang dibatalkan', label: 'Dikembalikan ke antrean', done: () => 'Berkas dibatalkan. Datanya kembali ke antrean siap disahkan, yang belum lolos kriteria ke antrean Dinsos.' },
  ratify: { title: 'Sudah disahkan, tahap setiap data sedang dicatat', label: 'Dicatat', done: (count) => `${count} data tercatat disahkan.` },
  dispatch: { title: 'Arsip sedang dibuat, lalu berkas dikirim ke Kemensos', label: 'Dikirim', done: () => 'Berkas dikirim ke Kemensos.' },
  accept: { title: 'Data sedang ditetapkan', label: 'Ditetapkan', done: (count) => `${count} data ditetapkan.` },
  return: { title: 'Data sedang dikembalikan', label: 'Dikembalikan', done: (count) => `${count} data dikembalikan ke kabupaten/kota.` },
}

const LEFT: Partial<Record<StepKind, string>> = {
  accept: 'tidak bisa ditetapkan karena data induknya sudah berubah.', gather: 'data tidak ikut karena data induknya sudah berubah (kembali ke pemeriksa), usulannya sedang dalam berkas lain, atau menunggu KK/NIK dari Dukcapil.',
}

export const tellLeft = ({ kind, passed }: BatchStep) => passed > 0 && LEFT[kind] ? `${formatNumber(passed)} ${LEFT[kind]}` : ''

export const tellStep = (step: BatchStep) => step.finishedAt === null ? `${STEPS[step.kind].title}.` : [STEPS[step.kind].done(formatNumber(step.done)), tellLeft(step)].filter(Boolean).join(' ')
