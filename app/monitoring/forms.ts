import type { MonitoringFormCode } from '#db/schema/monitoring.ts'

// The four monitoring forms of SIKS-Droid, as data. yesno and scale are judged and averaged; the rest is told.
export type MonitoringQuestion = {
  code: string, label: string, type: 'yesno' | 'scale' | 'number' | 'text' | 'choice', required?: boolean, hint?: string,
  options?: { code: number, label: string }[],
  // Judged the other way round: yes is the worse answer.
  reversed?: true
}
export type MonitoringForm = { code: MonitoringFormCode, version: string, title: string, lead: string, participants: string, subject?: string, questions: MonitoringQuestion[] }

const SCALE = [{ code: 1, label: 'Kurang sekali' }, { code: 2, label: 'Kurang' }, { code: 3, label: 'Baik' }, { code: 4, label: 'Baik sekali' }]

const yesno = (code: string, label: string, more: Partial<MonitoringQuestion> = {}): MonitoringQuestion => ({ code, label, type: 'yesno', required: true, ...more })
const scale = (code: string, label: string, more: Partial<MonitoringQuestion> = {}): MonitoringQuestion => ({ code, label, type: 'scale', required: true, options: SCALE, ...more })
const number = (code: string, label: string): MonitoringQuestion => ({ code, label, type: 'number' })
const text = (code: string, label: string): MonitoringQuestion => ({ code, label, type: 'text' })

const BIMTEK: MonitoringForm = {
  code: 'bimtek', version: '2026', title: 'Bimtek petugas', lead: 'Pelatihan sebelum turun ke lapangan.', participants: 'Peserta yang hadir',
  questions: [
    number('MB1', 'Peserta yang diundang'), number('MB2', 'Lama pelatihan (jam)'),
    yesno('MB3', 'Setiap peserta memegang pedoman'), yesno('MB4', 'Setiap peserta memegang HP yang bisa dipakai'),
    scale('MB5', 'Penjelasan pertanyaan kuesioner'), scale('MB6', 'Latihan wawancara'), scale('MB7', 'Latihan foto dan lokasi'), scale('MB8', 'Latihan memakai aplikasi tanpa sinyal'),
    yesno('MB9', 'Ada tes atau simulasi di akhir'), number('MB10', 'Peserta yang lulus'), yesno('MB11', 'Kerahasiaan data dijelaskan'), text('MB12', 'Pertanyaan yang belum terjawab'),
  ],
}

const MUSDES: MonitoringForm = {
  code: 'musdes', version: '2026', title: 'Musdes/muskel', lead: 'Jalannya musyawarah desa atau kelurahan.', participants: 'Peserta yang hadir',
  questions: [
    text('MK1', 'Pimpinan musyawarah (nama dan jabatan)'), text('MK1a', 'Jam mulai dan selesai'), number('MK2', 'RW yang ada'), number('MK3', 'RW yang diundang'), number('MK4', 'RW yang hadir'), number('MK4a', 'di antaranya perempuan (RW)'),
    number('MK5', 'RT yang ada'), number('MK6', 'RT yang diundang'), number('MK7', 'RT yang hadir'), number('MK7a', 'di antaranya perempuan (RT)'), number('MK8', 'Peserta laki-laki'), number('MK9', 'Peserta perempuan'),
    number('MK9a', 'Babinsa/Bhabinkamtibmas yang hadir'), number('MK9b', 'Tokoh masyarakat yang hadir'), number('MK9c', 'Tokoh agama yang hadir'), number('MK9d', 'Aparat desa yang hadir'), text('MK9e', 'Peserta lain yang hadir (sebutkan dan jumlahnya)'),
    yesno('MK10', 'Tujuan musyawarah dijelaskan'),
    { code: 'MK11', label: 'Cara prelist diperiksa', type: 'choice', required: true, options: [{ code: 1, label: 'Dibacakan satu per satu' }, { code: 2, label: 'Dibagikan per RT' }, { code: 3, label: 'Hanya disebut jumlahnya' }, { code: 4, label: 'Tidak diperiksa' }] },
    { code: 'MK12', label: 'Cara rumah tangga baru diusulkan', type: 'choice', required: true, options: [{ code: 1, label: 'Oleh peserta, dibahas bersama' }, { code: 2, label: 'Oleh ketua RT/RW' }, { code: 3, label: 'Oleh pemerintah desa saja' }, { code: 4, label: 'Tidak ada usulan' }] },
    yesno('MK13', 'Ukuran kemiskinan dipakai saat menilai'), text('MK13a', 'Ukuran yang dipakai (sebutkan, paling banyak sepuluh)'), yesno('MK14', 'Berita acara ditandatangani'), yesno('MK15', 'Daftar hadir ditandatangani dan distempel'),
    yesno('MK16', 'Daftar prelist dipakai'), yesno('MK17', 'Daftar pendaftaran aktif dipakai'), yesno('MK18', 'Daftar usulan baru dipakai'),
    scale('MK19', 'Peserta bebas berpendapat'),
  ],
}

