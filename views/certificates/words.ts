import type { LetterState } from '#app/certificates/letters.ts'
import type { Tone } from '#views/ui/types.ts'

export const PURPOSE_WORDS = {
  school: 'Pendaftaran sekolah, PIP, atau KIP Kuliah', health: 'Keringanan biaya pengobatan atau PBI-JK', energy: 'Subsidi listrik atau LPG', legal: 'Bantuan hukum', other: 'Keperluan lain',
} as const
export const STATE_WORDS: Record<LetterState, { label: string, tone: Tone }> = {
  valid: { label: 'Berlaku', tone: 'good' }, expired: { label: 'Lewat masa berlaku', tone: 'neutral' }, revoked: { label: 'Dicabut', tone: 'bad' },
}
export const CERTIFICATES_TRAIL = [{ href: '/certificates', label: 'Surat keterangan' }]

export const ABSENCES_TRAIL = [...CERTIFICATES_TRAIL, { href: '/certificates/absent', label: 'Tidak terdaftar' }]
export const LETTER_TABS = (shown: 'registered' | 'absent') => [
  { href: '/certificates', label: 'Terdaftar', current: shown === 'registered' }, { href: '/certificates/absent', label: 'Tidak terdaftar', current: shown === 'absent' },
]
export const DAYS = [{ value: '30', label: '30 hari' }, { value: '90', label: '90 hari' }, { value: '180', label: '180 hari' }]
