import type { FollowerName, JobName } from '#app/operation/followers.ts'

export const FOLLOWERS: Record<FollowerName, { label: string, next: string }> = {
  households: { label: 'Pemeriksaan rumah tangga', next: 'Gerbang integritas, data ganda dan pemeriksaan silang bisa tertinggal.' },
  evidence: { label: 'Bukti kunjungan', next: 'Kunjungan yang belum dinilai tidak bisa disetujui.' },
  prints: { label: 'Sidik foto', next: 'Foto yang dipakai ulang belum dikenali.' },
  dashboards: { label: 'Hitungan dasbor', next: 'Angka di dasbor tertinggal.' },
  quality: { label: 'Angka petugas', next: 'Halaman Petugas dan Pemeriksa tertinggal.' },
  words: { label: 'Kata untuk pencarian', next: 'Nama yang salah ketik belum semuanya ditemukan.' },
}

export const JOBS: Record<JobName, string> = {
  anchors: 'Segel harian jejak audit', periods: 'Penutupan periode', reports: 'Kenaikan laporan warga', forgetting: 'Penghapusan data pelapor', restrictions: 'Akhir pembatasan pemrosesan',
  matching: 'Pemadanan ulang Dukcapil', rescue: 'Daftar penyelamatan', crosschecks: 'Pemeriksaan silang', duplicates: 'Pencarian data ganda',
  exports: 'Pembersihan ekspor', resuming: 'Pekerjaan terhenti diteruskan', undoing: 'Pembersihan tindakan massal', sessions: 'Pembersihan sesi',
  retention: 'Penghapusan menurut masa simpan', photos: 'Foto hilang yang diminta dari HP',
}

// A failure is told by kind and code, never by its message.
export const RESTART = 'Jalankan ulang layanan: sudo systemctl restart siks. Bila terulang, cari kesalahannya: journalctl -u siks -p err.'

// Where the server's settings stand, and what makes a change of them count.
export const SETTING = (name: string) => `di berkas pengaturan server (/etc/siks/siks.env, baris ${name})`
export const RENEW = 'lalu jalankan ulang layanan: sudo systemctl restart siks.'

export const NATION_AWAY = 'Halaman Data nasional dan penerimaan berkas berhenti sampai tersambung lagi; yang lain tetap berjalan. Periksa apakah PostgreSQL berjalan (sudo systemctl status postgresql) dan apakah alamatnya benar di berkas /etc/siks/siks.env, baris DATABASE_URL.'

export const CLOCK_STEP = 'Bila jamnya salah, betulkan di server: sudo timedatectl set-ntp true. Bila jamnya benar (server lama mati atau baru dipulihkan), pastikan tanggalnya di halaman Operasi.'
