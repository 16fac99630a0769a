import { and, eq } from 'drizzle-orm'
import type { PaymentList } from '#app/payments/lists.ts'
import { firstWaiting, moveTo, rupiah, statusWords, type Payment } from '#app/payments/payments.ts'
import { recipientOf } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'
import { paymentEvents, payments } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Payee = Pick<Payment, 'id' | 'name' | 'nik' | 'kkNumber' | 'number' | 'regionCode' | 'bank' | 'account'> & { householdId: string | null, familySeq: number | null, startedOn: string | null }

const lineOf = (db: Db, periodId: string, recipientId: string): Payment | undefined => db.select().from(payments).where(and(eq(payments.periodId, periodId), eq(payments.recipientId, recipientId))).get()
const lastCause = statement<[string], string>('SELECT cause FROM payment_events WHERE payment_id = ? ORDER BY id DESC LIMIT 1')

// A line that nobody has sent to the bank yet says what holds now; one that a renewal took out comes back with its recipient.
// Every other line is somebody's word and stays. True: there is a line for this recipient already.
export function keepUp(tx: Tx, list: PaymentList, { id, ...payee }: Payee, amount: number): boolean {
  const line = lineOf(tx.db, list.periodId, id)
  if (!line) return false
  const cause = `list:${list.id}`
  const first = firstWaiting(tx.db, list.programme, dayOf(tx.now))
  const wasTakenOut = line.kind === 'excluded' && lastCause(tx.db).pluck().get(line.id) === cause
  if (line.listId !== list.id || (line.status !== first && !wasTakenOut)) return true
  if (amount <= 0) {
    if (!wasTakenOut) takeOut(tx, line, 'Nominalnya tidak dapat dihitung lagi', cause)
    return true
  }
  const back = wasTakenOut ? moveTo(tx, line, { status: first, note: 'Menerima lagi' }, cause) : line
  refresh(tx, back, payee, amount, cause)
  return true
}

function refresh(tx: Tx, line: Payment, { name, nik, kkNumber, number, bank, account }: Omit<Payee, 'id'>, amount: number, cause: string) {
  const now = { name, nik, kkNumber, number, bank, account, amount }
  if ((Object.keys(now) as (keyof typeof now)[]).every((key) => now[key] === line[key])) return
  tx.db.update(payments).set({ ...now, version: line.version + 1 }).where(eq(payments.id, line.id)).run()
  const note = amount === line.amount ? 'Data penerima disamakan' : `Nominal semula ${rupiah(line.amount)}`
  tx.db.insert(paymentEvents).values({ paymentId: line.id, fromStatus: line.status, toStatus: line.status, at: tx.now, actorId: tx.actor.id, cause, note }).run()
  tx.audit('payment.refreshed', line.id, { cause, ...(amount !== line.amount && { from: line.amount, to: amount }) })
}

const ended = statement<{ list: string, status: string, limit: number }[], Payment>(`SELECT p.id, p.recipient_id AS recipientId FROM payments p INDEXED BY payments_by_place JOIN recipients r ON r.id = p.recipient_id
  WHERE p.list_id = @list AND p.kind = 'waiting' AND p.status = @status AND r.phase <> 'receiving' LIMIT @limit`)

// Whoever died, moved away or is held back since is not paid, unless the bank has the line already: then a person decides.
export function excludeEnded(tx: Tx, { id, programme }: PaymentList, limit: number): boolean {
  const status = firstWaiting(tx.db, programme, dayOf(tx.now))
  const found = ended(tx.db).all({ list: id, status, limit })
  const isTakenOut = found.map(({ id: paymentId, recipientId }) => {
    const { state, reasonCode } = recipientOf(tx.db, recipientId)!
    const line = tx.db.select().from(payments).where(eq(payments.id, paymentId)).get()!
    return takeOut(tx, line, `Penerima sekarang: ${programmeOf(programme).states[state]?.label ?? state}`, `list:${id}`, reasonCode)
  })
  return isTakenOut.length === limit && isTakenOut.every(Boolean)
}

function takeOut(tx: Tx, line: Payment, note: string, cause: string, reason = ''): boolean {
  const day = dayOf(tx.now)
  const status = statusWords(tx.db, line.programme, day).find(({ kind }) => kind === 'excluded')?.code
  if (!status) return false
  const reasonCode = wordsOn(tx.db, line.programme, 'payment_reason', day).some(({ code }) => code === reason) ? reason : ''
  moveTo(tx, line, { status, reasonCode, note }, cause)
  return true
}
