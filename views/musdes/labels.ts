import type { AttendanceKey, Tally } from '#app/musdes/musdes.ts'
import { CURRENT, sectionOf } from '#app/questionnaire/questionnaire.ts'
import type { Tone } from '#views/ui/badge.tsx'

const BLOCK = sectionOf(CURRENT, 'musdes').questions
export const questionOf = (key: string) => BLOCK.find((question) => question.key === key)!
const wordsOf = (key: string): Record<number, string> =>
  Object.fromEntries(questionOf(key).options!.map(({ code, label }) => [code, label]))

export const RESULTS = wordsOf('musdesHouseholdStatus')
export const REASONS = wordsOf('notFoundReason')
export const RESULT_TONES: Record<number, Tone> = { 1: 'good', 2: 'bad', 3: 'warn', 4: 'info' }

export const ATTENDANCE_LABELS: Record<AttendanceKey, string> = {
  rwTotal: 'RW yang ada', rwInvited: 'RW diundang', rwPresent: 'RW hadir', rtTotal: 'RT yang ada', rtInvited: 'RT diundang', rtPresent: 'RT hadir', men: 'Peserta laki-laki', women: 'Peserta perempuan',
  communityLeaders: 'Tokoh masyarakat', religiousLeaders: 'Tokoh agama', officials: 'Aparat (desa, Babinsa, Bhabinkamtibmas)', others: 'Peserta lain',
}

export const LABELS: Record<string, string> = {
  regionCode: 'Desa/kelurahan', heldOn: 'Tanggal', startedAt: 'Jam mulai', endedAt: 'Jam selesai', place: 'Tempat',
  chairName: 'Nama pimpinan musdes', chairPosition: 'Jabatan pimpinan musdes', minutesNumber: 'Nomor berita acara',
  minutes: 'Berita acara yang sudah ditandatangani', attendanceList: 'Daftar hadir yang ditandatangani dan distempel', photo: 'Foto musdes', note: 'Alasan perbaikan', ...ATTENDANCE_LABELS,
}

export const totalOf = (tally: Tally) => tally[1] + tally[2] + tally[3] + tally[4]

type Said = { status: number, notFoundReason: number | null, duplicateOf: string | null, note: string }

// "Tidak ditemukan: Pindah. Rumah dijual."
export const remarksOf = ({ status, notFoundReason, duplicateOf, note }: Said) =>
  [status === 2 && REASONS[notFoundReason ?? 0], status === 3 && `sama dengan ${duplicateOf}`, note].filter(Boolean).join('. ')

// A refusal shown on the form itself, beside what was typed.
export type Trouble = { message: string, fields?: Record<string, string> }
