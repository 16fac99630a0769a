import { navigationFor } from '#app/navigation.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'

type Command = { href: string, label: string, words?: string, verbs?: Verb[] }

// What people look for by its deed rather than by its place in the menu. words: other names of the same.
const COMMANDS: Command[] = [
  { href: '/prelist/available', label: 'Ambil tugas', words: 'prelist kosong bebas', verbs: ['prelist.take'] },
  { href: '/field/device', label: 'HP ini: sinkronkan dan kirim', words: 'sinkron unduh kirim data desa', verbs: ['visit.submit'] },
  { href: '/musdes/new', label: 'Catat musdes/muskel', words: 'musyawarah berita acara rapat', verbs: ['musdes.record'] },
  { href: '/reviews/next', label: 'Mulai memeriksa', words: 'periksa berikutnya antrean', verbs: ['visit.check', 'visit.verify'] },
  { href: '/imports/new', label: 'Unggah prelist', words: 'impor berkas csv xlsx', verbs: ['prelist.import'] },
  { href: '/bulk', label: 'Tindakan massal', words: 'urungkan batalkan undo', verbs: ['prelist.publish', 'prelist.assign', 'prelist.revoke', 'visit.check', 'visit.verify'] },
  { href: '/exports/new?list=households', label: 'Ekspor rumah tangga', words: 'unduh excel csv bast', verbs: ['household.read'] },
  { href: '/exchange/packages', label: 'Paket wilayah untuk laptop', words: 'offline berkas siks', verbs: ['exchange.take'] },
  { href: '/periods/new', label: 'Buat periode penetapan', words: 'batas kirim cut-off jadwal', verbs: ['period.manage'] },
  { href: '/periods/compare', label: 'Bandingkan dua periode', words: 'potret snapshot masuk keluar perubahan', verbs: ['period.read'] },
  { href: '/reports/times', label: 'Waktu jawab laporan warga', words: 'usul sanggah lama desa', verbs: ['report.read'] },
  { href: '/reports/settings', label: 'Aturan laporan warga', words: 'usul sanggah batas waktu contoh jawaban', verbs: ['report.configure'] },
  { href: '/users/new', label: 'Undang pengguna', words: 'tambah akun petugas baru', verbs: ['user.manage'] },
  { href: '/certificates/absent/new', label: 'Buat surat keterangan tidak terdaftar', words: 'dtks dtsen tidak tercatat bukan penerima', verbs: ['certificate.issue'] },
  { href: '/certificates', label: 'Buat surat keterangan', words: 'dtks dtsen terdaftar sktm sekolah', verbs: ['certificate.issue'] },
  { href: '/guide', label: 'Panduan', words: 'bantuan cara petunjuk' },
  { href: '/password', label: 'Ganti kata sandi', words: 'password sandi akun' },
]

const EXPORTING = /^\/exports/

export function commandsFor(actor: Actor): Command[] {
  const own = COMMANDS.filter(({ href, verbs }) => (!verbs || verbs.some((verb) => can(actor, verb))) && (!EXPORTING.test(href) || can(actor, 'export.make')))
  return [...navigationFor(actor, '').map(({ href, label }) => ({ href, label })), ...own]
}

// Each word typed begins a word of the command. Nothing typed: all of them.
export function findCommands(actor: Actor, words: string[]) {
  return commandsFor(actor).filter(({ label, words: more = '' }) => {
    const known = `${label} ${more}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
    return words.every((word) => known.some((one) => one.startsWith(word)))
  })
}
