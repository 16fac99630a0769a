import type { PeriodStatus, StoredPeriod } from '#app/periods/periods.ts'
import type { DifferenceKind } from '#app/periods/comparing.ts'
import { formatDate } from '#views/ui/format.ts'
import type { Tone } from '#views/ui/types.ts'

export const STATUS: Record<PeriodStatus, { label: string, tone: Tone }> = {
  planned: { label: 'Direncanakan', tone: 'neutral' },
  open: { label: 'Dibuka', tone: 'good' },
  cut_off: { label: 'Lewat batas kirim', tone: 'warn' },
  closed: { label: 'Ditutup', tone: 'info' },
}

export const CADENCE: Record<StoredPeriod['cadence'], string> = { monthly: 'Bulanan', quarterly: 'Triwulanan' }

export const KINDS: Record<DifferenceKind, string> = {
  entry: 'Masuk', exit: 'Keluar', moved_in: 'Pindah ke sini', moved_out: 'Pindah dari sini', changed: 'Berubah',
}

export const CHANGES: Record<string, string> = { members: 'anggota', head: 'kepala rumah tangga', address: 'alamat' }

export const TRAIL = [{ href: '/periods', label: 'Periode penetapan' }]

// How long there still is, in the words of a calendar on the wall.
export const daysLeft = (days: number) => days === 0 ? 'hari ini hari terakhir' : days === 1 ? 'besok hari terakhir' : `${days} hari lagi`

// "Triwulan IV 2026", "Desember 2026".
export const suggestedName = (opensOn: string, cadence: StoredPeriod['cadence']) => cadence === 'monthly'
  ? formatDate(opensOn).split(' ').slice(1).join(' ')
  : `Triwulan ${['I', 'II', 'III', 'IV'][Math.floor((Number(opensOn.slice(5, 7)) - 1) / 3)]} ${opensOn.slice(0, 4)}`
