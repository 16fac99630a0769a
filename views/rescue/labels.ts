import type { RescueItem } from '#app/rescue/cases.ts'
import type { Tone } from '#views/ui/badge.tsx'

type Reason = RescueItem['reason']

export const REASONS = [
  'returned', 'photos', 'held', 'proposal', 'meninggal', 'ganda', 'nik_tidak_ditemukan', 'tidak_padan_nama', 'gate_a', 'gate_b', 'gate_c', 'gate_d', 'gate_e', 'unfinished',
] as const satisfies readonly Reason[]

export const REASON_LABELS: Record<Reason, string> = {
  returned: 'Kunjungan dikembalikan', photos: 'Foto belum lengkap', held: 'Kiriman ditahan', proposal: 'Usulan belum selesai', meninggal: 'Tercatat meninggal', ganda: 'NIK ganda di Dukcapil',
  nik_tidak_ditemukan: 'NIK tidak ditemukan', tidak_padan_nama: 'Nama tidak padan', gate_a: 'Orang tercatat dua kali', gate_b: 'NIK, nama, atau alamat',
  gate_c: 'Susunan keluarga', gate_d: 'Nomor KK dipakai dua kali', gate_e: 'Jawaban belum lengkap', unfinished: 'Tahapnya belum selesai',
}

// Late work is still on its way; everything else is broken and stays so until somebody mends it.
export const reasonTone = (reason: Reason): Tone => reason === 'unfinished' || reason === 'proposal' ? 'warn' : 'bad'

export const DANGERS = { dropped: { label: 'Terancam dikeluarkan', tone: 'bad' }, left_out: { label: 'Terancam tidak ikut', tone: 'warn' } } as const

// How it was mended, by the line of the trail that did it.
export function repairWords(how: string | null): string {
  if (how === 'matching') return 'hasil pemadanan baru'
  if (how === 'elsewhere' || how === null) return 'perubahan pada rumah tangga lain'
  return HOW[how] ?? 'data rumah tangga diperbarui'
}

const HOW: Record<string, string> = {
  'visit.submitted': 'kunjungan dikirim', 'visit.checked': 'kunjungan disetujui', 'visit.verified': 'kunjungan diverifikasi', 'household.submitted': 'kunjungan dikirim',
  'household.checked': 'kunjungan disetujui', 'household.verified': 'kunjungan diverifikasi', 'household.revised': 'data rumah tangga diperbaiki',
  'household.dispatched': 'dikirim ke Kemensos', 'household.determined': 'ditetapkan', 'household.withdrawn': 'ditarik dari daftar', 'household.batched': 'masuk berkas pengesahan',
  'proposal.dispatched': 'usulan dikirim ke Kemensos', 'proposal.determined': 'usulan ditetapkan', 'proposal.rejected': 'usulan ditolak', 'proposal.withdrawn': 'usulan ditarik',
  'delivery.settled': 'kiriman diputuskan',
}
