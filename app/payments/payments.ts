import { and, asc, eq } from 'drizzle-orm'
import { wordsOn, type Word } from '#app/programmes/settings.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { holderOf, recipientOf } from '#app/programmes/recipients.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { paymentEvents, payments, users, PAYMENT_KINDS } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Payment = typeof payments.$inferSelect
export type PaymentKind = typeof PAYMENT_KINDS[number]

// Programmes whose aid is paid out as money; the others have no payments.
export const PAID_PROGRAMMES = ['pkh', 'sembako'] as const satisfies readonly ProgrammeCode[]
export type PaidProgramme = typeof PAID_PROGRAMMES[number]

// As a sentence says it.
export const rupiah = (amount: number): string => `Rp${amount.toLocaleString('id-ID')}`

export const isKind = (kind: string): kind is PaymentKind => (PAYMENT_KINDS as readonly string[]).includes(kind)

// Scoped; out of scope is not found.
export function getPayment({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Payment {
  demand(actor, 'programme.read')
  const found = db.select().from(payments).where(and(eq(payments.id, id), within(payments.regionCode, actor))).get()
  if (!found) throw notFound('Penyaluran')
  return found
}

const COLUMNS = `id, list_id AS listId, recipient_id AS recipientId, programme, period_id AS periodId, region_code AS regionCode, name, nik, kk_number AS kkNumber, number, bank, account, amount,
  status, kind, reason_code AS reasonCode, status_at AS statusAt, version`
const byNumber = statement<[string, string], Payment>(`SELECT ${COLUMNS} FROM payments WHERE list_id = ? AND number = ? LIMIT 1`)
const byNik = statement<[string, string], Payment>(`SELECT ${COLUMNS} FROM payments WHERE list_id = ? AND nik = ? LIMIT 1`)

const byRecipient = statement<[string, string], Payment>(`SELECT ${COLUMNS} FROM payments WHERE recipient_id = ? AND list_id = ? LIMIT 1`)

// A lost card may have been replaced since the list was made: its new number is the recipient's.
const byNewNumber = (db: Db, listId: string, programme: ProgrammeCode, number: string): Payment | undefined => {
  const holder = holderOf(db, programme, number)
  return holder === undefined ? undefined : byRecipient(db).get(holder, listId)
}

export const findPaymentIn = (db: Db, { listId, programme }: { listId: string, programme: ProgrammeCode }, { number, nik }: { number: string | null, nik: string | null }): Payment | undefined =>
  (number ? byNumber(db).get(listId, number) : undefined) ?? (nik ? byNik(db).get(listId, nik) : undefined) ?? (number ? byNewNumber(db, listId, programme, number) : undefined)

// The status words of a day, those the program can make something of.
export const statusWords = (db: Db, programme: ProgrammeCode, day: string): Word[] => wordsOn(db, programme, 'payment', day).filter(({ kind }) => isKind(kind))

// What a line says before anybody has sent it to the bank.
export const firstWaiting = (db: Db, programme: ProgrammeCode, day: string): string => statusWords(db, programme, day).find(({ kind }) => kind === 'waiting')?.code ?? 'verification'

export type Result = { status: string, reasonCode?: string, note?: string }

// One result by hand. seen: the version it was decided on.
export function recordResult(tx: Tx, id: string, { key, seen, ...result }: Result & { key: string, seen: number }): Payment {
  demand(tx.actor, 'programme.pay')
  const payment = getPayment(tx, id)
  if (!isFirstTime(tx, key)) return payment
  if (payment.version !== seen) throw conflict('Status penyaluran ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  if (payment.kind === 'paid' && result.status !== payment.status && !result.note) throw invalid({ note: 'Sudah tercatat berhasil salur. Tuliskan mengapa hasilnya diubah.' })
  return moveTo(tx, payment, result, 'hand')
}

// The one way a payment gets another status. The caller has asked for the right and knows that the place is his.
export function moveTo(tx: Tx, payment: Payment, { status, reasonCode = '', note = '' }: Result, cause: string): Payment {
  const day = dayOf(tx.now)
  const word = statusWords(tx.db, payment.programme, day).find(({ code }) => code === status)
  if (!word) throw invalid({ status: 'Pilih status penyaluran.' })
  if (reasonCode && !wordsOn(tx.db, payment.programme, 'payment_reason', day).some(({ code }) => code === reasonCode)) throw invalid({ reasonCode: 'Pilih alasannya.' })
  const reason = word.kind === 'failed' || word.kind === 'excluded' ? reasonCode : ''
  if (status === payment.status && reason === payment.reasonCode && !note) return payment
  const again = word.kind === 'waiting' && payment.kind !== 'waiting' ? cardNow(tx.db, payment.recipientId) : {}
  const moved = tx.db.update(payments).set({ ...again, status, kind: word.kind as PaymentKind, reasonCode: reason, statusAt: tx.now, version: payment.version + 1 })
    .where(and(eq(payments.id, payment.id), eq(payments.version, payment.version))).returning().get()
  if (!moved) throw conflict('Status penyaluran ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  tx.db.insert(paymentEvents).values({ paymentId: payment.id, fromStatus: payment.status, toStatus: status, reasonCode: reason, at: tx.now, actorId: tx.actor.id, cause, note }).run()
  tx.audit('payment.status_changed', payment.id, { from: payment.status, to: status, ...(reason && { reason }), cause })
  return moved
}

// What is paid once more goes to the card and account of today, not to those it failed with.
export function cardNow(db: Db, recipientId: string): Pick<Payment, 'number' | 'bank' | 'account'> {
  const { number, data } = recipientOf(db, recipientId)!
  const said = (value: unknown) => value === null || value === undefined || value === '' ? null : String(value)
  return { number, bank: said(data.bank), account: said(data.accountNumber) }
}

const MOST_EVENTS = 200

export const eventsOf = (db: Db, paymentId: string) => db.select({
  id: paymentEvents.id, from: paymentEvents.fromStatus, to: paymentEvents.toStatus, reasonCode: paymentEvents.reasonCode, at: paymentEvents.at, cause: paymentEvents.cause, note: paymentEvents.note, by: users.name,
}).from(paymentEvents).leftJoin(users, eq(users.id, paymentEvents.actorId)).where(eq(paymentEvents.paymentId, paymentId)).orderBy(asc(paymentEvents.id)).limit(MOST_EVENTS).all()

export type PaymentEvent = ReturnType<typeof eventsOf>[number]
