import type { Purpose } from '#app/sessions/step-up.ts'

// For what one is asked to sign in again.
export const PURPOSE_WORDS: Record<Purpose, string> = {
  ratification: 'mengesahkan berkas', determination: 'menetapkan data', fullExport: 'mengekspor NIK dan Nomor KK secara utuh',
  numbers: 'menampilkan NIK dan Nomor KK', reset: 'menyetel ulang akun orang lain', role: 'memberi atau mengubah peran', person: 'mengubah nama atau telepon pengguna', ownFactor: 'mengubah verifikasi dua langkah Anda',
  package: 'membuat atau mengunduh paket wilayah', difference: 'mengunduh perubahan antarperiode', protection: 'membuka data pribadi warga', retention: 'mengubah masa simpan',
}
