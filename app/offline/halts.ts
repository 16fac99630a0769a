import type { JournalTone } from '#app/offline/database.ts'
import type { Failure } from '#app/offline/line.ts'

// Why a round of sending ended before everything was sent. None of them loses anything.
export type Halt = 'unprepared' | 'signed_out' | 'wrong_user' | 'revoked' | 'refused' | 'key_changed' | 'sealed' | 'silent' | 'foreign' | 'broken' | 'full' | 'no_room' | 'failed'
export type Telling = { tone: JournalTone, sentence: string, next: string | null }

const AGAIN = 'Akan dicoba lagi sendiri.'
const HALTS: Record<Halt, Telling> = {
  unprepared: { tone: 'warn', sentence: 'HP ini belum disiapkan untuk bekerja tanpa sinyal.', next: 'Buka halaman HP ini, lalu siapkan.' },
  signed_out: { tone: 'warn', sentence: 'Pengiriman menunggu: Anda belum masuk. Data tetap aman di HP.', next: 'Masuk lagi untuk meneruskan.' },
  wrong_user: {
    tone: 'warn', sentence: 'Yang masuk di HP ini pengguna lain. Kiriman Anda tidak dikirim atas namanya dan tetap aman di HP.',
    next: 'Keluar, lalu masuk dengan akun Anda sendiri.',
  },
  revoked: {
    tone: 'bad', sentence: 'Kantor mencabut izin HP ini. Daftar tugas dihapus; kunjungan yang belum terkirim tetap tersegel di HP.',
    next: 'Hubungi Dinsos kabupaten.',
  },
  refused: { tone: 'warn', sentence: 'Server belum mengizinkan pengiriman. Data tetap aman di HP.', next: 'Buka SIKS di halaman daring untuk melihat sebabnya.' },
  key_changed: {
    tone: 'bad', sentence: 'Kunci tanda terima server berubah, jadi belum ada yang dikirim. Data tetap aman di HP.',
    next: 'Hubungi Dinsos. Bila dibenarkan, masuk dengan kata sandi, lalu ganti PIN di halaman HP ini.',
  },
  sealed: {
    tone: 'bad', sentence: 'Isi HP ini disegel dengan kunci lain. Tidak ada yang hilang.',
    next: 'Buka kunci HP ini dengan PIN, lalu tekan “Kirim sekarang”. Lupa PIN: hubungi Dinsos kabupaten.',
  },
  silent: { tone: 'info', sentence: 'Belum ada sinyal ke server. Data tetap aman di HP.', next: `${AGAIN} Anda boleh terus bekerja.` },
  foreign: {
    tone: 'warn', sentence: 'Belum sampai: jaringan ini mengalihkan (halaman login WiFi?). Data tetap aman di HP.',
    next: 'Masuk dahulu ke WiFi ini, atau pakai data seluler.',
  },
  broken: { tone: 'warn', sentence: 'Server sedang tidak bisa menerima. Data tetap aman di HP.', next: AGAIN },
  failed: { tone: 'warn', sentence: 'Pengiriman terhenti karena gangguan di HP ini. Data tetap aman di HP.', next: AGAIN },
  no_room: {
    tone: 'bad', sentence: 'Penyimpanan HP penuh, jadi pengiriman belum bisa jalan. Data tetap aman di HP.',
    next: 'Hapus video dan foto lain di HP, lalu tekan “Kirim sekarang”.',
  },
  full: { tone: 'warn', sentence: 'Server penuh; data tetap di HP.', next: `${AGAIN} Beri tahu Dinsos bila tetap begini.` },
}

export const tellHalt = (halt: Halt): Telling => HALTS[halt]
export const isHalt = (word: string | null): word is Halt => word !== null && word in HALTS

// Only a person can go on from these; trying again by itself would change nothing.
const FOR_A_PERSON: Halt[] = ['unprepared', 'signed_out', 'wrong_user', 'revoked', 'refused', 'key_changed', 'sealed']
export const waitsForPerson = (halt: Halt | null) => halt !== null && FOR_A_PERSON.includes(halt)

const CODES: Record<string, Halt> = { unauthenticated: 'signed_out', wrong_user: 'wrong_user', revoked: 'revoked', full: 'full', too_many: 'broken' }

// What stops the whole round, and not only the delivery that was asked about. A server that fails on one delivery (500)
// may well take the next.
export function haltOf(failure: Failure): Halt | null {
  if (failure.kind === 'refused') return CODES[failure.code] ?? null
  if (failure.kind === 'broken') return failure.status === 500 ? null : 'broken'
  return failure.kind
}
