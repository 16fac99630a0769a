import type { ItemType, Meeting, RoundStatus, Verdict } from '#app/backchecks/items.ts'
import type { Tone } from '#views/ui/types.ts'

export const STATUS: Record<RoundStatus, { words: string, tone: Tone }> = {
  planned: { words: 'Direncanakan', tone: 'neutral' }, drawn: { words: 'Berjalan', tone: 'info' },
  closed: { words: 'Ditutup', tone: 'good' }, cancelled: { words: 'Dibatalkan', tone: 'bad' },
}
export const STATE: Record<'open' | 'done' | 'dropped', { words: string, tone: Tone }> = {
  open: { words: 'Belum dikunjungi', tone: 'neutral' }, done: { words: 'Selesai', tone: 'good' }, dropped: { words: 'Tidak jadi', tone: 'warn' },
}
export const TYPES: Record<ItemType, { words: string, hint: string }> = {
  1: { words: 'Tidak mungkin berubah', hint: 'Dua kunjungan dalam beberapa minggu harus sama.' },
  2: { words: 'Bisa berubah', hint: 'Boleh berbeda bila keadaannya memang berubah.' },
  3: { words: 'Penilaian', hint: 'Tergantung yang menilai; dipakai untuk melihat cara bertanya, bukan untuk menyalahkan.' },
}
export const MEETING: Record<Meeting, { words: string, hint?: string }> = {
  met: { words: 'Responden ditemui' }, absent: { words: 'Rumahnya ada, penghuninya tidak di rumah', hint: 'Coba datang lagi sebelum mengirim.' },
  refused: { words: 'Menolak diwawancarai' }, moved: { words: 'Pindah atau bangunannya tidak ada' }, not_found: { words: 'Tidak ditemukan, tidak dikenal tetangga' },
}
export const VERDICT: Record<Verdict, string> = {
  officer_wrong: 'Petugas keliru', changed: 'Keadaan berubah', other_respondent: 'Responden lain', full_revisit: 'Perlu kunjungan ulang penuh',
}
export const methodWords = (riskShare: number) => riskShare === 0 ? 'Acak, semua kunjungan sama peluangnya'
  : `${100 - riskShare}% acak rata, ${riskShare}% mengikuti tanda`
