import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq, gte, lt, lte } from 'drizzle-orm'
import { attach, listAttachments } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { regionsIn } from '#app/households/filter.ts'
import { answerWords, FORMS, readSheet } from '#app/monitoring/forms.ts'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegion, findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import { mayGive, userNames } from '#app/users/people.ts'
import type { Db } from '#db/connection.ts'
import { monitoringAnswers, monitoringSheets } from '#db/schema/index.ts'
import type { MonitoringFormCode } from '#db/schema/monitoring.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export { MONITORING_FORMS, type MonitoringFormCode } from '#db/schema/monitoring.ts'
export type Sheet = typeof monitoringSheets.$inferSelect
export type NewSheet = Pick<Sheet, 'id' | 'form' | 'regionCode' | 'heldOn' | 'place' | 'finding'> & { subjectId: string, participants?: number, fields: Record<string, string> }
export type SheetFilter = { form?: MonitoringFormCode, region: string, from: string, to: string }
export type ListedSheet = ReturnType<typeof listSheets>['sheets'][number]

const PAGE = 50
export const MOST_PHOTOS = 5

export function getSheet({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Sheet {
  const sheet = db.select().from(monitoringSheets).where(and(eq(monitoringSheets.id, id), within(monitoringSheets.regionCode, actor))).get()
  if (!sheet) throw notFound('Formulir pemantauan')
  return sheet
}

// A filled form, with the attendance list or photos that came along. Nobody fills in an observation of themselves.
export function recordSheet(tx: Tx, { fields, ...sheet }: NewSheet, files: ReceivedFile[]): Sheet {
  demand(tx.actor, 'monitoring.write')
  const form = FORMS[sheet.form]
  const { answers, mistakes } = readSheet(form, fields)
  const wrong = { ...placeMistakes(tx, sheet), ...mistakes, ...subjectMistakes(tx, sheet) }
  if (Object.keys(wrong).length > 0) throw invalid(wrong)
  if (!isFirstTime(tx, `${sheet.id}:monitoring`)) return getSheet(tx, sheet.id)
  const scores = answers.flatMap(({ score }) => score === null ? [] : [score])
  tx.db.insert(monitoringSheets).values({
    ...sheet, subjectId: form.subject ? sheet.subjectId : null, participants: sheet.participants ?? null, formVersion: form.version,
    score: scores.length > 0 ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null, writtenBy: tx.actor.id, writtenAt: tx.now,
  }).run()
  for (const answer of answers) tx.db.insert(monitoringAnswers).values({ sheetId: sheet.id, ...answer }).run()
  for (const file of files) attach(tx, randomUUID(), file, { subject: `monitoring:${sheet.id}`, regionCode: sheet.regionCode })
  tx.audit('monitoring.recorded', sheet.id, { form: sheet.form, region: sheet.regionCode, ...(form.subject && { subject: sheet.subjectId }), files: files.length })
  return getSheet(tx, sheet.id)
}

const placeMistakes = (tx: Tx, { regionCode, heldOn }: Omit<NewSheet, 'fields'>) => ({
  ...((!findRegion(tx.db, regionCode) || !isWithin(regionCode, tx.actor)) && { region: 'Pilih wilayah di tempat tugas Anda.' }),
  ...(heldOn > dayOf(tx.now) && { heldOn: 'Tanggalnya belum lewat. Isi tanggal pelaksanaan.' }),
})

function subjectMistakes(tx: Tx, { form, subjectId, regionCode }: Omit<NewSheet, 'fields'>): Record<string, string> {
  if (!FORMS[form].subject) return {}
  if (!subjectId) return { subjectId: 'Pilih petugasnya.' }
  if (subjectId === tx.actor.id) return { subjectId: 'Pengamatan tentang diri sendiri diisi orang lain.' }
  return mayGive(tx.db, tx.actor, subjectId, regionCode) ? {} : { subjectId: 'Pilih petugas yang bertugas di wilayah ini.' }
}

// A wrong one is withdrawn by who wrote it, or by Dinsos; it stays to be read and no longer counts.
export function withdrawSheet(tx: Tx, id: string, { key, note }: { key: string, note: string }): Sheet {
  demand(tx.actor, 'monitoring.write')
  const sheet = getSheet(tx, id)
  if (!isFirstTime(tx, key)) return sheet
  if (!mayWithdraw(tx.actor, sheet)) throw sheet.withdrawnAt ? conflict('Formulir ini sudah ditarik.') : forbidden('Hanya yang mengisi atau Dinsos yang menarik formulir ini.')
  tx.db.update(monitoringSheets).set({ withdrawnBy: tx.actor.id, withdrawnAt: tx.now, withdrawnNote: note }).where(eq(monitoringSheets.id, id)).run()
  tx.audit('monitoring.withdrawn', id, { note })
  return getSheet(tx, id)
}

const mayWithdraw = (actor: Actor, { writtenBy, withdrawnAt }: Sheet) =>
  withdrawnAt === null && can(actor, 'monitoring.write') && (writtenBy === actor.id || actor.role === 'regency_officer')

// The newest first.
export function listSheets(db: Db, actor: Actor, { form, region, from, to }: SheetFilter, before?: number, limit = PAGE) {
  demand(actor, 'monitoring.read')
  const rows = db.select().from(monitoringSheets).where(and(
    within(monitoringSheets.regionCode, { regions: regionsIn(actor, region) }), form && eq(monitoringSheets.form, form),
    from ? gte(monitoringSheets.heldOn, from) : undefined, to ? lte(monitoringSheets.heldOn, to) : undefined, before ? lt(monitoringSheets.number, before) : undefined,
  )).orderBy(desc(monitoringSheets.number)).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const names = userNames(db, shown.flatMap(({ writtenBy, subjectId }) => [writtenBy, subjectId ?? '']))
  const places = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return {
    sheets: shown.map((sheet) => ({ ...sheet, writer: names.get(sheet.writtenBy)!, subject: sheet.subjectId ? names.get(sheet.subjectId) : undefined, region: places.get(sheet.regionCode)! })),
    next: rows.length > limit ? shown.at(-1)!.number : undefined,
  }
}

const answersOf = (db: Db, sheetId: string): Map<string, string> => new Map(db.select().from(monitoringAnswers)
  .where(eq(monitoringAnswers.sheetId, sheetId)).orderBy(asc(monitoringAnswers.code)).all().map(({ code, value }) => [code, value]))

export type SheetView = ReturnType<typeof viewSheet>

export function viewSheet(db: Db, actor: Actor, id: string) {
  demand(actor, 'monitoring.read')
  const sheet = getSheet({ db, actor }, id)
  const answers = answersOf(db, id)
  const names = userNames(db, [sheet.writtenBy, sheet.subjectId ?? '', sheet.withdrawnBy ?? ''])
  const form = FORMS[sheet.form]
  return {
    sheet, region: findRegionName(db, sheet.regionCode) ?? sheet.regionCode, files: listAttachments(db, actor, `monitoring:${id}`),
    answers: form.questions.map((question) => ({ code: question.code, label: question.label, words: answerWords(question, answers.get(question.code)) })),
    writer: names.get(sheet.writtenBy)!, subject: sheet.subjectId ? names.get(sheet.subjectId) : undefined, withdrawnBy: sheet.withdrawnBy ? names.get(sheet.withdrawnBy) : undefined,
    mayWithdraw: mayWithdraw(actor, sheet),
  }
}

const CHUNK = 200

// Every sheet of one form with its answers, for a spreadsheet; withdrawn ones are marked.
export function* sheetRows(db: Db, actor: Actor, filter: SheetFilter & { form: MonitoringFormCode }): Generator<(ListedSheet & { answers: string[] })[]> {
  const { questions } = FORMS[filter.form]
  for (let before: number | undefined; ;) {
    const { sheets, next } = listSheets(db, actor, filter, before, CHUNK)
    yield sheets.map((sheet) => {
      const answers = answersOf(db, sheet.id)
      return { ...sheet, answers: questions.map((question) => answers.has(question.code) ? answerWords(question, answers.get(question.code)) : '') }
    })
    if (next === undefined) return
    before = next
  }
}

export function recordDownload(tx: Tx, filter: SheetFilter) {
  // Refused here: once the table has begun, no other answer can be given.
  regionsIn(tx.actor, filter.region)
  tx.audit('monitoring.table_downloaded', 'monitoring', filter)
}
