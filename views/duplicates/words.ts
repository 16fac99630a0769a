import type { PairKind, PairStatus } from '#app/duplicates/list.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const placeOf = ({ place }: { place: string }) => place.split(', ')[0]!

export const KIND_WORDS: Record<PairKind, { label: string, tone: Tone }> = {
  nik: { label: 'NIK sama', tone: 'bad' }, kk: { label: 'Nomor KK sama', tone: 'warn' }, person: { label: 'Mungkin orang yang sama', tone: 'info' },
}

export const STATUS_WORDS: Record<PairStatus, { label: string, tone: Tone }> = {
  open: { label: 'Menunggu keputusan', tone: 'warn' }, returned: { label: 'Dikembalikan ke desa', tone: 'info' }, merging: { label: 'Sedang digabung', tone: 'info' },
  apart: { label: 'Dua orang berbeda', tone: 'good' }, gone: { label: 'Selesai', tone: 'good' },
}
