import type { Outcome } from '#app/matching/matcher.ts'
import type { Run } from '#app/matching/runs.ts'
import type { AnswerImport, ShownAnswer } from '#app/matching/imports.ts'
import type { Tone } from '#views/ui/badge.tsx'

type Label = { label: string, tone: Tone }

export const OUTCOME_LABELS: Record<Outcome, Label> = {
  padan: { label: 'Padan', tone: 'good' },
  tidak_padan_nama: { label: 'Nama tidak padan', tone: 'bad' },
  nik_tidak_ditemukan: { label: 'NIK tidak ditemukan', tone: 'bad' },
  meninggal: { label: 'Tercatat meninggal', tone: 'bad' },
  ganda: { label: 'NIK ganda', tone: 'bad' },
  kk_berbeda: { label: 'Nomor KK berbeda', tone: 'warn' },
  belum_online: { label: 'Belum online', tone: 'info' },
  gangguan: { label: 'Gangguan, dicoba lagi', tone: 'neutral' },
}

// What to do about it, said above each work list.
export const OUTCOME_ADVICE: Record<Outcome, string> = {
  padan: 'Tidak ada yang perlu dikerjakan.',
  tidak_padan_nama: 'Bandingkan kedua nama dengan KTP atau KK. Bila nama di sini keliru, ajukan perbaikan. Bila NIK-nya milik orang lain, betulkan NIK-nya.',
  nik_tidak_ditemukan: 'Lihat lagi NIK pada KTP atau KK, lalu ajukan perbaikan. Bila sudah benar, orangnya perlu mengurus ke Dinas Dukcapil.',
  meninggal: 'Pastikan kepada keluarga. Bila benar, laporkan kematiannya. Bila keliru, keluarga meminta perbaikan di Dinas Dukcapil.',
  ganda: 'NIK ini bermasalah di Dukcapil. Bantu orangnya mengurus ke Dinas Dukcapil.',
  kk_berbeda: 'Orang dan namanya cocok, tetapi sekarang memakai KK lain. Minta KK terbaru, lalu ajukan perbaikan.',
  belum_online: 'Tidak ada yang salah. Ditanyakan lagi dengan sendirinya; NIK baru biasanya masuk dalam beberapa hari.',
  gangguan: 'Tidak ada yang salah pada data. Ditanyakan lagi dengan sendirinya, makin lama makin jarang.',
}

export const RUN_STATUS: Record<Run['status'], Label> = {
  preparing: { label: 'Menyiapkan daftar', tone: 'info' },
  waiting: { label: 'Menunggu jawaban', tone: 'warn' },
  asking: { label: 'Sedang dipadankan', tone: 'info' },
  done: { label: 'Selesai', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  cancelled: { label: 'Ditutup', tone: 'neutral' },
}

export const METHOD_LABELS: Record<Run['method'], string> = { file: 'Dengan berkas', simulator: 'Simulator (latihan)' }

export const WHO_LABELS: Record<Run['who'][number], string> = {
  never: 'Yang belum pernah dipadankan', changed: 'Yang nama, NIK, atau KK-nya berubah sejak dipadankan',
  failed: 'Yang belum padan atau menunggu ditanyakan lagi', everyone: 'Semua anggota, juga yang sudah padan',
}

export const ANSWER_STATUS: Record<AnswerImport['status'], Label> = {
  reading: { label: 'Sedang dibaca', tone: 'info' },
  previewed: { label: 'Menunggu konfirmasi', tone: 'warn' },
  applying: { label: 'Sedang dimasukkan', tone: 'info' },
  applied: { label: 'Selesai dimasukkan', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  discarded: { label: 'Dibatalkan', tone: 'neutral' },
}

export const ANSWER_ACTION: Record<ShownAnswer['action'], Label> = {
  new: { label: 'Baru', tone: 'good' },
  changed: { label: 'Berubah', tone: 'info' },
  same: { label: 'Sama', tone: 'neutral' },
  error: { label: 'Salah', tone: 'bad' },
}
