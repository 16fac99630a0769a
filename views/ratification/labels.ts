import type { BatchStatus } from '#app/ratification/batches.ts'
import type { Tone } from '#views/ui/types.ts'

export const STATUS: Record<BatchStatus, { label: string, tone: Tone }> = {
  gathering: { label: 'Sedang mengumpulkan', tone: 'info' },
  open: { label: 'Terbuka', tone: 'info' },
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
