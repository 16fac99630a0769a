import { EMPLOYMENT, FAMILY_RELATIONS, HOUSEHOLD_RELATIONS, INDUSTRIES, SEXES, options } from '#app/questionnaire/2026/options.ts'
import type { Question } from '#app/questionnaire/types.ts'

export const MEMBERS: Question[] = [
  {
    key: 'memberSeq', number: '401', label: 'No. urut ART', type: 'integer', roster: 'members', required: true, min: 1, max: 98,
    legacyKey: 'index', source: 'S2',
  },
  {
    key: 'name', number: '402', label: 'Nama anggota rumah tangga', type: 'text', roster: 'members', required: true,
    legacyKey: 'nama', source: 'S2',
  },
  {
    key: 'documentMatch', number: '402a', label: 'Apakah NIK/nama sesuai dokumen (foto KTP/KK)?', type: 'single', roster: 'members', required: false, automatic: true,
    options: options({ 1: 'Sesuai dokumen', 2: 'Tidak sesuai dokumen' }),
    legacyKey: 'flag_dokumen', source: 'S2',
  },
  {
    key: 'dukcapilMatch', number: '402b', label: 'Hasil pemadanan Dukcapil', type: 'single', roster: 'members', required: false, automatic: true,
    options: options({ 0: 'Belum dipadankan', 1: 'Padan', 2: 'Tidak padan' }),
    legacyKey: 'flag_pemadanan', source: 'S2',
  },
  {
    key: 'nik', number: '403n', label: 'Nomor NIK', type: 'nik', roster: 'members', required: 'warn', pattern: '^[0-9]{16}$', instead: 'nikMissingReason',
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'nik', hint: '16 angka sesuai KTP atau KK. Kosongkan bila belum punya.', source: 'S2',
  },
  {
    key: 'nikMissingReason', number: '403s', label: 'Bila belum ada NIK: sebabnya', type: 'single', roster: 'members', required: false, insteadOf: 'nik',
    options: options({ 1: 'Belum pernah didaftarkan', 2: 'Bayi/anak, akta lahirnya belum dibuat', 3: 'KTP/KK hilang, nomornya tidak diketahui', 4: 'Sedang diurus di Dukcapil' }),
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    hint: 'Orangnya tetap didata, lalu menunggu NIK dari Dukcapil.', source: 'own',
  },
  {
    key: 'relationToHead', number: '403', label: 'Hubungan dengan kepala rumah tangga', type: 'single', roster: 'members', required: true,
    options: HOUSEHOLD_RELATIONS,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'hubungan_krt', bdtKey: 'b4k3', source: 'S2',
  },
  {
    key: 'familySeq', number: '404', label: 'Nomor urut keluarga (NUK)', type: 'integer', roster: 'members', required: true, min: 1,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'nuk', source: 'S2',
  },
  {
    key: 'relationToFamilyHead', number: '405', label: 'Hubungan dengan kepala keluarga', type: 'single', roster: 'members', required: true,
    options: FAMILY_RELATIONS,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'hubungan_keluarga', bdtKey: 'b4k3', source: 'S2',
  },
  {
    key: 'sex', number: '406', label: 'Jenis kelamin', type: 'single', roster: 'members', required: true,
    options: SEXES,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'jenis_kelamin', bdtKey: 'b4k4', source: 'S2',
  },
  {
    key: 'age', number: '407', label: 'Umur (tahun)', type: 'integer', roster: 'members', required: true, min: 0, max: 120,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'umur', bdtKey: 'b4k5', hint: 'Terisi sendiri bila tanggal lahir diisi.', source: 'S2',
  },
  {
    key: 'birthPlace', number: '407a', label: 'Tempat lahir', type: 'text', roster: 'members', required: false,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'tempat_lahir', source: 'S2',
  },
  {
    key: 'birthDate', number: '407b', label: 'Tanggal lahir', type: 'date', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'tanggal_lahir', hint: 'Sesuai KTP atau KK.', source: 'S2',
  },
  {
    key: 'maritalStatus', number: '408', label: 'Status perkawinan', type: 'single', roster: 'members', required: true,
    options: options({ 1: 'Belum kawin', 2: 'Kawin/nikah', 3: 'Cerai hidup', 4: 'Cerai mati' }),
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'status_kawin', bdtKey: 'b4k6', source: 'S2',
  },
  {
    key: 'marriageCertificate', number: '409', label: 'Kepemilikan akta/buku nikah atau akta cerai', type: 'single', roster: 'members', required: true,
    options: options({ 0: 'Tidak', 1: 'Ya, dapat ditunjukkan', 2: 'Ya, tidak dapat ditunjukkan' }),
    askedWhen: [{ key: 'maritalStatus', in: [2, 3] }],
    legacyKey: 'ada_akta_nikah', bdtKey: 'b4k7', source: 'S2',
  },
  {
    key: 'listedInKk', number: '410', label: 'Tercantum dalam KK di rumah tangga ini', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_di_kk', bdtKey: 'b4k8', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'identityDocs', number: '411', label: 'Kepemilikan kartu identitas', type: 'multi', roster: 'members', required: true,
    options: options({ 0: 'Tidak memiliki', 1: 'Akta kelahiran', 2: 'Kartu pelajar', 4: 'KTP', 8: 'SIM' }),
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_kartu_identitas', bdtKey: 'b4k9', source: 'S2',
  },
  {
    key: 'pregnant', number: '412', label: 'Status kehamilan', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'sex', in: [2] }, { key: 'age', from: 10, to: 49 }, { key: 'maritalStatus', in: [2, 3, 4] }],
    legacyKey: 'status_hamil', bdtKey: 'b4k10', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'disabilityType', number: '413', label: 'Jenis cacat/disabilitas', type: 'single', roster: 'members', required: true,
    options: options({ 0: 'Tidak cacat', 1: 'Tuna daksa/cacat tubuh', 2: 'Tuna netra/buta', 3: 'Tuna rungu', 4: 'Tuna wicara', 5: 'Tuna rungu & wicara', 6: 'Tuna netra & cacat tubuh', 7: 'Tuna netra, rungu & wicara', 8: 'Tuna rungu, wicara & cacat tubuh', 9: 'Tuna rungu, wicara, netra & cacat tubuh', 10: 'Cacat mental retardasi', 11: 'Mantan penderita gangguan jiwa', 12: 'Cacat fisik & mental' }),
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'jenis_cacat', bdtKey: 'b4k12', source: 'S5',
  },
  {
    key: 'chronicIllness', number: '414', label: 'Penyakit kronis/menahun', type: 'single', roster: 'members', required: true,
    options: options({ 0: 'Tidak ada', 1: 'Hipertensi (tekanan darah tinggi)', 2: 'Rematik', 3: 'Asma', 4: 'Masalah jantung', 5: 'Diabetes (kencing manis)', 6: 'Tuberculosis (TBC)', 7: 'Stroke', 8: 'Kanker atau tumor ganas', 9: 'Lainnya (gagal ginjal, paru-paru flek, dan sejenisnya)' }),
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'penyakit_kronis', bdtKey: 'b4k13', source: 'S2',
  },
  {
    key: 'schooling', number: '415', label: 'Partisipasi sekolah', type: 'single', roster: 'members', required: true,
    options: options({ 0: 'Tidak/belum pernah sekolah', 1: 'Masih sekolah', 2: 'Tidak bersekolah lagi' }),
    askedWhen: [{ key: 'age', from: 5 }],
    legacyKey: 'partisipasi_sekolah', bdtKey: 'b4k15', source: 'S2+S8',
  },
  {
    key: 'educationLevel', number: '416', label: 'Jenjang dan jenis pendidikan tertinggi yang pernah/sedang diduduki', type: 'single', roster: 'members', required: true,
    options: options({ 1: 'SD/SDLB', 2: 'Paket A', 3: 'M. Ibtidaiyah', 4: 'SMP/SMPLB', 5: 'Paket B', 6: 'M. Tsanawiyah', 7: 'SMA/SMK/SMALB', 8: 'Paket C', 9: 'M. Aliyah', 10: 'Perguruan tinggi' }),
    askedWhen: [{ key: 'age', from: 5 }, { key: 'schooling', in: [1, 2] }],
    legacyKey: 'pendidikan_tertinggi', bdtKey: 'b4k16', source: 'S2+S8',
  },
  {
    key: 'highestGrade', number: '417', label: 'Kelas tertinggi yang pernah/sedang diduduki', type: 'single', roster: 'members', required: true,
    options: options({ 1: '1', 2: '2', 3: '3', 4: '4', 5: '5', 6: '6', 7: '7', 8: '8 (tamat)' }),
    askedWhen: [{ key: 'age', from: 5 }, { key: 'schooling', in: [1, 2] }],
    legacyKey: 'kelas_tertinggi', bdtKey: 'b4k17', source: 'S2+S8',
  },
  {
    key: 'highestCertificate', number: '418', label: 'Ijazah tertinggi yang dimiliki', type: 'single', roster: 'members', required: true,
    options: options({ 0: 'Tidak punya ijazah', 1: 'SD/sederajat', 2: 'SMP/sederajat', 3: 'SMA/sederajat', 4: 'D1/D2/D3', 5: 'D4/S1', 6: 'S2/S3' }),
    askedWhen: [{ key: 'age', from: 5 }, { key: 'schooling', in: [1, 2] }],
    legacyKey: 'ijazah_tertinggi', bdtKey: 'b4k18', source: 'S2',
  },
  {
    key: 'working', number: '419a', label: 'Bekerja/membantu bekerja selama seminggu yang lalu', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'age', from: 5 }],
    legacyKey: 'status_bekerja', bdtKey: 'b4k20', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hoursPerWeek', number: '419b', label: 'Jumlah jam kerja seminggu yang lalu', type: 'integer', roster: 'members', required: true, min: 0, max: 98,
    askedWhen: [{ key: 'working', in: [true] }],
    legacyKey: 'jumlah_jam_kerja', hint: 'Jumlah jam selama seminggu yang lalu.', source: 'S2',
  },
  {
    key: 'industry', number: '420', label: 'Lapangan usaha dari pekerjaan utama', type: 'single', roster: 'members', required: true,
    options: INDUSTRIES,
    askedWhen: [{ key: 'working', in: [true] }],
    legacyKey: 'lapangan_usaha', bdtKey: 'b4k21', source: 'S2',
  },
  {
    key: 'employmentStatus', number: '421', label: 'Status kedudukan dalam pekerjaan utama', type: 'single', roster: 'members', required: true,
    options: EMPLOYMENT,
    askedWhen: [{ key: 'working', in: [true] }],
    legacyKey: 'status_pekerjaan', bdtKey: 'b4k22', source: 'S2',
  },
  {
    key: 'memberPresence', number: '422', label: 'Keterangan keberadaan anggota rumah tangga', type: 'single', roster: 'members', required: true,
    options: options({ 1: 'Tinggal di ruta', 2: 'Meninggal', 3: 'Tidak tinggal di ruta/pindah', 4: 'Anggota rumah tangga baru', 5: 'Kesalahan prelist', 6: 'Tidak ditemukan' }),
    legacyKey: 'status_keberadaan_art', source: 'S2',
  },
  {
    key: 'hasKks', number: '423', label: 'KPS/KKS', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_kks', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasPbi', number: '424', label: 'KIS/PBI JKN', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_pbi', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasKip', number: '425', label: 'KIP/BSM', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_kip', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasPkh', number: '426', label: 'PKH', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_pkh', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'hasSembako', number: '427', label: 'Kartu Sembako/BPNT (dulu Raskin/Rastra)', type: 'yesno', roster: 'members', required: true,
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'ada_rastra', legacyYesNo: [1, 2], source: 'S2',
  },
  {
    key: 'pbiNumber', number: '424a', label: 'Nomor KIS/PBI JKN', type: 'text', roster: 'members', required: 'warn',
    askedWhen: [{ key: 'hasPbi', in: [true] }],
    legacyKey: 'no_peserta_pbi', source: 'S2',
  },
  {
    key: 'motherMaidenName', number: '428', label: 'Nama gadis ibu kandung', type: 'text', roster: 'members', required: 'warn',
    askedWhen: [{ key: 'memberPresence', in: [1, 4] }],
    legacyKey: 'nama_gadis_ibu_kandung', source: 'S2',
  },
]
