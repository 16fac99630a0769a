import type { Option } from '#app/questionnaire/types.ts'

export const options = (labels: Record<number, string>): Option[] =>
  Object.entries(labels).map(([code, label]) => ({ code: Number(code), label }))

export const SEXES = options({
  1: 'Laki-laki', 2: 'Perempuan',
})

export const EMPLOYMENT = options({
  1: 'Berusaha sendiri', 2: 'Berusaha dibantu buruh tidak tetap/tidak dibayar', 3: 'Berusaha dibantu buruh tetap/dibayar',
  4: 'Buruh/karyawan/pegawai swasta', 5: 'PNS/TNI/POLRI/BUMN/BUMD/anggota legislatif', 6: 'Pekerja bebas pertanian',
  7: 'Pekerja bebas non-pertanian', 8: 'Pekerja keluarga/tidak dibayar',
})

export const OUTCOMES = options({
  1: 'Selesai dicacah', 2: 'Rumah tangga tidak ditemukan', 3: 'Rumah tangga pindah/bangunan sudah tidak ada',
  4: 'Bagian dari rumah tangga di dokumen', 5: 'Responden menolak', 6: 'Data ganda',
})

const relationsTo = (head: string) => options({
  1: head, 2: 'Istri/Suami', 3: 'Anak',
  4: 'Menantu', 5: 'Cucu', 6: 'Orang tua/Mertua',
  7: 'Pembantu rumah tangga', 8: 'Lainnya',
})
export const HOUSEHOLD_RELATIONS = relationsTo('Kepala rumah tangga')
export const FAMILY_RELATIONS = relationsTo('Kepala keluarga')

export const INDUSTRIES = options({
  1: 'Pertanian tanaman padi & palawija', 2: 'Hortikultura', 3: 'Perkebunan',
  4: 'Perikanan tangkap', 5: 'Perikanan budidaya', 6: 'Peternakan',
  7: 'Kehutanan & pertanian lainnya', 8: 'Pertambangan/penggalian', 9: 'Industri pengolahan',
  10: 'Listrik dan gas', 11: 'Bangunan/konstruksi', 12: 'Perdagangan',
  13: 'Hotel & rumah makan', 14: 'Transportasi & pergudangan', 15: 'Informasi & komunikasi',
  16: 'Keuangan & asuransi', 17: 'Jasa pendidikan', 18: 'Jasa kesehatan',
  19: 'Jasa kemasyarakatan, pemerintahan & perorangan', 20: 'Pemulung', 21: 'Lainnya',
})
