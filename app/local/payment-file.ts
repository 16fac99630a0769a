import { digitsOf, isRounded, ROUNDED, rupiahOf } from '#app/intake/columns.ts'
import { openTables, readDay } from '#app/assignments/tables.ts'
import type { StoredFile } from '#app/files/store.ts'
import { recordFile } from '#app/files/store.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { monthName, pay, refuseMistakes } from '#app/local/payments.ts'
import { demandPayer, getLocal, monthsIn, type LocalProgramme } from '#app/local/programmes.ts'
import { invalid } from '#app/problems.ts'
import { recipientOf, type Recipient } from '#app/programmes/recipients.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// What a village office keeps in its spreadsheet: by whose number, which month, when and how much.
const COLUMNS = {
  nik: ['nik', 'nik_penerima', 'nik_kpm', 'no_nik', 'no_ktp'], kk: ['no_kk', 'nokk', 'nomor_kk', 'kk', 'no_kartu_keluarga'], month: ['bulan', 'bulan_salur', 'periode'],
  paidOn: ['tanggal', 'tanggal_bayar', 'tanggal_salur', 'tgl_bayar'], amount: ['nominal', 'jumlah', 'jumlah_rupiah', 'nilai'],
} as const
type Column = keyof typeof COLUMNS
export type PaidLine = { line: number } & Partial<Record<Column, string>>
export const MOST_LINES = 5000

const headingOf = (cell: string) => cell.trim().toLowerCase().replace(/[\s./-]+/g, '_').replace(/_+$/, '')
const columnOf = (cell: string) => (Object.keys(COLUMNS) as Column[]).find((column) => (COLUMNS[column] as readonly string[]).includes(headingOf(cell)))

// The lines of the first sheet. A file that is longer than any programme is refused, not cut.
export async function readPaidLines(directory: string, stored: StoredFile): Promise<PaidLine[]> {
  const { tables: [table], close } = await openTables(directory, stored)
  try {
    const lines: PaidLine[] = []
    let places: (Column | undefined)[] | undefined
    for await (const { row, cells } of table?.lines() ?? []) {
      if (!places) {
        places = cells.map(columnOf)
        if (!places.includes('nik') && !places.includes('kk')) throw invalid({ file: 'Kolom nik atau no_kk tidak ada pada baris judul.' })
        continue
      }
      const line: PaidLine = { line: row }
      places.forEach((column, i) => { if (column && cells[i]?.trim()) line[column] = cells[i]!.trim().slice(0, 60) })
      if (Object.keys(line).length > 1) lines.push(line)
      if (lines.length > MOST_LINES) throw invalid({ file: `Paling banyak ${MOST_LINES} baris. Bagi berkasnya per bulan atau per desa.` })
    }
    if (lines.length === 0) throw invalid({ file: 'Berkas ini tidak berisi pembayaran.' })
    return lines
  } finally {
    await close()
  }
}

const MONTHS = ['januari', 'februari', 'maret', 'april', 'mei', 'juni', 'juli', 'agustus', 'september', 'oktober', 'november', 'desember']

// "2026-03", "03/2026", "3", "Maret 2026" or a day in it; a cell left empty is the month of the form. Undefined: none of the programme.
export function readMonth(text: string | undefined, local: LocalProgramme, otherwise: string): string | undefined {
  if (!text) return otherwise
  const year = local.startsOn.slice(0, 4)
  const named = MONTHS.findIndex((name) => text.toLowerCase().startsWith(name.slice(0, 3))) + 1
  const [, yearFirst, ofYear] = /^(\d{4})[-/](\d{1,2})(?:[-/]\d{1,2})?$/.exec(text) ?? []
  const [, alone, itsYear] = /^(\d{1,2})(?:[-/](\d{4}))?$/.exec(text) ?? []
  const inYear = yearFirst ?? itsYear ?? /\b(\d{4})$/.exec(text)?.[1] ?? year
  const day = named || ofYear || alone ? undefined : readDay(text)
  const month = day?.slice(0, 7) ?? `${inYear}-${String(named || ofYear || alone || '').padStart(2, '0')}`
  return monthsIn(local).includes(month) ? month : undefined
}

