import { EMPLOYMENT, SEXES, options } from '#app/questionnaire/2026/options.ts'
import type { Question } from '#app/questionnaire/types.ts'

export const PRELIST: Question[] = [
  {
    key: 'provinceCode', number: 'P1', label: 'Kode provinsi', type: 'text', roster: 'household', required: false, pattern: '^[0-9]{2}$', automatic: true,
    legacyKey: 'KDPROP', source: 'S2',
  },
  {
    key: 'regencyCode', number: 'P2', label: 'Kode kabupaten/kota', type: 'text', roster: 'household', required: false, pattern: '^[0-9]{2}$', automatic: true,
    legacyKey: 'KDKAB', source: 'S2',
  },
  {
    key: 'districtCode', number: 'P3', label: 'Kode kecamatan', type: 'text', roster: 'household', required: false, pattern: '^[0-9]{3}$', automatic: true,
    legacyKey: 'KDKEC', source: 'S2',
  },
  {
    key: 'villageCode', number: 'P4', label: 'Kode desa/kelurahan', type: 'text', roster: 'household', required: false, pattern: '^[0-9]{3}$', automatic: true,
    legacyKey: 'KDDESA', source: 'S2',
  },
  {
    key: 'headName', number: 'P5', label: 'Nama kepala rumah tangga', type: 'text', roster: 'household', required: true,
    legacyKey: 'nama_krt', source: 'S2',
  },
  {
    key: 'headSex', number: 'P6', label: 'Jenis kelamin kepala rumah tangga', type: 'single', roster: 'household', required: true,
    options: SEXES,
    legacyKey: 'jenis_kelamin_krt', source: 'S2',
  },
  {
    key: 'headSpouseName', number: 'P7', label: 'Nama pasangan kepala rumah tangga', type: 'text', roster: 'household', required: false,
    legacyKey: 'nama_pasangan_krt', source: 'S2',
  },
  { key: 'address', number: 'P8', label: 'Alamat', type: 'text', roster: 'household', required: true, legacyKey: 'alamat', source: 'S2' },
  { key: 'headNik', number: 'P9', label: 'Nomor NIK', type: 'nik', roster: 'household', required: false, legacyKey: 'nomor_nik', source: 'S2' },
  {
    key: 'musdesHouseholdStatus', number: 'P10', label: 'Status rumah tangga', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Ditemukan', 2: 'Tidak ditemukan', 3: 'Data ganda', 4: 'Usulan baru' }),
    legacyKey: 'status_rumahtangga', source: 'S2',
  },
  {
    key: 'notFoundReason', number: 'P11', label: 'Jika tidak ditemukan, apa alasannya?', type: 'single', roster: 'household', required: true,
    options: options({ 1: 'Pindah', 2: 'Meninggal', 3: 'Tidak tahu', 4: 'Alamat tidak ada di desa/kelurahan setempat' }),
    askedWhen: [{ key: 'musdesHouseholdStatus', in: [2] }],
    legacyKey: 'alasan_tidak_ditemukan', source: 'S2',
  },
  {
    key: 'isWellOff', number: 'P12', label: 'Apakah rumah tangga mampu?', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'musdesHouseholdStatus', in: [1, 4] }],
    legacyKey: 'apakah_mampu', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'anyMemberWorking', number: 'P13', label: 'Apakah ada anggota rumah tangga yang bekerja?', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'musdesHouseholdStatus', in: [1, 4] }],
    legacyKey: 'ada_art_bekerja', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'headEmploymentStatus', number: 'P14', label: 'Jika ada, status kedudukan dalam pekerjaan', type: 'single', roster: 'household', required: true,
    options: EMPLOYMENT,
    askedWhen: [{ key: 'anyMemberWorking', in: [true] }],
    legacyKey: 'status_pekerjaan', source: 'S2',
  },
  {
    key: 'anyMemberDisabled', number: 'P15', label: 'Apakah ada anggota rumah tangga penyandang disabilitas?', type: 'yesno', roster: 'household', required: true,
    askedWhen: [{ key: 'musdesHouseholdStatus', in: [1, 4] }],
    legacyKey: 'ada_art_cacat', legacyYesNo: [1, 2], source: 'S2',
  },
]
