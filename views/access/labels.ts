import type { Remark } from '#app/access/accounts.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const REMARKS: Record<Remark, { label: string, tone: Tone }> = {
  clashing: { label: 'Peran tidak boleh dirangkap', tone: 'bad' },
  no_factor: { label: 'Wajib verifikasi dua langkah, belum dipasang', tone: 'bad' },
  unused: { label: 'Tidak dipakai lebih dari 90 hari', tone: 'warn' },
  never: { label: 'Belum pernah masuk', tone: 'warn' },
  shared_phone: { label: 'Nomor telepon sama dengan akun lain', tone: 'warn' },
  same_name: { label: 'Nama sama dengan akun lain', tone: 'neutral' },
  powerful: { label: 'Berwenang besar', tone: 'info' },
}
export const DECISIONS = { kept: { label: 'Tetap berhak', tone: 'good' as Tone }, suspended: { label: 'Ditangguhkan', tone: 'bad' as Tone } }
