const AMOUNTS = ['nominal', 'nominal_bantuan', 'jumlah_bantuan', 'nominal_salur', 'nilai_bantuan', 'jumlah_rupiah'] as const

// The columns a file may bring, by the headings seen in lists of SIKS-NG, banks, BPJS and kabupaten. Pure.
export const RECIPIENT_COLUMNS = {
  nik: ['nik', 'nik_penerima', 'nik_pengurus', 'nik_kpm', 'nomor_nik', 'no_nik', 'no_ktp', 'nik_ktp'],
  kk: ['no_kk', 'nokk', 'nomor_kk', 'kk', 'no_kartu_keluarga', 'nomor_kartu_keluarga'],
  name: ['nama', 'nama_penerima', 'nama_pengurus', 'nama_kpm', 'nama_lengkap', 'nama_peserta', 'nama_kepala_keluarga'],
  address: ['alamat', 'alamat_rumah', 'alamat_lengkap'],
  region: ['kode_wilayah', 'kode_desa', 'kode_kemendagri', 'kddesa_kemendagri', 'kode_kelurahan', 'kode_desa_kelurahan'],
  number: ['no_kks', 'nokks', 'nomor_kks', 'no_peserta', 'nomor_peserta', 'nopesertapkh', 'no_peserta_pkh', 'nomor_peserta_pkh', 'no_kartu', 'nomor_kartu', 'nomor_peserta_kartu', 'nomor_kartu_jkn', 'no_kartu_jkn', 'no_bpjs', 'no_register', 'nomor_register'],
  bank: ['bank', 'nama_bank', 'bank_penyalur', 'penyalur'],
  account: ['no_rekening', 'nomor_rekening', 'norekening', 'no_rek', 'norek', 'rekening'],
  state: ['status', 'keadaan', 'status_penerima', 'status_peserta', 'status_kepesertaan'],
  period: ['periode', 'periode_salur', 'tahap'],
  amount: AMOUNTS,
  variant: ['kategori', 'kategori_ppks', 'jenis_ppks', 'jenis_pmks'],
  segment: ['segmen', 'segmen_peserta'],
  started: ['tmt', 'mulai', 'tanggal_mulai'],
} as const satisfies Record<string, readonly string[]>

export const PAYMENT_COLUMNS = {
  number: RECIPIENT_COLUMNS.number,
  nik: RECIPIENT_COLUMNS.nik,
  name: RECIPIENT_COLUMNS.name,
  status: ['status', 'status_salur', 'status_penyaluran', 'hasil', 'hasil_salur'],
  reason: ['alasan', 'sebab', 'alasan_gagal', 'keterangan_gagal'],
  amount: AMOUNTS,
  note: ['catatan', 'keterangan'],
} as const satisfies Record<string, readonly string[]>

export const COLUMNS = { recipients: RECIPIENT_COLUMNS, payments: PAYMENT_COLUMNS }
export type IntakeKind = keyof typeof COLUMNS
export type Facts = Partial<Record<string, string>>

const nameOf = (heading: string) => heading.trim().toLowerCase().replace(/[\s./-]+/g, '_').replace(/_+$/, '')

export type Heading = { places: (string | undefined)[], ignored: string[], missing: string[], twice?: string }

// Which of our names stands at each place of the heading.
export function readHeading(kind: IntakeKind, cells: string[]): Heading {
  const own: Record<string, readonly string[]> = COLUMNS[kind]
  const known = new Map(Object.entries(own).flatMap(([column, names]) => names.map((name): [string, string] => [name, column])))
  const places = cells.map((cell) => known.get(nameOf(cell)))
  const has = (column: string) => places.includes(column)
  const missing = kind === 'recipients'
    ? [has('nik') || has('kk') ? '' : 'NIK atau No KK', has('name') ? '' : 'Nama']
    : [has('number') || has('nik') ? '' : 'nomor peserta/kartu atau NIK', has('status') ? '' : 'Status']
  const twice = places.find((column, i) => column !== undefined && places.indexOf(column) !== i)
  return { places, ignored: cells.filter((cell, i) => cell.trim() !== '' && places[i] === undefined), missing: missing.filter(Boolean), twice }
}

// How a column is called when a mistake in it is told: as the file itself heads it is not known here, so by its first name.
export const columnName = (kind: IntakeKind, column: string): string => (COLUMNS[kind] as Record<string, readonly string[]>)[column]?.[0] ?? column

// A spreadsheet's apostrophe, gaps and dots are no part of a number.
export const digitsOf = (text = '') => text.replace(/['\s.-]/g, '')

// Whole rupiah as people, banks and programs write them: Rp1.250.000, 1,250,000.00, 200000.00, 200.000,-. undefined: unreadable, or
// not whole.
export function rupiahOf(text: string): number | undefined {
  const figure = text.replace(/^[\s']*(?:rp|idr)?[.\s]*/i, '').replace(/\s/g, '').replace(/[.,]-{1,2}$/, '')
  const [, grouped] = /^(\d{1,3}(?:\.\d{3})+)(?:,0{1,2})?$/.exec(figure) ?? /^(\d{1,3}(?:,\d{3})+)(?:\.0{1,2})?$/.exec(figure) ?? []
  const [, plainly] = /^(\d{1,12})(?:[.,]0{1,2})?$/.exec(figure) ?? /^(\d{4,12})[.,]0+$/.exec(figure) ?? []
  const digits = (grouped ?? plainly)?.replace(/[.,]/g, '')
  return digits === undefined || digits.length > 12 ? undefined : Number(digits)
}

export const isRounded = (text: string) => /\de\+?\d+$/i.test(text.replace(/[\s']/g, ''))
export const ROUNDED = 'Angka ini dibulatkan oleh Excel, angka aslinya hilang. Jadikan kolomnya teks, lalu simpan lagi dari berkas asal.'

// Words are compared without capitals, signs and gaps.
export const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '')