const ENUMERATOR: MonitoringForm = {
  code: 'enumerator', version: '2026', title: 'Pendampingan petugas', lead: 'Mengamati satu petugas saat berkunjung.', participants: 'Rumah tangga yang diamati', subject: 'Petugas yang diamati',
  questions: [
    yesno('ME1', 'Memperkenalkan diri dan menunjukkan surat tugas'), yesno('ME2', 'Menjelaskan tujuan dan kerahasiaan'), yesno('ME3', 'Mewawancarai orang yang tepat'),
    scale('ME4', 'Membacakan pertanyaan sebagaimana tertulis'), scale('ME5', 'Menggali jawaban yang meragukan'), yesno('ME6', 'Melihat sendiri KTP dan KK'),
    yesno('ME7', 'Melihat sendiri atap, lantai, dinding, dapur, dan jamban'), yesno('ME8', 'Mengarahkan jawaban responden', { reversed: true }),
    scale('ME9', 'Foto jelas dan lengkap'), yesno('ME10', 'Mengambil lokasi di depan rumah'), scale('ME11', 'Menguasai aplikasi'), number('ME12', 'Lama wawancara (menit)'), text('ME13', 'Kesulitan petugas'),
  ],
}

const REVISIT: MonitoringForm = {
  code: 'revisit', version: '2026', title: 'Kunjungan ulang pemantauan', lead: 'Mendatangi rumah tangga yang sudah didata dan bertanya tentang petugasnya.', participants: 'Rumah tangga yang didatangi', subject: 'Petugas yang mendata',
  questions: [
    yesno('MU1', 'Rumah tangga ditemukan'), yesno('MU2', 'Petugas pernah datang'), yesno('MU3', 'Petugas masuk dan melihat rumah'), yesno('MU4', 'Petugas meminta KTP dan KK'),
    yesno('MU5', 'Petugas memotret rumah'), yesno('MU6', 'Petugas meminta imbalan', { reversed: true }), yesno('MU7', 'Petugas menjanjikan bantuan', { reversed: true }), scale('MU8', 'Sikap petugas menurut warga'), text('MU9', 'Yang disampaikan warga'),
  ],
}

export const FORMS: Record<MonitoringFormCode, MonitoringForm> = { bimtek: BIMTEK, musdes: MUSDES, enumerator: ENUMERATOR, revisit: REVISIT }

export type ReadAnswer = { code: string, value: string, score: number | null }

// Answers as they are kept, and what is wrong with those that cannot be. Pure.
export function readSheet({ questions }: MonitoringForm, fields: Record<string, string>): { answers: ReadAnswer[], mistakes: Record<string, string> } {
  const answers: ReadAnswer[] = []
  const mistakes: Record<string, string> = {}
  for (const question of questions) {
    const value = (fields[question.code] ?? '').trim()
    const wrong = value === '' ? question.required ? 'belum diisi.' : undefined : isReadable(question, value) ? undefined : 'isian tidak sesuai.'
    if (wrong) mistakes[question.code] = `${question.label}: ${wrong}`
    else if (value !== '') answers.push({ code: question.code, value, score: scoreOf(question, value) })
  }
  return { answers, mistakes }
}

function isReadable({ type, options = [] }: MonitoringQuestion, value: string): boolean {
  switch (type) {
    case 'yesno': return value === '1' || value === '2'
    case 'scale':
    case 'choice': return options.some(({ code }) => String(code) === value)
    case 'number': return /^\d{1,5}([.,]\d{1,2})?$/.test(value)
    case 'text': return value.length <= 1000
  }
}

// Between 0 and 1: yes is 1, the scale is spread evenly.
export const scoreOf = ({ type, reversed }: MonitoringQuestion, value: string): number | null => {
  const score = type === 'yesno' ? value === '1' ? 1 : 0 : type === 'scale' ? (Number(value) - 1) / (SCALE.length - 1) : null
  return score !== null && reversed ? 1 - score : score
}

export const isJudged = ({ type }: MonitoringQuestion) => type === 'yesno' || type === 'scale'

export const answerWords = ({ type, options = [] }: MonitoringQuestion, value: string | undefined): string => {
  if (value === undefined || value === '') return '–'
  if (type === 'yesno') return value === '1' ? 'Ya' : 'Tidak'
  return options.find(({ code }) => String(code) === value)?.label ?? value
}
