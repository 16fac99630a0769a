import { and, desc, eq, or, sql } from 'drizzle-orm'
import { isWithin, within } from '#app/users/scope.ts'
import { PAID_PROGRAMMES, type PaymentKind } from '#app/payments/payments.ts'
import { getPeriod, type Period } from '#app/programmes/periods.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { regionsIn } from '#app/households/filter.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { REGENCY, regencyOf } from '#app/regions/levels.ts'
import { findRegion, findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { paymentLists, programmePeriods } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type PaymentList = typeof paymentLists.$inferSelect

// A list belongs to a kabupaten/kota; who works in a part of it sees that part of its lines.
const reaches = (actor: Actor, code: string) => isWithin(code, actor) || actor.regions.some((own) => regencyOf(own) === code)

export function getList({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): PaymentList & { period: Period, regionName: string } {
  demand(actor, 'programme.read')
  const found = db.select({ list: paymentLists, period: programmePeriods }).from(paymentLists).innerJoin(programmePeriods, eq(programmePeriods.id, paymentLists.periodId)).where(eq(paymentLists.id, id)).get()
  if (!found || !reaches(actor, found.list.regionCode)) throw notFound('Daftar salur')
  return { ...found.list, period: found.period, regionName: findRegionName(db, found.list.regionCode) ?? found.list.regionCode }
}

const PAGE = 20
// Where a list stands among them.
export type ListPlace = { startsOn: string, regionCode: string, id: string }

const reaching = (actor: Actor) => or(within(paymentLists.regionCode, actor), ...actor.regions.filter(Boolean).map((code) => eq(paymentLists.regionCode, regencyOf(code))))

// The lists that reach the reader, the newest period first, with what became of the lines he may see.
export function listLists(db: Db, actor: Actor, programme: ProgrammeCode, after?: ListPlace) {
  demand(actor, 'programme.read')
  const rows = db.select({ list: paymentLists, period: programmePeriods }).from(paymentLists).innerJoin(programmePeriods, eq(programmePeriods.id, paymentLists.periodId))
    .where(and(eq(paymentLists.programme, programme), reaching(actor), after && sql`(${programmePeriods.startsOn}, ${paymentLists.regionCode}, ${paymentLists.id}) < (${after.startsOn}, ${after.regionCode}, ${after.id})`))
    .orderBy(desc(programmePeriods.startsOn), desc(paymentLists.regionCode), desc(paymentLists.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ list }) => list.regionCode))
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    lists: shown.map(({ list, period }) => ({ ...list, periodName: period.name, regionName: names.get(list.regionCode)!, totals: totalOf(countPlaces(db, actor, list.id)) })),
    next: last && { startsOn: last.period.startsOn, regionCode: last.list.regionCode, id: last.list.id },
  }
}

export type ListedList = ReturnType<typeof listLists>['lists'][number]

// Makes the list of a period, or adds who has begun to receive since. Twice is once.
export function askList(tx: Tx, { id, periodId, regionCode }: { id: string, periodId: string, regionCode: string }): string {
  demand(tx.actor, 'programme.pay')
  const region = findRegion(tx.db, regionCode)
  if (!region || regionCode.length !== REGENCY) throw invalid({ region: 'Pilih kabupaten/kota.' })
  if (!isWithin(regionCode, tx.actor)) throw notFound('Wilayah')
  const period = getPeriod(tx, periodId)
  if (!(PAID_PROGRAMMES as readonly string[]).includes(period.programme)) throw invalid({ period: 'Program ini tidak disalurkan sebagai uang.' })
  if (period.regionCode && period.regionCode !== regionCode) throw invalid({ period: 'Periode ini milik kabupaten/kota lain.' })
  const known = tx.db.select().from(paymentLists).where(and(eq(paymentLists.periodId, periodId), eq(paymentLists.regionCode, regionCode))).get()
  if (known) return renewList(tx, known)
  const crossing = listOfSameTime(tx.db).get({ ...period, regency: regionCode })
  if (crossing) throw conflict(`Untuk waktu itu sudah ada daftar salur ${crossing.name}. Bulan yang sama tidak disalurkan dua kali.`)
  tx.db.insert(paymentLists).values({ id, programme: period.programme, periodId, regionCode, status: 'making', madeBy: tx.actor.id, madeAt: tx.now }).run()
  tx.audit('payment_list.asked', id, { programme: period.programme, period: period.name, regionCode })
  return id
}

// A period of the country and one of the kabupaten's own may share days. What is paid are the calendar months a period touches.
const listOfSameTime = statement<[Pick<Period, 'id' | 'programme' | 'startsOn' | 'endsOn'> & { regency: string }], { name: string }>(`SELECT p.name FROM payment_lists l
  JOIN programme_periods p ON p.id = l.period_id WHERE l.programme = @programme AND l.region_code = @regency AND l.period_id <> @id
    AND substr(p.starts_on, 1, 7) <= substr(@endsOn, 1, 7) AND substr(p.ends_on, 1, 7) >= substr(@startsOn, 1, 7) LIMIT 1`)

function renewList(tx: Tx, { id, status }: PaymentList): string {
  if (status === 'making') return id
  tx.db.update(paymentLists).set({ status: 'making', reached: '', withoutAmount: 0, heldCount: 0, renewedAt: tx.now }).where(eq(paymentLists.id, id)).run()
  tx.audit('payment_list.renewed', id)
  return id
}

export function demandReady({ status }: PaymentList) {
  if (status !== 'ready') throw conflict('Daftar salur ini masih disusun. Tunggu sampai selesai.')
}

type Sum = { regionCode: string, kind: PaymentKind, lines: number, amount: number }
const sums = statement<[string, string, string], Sum>(`SELECT region_code AS regionCode, kind, count(*) AS lines, sum(amount) AS amount FROM payments INDEXED BY payments_by_place
  WHERE list_id = ? AND region_code >= ? AND region_code < ? GROUP BY region_code, kind`)

export type Totals = Record<PaymentKind, { lines: number, amount: number }>
const nothing = (): Totals => ({ waiting: { lines: 0, amount: 0 }, paid: { lines: 0, amount: 0 }, failed: { lines: 0, amount: 0 }, excluded: { lines: 0, amount: 0 } })

export type PlaceTotals = { code: string, name: string, totals: Totals }

// By desa/kelurahan, of the reader's own places, within region when it is given.
export function countPlaces(db: Db, actor: Actor, listId: string, region = ''): PlaceTotals[] {
  const places = new Map<string, Totals>()
  for (const code of regionsIn(actor, region)) {
    for (const { regionCode, kind, lines, amount } of sums(db).all(listId, code, `${code}:`)) {
      const totals = places.get(regionCode) ?? nothing()
      totals[kind] = { lines, amount }
      places.set(regionCode, totals)
    }
  }
  const names = regionNames(db, places.keys())
  return [...places].map(([code, totals]) => ({ code, name: names.get(code)!, totals })).sort((a, b) => a.code < b.code ? -1 : 1)
}

export function totalOf(places: PlaceTotals[]): Totals {
  const total = nothing()
  for (const { totals } of places) {
    for (const kind of Object.keys(total) as PaymentKind[]) total[kind] = { lines: total[kind].lines + totals[kind].lines, amount: total[kind].amount + totals[kind].amount }
  }
  return total
}
