import type { FindingKind, FindingStatus } from '#app/crosschecks/kinds.ts'
import type { ChartTone } from '#views/ui/chart.tsx'
import type { Tone } from '#views/ui/types.ts'

type Words = { short: string, label: string, todo: string, tone: ChartTone }
// In short, whole, and what to do about it.
export const KIND_WORDS: Record<FindingKind, Words> = {
  dead: { short: 'Meninggal', label: 'Penerima tercatat meninggal', todo: 'Pastikan dengan keluarga atau akta kematian, lalu usulkan keluar atau pengganti.', tone: 4 },
  moved: { short: 'Pindah', label: 'Penerima pindah atau tidak ditemukan', todo: 'Pastikan tempat tinggalnya sekarang. Bila sudah di luar kabupaten/kota, usulkan keluar dan beri tahu Dinsos tujuan.', tone: 3 },
  unregistered: { short: 'Tidak di registri', label: 'Penerima tidak ada di registri', todo: 'Cocokkan NIK dan Nomor KK dengan kartunya. Yang belum terdata diusulkan sebagai data baru.', tone: 6 },
  inactive: { short: 'Nonaktif', label: 'Rumah tangga penerima nonaktif', todo: 'Lihat alasan nonaktifnya. Bila memang sudah tidak ada, usulkan keluar; bila keliru, usulkan pengaktifan.', tone: 6 },
  occupation: { short: 'Pekerjaan', label: 'Ada anggota keluarga dengan pekerjaan yang dikecualikan', todo: 'Pastikan pekerjaannya. Bila benar, usulkan keluar; bila keliru, usulkan perbaikan data rumah tangga.', tone: 5 },
  double: { short: 'Ganda', label: 'Bantuan yang sama dua kali, atau dua program yang tidak boleh bersamaan', todo: 'Bandingkan kedua penerima. Usulkan keluar yang keliru.', tone: 4 },
  high_desil: { short: 'Desil tinggi', label: 'Menerima padahal desilnya di atas batas program', todo: 'Pastikan keadaannya di lapangan. Usulkan keluar, atau usulkan perbaikan data bila desilnya tidak sesuai keadaan.', tone: 2 },
  low_desil: { short: 'Belum menerima', label: 'Desilnya dalam batas, tetapi belum menerima apa pun', todo: 'Bahas di musdes/muskel, lalu usulkan ke program yang batasnya masuk.', tone: 1 },
  two_families: { short: 'Dua keluarga', label: 'Satu orang tercatat di dua keluarga, salah satunya menerima', todo: 'Pastikan ia tinggal di mana. Perbaiki atau gabungkan datanya lewat Data ganda.', tone: 5 },
}
export const KINDS = Object.keys(KIND_WORDS) as FindingKind[]

export const STATUS_WORDS: Record<FindingStatus, { label: string, tone: Tone }> = {
  open: { label: 'Terbuka', tone: 'warn' }, dismissed: { label: 'Dikesampingkan', tone: 'neutral' }, settled: { label: 'Selesai', tone: 'good' },
}

export const PROGRAMME_CHOICES = [
  { value: 'pkh', label: 'PKH' }, { value: 'sembako', label: 'Sembako' }, { value: 'pbi', label: 'PBI-JK' }, { value: 'ppks', label: 'PPKS' }, { value: 'blt', label: 'BLT Desa' }, { value: 'apbd', label: 'Bantuan APBD' }, { value: 'none', label: 'Tanpa program' },
]
