import type { OfficerProgress } from '#app/dashboards/officers.ts'
import type { Day, PlaceProgress } from '#app/dashboards/progress.ts'
import type { PlaceResults } from '#app/dashboards/results.ts'
import type { Reason, Sent } from '#app/dashboards/returns.ts'
import type { Waiting } from '#app/dashboards/waiting.ts'
import { STAGE_WORDS, STAGES } from '#app/households/stages.ts'
import { questionWords, blockTitle } from '#views/dashboards/words.ts'
import { table } from '#views/dtsen/csv.ts'

type Placed = { code: string, name: string }

export const progressCsv = (parts: PlaceProgress[]) => table([
  ['kode', 'wilayah', 'kunjungan_pada_rentang', ...STAGES.map((stage) => STAGE_WORDS[stage])],
  ...parts.map(({ code, name, visited, stages }) => [code, name, visited, ...STAGES.map((stage) => stages[stage] ?? 0)]),
])

export const daysCsv = (days: Day[]) => table([
  ['tanggal', 'kunjungan_masuk', 'dikirim_ulang', 'disetujui_pengawas', 'disetujui_dinsos', 'dikembalikan_ke_pemeriksa', 'dikembalikan_ke_petugas'],
  ...days.map(({ day, submitted, resubmitted, checked, verified, rechecked, returned }) => [day, submitted, resubmitted, checked, verified, rechecked, returned]),
])

export const stagesCsv = (waiting: Waiting[]) => table([
  ['tahap', 'rumah_tangga', 'nilai_tengah_hari', 'terlama_hari', 'lebih_7_hari', 'lebih_14_hari'],
  ...waiting.map(({ stage, count, median, oldest, over7, over14 }) => [STAGE_WORDS[stage], count, median, oldest, over7, over14]),
])

export const outcomesCsv = (rows: PlaceResults[]) => table([
  ['kode', 'wilayah', 'hasil_1', 'hasil_2', 'hasil_3', 'hasil_4', 'hasil_5', 'hasil_6'],
  ...rows.map(({ code, name, outcomes }) => [code, name, ...[1, 2, 3, 4, 5, 6].map((outcome) => outcomes[outcome] ?? 0)]),
])

export function completenessCsv(rows: PlaceResults[]) {
  const blocks = [...new Set(rows.flatMap(({ lacks }) => Object.keys(lacks)))].sort()
  return table([
    ['kode', 'wilayah', 'selesai_dicacah', 'lengkap', ...blocks.map((block) => `belum lengkap: ${blockTitle(block)}`)],
    ...rows.map(({ code, name, finished, whole, lacks }) => [code, name, finished, whole, ...blocks.map((block) => lacks[block] ?? 0)]),
  ])
}

export const returnsCsv = (rows: (Placed & Sent)[]) => table([
  ['kode', 'wilayah', 'kiriman', 'dikembalikan_ke_petugas', 'dikembalikan_ke_pemeriksa'], ...rows.map(({ code, name, sent, returned, rechecked }) => [code, name, sent, returned, rechecked]),
])

export const reasonsCsv = (reasons: Reason[]) => table([
  ['blok', 'isian', 'catatan'], ...reasons.map(({ question, count }) => [questionWords(question).section, questionWords(question).label, count]),
])

export const officersCsv = (officers: OfficerProgress[]) => table([
  ['petugas', 'kunjungan_masuk', 'dikirim_ulang', 'dikembalikan', ...STAGES.map((stage) => STAGE_WORDS[stage])],
  ...officers.map(({ name, moves, stages }) => [name, moves.submitted, moves.resubmitted, moves.returned, ...STAGES.map((stage) => stages[stage] ?? 0)]),
])
