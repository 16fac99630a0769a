import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { regencyOf, REGENCY } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { programmePeriods } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Period = typeof programmePeriods.$inferSelect

const open = statement<[string, string, string], Period>(`SELECT id, programme, region_code AS regionCode, name, starts_on AS startsOn, ends_on AS endsOn, cutoff_on AS cutoffOn,
  made_by AS madeBy, made_at AS madeAt, closed_by AS closedBy, closed_at AS closedAt FROM programme_periods
  WHERE programme = ? AND region_code IN ('', ?) AND cutoff_on >= ? AND closed_at IS NULL ORDER BY cutoff_on, length(region_code) DESC, id LIMIT 1`)

// The next one that still takes changes on this day, of the kabupaten/kota a place lies in or of the country.
export const openPeriod = (db: Db, programme: ProgrammeCode, regionCode: string, day: string): Period | undefined =>
  open(db).get(programme, regencyOf(regionCode), day)

const MOST = 200

// Those of the country and of the reader's kabupaten/kota, newest first.
export function listPeriods(db: Db, actor: Actor, programme?: ProgrammeCode): Period[] {
  if (!can(actor, 'programme.configure')) demand(actor, 'programme.read')
  return db.select().from(programmePeriods).where(and(programme ? eq(programmePeriods.programme, programme) : undefined, reaching(actor)))
    .orderBy(desc(programmePeriods.startsOn), programmePeriods.programme, programmePeriods.id).limit(MOST).all()
}

// A period of a kabupaten/kota is also that of whoever works in a part of it.
const reaching = (actor: Actor) => or(eq(programmePeriods.regionCode, ''), within(programmePeriods.regionCode, actor),
  ...actor.regions.map((code) => eq(programmePeriods.regionCode, regencyOf(code))))

export function getPeriod({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Period {
  const found = db.select().from(programmePeriods).where(and(eq(programmePeriods.id, id), reaching(actor))).get()
  if (!found) throw notFound('Periode')
  return found
}

export const findPeriod = (db: Db, id: string | null): Period | undefined =>
  id === null ? undefined : db.select().from(programmePeriods).where(eq(programmePeriods.id, id)).get()

// Of the whole country only those who set what programmes are; of a kabupaten/kota its Dinsos.
function demandPlace({ actor }: Tx, regionCode: string) {
  if (regionCode === '') return demand(actor, 'programme.configure')
  demand(actor, 'programme.prepare')
  if (regionCode.length !== REGENCY || !isWithin(regionCode, actor)) throw notFound('Kabupaten/kota')
}

export type NewPeriod = Pick<Period, 'id' | 'programme' | 'regionCode' | 'name' | 'startsOn' | 'endsOn' | 'cutoffOn'>

// id comes with the form: the same form twice is one period.
export function planPeriod(tx: Tx, period: NewPeriod): Period {
  demandPlace(tx, period.regionCode)
  const known = findPeriod(tx.db, period.id)
  if (known) return known
  if (period.endsOn < period.startsOn) throw invalid({ endsOn: 'Hari terakhir mendahului hari pertama.' })
  if (period.cutoffOn > period.endsOn) throw invalid({ cutoffOn: 'Batas perubahan paling lambat hari terakhir periode.' })
  const crossing = tx.db.select({ name: programmePeriods.name }).from(programmePeriods).where(and(eq(programmePeriods.programme, period.programme),
    eq(programmePeriods.regionCode, period.regionCode), sql`${programmePeriods.startsOn} <= ${period.endsOn}`, sql`${programmePeriods.endsOn} >= ${period.startsOn}`)).limit(1).get()
  if (crossing) throw invalid({ startsOn: `Hari-harinya bertumpuk dengan ${crossing.name}.` })
  tx.db.insert(programmePeriods).values({ ...period, madeBy: tx.actor.id, madeAt: tx.now }).run()
  tx.audit('programme_period.planned', period.id, { programme: period.programme, name: period.name, cutoffOn: period.cutoffOn })
  return findPeriod(tx.db, period.id)!
}

// Moves the last day changes are verified for it, as long as it has not passed.
export function moveCutoff(tx: Tx, id: string, cutoffOn: string) {
  const period = getPeriod(tx, id)
  demandPlace(tx, period.regionCode)
  if (period.closedAt) throw conflict('Periode ini sudah ditutup.')
  if (cutoffOn > period.endsOn) throw invalid({ cutoffOn: 'Batas perubahan paling lambat hari terakhir periode.' })
  if (cutoffOn < dayOf(tx.now)) throw invalid({ cutoffOn: 'Batas perubahan paling cepat hari ini.' })
  if (cutoffOn === period.cutoffOn) return
  tx.db.update(programmePeriods).set({ cutoffOn }).where(eq(programmePeriods.id, id)).run()
  tx.audit('programme_period.cutoff_moved', id, { from: period.cutoffOn, to: cutoffOn })
}

// From here on it takes no more changes; what was not verified goes on in the next.
export function closePeriod(tx: Tx, id: string) {
  const period = getPeriod(tx, id)
  demandPlace(tx, period.regionCode)
  if (period.closedAt) return
  tx.db.update(programmePeriods).set({ closedBy: tx.actor.id, closedAt: tx.now }).where(and(eq(programmePeriods.id, id), isNull(programmePeriods.closedAt))).run()
  tx.audit('programme_period.closed', id)
}
