import { and, eq, isNull } from 'drizzle-orm'
import { demandPayer, getLocal, monthsIn, type LocalProgramme, type Reader } from '#app/local/programmes.ts'
import { byPlace, monthsFor } from '#app/local/recipients.ts'
import { regionsIn } from '#app/households/filter.ts'
import { getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { regionNames } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { localPayments } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type LocalPayment = typeof localPayments.$inferSelect
export type PayeePlace = { regionCode: string, name: string, id: string }
type Payee = Pick<Recipient, 'id' | 'regionCode' | 'name' | 'nik' | 'kkNumber' | 'address' | 'state' | 'startedOn' | 'endedOn'> & { paymentId: string | null, paidOn: string | null, amount: number | null }
type Range = { programme: string, from: string, to: string, month: string, first: string, last: string }
type Seek = PayeePlace & Range & { unpaid: 0 | 1, limit: number }

// Who is to be paid for a month: whoever received in it, be it for a part.
const DUE = `recipients r INDEXED BY recipients_of_local LEFT JOIN local_payments p ON p.recipient_id = r.id AND p.month = @month AND p.cancelled_at IS NULL
  WHERE r.programme IN ('blt', 'apbd') AND r.variant = @programme AND r.region_code >= @from AND r.region_code < @to AND r.started_on <= @last AND (r.ended_on IS NULL OR r.ended_on >= @first)`
const due = statement<[Seek], Payee>(`SELECT r.id, r.region_code AS regionCode, r.name, r.nik, r.kk_number AS kkNumber, r.address, r.state, r.started_on AS startedOn, r.ended_on AS endedOn,
    p.id AS paymentId, p.paid_on AS paidOn, p.amount
  FROM ${DUE} AND (@unpaid = 0 OR p.id IS NULL) AND (r.region_code, r.name, r.id) > (@regionCode, @name, @id) ORDER BY r.region_code, r.name, r.id LIMIT @limit`)
export type MonthTotal = { due: number, paid: number, amount: number }
const counted = statement<[Range], MonthTotal>(`SELECT count(*) AS due, count(p.id) AS paid, coalesce(sum(p.amount), 0) AS amount FROM ${DUE}`)

const PAGE = 100
const rangeOf = (programme: string, month: string, code: string): Range => ({ programme, month, first: `${month}-01`, last: `${month}-31`, from: code, to: `${code}:` })

// By desa and name, of the reader's own places.
export function listDue(reader: Reader, id: string, { month, region, unpaid = false }: { month: string, region: string, unpaid?: boolean }, after?: PayeePlace, limit = PAGE) {
  const { db, actor } = reader
  getLocal(reader, id)
  const start = after ?? { regionCode: '', name: '', id: '' }
  const rows = regionsIn(actor, region).flatMap((code) => due(db).all({ ...start, ...rangeOf(id, month, code), unpaid: unpaid ? 1 : 0, limit: limit + 1 })).sort(byPlace)
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { rows: shown.map((row) => ({ ...row, village: names.get(row.regionCode)! })), next: last && { regionCode: last.regionCode, name: last.name, id: last.id } }
}
export type DuePayee = ReturnType<typeof listDue>['rows'][number]

export function totalOf(reader: Reader, id: string, month: string, region: string): MonthTotal {
  const parts = regionsIn(reader.actor, region).map((code) => counted(reader.db).get(rangeOf(id, month, code))!)
  return parts.reduce((sum, part) => ({ due: sum.due + part.due, paid: sum.paid + part.paid, amount: sum.amount + part.amount }), { due: 0, paid: 0, amount: 0 })
}

export type Paying = { key: string, month: string, paidOn: string, recipients: string[] | 'all', region: string }
export const MOST_AT_ONCE = 1000

// Those ticked, or everybody who has not been paid for the month. Who has been is passed over, so that two people may mark the same list.
export function recordPayments(tx: Tx, id: string, { key, month, paidOn, recipients, region }: Paying): { paid: number, left: number } {
  demand(tx.actor, 'local.manage')
  const local = getLocal(tx, id)
  demandPayer(tx.actor, local)
  refuseMistakes(tx, local, month, paidOn)
  if (recipients.length === 0) throw invalid({ recipient: 'Centang dahulu keluarga yang sudah dibayar.' })
  if (!isFirstTime(tx, key)) return { paid: 0, left: 0 }
  const { rows, next } = recipients === 'all' ? listDue(tx, id, { month, region, unpaid: true }, undefined, MOST_AT_ONCE) : { rows: [...new Set(recipients)].map((one) => payeeIn(tx, id, one)), next: undefined }
  const paid = rows.filter((one) => pay(tx, local, one, { month, paidOn, cause: 'hand' })).length
  tx.audit('local_programme.payments_recorded', id, { month, paidOn, families: paid })
  return { paid, left: next ? totalOf(tx, id, month, region).due - totalOf(tx, id, month, region).paid : 0 }
}

export function refuseMistakes(tx: Tx, local: LocalProgramme, month: string, paidOn: string) {
  if (!monthsIn(local).includes(month)) throw invalid({ month: 'Pilih bulan dari masa program.' })
  if (paidOn > dayOf(tx.now, zoneOf(local.regionCode))) throw invalid({ paidOn: 'Tanggal bayar belum tiba.' })
}

export function payeeIn(tx: Tx, id: string, recipientId: string): Recipient {
  const found = getRecipient(tx, recipientId)
  if (found.variant !== id) throw notFound('Penerima')
  return found
}

const isPaid = statement<[string, string], number>('SELECT 1 FROM local_payments WHERE recipient_id = ? AND month = ? AND cancelled_at IS NULL')

// False: that month has been paid already.
export function pay(tx: Tx, local: LocalProgramme, recipient: Pick<Recipient, 'id' | 'name' | 'regionCode' | 'startedOn' | 'endedOn'>, { month, paidOn, cause }: Pick<LocalPayment, 'month' | 'paidOn' | 'cause'>): boolean {
  if (isPaid(tx.db).get(recipient.id, month) !== undefined) return false
  if (!monthsFor(local, recipient).includes(month)) throw conflict(`${recipient.name} tidak menerima pada bulan itu.`)
  tx.db.insert(localPayments).values({
    id: crypto.randomUUID(), programmeId: local.id, recipientId: recipient.id, regionCode: recipient.regionCode, month, amount: local.amount, paidOn, cause, recordedBy: tx.actor.id, recordedAt: tx.now,
  }).run()
  return true
}

// A mistake taken back; the month can be marked again.
export function cancelPayment(tx: Tx, paymentId: string, note: string): LocalPayment {
  demand(tx.actor, 'local.manage')
  const found = tx.db.select().from(localPayments).where(and(eq(localPayments.id, paymentId), within(localPayments.regionCode, tx.actor))).get()
  if (!found) throw notFound('Pembayaran')
  demandPayer(tx.actor, getLocal(tx, found.programmeId))
  if (found.cancelledAt !== null) return found
  if (note.length < 5) throw invalid({ note: 'Tuliskan mengapa catatan ini keliru.' })
  tx.db.update(localPayments).set({ cancelledBy: tx.actor.id, cancelledAt: tx.now, cancelledNote: note }).where(and(eq(localPayments.id, paymentId), isNull(localPayments.cancelledAt))).run()
  tx.audit('local_programme.payment_cancelled', found.programmeId, { recipient: found.recipientId, month: found.month, amount: found.amount, note })
  return found
}

const ofRecipient = statement<[string], { id: string, month: string, amount: number, paidOn: string, cancelledAt: string | null, cancelledNote: string, by: string | null }>(`SELECT p.id, p.month, p.amount, p.paid_on AS paidOn,
  p.cancelled_at AS cancelledAt, p.cancelled_note AS cancelledNote, u.name AS "by" FROM local_payments p LEFT JOIN users u ON u.id = p.recorded_by WHERE p.recipient_id = ? ORDER BY p.recorded_at LIMIT 100`)

// The caller has found the recipient in the reader's places.
export const paymentsOfLocal = (db: Db, recipientId: string) => ofRecipient(db).all(recipientId).sort((a, b) => a.month < b.month ? -1 : Number(a.month > b.month))
export type LocalRecipientPayment = ReturnType<typeof paymentsOfLocal>[number]

export const monthName = (month: string) => inWords(`${month}-01`).replace(/^\d+ /, '')
