import type { BreachKind, BreachStep } from '#app/protection/breaches.ts'
import type { CaseKind } from '#app/protection/cases.ts'
import type { Why } from '#app/protection/concerned.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const TRAIL = [{ href: '/protection', label: 'Pelindungan data' }]
export const BREACHES_TRAIL = [...TRAIL, { href: '/protection/breaches', label: 'Kegagalan pelindungan' }]
export const RETENTION_TRAIL = [...TRAIL, { href: '/protection/retention', label: 'Masa simpan data' }]
export const REGISTER_TRAIL = [...TRAIL, { href: '/protection/register', label: 'Catatan pemrosesan' }]
export const CASES_TRAIL = [...TRAIL, { href: '/protection/cases', label: 'Permohonan warga' }]

export const KINDS: Record<BreachKind, { label: string, about: string, subject: string }> = {
  device: { label: 'HP hilang atau dicuri', about: 'Yang terdampak: rumah tangga dalam paket data di HP itu.', subject: 'HP' },
  export: { label: 'Berkas ekspor bocor', about: 'Yang terdampak: setiap orang pada baris berkas itu.', subject: 'Ekspor' },
  account: { label: 'Akun disalahgunakan', about: 'Yang terdampak: setiap orang yang datanya dibuka, dicetak atau diunduh akun itu dalam waktu tertentu.', subject: 'Nama pengguna' },
}

export const STEPS: Record<string, { words: string, tone: Tone }> = {
  opened: { words: 'Dicatat', tone: 'neutral' }, counted: { words: 'Orang yang terdampak dihitung', tone: 'info' }, file: { words: 'Salinan data dibuat', tone: 'info' },
  authority: { words: 'Diberitahukan kepada lembaga pelindungan data', tone: 'good' }, subjects: { words: 'Diberitahukan kepada orang yang terdampak', tone: 'good' },
  public: { words: 'Diumumkan kepada masyarakat', tone: 'good' }, remedied: { words: 'Penanganan', tone: 'info' }, note: { words: 'Catatan', tone: 'neutral' }, closed: { words: 'Ditutup', tone: 'good' },
  answered: { words: 'Dijawab', tone: 'good' }, refused: { words: 'Ditolak', tone: 'warn' }, restricted: { words: 'Pemrosesan dibatasi', tone: 'warn' }, released: { words: 'Pembatasan diakhiri', tone: 'good' },
}
export const STEP_CHOICES: { value: BreachStep, label: string }[] = [
  { value: 'authority', label: 'Lembaga sudah diberi tahu' }, { value: 'subjects', label: 'Orang yang terdampak sudah diberi tahu' }, { value: 'public', label: 'Sudah diumumkan kepada masyarakat' },
  { value: 'remedied', label: 'Penanganan atau pemulihan' }, { value: 'note', label: 'Catatan saja' }, { value: 'closed', label: 'Tutup kejadian' },
]

export const WHY: Record<Why, string> = {
  task: 'Data lengkap di HP', directory: 'Hanya nama kepala dan ID prelist di HP', row: 'Ada pada baris berkas', opened: 'Datanya dibuka', printed: 'Ada pada daftar yang dicetak',
}

export const CASE_KINDS: Record<CaseKind, string> = {
  access: 'Salinan data pribadi', correction: 'Perbaikan data pribadi', erasure: 'Penghapusan data pribadi', restriction: 'Penundaan atau pembatasan pemrosesan', objection: 'Keberatan atas keputusan otomatis',
}
// What whoever answers should know and do.
export const CASE_ADVICE: Record<CaseKind, string> = {
  access: '',
  correction: 'Perbaikan menjadi usulan seperti biasa: diperiksa, disahkan, dan ditetapkan.',
  erasure: 'Data yang menjadi dasar penetapan bantuan tetap disimpan selama undang-undang mengharuskan (pasal 15). Bila dikabulkan, ajukan usulan nonaktif untuk rumah tangganya atau perbaikan untuk satu orang. Bila tidak, tolak dengan alasannya.',
  restriction: 'Sepakati dengan kepala bidang apa yang dibatasi dan sampai kapan, lalu pilih di bawah: sistem menahannya begitu dijawab, untuk seluruh rumah tangganya. Bantuan yang sudah ditetapkan tetap dibayarkan, dan penetapan menurut undang-undang tetap berjalan (pasal 15). Bila tidak dikabulkan, tolak dengan alasannya.',
  objection: 'Desil, tanda dan daftar berasal dari aturan, tetapi penetapannya diputuskan orang. Jelaskan aturan mana yang mengenainya, menurut penjelasan kelayakan keluarganya; bila datanya keliru, ajukan perbaikan.',
}
export const RELATIONS: Record<string, string> = { self: 'Orangnya sendiri', family: 'Keluarga dekat atau wali', proxy: 'Kuasa tertulis' }
export const CASE_STATUS: Record<'open' | 'answered' | 'refused', { words: string, tone: Tone }> = {
  open: { words: 'Menunggu jawaban', tone: 'warn' }, answered: { words: 'Dijawab', tone: 'good' }, refused: { words: 'Ditolak', tone: 'neutral' },
}

export const RETENTION: Record<string, { label: string, by: string }> = {
  households: { label: 'Rumah tangga, versi, kunjungan dan foto', by: 'Tidak dihapus sendiri' }, audit: { label: 'Jejak audit', by: 'Tidak dihapus' },
  drafts: { label: 'Konsep kunjungan yang ditinggalkan', by: 'Setiap malam' }, incoming: { label: 'Potongan kiriman yang tidak selesai', by: 'Setiap malam' },
  import_rows: { label: 'Baris impor yang batal atau gagal', by: 'Setiap malam' }, posts: { label: 'Kunci kiriman ulang', by: 'Setiap malam' },
  breach_lists: { label: 'Daftar orang terdampak, setelah kejadian ditutup', by: 'Setiap malam' }, cases: { label: 'Nama dan identitas pemohon, setelah dijawab', by: 'Setiap malam' },
  exports: { label: 'Berkas ekspor', by: 'Setiap jam, menurut tanggal pada berita acara' }, packages: { label: 'Paket wilayah untuk laptop', by: 'Setiap jam' },
  sessions: { label: 'Sesi masuk', by: 'Setiap jam' }, sign_ins: { label: 'Percobaan masuk yang gagal', by: 'Setiap jam' }, lookups: { label: 'Rem Cek Bansos', by: 'Setiap jam' },
  reporters: { label: 'Nama dan kontak pelapor, setelah laporan ditutup', by: 'Setiap jam, menurut ketentuan laporan' },
}

export const MEASURES: Record<string, string> = {
  encryption: 'Database dan berkas terenkripsi (AEGIS-256, AES-256-GCM), kunci berputar', regions: 'Akses menurut peran dan wilayah tugas', masking: 'NIK dan Nomor KK disamarkan; dibuka dengan alasan tercatat',
  audit: 'Setiap pembacaan dan perubahan tercatat dalam jejak berantai', watermark: 'Foto KTP dan KK bertanda nama pembaca dan waktu', device: 'Data di HP tersegel PIN dan dapat dicabut',
  handover: 'Berita acara serah terima untuk setiap berkas keluar', sensitive: 'Kategori peka hanya untuk Dinsos', forgetting: 'Nama pelapor dihapus sendiri setelah masa simpan', stepup: 'Masuk ulang sebelum tindakan berisiko', factor: 'Verifikasi dua langkah untuk peran pengesah dan pengelola',
}
