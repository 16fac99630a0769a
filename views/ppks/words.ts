import type { Tone } from '#views/ui/types.ts'

export const MODES = { given: 'Diberikan', referred: 'Dirujuk' } as const
export const MODE_TONES: Record<keyof typeof MODES, Tone> = { given: 'good', referred: 'info' }
export const TRAIL = [{ href: '/programmes/ppks', label: 'PPKS' }]
