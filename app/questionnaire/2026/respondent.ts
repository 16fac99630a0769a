import { OUTCOMES } from '#app/questionnaire/2026/options.ts'
import type { Question } from '#app/questionnaire/types.ts'

export const RESPONDENT: Question[] = [
  {
    key: 'visitDate', number: '201', label: 'Tanggal verivali', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'tanggal_verivali', source: 'S2',
  },
  {
    key: 'enumeratorName', number: '202', label: 'Nama petugas verivali', type: 'text', roster: 'household', required: false, automatic: true,
    legacyKey: 'petugas_verivali', source: 'S2',
  },
  {
    key: 'checkDate', number: '203', label: 'Tanggal pemeriksaan', type: 'date', roster: 'household', required: false, automatic: true,
    legacyKey: 'tanggal_pemerikasaan', source: 'S2',
  },
  {
    key: 'checkerName', number: '204', label: 'Nama pemeriksa', type: 'text', roster: 'household', required: false, automatic: true,
    legacyKey: 'nama_pemeriksa', source: 'S2',
  },
  {
    key: 'hasilVerivali', number: '205', label: 'Hasil verivali rumah tangga', type: 'single', roster: 'household', required: true,
    options: OUTCOMES,
    legacyKey: 'hasil_verivali', source: 'S2',
  },
  {
    key: 'duplicateOfPrelistId', number: '205b', label: 'Bila data ganda atau bagian dari rumah tangga di dokumen: dengan ID prelist/No. urut ruta mana?', type: 'text', roster: 'household', required: true,
    askedWhen: [{ key: 'hasilVerivali', in: [4, 6] }],
    legacyKey: 'data_idbdt_double_dengan', source: 'S2',
  },
]
