import type { Question } from '#app/questionnaire/types.ts'

export const CHILDREN: Question[] = [
  { key: 'name', number: '1', label: 'Nama', type: 'text', roster: 'children', required: true, legacyKey: 'nama_art_sekolah', source: 'S2' },
  { key: 'nisn', number: '2', label: 'NISN / No. KTM', type: 'text', roster: 'children', required: false, legacyKey: 'art_nisn', source: 'S2' },
  {
    key: 'address', number: '3', label: 'Alamat tempat tinggal', type: 'text', roster: 'children', required: false,
    legacyKey: 'art_sekolah_alamat', source: 'S2',
  },
  { key: 'nik', number: '4', label: 'NIK', type: 'nik', roster: 'children', required: false, legacyKey: 'art_sekolah_nik', source: 'S2' },
  {
    key: 'schoolName', number: '5', label: 'Nama sekolah', type: 'text', roster: 'children', required: true,
    legacyKey: 'art_nama_sekolah', source: 'S2',
  },
]
