import type { Stage } from '#app/households/stages.ts'

// What a map can be coloured by. classes: the counts of a cell that are told apart; what is left over is the last class.
export type CountKey = `stage_${0 | 1 | 2 | 3 | 4 | 5}` | 'flagged' | `desil_${'low' | 'middle' | 'five' | 'high'}` | 'pkh' | 'sembako' | 'pbi'

type Class = { key: CountKey | 'rest', label: string, tone: 1 | 2 | 3 | 4 | 5 | 6 }
export type Facet = { label: string, classes: Class[] }

export const FACETS = {
  stage: {
    label: 'Tahap', classes: [
      { key: 'stage_0', label: 'Belum dikunjungi', tone: 6 }, { key: 'stage_1', label: 'Menunggu pemeriksaan', tone: 3 }, { key: 'stage_2', label: 'Dikembalikan', tone: 4 },
      { key: 'stage_3', label: 'Disetujui', tone: 2 }, { key: 'stage_4', label: 'Dalam pengesahan', tone: 5 }, { key: 'stage_5', label: 'Ditetapkan', tone: 1 },
    ],
  },
  flag: { label: 'Tanda pada kunjungan', classes: [{ key: 'flagged', label: 'Ada tanda', tone: 4 }, { key: 'rest', label: 'Tidak ada tanda', tone: 1 }] },
  desil: {
    label: 'Desil', classes: [
      { key: 'desil_low', label: 'Desil 1–2', tone: 4 }, { key: 'desil_middle', label: 'Desil 3–4', tone: 3 }, { key: 'desil_five', label: 'Desil 5', tone: 2 },
      { key: 'desil_high', label: 'Desil 6–10', tone: 1 }, { key: 'rest', label: 'Belum ada desil', tone: 6 },
    ],
  },
  pkh: { label: 'Penerima PKH', classes: [{ key: 'pkh', label: 'Menerima PKH', tone: 1 }, { key: 'rest', label: 'Tidak menerima', tone: 6 }] },
  sembako: { label: 'Penerima Sembako', classes: [{ key: 'sembako', label: 'Menerima Sembako', tone: 1 }, { key: 'rest', label: 'Tidak menerima', tone: 6 }] },
  pbi: { label: 'Peserta PBI-JK', classes: [{ key: 'pbi', label: 'Ada peserta PBI-JK', tone: 1 }, { key: 'rest', label: 'Tidak ada', tone: 6 }] },
} as const satisfies Record<string, Facet>
export type FacetKey = keyof typeof FACETS
export const FACET_KEYS = Object.keys(FACETS) as [FacetKey, ...FacetKey[]]

const GROUPS: Record<Exclude<Stage, 'withdrawn'>, number> = {
  listed: 0, published: 0, assigned: 0, downloaded: 0, deliberated: 0, submitted: 1, returned: 2, recheck: 2,
  checked: 3, verified: 3, batched: 4, ratified: 4, dispatched: 4, determined: 5,
}
export const stageGroup = (stage: Stage): number | undefined => stage === 'withdrawn' ? undefined : GROUPS[stage]

// Only of the colour that was asked for.
export type Counts = Partial<Record<CountKey, number>>
export const countedBy = (colour: FacetKey): CountKey[] => FACETS[colour].classes.flatMap(({ key }) => key === 'rest' ? [] : [key])

export const countOf = (counts: Counts & { n: number }, facet: Facet, key: Class['key']): number =>
  key === 'rest' ? counts.n - facet.classes.reduce((sum, one) => one.key === 'rest' ? sum : sum + countOf(counts, facet, one.key), 0) : counts[key] ?? 0