const IN_LOCAL = "programme IN ('blt', 'apbd') AND variant = @id AND started_on IS NOT NULL"
const holders = statement<[{ id: string, nik: string, kk: string }], { id: string }>(`SELECT id FROM recipients WHERE nik = @nik AND ${IN_LOCAL} UNION SELECT id FROM recipients WHERE kk_number = @kk AND ${IN_LOCAL} LIMIT 3`)

export type FileErrors = { line: number, message: string }[]
export type FilePaying = { key: string, month: string, paidOn: string }

// All lines or none: a file with a mistake marks nothing and every mistake is told with its line.
export function payByFile(tx: Tx, id: string, lines: PaidLine[], file: ReceivedFile, { key, month, paidOn }: FilePaying): { paid: number, known: number, errors: FileErrors } {
  demand(tx.actor, 'local.manage')
  const local = getLocal(tx, id)
  demandPayer(tx.actor, local)
  refuseMistakes(tx, local, month, paidOn)
  const read = lines.map((line) => readLine(tx, local, line, { month, paidOn }))
  const errors = read.flatMap(({ line, error }) => error ? [{ line, message: error }] : [])
  if (errors.length > 0) return { paid: 0, known: 0, errors }
  if (!isFirstTime(tx, key)) return { paid: 0, known: lines.length, errors }
  recordFile(tx, file)
  const paid = read.filter(({ recipient, ...one }) => pay(tx, local, recipient!, { month: one.month!, paidOn: one.paidOn!, cause: `file:${file.name.slice(0, 100)}` })).length
  tx.audit('local_programme.payments_recorded', id, { file: file.name, sha256: file.sha256, families: paid, lines: lines.length })
  return { paid, known: lines.length - paid, errors }
}

type Read = { line: number, error?: string, recipient?: Recipient, month?: string, paidOn?: string }

function readLine(tx: Tx, local: LocalProgramme, { line, ...facts }: PaidLine, otherwise: { month: string, paidOn: string }): Read {
  const [nik, kk] = [digitsOf(facts.nik), digitsOf(facts.kk)]
  if (isRounded(facts.nik ?? '') || isRounded(facts.kk ?? '')) return { line, error: ROUNDED }
  if (!/^\d{16}$/.test(nik) && !/^\d{16}$/.test(kk)) return { line, error: 'NIK atau No KK harus 16 angka.' }
  const found = holders(tx.db).all({ id: local.id, nik, kk })
  const recipient = found.length === 1 ? recipientOf(tx.db, found[0]!.id) : undefined
  if (!recipient || !isWithin(recipient.regionCode, tx.actor)) return { line, error: found.length > 1 ? 'NIK dan No KK ini milik dua penerima yang berbeda.' : 'Bukan penerima yang sudah ditetapkan dalam program ini.' }
  const month = readMonth(facts.month, local, otherwise.month)
  if (!month) return { line, error: `Bulan “${facts.month}” bukan bulan program ini.` }
  const paidOn = facts.paidOn ? readDay(facts.paidOn) : otherwise.paidOn
  if (!paidOn || paidOn > dayOf(tx.now, zoneOf(local.regionCode))) return { line, error: 'Tanggal bayar tidak terbaca atau belum tiba.' }
  if (facts.amount && rupiahOf(facts.amount) !== local.amount) return { line, error: 'Nominal tidak sama dengan besar bantuan sebulan.' }
  const problem = dueProblem(local, recipient, month)
  return problem ? { line, error: problem } : { line, recipient, month, paidOn }
}

function dueProblem(local: LocalProgramme, recipient: Recipient, month: string): string | undefined {
  const [from, to] = [recipient.startedOn!.slice(0, 7), recipient.endedOn?.slice(0, 7)]
  return month < from || (to !== undefined && month > to) ? `${recipient.name} tidak menerima pada ${monthName(month)}.` : undefined
}
