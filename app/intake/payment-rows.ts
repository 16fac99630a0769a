import { columnName, digitsOf, isRounded, ROUNDED, rupiahOf, type Facts } from '#app/intake/columns.ts'
import type { Action, CellError } from '#app/intake/recipient-rows.ts'
import { wordFinder } from '#app/intake/words.ts'
import { findPaymentIn, rupiah, statusWords, type Payment } from '#app/payments/payments.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Db } from '#db/connection.ts'

export type PaymentVerdict = { action: Action, errors: CellError[], remark: string, payment?: Payment, status: string, reasonCode: string, note: string, number: string | null, nik: string | null }

// Reads the lines of a file of results: which payment of the list each means and what became of it.
export function paymentReader(db: Db, { programme, listId, today }: { programme: ProgrammeCode, listId: string, today: string }): (facts: Facts) => PaymentVerdict {
  const words = wordFinder(db, programme, today)
  const kinds = new Map(statusWords(db, programme, today).map(({ code, kind }) => [code, kind]))
  return (facts) => {
    const errors: CellError[] = []
    const wrong = (column: string, message: string) => void errors.push({ column: columnName('payments', column), message, value: facts[column] })
    for (const column of ['number', 'nik']) if (isRounded(facts[column] ?? '')) wrong(column, ROUNDED)
    const [number, nik] = [digitsOf(facts.number).toUpperCase() || null, digitsOf(facts.nik) || null]
    const status = words('payment', facts.status)
    if (!status) wrong('status', facts.status ? 'Status ini tidak ada di daftar kata status penyaluran.' : 'Status belum diisi.')
    const reasonCode = words('payment_reason', facts.reason)
    if (reasonCode === undefined) wrong('reason', 'Alasan ini tidak ada di daftar alasan gagal salur.')
    const payment = errors.length > 0 ? undefined : findPaymentIn(db, { listId, programme }, { number, nik })
    if (!payment && errors.length === 0) wrong(number ? 'number' : 'nik', 'Penerima ini tidak ada di daftar salur periode ini.')
    if (payment && nik && payment.nik && payment.nik !== nik) wrong('nik', 'NIK berbeda dengan penerima bernomor ini di daftar salur.')
    const kind = status ? kinds.get(status) : undefined
    askAmount(facts, kind, payment, wrong)
    if (payment?.kind === 'paid' && kind === 'waiting') wrong('status', 'Sudah tercatat berhasil salur, berkas ini menyebut belum. Bila uangnya kembali, catat gagal salur.')
    const said = { remark: payment?.kind === 'paid' && kind !== 'paid' ? `${payment.name} sudah tercatat berhasil salur; berkas ini mengubahnya.` : '', status: status ?? '', reasonCode: kind === 'failed' || kind === 'excluded' ? reasonCode ?? '' : '', note: (facts.note ?? '').slice(0, 200), number, nik }
    if (errors.length > 0) return { action: 'error', errors, ...said }
    return { action: payment!.status === said.status && payment!.reasonCode === said.reasonCode ? 'same' : 'changed', errors, payment, ...said }
  }
}

// What was paid must be what the list says, or the sums here are not the bank's.
function askAmount({ amount: text }: Facts, kind: string | undefined, payment: Payment | undefined, wrong: (column: string, message: string) => void) {
  if (!text) return
  const amount = rupiahOf(text)
  if (amount === undefined) wrong('amount', isRounded(text) ? ROUNDED : 'Nominal harus angka rupiah yang bulat, misalnya 600000 atau 600.000.')
  else if (kind === 'paid' && payment && amount !== payment.amount) wrong('amount', `Berkas menyebut ${rupiah(amount)}, daftar salur ${rupiah(payment.amount)}. Tanyakan kepada bank, baru unggah lagi baris ini.`)
}
