// Bukti kunjungan: what a visit shows of having really been made. None of it rejects a visit; all of it sorts the queue.
// fine: looked at and nothing to see. look: worth a closer look. unknown: could not be judged, and the sentence says why.
export type SignalLevel = 'fine' | 'look' | 'unknown'

// Weights: 1 a hint, 2 worth a look, 3 strong. The title names the subject in a list of signals.
export const SIGNALS = {
  short_interview: { title: 'Wawancara sangat singkat', weight: 2 },
  duration: { title: 'Lama wawancara dibanding petugas lain', weight: 2 },
  rough_location: { title: 'Ketelitian lokasi', weight: 1 },
  typed_location: { title: 'Asal koordinat', weight: 1 },
  far_from_prelist: { title: 'Jarak dari titik prelist', weight: 2 },
  far_from_village: { title: 'Jarak dari kunjungan lain di desa', weight: 2 },
  same_point: { title: 'Titik yang sama di rumah lain', weight: 3 },
  impossible_speed: { title: 'Kecepatan antar kunjungan', weight: 3 },
  overlapping: { title: 'Wawancara pada waktu yang sama', weight: 3 },
  night: { title: 'Jam kunjungan', weight: 1 },
  reused_photo: { title: 'Foto dari kunjungan lain', weight: 3 },
  similar_photo: { title: 'Foto yang mirip foto kunjungan lain', weight: 3 },
  same_photo: { title: 'Satu foto untuk beberapa jenis', weight: 1 },
  empty_photo: { title: 'Foto yang tidak memperlihatkan apa-apa', weight: 2 },
  exif_time: { title: 'Waktu di dalam berkas foto', weight: 2 },
  exif_place: { title: 'Tempat di dalam berkas foto', weight: 2 },
  photo_times: { title: 'Waktu foto dan waktu kunjungan', weight: 2 },
  photo_burst: { title: 'Jeda antar foto', weight: 2 },
  clock: { title: 'Jam HP', weight: 2 },
  copied_answers: { title: 'Jawaban sama dengan kunjungan lain', weight: 3 },
  unchanged_answers: { title: 'Jawaban tidak berubah dari prelist', weight: 2 },
  straight_lining: { title: 'Jawaban seragam dalam satu blok', weight: 1 },
  short_outcomes: { title: 'Hasil tanpa wawancara', weight: 2 },
  no_card: { title: 'Keluarga tanpa KK', weight: 1 },
  no_nik: { title: 'Anggota tanpa NIK', weight: 1 },
  nik_elsewhere: { title: 'NIK di rumah tangga lain', weight: 2 },
  odd_answers: { title: 'Jawaban yang janggal', weight: 1 },
} as const satisfies Record<string, { title: string, weight: number }>

export type SignalCode = keyof typeof SIGNALS

// A plain Indonesian sentence with its numbers; the numbers also by themselves, for tests and pictures.
export type Signal = { code: SignalCode, level: SignalLevel, sentence: string, weight: number, numbers?: Record<string, number | string> }

export const isSignalCode = (code: string): code is SignalCode => Object.hasOwn(SIGNALS, code)

type Numbers = Signal['numbers']
const signal = (level: SignalLevel) => (code: SignalCode, sentence: string, numbers?: Numbers, weight: number = SIGNALS[code].weight): Signal => ({
  code, level, sentence, weight: level === 'look' ? weight : 0, ...(numbers ? { numbers } : {}) })

export const fine = signal('fine')
export const look = signal('look')
export const unknown = signal('unknown')
