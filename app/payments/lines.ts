import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { demandVillage } from '#app/assignments/publishing.ts'
import { regionsIn } from '#app/households/filter.ts'
import { getList } from '#app/payments/lists.ts'
import type { Payment, PaymentKind } from '#app/payments/payments.ts'
import { compare, soughtBy, type Place } from '#app/programmes/list.ts'
import { wordFor } from '#app/programmes/settings.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { pathTo, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { payments, programmePeriods } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// gone: those that wait though their recipient no longer receives.
export const GONE = 'gone'
export type LineFilter = { region: string, kind?: PaymentKind | typeof GONE, q: string }
const PAGE = 50

type Row = Pick<Payment, 'id' | 'recipientId' | 'programme' | 'regionCode' | 'name' | 'nik' | 'number' | 'bank' | 'account' | 'amount' | 'status' | 'kind' | 'reasonCode' | 'statusAt'>
type Seek = { list: string, low: string, high: string, kind: string | null, gone: 0 | 1, digits: string | null, region: string, name: string, id: string, limit: number } & Record<`word${0 | 1 | 2 | 3}`, string>
const COLUMNS = `id, recipient_id AS recipientId, programme, region_code AS regionCode, name, nik, number, bank, account, amount, status, kind, reason_code AS reasonCode, status_at AS statusAt`
const AFTER = 'region_code >= @low AND region_code < @high AND (region_code, name, id) > (@region, @name, @id)'
const STILL = `(@gone = 0 OR (SELECT phase FROM recipients r WHERE r.id = recipient_id) <> 'receiving')`
const WORDS = 'name LIKE @word0 AND name LIKE @word1 AND name LIKE @word2 AND name LIKE @word3'
const byName = statement<[Seek], Row>(`SELECT ${COLUMNS} FROM payments WHERE rowid IN (SELECT rowid FROM payments INDEXED BY payments_by_name WHERE list_id = @list AND ${AFTER}
  AND (@kind IS NULL OR kind = @kind) AND ${STILL} AND ${WORDS} ORDER BY region_code, name, id LIMIT @limit) ORDER BY region_code, name, id`)
const byNumber = statement<[Seek], Row>(`SELECT ${COLUMNS} FROM payments WHERE rowid IN (SELECT rowid FROM payments WHERE list_id = @list AND nik = @digits UNION SELECT rowid FROM payments WHERE list_id = @list AND number = @digits)
  AND ${AFTER} AND (@kind IS NULL OR kind = @kind) AND ${STILL} ORDER BY region_code, name, id LIMIT @limit`)

export function listLines(db: Db, actor: Actor, listId: string, { region, kind, q }: LineFilter, after?: Place, limit = PAGE) {
  getList({ db, actor }, listId)
  const sought = soughtBy(q)
  const rows = regionsIn(actor, region).flatMap((code) => (sought.digits ? byNumber : byName)(db).all({
    list: listId, low: code, high: `${code}:`, kind: kind === GONE ? 'waiting' : kind ?? null, gone: kind === GONE ? 1 : 0, ...sought, region: after?.regionCode ?? '', name: after?.name ?? '', id: after?.id ?? '', limit: limit + 1,
  }))
  return withVillages(db, rows, limit)
}

function withVillages<R extends Place>(db: Db, found: R[], limit: number) {
  const rows = found.sort(compare).slice(0, limit)
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return { rows: rows.map((row) => ({ ...row, village: names.get(row.regionCode)! })), next: found.length > limit ? rows.at(-1) : undefined }
}

export type ListedPayment = ReturnType<typeof listLines>['rows'][number]

type FailedSeek = { programme: string, reason: string | null, low: string, high: string, region: string, name: string, id: string, limit: number }
const failed = statement<[FailedSeek], Row & { periodId: string }>(`SELECT ${COLUMNS}, period_id AS periodId FROM payments INDEXED BY payments_failed WHERE kind = 'failed' AND programme = @programme
  AND ${AFTER} AND (@reason IS NULL OR reason_code = @reason) ORDER BY region_code, name, id LIMIT @limit`)

