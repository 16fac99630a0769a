import type { ProposalKind, ProposalStatus } from '#app/proposals/kinds.ts'
import type { Tab } from '#app/proposals/list.ts'
import type { Tone } from '#views/ui/types.ts'

export const KINDS: Record<ProposalKind, { label: string, about: string }> = {
  correction: { label: 'Perbaikan data', about: 'Isian yang salah catat atau berubah: nama, NIK, alamat, keadaan rumah.' },
  birth: { label: 'Kelahiran', about: 'Bayi yang baru lahir menjadi anggota.' },
  death: { label: 'Kematian', about: 'Anggota yang meninggal.' },
  marriage: { label: 'Perkawinan', about: 'Status kawin berubah, pasangan bergabung.' },
  member_move: { label: 'Pindah anggota', about: 'Satu anggota pindah ke rumah tangga lain.' },
  family_split: { label: 'Pisah KK', about: 'Sebagian anggota membentuk keluarga atau rumah tangga sendiri.' },
  family_merge: { label: 'Gabung rumah tangga', about: 'Dua rumah tangga menjadi satu dapur.' },
  household_move: { label: 'Pindah desa/kabupaten', about: 'Seluruh rumah tangga pindah; desa tujuan harus menerima.' },
  deactivation: { label: 'Nonaktif', about: 'Keluar dari data yang hidup: meninggal semua, pindah, mampu, ganda, ASN.' },
  reactivation: { label: 'Aktifkan kembali', about: 'Penonaktifan keliru, atau keadaan berubah lagi.' },
  new: { label: 'Usulan baru', about: 'Rumah tangga yang belum ada di data.' },
  undo: { label: 'Pembatalan', about: 'Mengembalikan isi sebelum suatu perubahan, sebagai versi baru.' },
}

export const STATUSES: Record<ProposalStatus, { label: string, tone: Tone }> = {
  prepared: { label: 'Menunggu keputusan desa', tone: 'warn' },
  draft: { label: 'Konsep', tone: 'neutral' },
  submitted: { label: 'Menunggu pemeriksaan kecamatan', tone: 'info' },
  released: { label: 'Dilepas, menunggu desa tujuan', tone: 'info' },
  checked: { label: 'Menunggu Dinsos', tone: 'info' },
  verified: { label: 'Disetujui, menunggu berkas pengesahan', tone: 'info' },
  listed: { label: 'Masuk prelist desa', tone: 'good' },
  batched: { label: 'Dalam berkas pengesahan', tone: 'info' },
  ratified: { label: 'Disahkan', tone: 'info' },
  dispatched: { label: 'Dikirim ke Kemensos', tone: 'info' },
  determined: { label: 'Ditetapkan', tone: 'good' },
  returned: { label: 'Dikembalikan', tone: 'warn' },
  rejected: { label: 'Ditolak', tone: 'bad' },
  withdrawn: { label: 'Ditarik', tone: 'neutral' },
}

export const TAB_LABELS: Record<Tab, string> = {
  mine: 'Menunggu saya', own: 'Usulan saya', prepared: 'Menunggu desa', submitted: 'Di kecamatan', released: 'Di desa tujuan', checked: 'Di Dinsos',
  ratification: 'Pengesahan', returned: 'Dikembalikan', done: 'Selesai', closed: 'Ditolak/ditarik',
}

// What waits for whom, in a sentence for the page of the proposal.
export const WAITS: Record<ProposalStatus, string> = {
  prepared: 'Sistem menyiapkan usulan ini sesudah kunjungan yang tidak menemukan rumah tangganya. Desa memusyawarahkannya, lalu melengkapi dan mengajukannya; atau menyatakan ditemukan kembali.',
  draft: 'Belum diajukan. Lengkapi, lalu ajukan.',
  submitted: 'Pengawas atau koordinator kecamatan memeriksanya lebih dahulu.',
  released: 'Desa asal sudah melepas. Operator desa tujuan, kecamatan, atau Dinsos tujuan harus menerima.',
  checked: 'Dinsos kabupaten/kota memeriksanya.',
  verified: 'Masuk berkas pengesahan berikutnya. Sesudah disahkan bupati/wali kota, Kemensos menetapkan.',
  listed: 'Rumah tangga ini sudah menjadi baris prelist dan akan dikunjungi petugas.',
  batched: 'Sudah dalam berkas pengesahan; data induk belum berubah.',
  ratified: 'Sudah disahkan; menunggu dikirim ke Kemensos.',
  dispatched: 'Kemensos memutuskan. Data induk belum berubah.',
  determined: 'Data induk sudah berubah.',
  returned: 'Pengusul memperbaiki sesuai catatan, lalu mengajukan lagi; bila tidak bertugas lagi, Dinsos menariknya.',
  rejected: 'Tidak dilanjutkan.',
  withdrawn: 'Ditarik.',
}

// Words for the errors of the common part of every form.
export const FIELDS: Record<string, string> = {
  reasonCode: 'Alasan', note: 'Keterangan', musdesId: 'Musdes', minutesNumber: 'Nomor berita acara', minutesDate: 'Tanggal berita acara',
  minutes: 'Berkas berita acara', evidence: 'Bukti', village: 'Desa/kelurahan', address: 'Alamat', slsName: 'RT/RW atau dusun', kkNumber: 'Nomor KK',
  targetRegionCode: 'Desa/kelurahan tujuan',
}
