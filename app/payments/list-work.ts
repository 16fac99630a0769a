import { eq } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { findOfficer } from '#app/deliveries/officers.ts'
import { HELD_BACK } from '#app/households/living.ts'
import { amountFinder } from '#app/payments/amounts.ts'
import type { PaymentList } from '#app/payments/lists.ts'
import { excludeEnded, keepUp, type Payee } from '#app/payments/renewing.ts'
import { firstWaiting } from '#app/payments/payments.ts'
import { findPeriod, type Period } from '#app/programmes/periods.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { paymentLists } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 200
const queue = oneAtATime()

export const workOnList = (db: Db, id: string) => queue.add(db, () => work(db, id), id)

// Settles when nothing is under way.
export const listsDone = queue.done
export const listsSoon = queue.soon

// Half made by a work that failed.
export const isStopped = (db: Db, { id, status }: Pick<PaymentList, 'id' | 'status'>) => status === 'making' && queue.hasEnded(db, id)

// After a restart, and every hour, a list half made goes on where it stopped.
export function resumeLists(db: Db) {
  for (const { id } of db.select({ id: paymentLists.id }).from(paymentLists).where(eq(paymentLists.status, 'making')).limit(500).all()) workOnList(db, id)
}

const find = (db: Db, id: string): PaymentList | undefined => db.select().from(paymentLists).where(eq(paymentLists.id, id)).get()

async function work(db: Db, id: string) {
  try {
    const list = find(db, id)
    const by = list && (findOfficer(db, list.madeBy) ?? system)
    while (by && transact(db, by, (tx) => addSome(tx, id))) await letOthers()
  } catch (error) {
    // The server is stopping, or it failed: the next start goes on, the next hour, or whoever presses the button.
    if (db.$client.open) console.error(error)
  }
}

// held: its household was not found at the last visit and waits for a decision nonaktif.
type Seek = { programme: string, low: string, high: string, region: string, name: string, id: string, limit: number }
const payees = statement<[Seek], Payee & { held: 0 | 1 }>(`SELECT household_id IS NOT NULL AND ${HELD_BACK('recipients.household_id')} AS held, id, name, nik, kk_number AS kkNumber, number, region_code AS regionCode, household_id AS householdId, family_seq AS familySeq, started_on AS startedOn,
  data ->> '$.bank' AS bank, data ->> '$.accountNumber' AS account FROM recipients INDEXED BY recipients_by_name
  WHERE programme = @programme AND region_code >= @low AND region_code < @high AND (region_code, name, id) > (@region, @name, @id) AND phase = 'receiving'
  ORDER BY region_code, name, id LIMIT @limit`)
const add = statement<unknown[], unknown>(`INSERT INTO payments (id, list_id, recipient_id, programme, period_id, region_code, name, nik, kk_number, number, bank, account, amount, status, kind, status_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT (period_id, recipient_id) DO NOTHING`)
const begin = statement<[string, string, string, string, string], unknown>('INSERT INTO payment_events (payment_id, to_status, at, actor_id, cause) VALUES (?, ?, ?, ?, ?)')

// The same family, by NIK or No KK, under another recipient: before it moved to this kabupaten, or entered anew.
const othersLine = statement<[Pick<Payee, 'id' | 'nik' | 'kkNumber'> & Pick<Period, 'programme' | 'startsOn' | 'endsOn'>], { one: 1 }>(`SELECT 1 AS one FROM
  (SELECT id FROM recipients WHERE nik = @nik AND programme = @programme UNION SELECT id FROM recipients WHERE kk_number = @kkNumber AND programme = @programme) o
  CROSS JOIN payments p ON p.recipient_id = o.id CROSS JOIN programme_periods q ON q.id = p.period_id WHERE o.id <> @id AND p.kind IN ('waiting', 'paid')
    AND substr(q.starts_on, 1, 7) <= substr(@endsOn, 1, 7) AND substr(q.ends_on, 1, 7) >= substr(@startsOn, 1, 7) LIMIT 1`)

const hasHadIt = (db: Db, { programme, startsOn, endsOn }: Period, { id, nik, kkNumber }: Payee): boolean => othersLine(db).get({ id, nik, kkNumber, programme, startsOn, endsOn }) !== undefined

// The next of those who receive, then of those who no longer do; true while there may be more. Where it stands is kept in the
// same transaction.
function addSome(tx: Tx, id: string): boolean {
  const list = find(tx.db, id)
  if (list?.status !== 'making') return false
  if (list.renewedAt !== null && excludeEnded(tx, list, CHUNK)) return true
  const period = findPeriod(tx.db, list.periodId)!
  const [region = '', name = '', after = ''] = list.reached ? JSON.parse(list.reached) as string[] : []
  const found = payees(tx.db).all({ programme: list.programme, low: list.regionCode, high: `${list.regionCode}:`, region, name, id: after, limit: CHUNK })
  const due = found.filter(({ held }) => held === 0)
  const { added, without } = addLines(tx, list, period, due)
  const last = found.at(-1)
  const counts = { lineCount: list.lineCount + added, withoutAmount: list.withoutAmount + without, heldCount: list.heldCount + countNew(tx.db, list, found.filter(({ held }) => held === 1)) }
  if (found.length === CHUNK && last) tx.db.update(paymentLists).set({ ...counts, reached: JSON.stringify([last.regionCode, last.name, last.id]) }).where(eq(paymentLists.id, id)).run()
  else finish(tx, list, counts)
  return found.length === CHUNK
}

// Who stands in the list already keeps what was promised; only who would have come into it is told as held back.
const countNew = (db: Db, { periodId }: PaymentList, held: Payee[]) => held.filter(({ id }) => !isListed(db).get(periodId, id)).length
const isListed = statement<[string, string], unknown>('SELECT 1 FROM payments WHERE period_id = ? AND recipient_id = ?')

function addLines(tx: Tx, list: PaymentList, period: Period, found: Payee[]) {
  const amountOf = amountFinder(tx.db, period, list.regionCode)
  const status = firstWaiting(tx.db, list.programme, dayOf(tx.now))
  let [added, without] = [0, 0]
  for (const payee of found) {
    const { id: recipientId, name, nik, kkNumber, number, regionCode, bank, account, startedOn } = payee
    // Who began after the period has nothing to get for it, however late its list is made.
    const amount = startedOn !== null && startedOn > period.endsOn ? 0 : Math.round(amountOf(payee))
    if (list.renewedAt !== null && keepUp(tx, list, payee, amount)) {
      if (amount <= 0) without += 1
      continue
    }
    if (amount <= 0 || hasHadIt(tx.db, period, payee)) {
      without += 1
      continue
    }
    const id = crypto.randomUUID()
    if (add(tx.db).run(id, list.id, recipientId, list.programme, list.periodId, regionCode, name, nik, kkNumber, number, bank, account, amount, status, tx.now).changes === 0) continue
    begin(tx.db).run(id, status, tx.now, tx.actor.id, `list:${list.id}`)
    added += 1
  }
  return { added, without }
}

function finish(tx: Tx, { id }: PaymentList, counts: Pick<PaymentList, 'lineCount' | 'withoutAmount' | 'heldCount'>) {
  tx.db.update(paymentLists).set({ ...counts, status: 'ready', reached: '' }).where(eq(paymentLists.id, id)).run()
  tx.audit('payment_list.made', id, { lines: counts.lineCount, withoutAmount: counts.withoutAmount, ...(counts.heldCount > 0 && { heldBack: counts.heldCount }) })
}