// Whom the money has not reached, and what is to be done next, as the reason says it.
export function listFailed(db: Db, actor: Actor, { programme, region, reason }: { programme: ProgrammeCode, region: string, reason?: string }, after?: Place, limit = PAGE) {
  demand(actor, 'programme.read')
  const found = regionsIn(actor, region).flatMap((code) => failed(db).all({
    programme, reason: reason ?? null, low: code, high: `${code}:`, region: after?.regionCode ?? '', name: after?.name ?? '', id: after?.id ?? '', limit: limit + 1,
  }))
  const { rows, next } = withVillages(db, found, limit)
  const periods = new Map(db.select({ id: programmePeriods.id, name: programmePeriods.name }).from(programmePeriods).where(eq(programmePeriods.programme, programme)).limit(1000).all().map(({ id, name }) => [id, name]))
  const kinds = new Map(everyReason(db).all(programme).map(({ code, kind }) => [code, kind]))
  return { rows: rows.map((row) => ({ ...row, period: periods.get(row.periodId) ?? '', reason: row.reasonCode ? wordFor(db, programme, 'payment_reason', row.reasonCode) : '', next: nextOf(programme, kinds.get(row.reasonCode)) })), next }
}

const everyReason = statement<[string], { code: string, kind: string }>(`SELECT code, kind FROM programme_words WHERE programme = ? AND list = 'payment_reason' ORDER BY valid_from`)
// account: the account or card is to be mended; family: the family's data; leave: it is to be looked for, and held back or
// let go; graduate: it can do without; replace: another takes its place; reason: nobody has said yet why.
const NEXT_STEPS = ['account', 'family', 'leave', 'graduate', 'replace', 'retry'] as const
export type NextStep = typeof NEXT_STEPS[number] | 'reason'

// The reason says it, as its word is set. In PKH nobody takes a family's place.
function nextOf(programme: ProgrammeCode, kind: string | undefined): NextStep {
  const next = NEXT_STEPS.find((one) => one === kind) ?? 'reason'
  return next === 'replace' && programme !== 'sembako' ? 'leave' : next
}

const kindOfReason = statement<[string, string], string>(`SELECT kind FROM programme_words WHERE programme = ? AND list = 'payment_reason' AND code = ? ORDER BY valid_from DESC LIMIT 1`)
export const nextAfter = (db: Db, { programme, reasonCode }: Pick<Payment, 'programme' | 'reasonCode'>): NextStep => nextOf(programme, kindOfReason(db).pluck().get(programme, reasonCode) as string | undefined)

export type FailedPayment = ReturnType<typeof listFailed>['rows'][number]

const failedByPlace = statement<[string, string, string], { code: string, n: number }>(`SELECT region_code AS code, count(*) AS n FROM payments INDEXED BY payments_failed WHERE kind = 'failed' AND programme = ? AND region_code >= ? AND region_code < ? GROUP BY region_code`)

export function countFailed(db: Db, actor: Actor, programme: ProgrammeCode): number {
  return actor.regions.flatMap((code) => failedByPlace(db).all(programme, code, `${code}:`)).reduce((sum, { n }) => sum + n, 0)
}

// Everything one recipient was paid or was to be paid, the newest first.
export const paymentsOf = (db: Db, actor: Actor, recipientId: string) => db.select({ payment: payments, period: programmePeriods.name, startsOn: programmePeriods.startsOn }).from(payments)
  .innerJoin(programmePeriods, eq(programmePeriods.id, payments.periodId)).where(and(eq(payments.recipientId, recipientId), within(payments.regionCode, actor)))
  .orderBy(desc(programmePeriods.startsOn), desc(payments.id)).limit(24).all()
  .map(({ payment, period }) => ({ id: payment.id, period, amount: payment.amount, kind: payment.kind, status: wordFor(db, payment.programme, 'payment', payment.status), statusAt: payment.statusAt }))

export type RecipientPayment = ReturnType<typeof paymentsOf>[number]

// No desa has as many; a paper that is cut would not add up.
const MOST_PRINTED = 50_000

// The lines of one desa on paper, to be signed for. A list of names leaves the system, so printing it is on record.
export function printLines(tx: Tx, listId: string, village: string) {
  const list = getList(tx, listId)
  demandVillage(tx, village)
  const rows = tx.db.select().from(payments).where(and(eq(payments.listId, listId), eq(payments.regionCode, village), sql`${payments.kind} <> 'excluded'`)).orderBy(asc(payments.name), asc(payments.id)).limit(MOST_PRINTED).all()
  tx.audit('payment_list.printed', listId, { village, rows: rows.length })
  const [province = '', regency = '', district = '', name = ''] = pathTo(tx.db, village).map((region) => region.name)
  return { list, code: village, province, regency, district, village: name, rows, printedAt: tx.now, printedBy: tx.actor.name }
}

export type PrintedPayments = ReturnType<typeof printLines>
