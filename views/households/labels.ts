import { OUTCOMES } from '#app/questionnaire/2026/options.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const PROGRAMME_LABELS: Record<string, string> = { pkh: 'PKH', kks: 'KKS', sembako: 'Sembako', pbi: 'PBI-JK', kip: 'KIP', kur: 'KUR' }
export const programmesOf = (programmes: string) => programmes.split(',').filter(Boolean).map((code) => PROGRAMME_LABELS[code] ?? code)

// Objects keep number-like keys in their order, so the single ones come first by themselves.
export const DESIL_LABELS: Record<string, string> = {
  ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [String(i + 1), `Desil ${i + 1}`])), '1-4': 'Desil 1 sampai 4', '1-5': 'Desil 1 sampai 5', none: 'Tanpa desil',
}

export const outcomeLabel = (code: number | null) => OUTCOMES.find((option) => option.code === code)?.label

const TONES: Partial<Record<Stage, Tone>> = {
  submitted: 'info', returned: 'bad', checked: 'info', recheck: 'bad', verified: 'good', batched: 'good', ratified: 'good',
  dispatched: 'good', determined: 'good', withdrawn: 'warn',
}
export const stageTone = (stage: Stage): Tone => TONES[stage] ?? 'neutral'

const CAUSES: Record<string, string> = {
  prelist: 'Impor prelist', determination: 'Penetapan Kemensos', musdes: 'Usulan baru hasil musdes', proposal: 'Usulan baru', seed: 'Data contoh',
}

// "determination:<batch>" and the like, in words; the part after the colon leads to where it happened, if there is such a page.
export const causeLabel = (cause: string) => CAUSES[cause.split(':')[0] ?? ''] ?? cause
// readsBatches: whether the reader may open what was ratified.
export function causeHref(cause: string, readsBatches: boolean): string | undefined {
  const [kind, id] = cause.split(':')
  if (kind === 'proposal' && id) return `/proposals/${id}`
  return kind === 'determination' && id && readsBatches ? `/batches/${id}` : undefined
}
