import { and, asc, eq, sql } from 'drizzle-orm'
import { notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand, type Role } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { reportMessages, reportPhotos, reports, reportSteps } from '#db/schema/index.ts'
import type { ReportKind, ReportLevel, ReportStatus } from '#db/schema/reports.ts'
import type { Tx } from '#db/transaction.ts'

export type { ReportKind, ReportLevel, ReportStatus }
export type Report = typeof reports.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

export const OPEN: readonly ReportStatus[] = ['received', 'examining', 'needs_more']
export const isOpen = ({ status }: Pick<Report, 'status'>) => OPEN.includes(status)

const LEVEL_OF: Partial<Record<Role, ReportLevel>> = { village_operator: 'village', district_coordinator: 'district', regency_officer: 'regency' }
const RANK: Record<ReportLevel, number> = { village: 0, district: 1, regency: 2 }
export const levelOf = ({ role }: Pick<Actor, 'role'>): ReportLevel | undefined => LEVEL_OF[role]
export const above = (level: ReportLevel): ReportLevel => level === 'village' ? 'district' : 'regency'

// The level whose turn it is, and those above it.
export function mayAnswer(actor: Actor, { level }: Pick<Report, 'level'>): boolean {
  const own = levelOf(actor)
  return can(actor, 'report.answer') && own !== undefined && RANK[own] >= RANK[level]
}

// Who reported: the contact is for Dinsos alone, the name for the desa and the kecamatan unless it was asked to be kept.
export function reporterFor(actor: Actor, { anonymous, reporterName, reporterContact, reporterRemovedAt }: Report) {
  const isDinsos = levelOf(actor) === 'regency'
  return { name: isDinsos || !anonymous ? reporterName : null, contact: isDinsos && !reporterRemovedAt ? reporterContact : null, removedAt: reporterRemovedAt }
}

export function getReport({ db, actor }: Reader, id: string): Report {
  demand(actor, 'report.read')
  const report = db.select().from(reports).where(and(eq(reports.id, id), within(reports.regionCode, actor))).get()
  if (!report) throw notFound('Laporan')
  return report
}

export type ForProposal = Pick<Report, 'id' | 'number' | 'kind' | 'regionCode' | 'reasonCode' | 'householdId' | 'subjectName' | 'subjectAddress' | 'statement'>

// What a proposal made from a report begins with.
export function reportForProposal(reader: Reader, id: string): ForProposal {
  const { number, kind, regionCode, reasonCode, householdId, subjectName, subjectAddress, statement } = getReport(reader, id)
  return { id, number, kind, regionCode, reasonCode, householdId, subjectName, subjectAddress, statement }
}

// The caller has the report in its scope, or its code.
export const stepsOf = (db: Db, id: string) => db.select({
  at: reportSteps.at, fromStatus: reportSteps.fromStatus, toStatus: reportSteps.toStatus, fromLevel: reportSteps.fromLevel, toLevel: reportSteps.toLevel,
  note: reportSteps.note, actorId: reportSteps.actorId, actorName: sql<string | null>`(SELECT name FROM users u WHERE u.id = ${reportSteps.actorId})`,
}).from(reportSteps).where(eq(reportSteps.reportId, id)).orderBy(asc(reportSteps.id)).limit(200).all()

export const messagesOf = (db: Db, id: string, { forReporter = false } = {}) => db.select({
  id: reportMessages.id, at: reportMessages.at, author: reportMessages.author, audience: reportMessages.audience, text: reportMessages.text,
  actorName: sql<string | null>`(SELECT name FROM users u WHERE u.id = ${reportMessages.actorId})`,
}).from(reportMessages).where(and(eq(reportMessages.reportId, id), forReporter ? eq(reportMessages.audience, 'reporter') : undefined))
  .orderBy(asc(reportMessages.at), asc(reportMessages.id)).limit(300).all()

export const photosOf = (db: Db, id: string) => db.select({ position: reportPhotos.position, addedAt: reportPhotos.addedAt, sha256: reportPhotos.sha256 })
  .from(reportPhotos).where(eq(reportPhotos.reportId, id)).orderBy(asc(reportPhotos.position)).limit(60).all()

type Step = Partial<Pick<Report, 'status' | 'level'>> & { note?: string, set?: Partial<Report> }

// The one way a report changes its state or its turn: the row, the step, the line of audit.
export function moveReport(tx: Tx, report: Report, { status = report.status, level = report.level, note = '', set = {} }: Step): Report {
  const moved = { ...report, ...set, status, level, changedAt: tx.now, revision: report.revision + 1 }
  const { number: _number, id, ...columns } = moved
  tx.db.update(reports).set(columns).where(eq(reports.id, id)).run()
  tx.db.insert(reportSteps).values({
    reportId: id, fromStatus: report.status, toStatus: status, fromLevel: report.level, toLevel: level, at: tx.now, actorId: tx.actor.id, note,
  }).run()
  tx.audit(level === report.level ? `report.${status}` : 'report.raised', id, { from: report.status, to: status, ...(level !== report.level && { fromLevel: report.level, level }) })
  return moved
}

export type NewMessage = Pick<typeof reportMessages.$inferInsert, 'id' | 'reportId' | 'author' | 'audience' | 'text'>

export const messageKept = (db: Db, reportId: string, id: string) => db.select({ id: reportMessages.id }).from(reportMessages)
  .where(and(eq(reportMessages.id, id), eq(reportMessages.reportId, reportId))).get() !== undefined

// False when the same message came before.
export const addMessage = (tx: Tx, message: NewMessage): boolean =>
  tx.db.insert(reportMessages).values({ ...message, at: tx.now, actorId: tx.actor.id }).onConflictDoNothing().run().changes === 1
