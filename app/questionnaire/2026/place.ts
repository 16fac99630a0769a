import { options } from '#app/questionnaire/2026/options.ts'
import type { Question } from '#app/questionnaire/types.ts'

export const PLACE: Question[] = [
  {
    key: 'slsName', number: '105', label: 'Nama SLS (dusun/RW/RT)', type: 'text', roster: 'household', required: false,
    legacyKey: 'nama_sls', source: 'S2',
  },
  {
    key: 'address', number: '106', label: 'Alamat', type: 'text', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'alamat', source: 'S2',
  },
  {
    key: 'prelistOrderNo', number: '107', label: 'Nomor urut rumah tangga (dari prelist)', type: 'text', roster: 'household', required: false, automatic: true,
    legacyKey: 'nomor_urut_rt', source: 'S2',
  },
  {
    key: 'headName', number: '108', label: 'Nama kepala rumah tangga', type: 'text', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'nama_krt', source: 'S2',
  },
  {
    key: 'memberCount', number: '109', label: 'Jumlah anggota rumah tangga', type: 'integer', roster: 'household', required: true, min: 1, max: 98,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_art', source: 'S2',
  },
  {
    key: 'familyCount', number: '110', label: 'Jumlah keluarga', type: 'integer', roster: 'household', required: true, min: 1, max: 20,
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'jumlah_keluarga', source: 'S2',
  },
  {
    key: 'familySeq', number: '110a', label: 'Nomor urut keluarga (NUK)', type: 'integer', roster: 'families', required: true, min: 1,
    legacyKey: 'nuk', source: 'S2',
  },
  {
    key: 'kkNumber', number: '110b', label: 'Nomor Kartu Keluarga', type: 'text', roster: 'families', required: true, pattern: '^[0-9]{16}$', instead: 'kkMissingReason',
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    legacyKey: 'nokk', hint: '16 angka. Kosongkan bila keluarga ini belum punya KK.', source: 'S2',
  },
  {
    key: 'kkMissingReason', number: '110c', label: 'Bila belum ada KK: sebabnya', type: 'single', roster: 'families', required: false, insteadOf: 'kkNumber',
    options: options({ 1: 'Belum pernah dibuat', 2: 'Hilang atau rusak, nomornya tidak diketahui', 3: 'Masih ikut KK lain, belum diurus pisahnya', 4: 'Sedang diurus di Dukcapil' }),
    askedWhen: [{ key: 'hasilVerivali', in: [1] }],
    hint: 'Keluarga tetap didata dan diperiksa, lalu menunggu Nomor KK dari Dukcapil.', source: 'own',
  },
]
