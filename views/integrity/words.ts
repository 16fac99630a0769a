import type { Kind } from '#app/integrity/overview.ts'
import type { ChartTone } from '#views/ui/chart.tsx'

// The five criteria of Permensos 3/2021 art. 8(3) and what is only doubtful: in short, whole, and what to do about it.
export const KIND_WORDS: Record<Kind, { short: string, label: string, todo: string, tone: ChartTone }> = {
  a: {
    short: 'a. Orang unik', label: 'Data orang bersifat individu dan unik', tone: 4,
    todo: 'Satu NIK tercatat dua kali. Lihat KTP keduanya: perbaiki NIK yang salah, atau gabungkan bila orangnya sama (menu Data ganda).',
  },
  b: {
    short: 'b. NIK, nama, alamat', label: 'Orang memiliki NIK, nama, dan alamat yang padan', tone: 3,
    todo: 'Cocokkan dengan KTP atau KK, lalu ajukan perbaikan. Yang belum punya NIK: arahkan ke Dukcapil untuk perekaman.',
  },
  c: {
    short: 'c. Keluarga utuh', label: 'Keluarga merupakan kumpulan data orang', tone: 5,
    todo: 'Lihat Kartu Keluarga: isi Nomor KK, pastikan kepala keluarga tepat satu, dan setiap keluarga ada anggotanya.',
  },
  d: {
    short: 'd. Keluarga tidak beririsan', label: 'Anggota keluarga tidak beririsan antarkeluarga', tone: 2,
    todo: 'Satu Nomor KK dipakai dua rumah tangga. Lihat kedua kartunya: perbaiki nomor yang salah, atau gabungkan (menu Data ganda).',
  },
  e: {
    short: 'e. Data lengkap', label: 'Atribut data lengkap', tone: 1,
    todo: 'Lengkapi isian yang disebut, lewat kunjungan atau usulan perbaikan.',
  },
  w: {
    short: 'Peringatan', label: 'Perlu dilihat lagi (tidak menahan pengesahan)', tone: 6,
    todo: 'Periksa dengan KTP atau KK. Bila sudah benar, tidak perlu apa-apa: data lama bisa berbeda dengan NIK yang berlaku seumur hidup.',
  },
}
