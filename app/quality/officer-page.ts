import { and, asc, desc, eq, ne, sql } from 'drizzle-orm'
import { isSignalCode, SIGNALS } from '#app/evidence/signal.ts'
import { quantile } from '#app/evidence/statistics.ts'
import { seenName } from '#app/households/seen-name.ts'
import { notFound } from '#app/problems.ts'
import { answersTo } from '#app/quality/flag-answers.ts'
import { ALL_MONTHS, monthOf, visitsOf } from '#app/quality/keeping-officers.ts'
import type { OfficerFigures } from '#app/quality/officer-figures.ts'
import { CURRENT } from '#app/questionnaire/questionnaire.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, officerFigures, regions, remarks, reviews, users, visitFigures, visitFlags, visits } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

type OfficerView = ReturnType<typeof viewOfficer>
export type { OfficerView }

// One's own work needs no other right; all of it stays within the reader's region.
function demandSeen(actor: Actor, officerId: string) {
  if (officerId !== actor.id) demand(actor, 'quality.read')
}

// Whether this reader would find anything there: one's own page is never empty, another's begins with his first judged visit.
export const mayOpenOfficer = (db: Db, actor: Actor, officerId: string): boolean => officerId === actor.id
  ? can(actor, 'visit.submit') || can(actor, 'quality.read')
  : can(actor, 'quality.read') && db.select({ id: officerFigures.officerId }).from(officerFigures)
    .where(and(eq(officerFigures.officerId, officerId), within(officerFigures.regionCode, actor))).limit(1).get() !== undefined

// What is known of one officer: figures and verdict of each desa he worked in, and his months.
export function viewOfficer(db: Db, actor: Actor, officerId: string) {
  demandSeen(actor, officerId)
  const officer = db.select({ id: users.id, name: users.name, role: users.role }).from(users).where(eq(users.id, officerId)).get()
  const rows = db.select({ ...figureColumns, desa: regions.name }).from(officerFigures).leftJoin(regions, eq(regions.code, officerFigures.regionCode))
    .where(and(eq(officerFigures.officerId, officerId), within(officerFigures.regionCode, actor)))
    .orderBy(asc(officerFigures.regionCode), asc(officerFigures.month)).limit(500).all()
  const isOwn = officerId === actor.id
  if (!officer || (rows.length === 0 && !isOwn)) throw notFound('Petugas')
  const whole = rows.filter(({ month }) => month === ALL_MONTHS).map((row) => ({ ...row, figures: row.figures as OfficerFigures }))
  return { officer, isOwn, answers: isOwn && can(actor, 'visit.submit'), places: whole, kinds: kindsIn(whole.map(({ figures }) => figures)), months: rows.filter(({ month }) => month !== ALL_MONTHS) }
}

// How many visits carry each flag, the commonest first.
function kindsIn(figures: OfficerFigures[]) {
  const visits = new Map<string, number>()
  for (const { codes } of figures) for (const [code, flagged] of Object.entries(codes)) visits.set(code, (visits.get(code) ?? 0) + flagged.visits)
  return [...visits].map(([code, n]) => ({ code, title: titleOf(code), visits: n })).sort((a, b) => b.visits - a.visits || a.title.localeCompare(b.title, 'id'))
}

const figureColumns = {
  regionCode: officerFigures.regionCode, month: officerFigures.month, visits: officerFigures.visits, finished: officerFigures.finished, notFound: officerFigures.notFound,
  returned: officerFigures.returned, flagCount: officerFigures.flagCount, medianMs: officerFigures.medianMs, bandMs: officerFigures.bandMs, figures: officerFigures.figures,
  level: officerFigures.level, reasons: officerFigures.reasons,
}

const FINISHED = 1
const MOST_POINTS = 400
const desaDurations = statement<[string, string, string], number>(
  'SELECT active_ms FROM visit_figures WHERE region_code = ? AND month >= ? AND outcome = 1 AND officer_id <> ? ORDER BY month DESC LIMIT 4000')

export type Durations = ReturnType<typeof durationsOf>

// The newest interviews of one desa in their order, and the band of the others who worked there in the same months.
export function durationsOf(db: Db, officerId: string, regionCode: string) {
  const points = visitsOf(db, officerId, regionCode, ALL_MONTHS).filter(({ outcome }) => outcome === FINISHED).slice(-MOST_POINTS)
    .map(({ visitId, submittedAt, activeMs, memberCount, flagCount }) => ({ visitId, submittedAt, activeMs, memberCount, flagCount }))
  const others = desaDurations(db).pluck().all(regionCode, points[0] ? monthOf(points[0].submittedAt, regionCode) : '', officerId) as number[]
  const band = others.length < FEWEST_OTHERS ? undefined : { low: quantile(others, 0.25), middle: quantile(others, 0.5), high: quantile(others, 0.75), visits: others.length }
  return { points, band }
}

