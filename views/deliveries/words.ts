import type { HeldCase } from '#app/deliveries/case.ts'

// In short for the list; in full, with what to do, for the case.
export const REASONS: Record<string, { short: string, what: string, todo: string }> = {
  conflict: {
    short: 'Jawaban berbeda',
    what: 'Rumah tangga ini sudah dikirim lebih dahulu, dan sebagian jawabannya berbeda.',
    todo: 'Pilih jawaban yang benar untuk setiap isian. Bila ragu, tanyakan kepada kedua petugas.',
  },
  reassigned: {
    short: 'Tugas sudah dialihkan',
    what: 'Saat kiriman ini tiba, tugasnya sudah diberikan kepada petugas lain.',
    todo: 'Gunakan kiriman ini bila kunjungannya benar; tugas kembali kepada pengirim. Bila petugas yang baru yang harus berkunjung, tutup kiriman ini.',
  },
  sent_before: {
    short: 'Sudah diperiksa',
    what: 'Kunjungan ke rumah tangga ini sudah diperiksa sebelum kiriman ini tiba.',
    todo: 'Bandingkan jawabannya. Bila data yang tersimpan salah, minta pemeriksa mengembalikannya lebih dahulu; kiriman ini tetap menunggu di sini.',
  },
  incomplete: {
    short: 'Belum lengkap',
    what: 'Kunjungan ini belum memenuhi aturan kuesioner.',
    todo: 'Petugas memperbaiki isiannya di HP lalu mengirim lagi. Tutup kiriman ini bila perbaikannya sudah tiba.',
  },
  unknown_household: {
    short: 'Rumah tangga tidak dikenal',
    what: 'Server tidak mengenal rumah tangga ini.',
    todo: 'Periksa prelist dengan Dinsos. Tutup kiriman ini bila rumah tangganya memang tidak ada lagi.',
  },
  out_of_region: {
    short: 'Di luar wilayah petugas',
    what: 'Rumah tangga ini di luar wilayah tugas pengirim.',
    todo: 'Bila petugas memang ditugaskan ke sana, minta admin membetulkan wilayahnya, lalu terima kiriman ini.',
  },
}
export const reasonOf = (reason: string | null) => REASONS[reason ?? ''] ?? { short: 'Perlu dilihat', what: 'Kiriman ini belum bisa diterima.', todo: 'Periksa isinya, lalu putuskan.' }

// What things look like now, where that differs from when it came.
export function nowWords({ delivery, way, household, first }: HeldCase): string | undefined {
  if (way === 'choose' && delivery.reason !== 'conflict') return `Sekarang kunjungan ${first?.officerName} menunggu pemeriksaan. Kedua kunjungan bisa digabung.`
  if (way === 'use' && delivery.reason === 'conflict') return 'Kunjungan yang tiba lebih dahulu sudah dikembalikan. Kiriman ini sekarang bisa diterima sendiri.'
  if (way === 'close' && delivery.reason === 'conflict') return 'Kunjungan yang tiba lebih dahulu sudah diperiksa, jadi jawabannya tidak bisa digabung lagi.'
  if (way === 'use' && !household?.officerName) return 'Sekarang tugas ini tidak dipegang petugas mana pun. Kiriman ini bisa diterima.'
  if (way === 'use' && household?.officerName !== delivery.officerName) return `Sekarang tugas ini dipegang ${household!.officerName}.`
  return undefined
}
