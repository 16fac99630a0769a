import { readDay } from '#app/assignments/tables.ts'
import type { Answer, RegisterPerson } from '#app/matching/matcher.ts'

// The register's own column names, with two of ours: the number of the question, and what the register says in words.
export const REGISTER_COLUMNS = [
  'NO_PERMINTAAN', 'NIK', 'NO_KK', 'NAMA_LGKP', 'STAT_HBKEL', 'TMPT_LHR', 'TGL_LHR', 'JENIS_KLMIN', 'STATUS_KAWIN', 'PDDK_AKH', 'JENIS_PKRJN', 'NAMA_LGKP_IBU',
  'NAMA_LGKP_AYAH', 'ALAMAT', 'DUSUN', 'NO_RT', 'NO_RW', 'NO_PROP', 'NO_KAB', 'NO_KEC', 'NO_KEL', 'NAMA_PROP', 'NAMA_KAB', 'NAMA_KEC', 'NAMA_KEL', 'KETERANGAN',
] as const
export const QUESTION_COLUMNS = ['NO_PERMINTAAN', 'NIK', 'NO_KK', 'NAMA_LGKP', 'JENIS_KLMIN', 'TMPT_LHR', 'TGL_LHR'] as const

export type Cells = Partial<Record<string, string>>
export type CellError = { column: string, message: string, value?: string }

// "12-345": question 345 of run 12.
export const requestNumber = (run: number, position: number) => `${run}-${position}`

export function readRequest(text: string): { run: number, position: number } | undefined {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(text)
  return found ? { run: Number(found[1]), position: Number(found[2]) } : undefined
}

const SAID: [RegExp, Answer['said']][] = [
  [/tidak (di)?temu|not found/, 'not_found'], [/meninggal|wafat/, 'deceased'], [/ganda|duplikat|duplicate/, 'duplicate'],
  [/(belum|tidak|non)[ -]?(online|konsolidasi|sinkron|masuk)/, 'not_online'], [/gangguan|terganggu|time ?out|error|gagal|kuota/, 'trouble'],
]

// One line of answers: what the register said, or why it cannot be read. Pure.
export function readAnswer(cells: Cells): { answer?: Answer, errors: CellError[] } {
  const errors: CellError[] = []
  const words = cells.KETERANGAN?.toLowerCase().replace(/\s+/g, ' ') ?? ''
  const said = SAID.find(([pattern]) => pattern.test(words))?.[1]
  const person = cells.NAMA_LGKP ? readPerson(cells, errors) : undefined
  if (!person && !said) {
    errors.push(words ? { column: 'KETERANGAN', message: 'Keterangan ini tidak dikenal.', value: cells.KETERANGAN } : { column: 'NAMA_LGKP', message: 'Nama kosong dan tidak ada KETERANGAN.' })
  }
  return errors.length > 0 ? { errors } : { answer: { said: said ?? 'found', person, ...(words && !said && { note: cells.KETERANGAN!.slice(0, 200) }) }, errors }
}

function readPerson(cells: Cells, errors: CellError[]): RegisterPerson {
  const kkNumber = cells.NO_KK
  if (kkNumber && !/^\d{16}$/.test(kkNumber)) errors.push({ column: 'NO_KK', message: 'Nomor KK harus 16 angka. Di Excel, jadikan kolomnya teks.', value: kkNumber })
  const birthDate = cells.TGL_LHR && readDay(cells.TGL_LHR)
  if (cells.TGL_LHR && !birthDate) errors.push({ column: 'TGL_LHR', message: 'Tanggal ini tidak terbaca.', value: cells.TGL_LHR })
  return {
    nik: cells.NIK ?? '', name: cells.NAMA_LGKP!.slice(0, 200), kkNumber, relation: cells.STAT_HBKEL, birthPlace: cells.TMPT_LHR,
    birthDate: birthDate || undefined, sex: readSex(cells.JENIS_KLMIN),
  }
}

const readSex = (text = ''): 1 | 2 | undefined =>
  /^(1|l|lk|laki[ -]?laki|pria)$/i.test(text) ? 1 : /^(2|p|pr|perempuan|wanita)$/i.test(text) ? 2 : undefined
