import type { Tone } from '#views/ui/badge.tsx'

export type Level = 'look' | 'fine' | 'unknown'
export const LEVELS: Level[] = ['look', 'fine', 'unknown']
export const LEVEL_WORDS: Record<Level, { label: string, tone: Tone }> = {
  look: { label: 'Perlu dilihat', tone: 'warn' }, fine: { label: 'Wajar', tone: 'good' }, unknown: { label: 'Belum cukup data', tone: 'neutral' },
}

type Judged = { level: Level, reasons: { sentence: string }[] }

// The first reason says it; how many more there are, the page of the person.
export function verdictSentence({ level, reasons: [first, ...more] }: Judged, few: string): string {
  if (level === 'unknown') return few
  if (!first) return 'Tidak ada yang menonjol dibanding yang lain.'
  return more.length > 0 ? `${first.sentence} Dan ${more.length} hal lain.` : first.sentence
}

export const FEW_VISITS = 'Kurang dari 8 kunjungan yang sudah dinilai.'
export const FEW_DECISIONS = 'Kurang dari 20 keputusan.'

export const minutesOf = (ms: number | null) => ms === null ? '–' : String(Math.round(ms / 60_000))
