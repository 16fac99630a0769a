import type { Task } from '#app/tasks/tasks.ts'
import type { Tone } from '#views/ui/types.ts'

type Status = Task['status']
export const STATUS: Record<Status, { words: string, tone: Tone }> = {
  new: { words: 'Baru', tone: 'info' }, working: { words: 'Dikerjakan', tone: 'warn' }, done: { words: 'Selesai', tone: 'good' }, cancelled: { words: 'Dibatalkan', tone: 'neutral' },
}
export const SUBJECTS: Record<NonNullable<Task['subject']>, string> = {
  household: 'Rumah tangga', officer: 'Petugas', region: 'Wilayah', visit: 'Kunjungan', report: 'Laporan warga', backcheck: 'Kunjungan ulang', monitoring: 'Pemantauan',
}
// What a step is called on its button, seen from where the task stands.
export const stepWords = (from: Status, to: Status) =>
  to === 'working' ? from === 'done' ? 'Belum selesai, kerjakan lagi' : 'Mulai kerjakan' : to === 'done' ? 'Selesai' : to === 'cancelled' ? 'Batalkan tugas' : from === 'working' ? 'Kembalikan ke baru' : 'Buka lagi'
