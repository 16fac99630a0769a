import type { State } from '#app/compliance/control.ts'
import type { Tone } from '#views/ui/types.ts'

export const STATE_WORDS: Record<State, string> = { met: 'Dipenuhi', partly: 'Sebagian', office: 'Urusan kantor', none: 'Belum ada' }
export const STATE_TONES: Record<State, Tone> = { met: 'good', partly: 'warn', office: 'neutral', none: 'bad' }
export const STANDARD_WORDS = { iso: 'ISO 27001:2022 Lampiran A', asvs: 'OWASP ASVS 4.0.3 tingkat 2' } as const
