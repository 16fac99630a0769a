// How the settings and lists the programs know are called. One that is new is shown by its code.
const KEYS: Record<string, string> = {
  'amount.pregnancy': 'Ibu hamil, rupiah setahun', 'amount.early_childhood': 'Anak usia dini, rupiah setahun', 'amount.sd': 'SD/sederajat, rupiah setahun', 'amount.smp': 'SMP/sederajat, rupiah setahun',
  'amount.sma': 'SMA/sederajat, rupiah setahun', 'amount.elderly': 'Lanjut usia, rupiah setahun', 'amount.disability': 'Disabilitas berat, rupiah setahun', 'amount.month': 'Bantuan, rupiah sebulan',
  'limit.members': 'Paling banyak orang dihitung sekeluarga', 'limit.pregnancy': 'Paling banyak ibu hamil',
  'limit.early_childhood': 'Paling banyak anak usia dini', 'limit.elderly': 'Paling banyak lanjut usia', 'limit.disability': 'Paling banyak disabilitas berat',
  'age.early_childhood_max': 'Umur tertinggi anak usia dini', 'age.school_min': 'Umur terendah anak sekolah', 'age.school_max': 'Umur tertinggi anak sekolah', 'age.elderly_min': 'Umur terendah lanjut usia',
  'pregnancy.months': 'Kehamilan dihitung sejak terakhir didata, bulan',
  'payments.per_year': 'Penyaluran dalam setahun', 'commitment.share': 'Kehadiran paling sedikit, persen', 'desil.max': 'Desil tertinggi yang berhak',
  'rule.component': 'Wajib punya komponen (1: ya, 0: tidak)', 'premium.month': 'Iuran, rupiah sebulan',
  quota: 'Kuota kabupaten/kota, orang', 'reactivation.months': 'Batas reaktivasi, bulan', 'newborn.months': 'Bayi peserta sampai umur, bulan',
}
const LISTS: Record<string, string> = {
  account: 'Keadaan rekening', account_failure: 'Alasan gagal cek rekening', bank: 'Bank dan Pos', payment: 'Status penyaluran', payment_reason: 'Alasan gagal salur', commitment: 'Hasil verifikasi komitmen',
  suspension: 'Alasan penangguhan', resumption: 'Alasan dilanjutkan', removal: 'Alasan dikeluarkan', replacement: 'Alasan penggantian', exit: 'Alasan keluar', ineligible: 'Alasan tidak memenuhi syarat',
  graduation_independent: 'Alasan graduasi', severe_disability: 'Disabilitas yang dianggap berat', segment: 'Segmen JKN', segment_change: 'Alasan pindah segmen', reactivation: 'Alasan reaktivasi', rejection: 'Alasan penolakan',
  category: 'Kategori PPKS', ending: 'Alasan selesai', service: 'Jenis layanan', psks_kind: 'Jenis PSKS', excluded_employment: 'Pekerjaan yang dikecualikan', contradicts: 'Program yang tidak boleh bersamaan',
}

export const keyLabel = (key: string) => KEYS[key] ?? key
export const listLabel = (list: string) => LISTS[list] ?? list