const FEWEST_OTHERS = 8

export type Flagged = ReturnType<typeof flagsOf>['rows'][number]
const titleOf = (code: string) => isSignalCode(code) ? SIGNALS[code].title : code

export type FlagPlace = { at: string, visitId: string, code: string }
const PAGE_SIZE = 12

// Flags of his visits, newest first, each with what he said to it.
export function flagsOf(db: Db, actor: Actor, officerId: string, { code, after }: { code?: string, after?: FlagPlace }) {
  demandSeen(actor, officerId)
  const rows = db.select({
    visitId: visits.id, householdId: visits.householdId, headName: seenName(actor), regionCode: visits.regionCode, desa: regions.name, submittedAt: visitFigures.submittedAt, code: visitFlags.code, message: visitFlags.message,
    weight: visitFlags.weight, inReview: sql<boolean>`${households.stage} IN ('submitted', 'recheck', 'checked') AND ${households.visitId} = ${visits.id}`.mapWith(Boolean),
  }).from(visitFigures).innerJoin(visits, eq(visits.id, visitFigures.visitId)).innerJoin(visitFlags, eq(visitFlags.visitId, visits.id))
    .innerJoin(households, eq(households.id, visits.householdId)).leftJoin(regions, eq(regions.code, visits.regionCode))
    .where(and(eq(visitFigures.officerId, officerId), ne(visitFigures.codes, ''), within(visitFigures.regionCode, actor), code ? eq(visitFlags.code, code) : undefined,
      after ? sql`(${visitFigures.submittedAt}, ${visits.id}, ${visitFlags.code}) < (${after.at}, ${after.visitId}, ${after.code})` : undefined))
    .orderBy(desc(visitFigures.submittedAt), desc(visits.id), desc(visitFlags.code)).limit(PAGE_SIZE + 1).all()
  const mayReview = can(actor, 'visit.check') || can(actor, 'visit.verify')
  const shown = rows.slice(0, PAGE_SIZE).map((row) => ({ ...row, inReview: row.inReview && mayReview, title: titleOf(row.code), answers: answersTo(db, row.visitId).filter(({ code: to }) => to === row.code) }))
  const last = rows.length > PAGE_SIZE ? shown.at(-1)! : undefined
  return { rows: shown, next: last && { at: last.submittedAt, visitId: last.visitId, code: last.code } }
}

// Of a key that stands in several blocks, the first.
const LABELS = new Map(CURRENT.sections.flatMap(({ questions }) => questions).reverse().map(({ key, label }) => [key, label]))
const labelOf = (key: string) => LABELS.get(key) ?? key

// Why visits came back, newest first: the words they came back with, and at which questions something was remarked.
export function correctionsOf(db: Db, actor: Actor, officerId: string) {
  demandSeen(actor, officerId)
  const own = and(eq(visitFigures.officerId, officerId), within(visitFigures.regionCode, actor))
  const returns = db.select({ visitId: reviews.visitId, householdId: reviews.householdId, headName: seenName(actor), at: reviews.decidedAt, level: reviews.level, note: reviews.note, by: users.name })
    .from(visitFigures).innerJoin(reviews, eq(reviews.visitId, visitFigures.visitId)).innerJoin(households, eq(households.id, reviews.householdId)).leftJoin(users, eq(users.id, reviews.decidedBy))
    .where(and(own, sql`${visitFigures.returns} > 0`, eq(reviews.outcome, 'returned'))).orderBy(desc(reviews.decidedAt)).limit(30).all()
  const marked = db.select({ path: remarks.path, message: remarks.message }).from(visitFigures).innerJoin(remarks, eq(remarks.visitId, visitFigures.visitId))
    .where(and(own, sql`${visitFigures.returns} > 0`)).orderBy(desc(remarks.id)).limit(2000).all()
  const byQuestion = new Map<string, { question: string, times: number, latest: string }>()
  for (const { path, message } of marked) {
    const question = labelOf(path.split('.').at(-1)!)
    const known = byQuestion.get(question)
    byQuestion.set(question, { question, times: (known?.times ?? 0) + 1, latest: known?.latest ?? message })
  }
  return { returns, questions: [...byQuestion.values()].sort((a, b) => b.times - a.times).slice(0, 15) }
}

export type Corrections = ReturnType<typeof correctionsOf>

