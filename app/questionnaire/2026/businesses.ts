import { INDUSTRIES, options } from '#app/questionnaire/2026/options.ts'
import type { Question } from '#app/questionnaire/types.ts'

export const BUSINESSES: Question[] = [
  { key: 'ownerName', number: '1', label: 'Nama ART', type: 'text', roster: 'businesses', required: true, legacyKey: 'nama_art', source: 'S2' },
  {
    key: 'ownerMemberSeq', number: '2', label: 'No. urut ART (sesuai Blok IV kol. 1)', type: 'integer', roster: 'businesses', required: true,
    legacyKey: 'no_urut_art', source: 'S2',
  },
  {
    key: 'businessField', number: '3', label: 'Lapangan usaha (uraian)', type: 'text', roster: 'businesses', required: true,
    legacyKey: 'lapangan_usaha', source: 'S2',
  },
  {
    key: 'businessFieldCode', number: '4', label: 'Kode lapangan usaha (sesuai Blok IV kol. 20)', type: 'single', roster: 'businesses', required: true,
    options: INDUSTRIES,
    legacyKey: 'kode_lapangan_usaha', source: 'S2',
  },
  {
    key: 'workerCount', number: '5', label: 'Jumlah pekerja', type: 'integer', roster: 'businesses', required: true, min: 0,
    legacyKey: 'jumlah_pekerja', source: 'S2',
  },
  {
    key: 'hasBusinessPlace', number: '6', label: 'Tempat/lokasi usaha', type: 'single', roster: 'businesses', required: true,
    options: options({ 1: 'Ada', 2: 'Tidak ada' }),
    legacyKey: 'lokasi_usaha', source: 'S2',
  },
  {
    key: 'monthlyTurnover', number: '7', label: 'Omset usaha per bulan', type: 'single', roster: 'businesses', required: true,
    options: options({ 1: '< 1 juta', 2: '1 - < 5 juta', 3: '5 - < 10 juta', 4: '>= 10 juta' }),
    legacyKey: 'omset_usaha', source: 'S2',
  },
]
