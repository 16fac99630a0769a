import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { readPlace, subjectWords } from '#app/protection/breach-subjects.ts'
import { dueAfter, putStep, stepsOf } from '#app/protection/steps.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { breaches, breachHouseholds, households, users, type BREACH_KINDS } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Failures of protection: what happened, whom it concerns, and what was done about it within 3 × 24 hours.
export type Breach = typeof breaches.$inferSelect
export type BreachKind = typeof BREACH_KINDS[number]
export const BREACH_STEPS = ['authority', 'subjects', 'public', 'remedied', 'note', 'closed'] as const
export type BreachStep = typeof BREACH_STEPS[number]

export type Reported = {
  id: string, kind: BreachKind, subject: string, fromAt: string, untilAt: string, knownAt: string, happened: string, data: string, remedy: string, contact: string,
}

// False when the same form came before. The list of people is worked out behind the request (breach-work.ts).
export function openBreach(tx: Tx, { id, ...told }: Reported): boolean {
  demand(tx.actor, 'breach.manage')
  if (findBreach(tx.db, id)) return false
  if (told.knownAt > tx.now) throw invalid({ knownOn: 'Waktu ini belum terjadi.' })
  if (told.fromAt > told.untilAt) throw invalid({ untilOn: 'Akhir tidak boleh sebelum awal.' })
  const subject = readPlace(tx.db, told.kind, told.subject)
  tx.db.insert(breaches).values({ id, ...told, subject, dueAt: dueAfter(told.knownAt), status: 'open', openedBy: tx.actor.id, openedAt: tx.now, counting: 'waiting' }).run()
  putStep(tx, `breach:${id}`, 'opened')
  tx.audit('breach.opened', id, { kind: told.kind, subject, knownAt: told.knownAt })
  return true
}

export const findBreach = (db: Db, id: string) => db.select().from(breaches).where(eq(breaches.id, id)).get()

// Dinsos sees what concerns its own people; of anything else it hears nothing.
const seesAll = (actor: Actor) => can(actor, 'breach.manage') || can(actor, 'breach.counts')
const concerns = (actor: Actor) => seesAll(actor) ? undefined
  : sql`EXISTS (SELECT 1 FROM breach_households WHERE breach_id = ${breaches.id} AND ${within(breachHouseholds.regionCode, actor)})`

function getBreach(db: Db, actor: Actor, id: string): Breach {
  demand(actor, 'breach.read')
  const found = db.select().from(breaches).where(and(eq(breaches.id, id), concerns(actor))).get()
  if (!found) throw notFound('Kejadian ini')
  return found
}

const PAGE = 50
export type ListedBreach = ReturnType<typeof listBreaches>['rows'][number]

export function listBreaches(db: Db, actor: Actor, before?: number) {
  demand(actor, 'breach.read')
  const rows = db.select().from(breaches).where(and(concerns(actor), before === undefined ? undefined : lt(breaches.number, before)))
    .orderBy(desc(breaches.number)).limit(PAGE + 1).all()
  return { rows: rows.slice(0, PAGE).map((row) => ({ ...row, about: subjectWords(db, row) })), next: rows.length > PAGE ? rows[PAGE - 1]!.number : undefined }
}

export type BreachView = ReturnType<typeof viewBreach>

export function viewBreach(db: Db, actor: Actor, id: string) {
  const breach = getBreach(db, actor, id)
  const counts = db.select({ regionCode: breachHouseholds.regionCode, households: sql<number>`count(*)`, people: sql<number>`sum(${breachHouseholds.people})` }).from(breachHouseholds)
    .where(and(eq(breachHouseholds.breachId, id), seesAll(actor) ? undefined : within(breachHouseholds.regionCode, actor)))
    .groupBy(breachHouseholds.regionCode).orderBy(asc(breachHouseholds.regionCode)).limit(2000).all()
  const names = regionNames(db, counts.flatMap(({ regionCode }) => [regionCode, regionCode.slice(0, 8)]))
  return {
    breach, about: subjectWords(db, breach), opener: db.select({ name: users.name }).from(users).where(eq(users.id, breach.openedBy)).get()?.name ?? '',
    places: counts.map((row) => ({ ...row, name: names.get(row.regionCode) ?? row.regionCode, district: names.get(row.regionCode.slice(0, 8)) ?? '' })),
    steps: stepsOf(db, `breach:${id}`), mayManage: can(actor, 'breach.manage'), mayList: can(actor, 'breach.people'),
  }
}

export type Concerned = ReturnType<typeof listConcerned>['rows'][number]
const HOUSEHOLDS = 100

// The households of one desa, within the reader's own region, so many at a time.
export function listConcerned(db: Db, actor: Actor, id: string, regionCode: string, after = '') {
  demand(actor, 'breach.people')
  const breach = getBreach(db, actor, id)
  if (!isWithin(regionCode, actor)) throw notFound('Desa ini')
  const rows = db.select({
    id: households.id, headName: households.headName, headNik: households.headNik, address: households.address, slsName: households.slsName, people: breachHouseholds.people, why: breachHouseholds.why,
  }).from(breachHouseholds).innerJoin(households, eq(households.id, breachHouseholds.householdId))
    .where(and(eq(breachHouseholds.breachId, id), eq(breachHouseholds.regionCode, regionCode), gt(breachHouseholds.householdId, after)))
    .orderBy(asc(breachHouseholds.householdId)).limit(HOUSEHOLDS + 1).all()
  const place = regionNames(db, [regionCode]).get(regionCode)
  if (!place) throw notFound('Desa ini')
  return { breach, place, rows: rows.slice(0, HOUSEHOLDS), next: rows.length > HOUSEHOLDS ? rows[HOUSEHOLDS - 1]!.id : undefined }
}

// Letters are handed over one by one: that they were made is on record.
export function printLetters(tx: Tx, id: string, regionCode: string, after?: string) {
  const found = listConcerned(tx.db, tx.actor, id, regionCode, after)
  tx.audit('breach.letters_printed', id, { region: regionCode, households: found.rows.length })
  return found
}

export function stepBreach(tx: Tx, id: string, { kind, note, revision }: { kind: BreachStep, note: string, revision: number }) {
  demand(tx.actor, 'breach.manage')
  const breach = getBreach(tx.db, tx.actor, id)
  if (breach.revision !== revision) throw conflict('Kejadian ini baru saja diubah orang lain. Muat ulang, lalu ulangi.')
  if (breach.status === 'closed') throw conflict('Kejadian ini sudah ditutup.')
  if (note.length < 3) throw invalid({ note: 'Tuliskan apa yang dilakukan.' })
  const done = new Set(stepsOf(tx.db, `breach:${id}`).map((step) => step.kind))
  if (kind === 'closed' && !(done.has('authority') && done.has('subjects'))) {
    throw invalid({ kind: 'Belum dapat ditutup: catat dahulu pemberitahuan kepada lembaga dan kepada orang yang terdampak.' })
  }
  tx.db.update(breaches).set({ revision: revision + 1, ...(kind === 'closed' && { status: 'closed' }), ...(kind === 'remedied' && { remedy: note }) }).where(eq(breaches.id, id)).run()
  putStep(tx, `breach:${id}`, kind, note)
  tx.audit(`breach.${kind}`, id)
}
