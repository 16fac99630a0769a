import type { HeldCase } from '#app/deliveries/case.ts'

// In full, with what to do, for the case; in short for lists it stands in held-words.ts.
export const REASONS: Record<string, { what: string, todo: string }> = {
  conflict: {
    what: 'Rumah tangga ini sudah dikirim lebih dahulu, dan sebagian jawabannya berbeda.',
    todo: 'Pilih jawaban yang benar untuk setiap isian. Bila ragu, tanyakan kepada kedua petugas.',
  },
  reassigned: {
    what: 'Saat kiriman ini tiba, tugasnya sudah diberikan kepada petugas lain.',
    todo: 'Gunakan kiriman ini bila kunjungannya benar; tugas kembali kepada pengirim. Bila petugas yang baru yang harus berkunjung, tutup kiriman ini.',
  },
  sent_before: {
    what: 'Kunjungan ke rumah tangga ini sudah diperiksa sebelum kiriman ini tiba.',
    todo: 'Bandingkan jawabannya. Bila data yang tersimpan salah, minta pemeriksa mengembalikannya lebih dahulu; kiriman ini tetap menunggu di sini.',
  },
  incomplete: {
    what: 'Kunjungan ini belum memenuhi aturan kuesioner.',
    todo: 'Petugas memperbaiki isiannya di HP lalu mengirim lagi. Tutup kiriman ini bila perbaikannya sudah tiba.',
  },
  unknown_household: {
    what: 'Server tidak mengenal rumah tangga ini.',
    todo: 'Periksa prelist dengan Dinsos. Tutup kiriman ini bila rumah tangganya memang tidak ada lagi.',
  },
  out_of_region: {
    what: 'Rumah tangga ini di luar wilayah tugas pengirim.',
    todo: 'Bila petugas memang ditugaskan ke sana, minta admin membetulkan wilayahnya, lalu terima kiriman ini.',
  },
}
export const reasonOf = (reason: string | null) => REASONS[reason ?? ''] ?? { what: 'Kiriman ini belum bisa diterima.', todo: 'Periksa isinya, lalu putuskan.' }

// What things look like now, where that differs from when it came.
export function nowWords({ delivery, way, household, first }: HeldCase): string | undefined {
  if (way === 'choose' && delivery.reason !== 'conflict') return `Sekarang kunjungan ${first?.officerName} menunggu pemeriksaan. Kedua kunjungan bisa digabung.`
  if (way === 'use' && delivery.reason === 'conflict') return 'Kunjungan yang tiba lebih dahulu sudah dikembalikan. Kiriman ini sekarang bisa diterima sendiri.'
  if (way === 'close' && delivery.reason === 'conflict') return 'Kunjungan yang tiba lebih dahulu sudah diperiksa, jadi jawabannya tidak bisa digabung lagi.'
  if (way === 'use' && !household?.officerName) return 'Sekarang tugas ini tidak dipegang petugas mana pun. Kiriman ini bisa diterima.'
  if (way === 'use' && household?.officerName !== delivery.officerName) return `Sekarang tugas ini dipegang ${household!.officerName}.`
  return undefined
}
