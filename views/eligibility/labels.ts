import type { Check, RuleCode } from '#app/eligibility/judging.ts'
import type { Ruled } from '#app/eligibility/rules.ts'
import type { Run } from '#app/eligibility/runs.ts'
import { formatNumber } from '#views/ui/format.ts'
import type { Tone } from '#views/ui/types.ts'

export const TRAIL = [{ href: '/eligibility', label: 'Kelayakan & simulasi' }]
export const PROGRAMME_LABELS: Record<Ruled, string> = { pkh: 'PKH', sembako: 'Sembako', pbi: 'PBI-JK' }

export const RUN_STATUS: Record<Run['status'], { label: string, tone: Tone }> = {
  queued: { label: 'Menunggu giliran', tone: 'info' }, running: { label: 'Sedang dihitung', tone: 'info' }, ready: { label: 'Selesai', tone: 'good' },
  cancelled: { label: 'Dihentikan', tone: 'neutral' }, failed: { label: 'Gagal', tone: 'bad' },
}

export const RULE_LABELS: Record<RuleCode, string> = {
  present: 'Keluarga masih ada', held: 'Keputusan nonaktif', restricted: 'Pembatasan pemrosesan', desil: 'Desil', component: 'Komponen PKH', occupation: 'Pekerjaan yang dikecualikan', contradicting: 'Program yang tidak boleh bersamaan', age: 'Umur',
}

// How a family fares under a rule, in a sentence with its numbers.
export function sayCheck({ rule, passed, found, wanted }: Check, unit: 'family' | 'person'): string {
  const number = formatNumber(found)
  switch (rule) {
    case 'present': return passed ? `${number} orang tinggal di rumah tangga ini.` : 'Tidak ada anggota yang tinggal di sini, atau rumah tangganya nonaktif.'
    case 'held': return 'Rumah tangganya tidak ditemukan pada kunjungan terakhir dan menunggu keputusan nonaktif, jadi ditahan dari daftar baru.'
    case 'restricted': return 'Pemrosesan data rumah tangga ini dibatasi atas permohonan warga, jadi ditahan dari daftar baru sampai Dinsos mengakhirinya.'
    case 'desil': return found === null ? `Belum ada desil untuk keluarga ini; syaratnya desil 1–${wanted}.` : `Desil keluarga ${number}; syaratnya desil 1–${wanted}.`
    case 'component': return passed ? `${number} anggota dihitung dalam komponen PKH.` : 'Tidak ada anggota yang memenuhi komponen PKH.'
    case 'occupation': return passed ? 'Tidak ada anggota dengan pekerjaan yang dikecualikan.' : `${number} anggota bekerja sebagai PNS, TNI, Polri, pegawai BUMN/BUMD, atau pekerjaan lain yang dikecualikan.`
    case 'contradicting': return passed ? 'Tidak menerima program yang tidak boleh bersamaan.' : `Menerima ${number} program yang tidak boleh bersamaan.`
    case 'age': return unit === 'person' ? `${number} anggota memenuhi syarat umur.` : found === null ? 'Tanggal lahir kepala keluarga belum ada.' : `Kepala keluarga berumur ${number} tahun.`
  }
}

export const ruleSummary = ({ rules }: Pick<Run, 'rules'>): string[] => [
  rules.desilMax === null ? 'Semua desil' : `Desil 1–${rules.desilMax}`,
  ...(rules.needsComponent ? ['wajib punya komponen PKH'] : []), ...(rules.occupations.length > 0 ? ['pekerjaan tertentu dikecualikan'] : []),
  ...(rules.ageMin !== null ? [`umur paling rendah ${rules.ageMin}`] : []), ...(rules.ageMax !== null ? [`umur paling tinggi ${rules.ageMax}`] : []),
  ...(rules.quotaEach.regency !== null ? [`kuota ${formatNumber(rules.quotaEach.regency)} tiap kabupaten/kota`] : []), ...(rules.quotaEach.village !== null ? [`kuota ${formatNumber(rules.quotaEach.village)} tiap desa`] : []),
  ...(Object.keys(rules.quotas).length > 0 ? [`kuota ditetapkan di ${formatNumber(Object.keys(rules.quotas).length)} wilayah`] : []),
]
