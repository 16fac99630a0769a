import { eq, max } from 'drizzle-orm'
import { recordFile } from '#app/files/store.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { invalid } from '#app/problems.ts'
import { demandReason } from '#app/proposals/reasons.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { findRegion } from '#app/regions/regions.ts'
import { codeFrom, hashCode } from '#app/reports/codes.ts'
import type { Report } from '#app/reports/reports.ts'
import { hashText, markSuspicious } from '#app/reports/suspicion.ts'
import { allDays, daysOf, termsAt } from '#app/reports/terms.ts'
import type { Db } from '#db/connection.ts'
import { reportPhotos, reports, reportSteps } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export const MOST_PHOTOS = 3
export const MOST_PHOTOS_IN_ALL = 12

export const RELATIONS = ['self', 'family', 'neighbour', 'official', 'volunteer', 'other'] as const

// key: of the form, known to the reporter alone, and so the source of the code. id: what the office knows it by.
export type NewReport = Pick<Report, 'kind' | 'regionCode' | 'reasonCode' | 'relation' | 'anonymous' | 'reporterName' | 'reporterContact'
  | 'subjectName' | 'subjectAddress' | 'statement'> & { id: string, key: string }

// The code of the report that this form has brought already.
export function sentBefore(db: Db, key: string): string | undefined {
  const code = codeFrom(key)
  return db.select({ id: reports.id }).from(reports).where(eq(reports.codeHash, hashCode(code))).get() && code
}

// Takes a citizen's report in and gives its tracking code. The same form again is the same report. Nothing else is
// touched: what becomes of a household is decided by people, through a proposal.
export function submitReport(tx: Tx, { key, id, ...report }: NewReport, photos: ReceivedFile[]): string {
  const known = sentBefore(tx.db, key)
  if (known) return known
  const code = codeFrom(key)
  refuse(tx, report, photos)
  const today = dayOf(tx.now)
  const terms = termsAt(tx.db, today)
  const textHash = hashText(report.statement)
  tx.db.insert(reports).values({
    ...report, id, codeHash: hashCode(code), textHash, status: 'received', level: 'village', dueOn: addDays(today, daysOf(terms, 'village')),
    replyBy: addDays(today, allDays(terms)), createdAt: tx.now, changedAt: tx.now,
  }).run()
  tx.db.insert(reportSteps).values({ reportId: id, toStatus: 'received', toLevel: 'village', at: tx.now, actorId: tx.actor.id }).run()
  keepPhotos(tx, id, photos)
  tx.audit('report.received', id, { kind: report.kind, region: report.regionCode, photos: photos.length })
  markSuspicious(tx, { id, textHash })
  return code
}

function refuse(tx: Tx, { kind, regionCode, reasonCode }: Pick<NewReport, 'kind' | 'regionCode' | 'reasonCode'>, photos: ReceivedFile[]) {
  const region = findRegion(tx.db, regionCode)
  if (!region || region.level !== 4 || region.validTo !== null) throw invalid({ region: 'Pilih sampai desa/kelurahan.' })
  demandReason(tx, kind, reasonCode)
  if (photos.length > MOST_PHOTOS) throw invalid({ photo1: `Paling banyak ${MOST_PHOTOS} foto.` })
}

// The same picture twice in one report is one.
export function keepPhotos(tx: Tx, reportId: string, photos: ReceivedFile[], messageId: string | null = null) {
  const known = new Set(tx.db.select({ sha256: reportPhotos.sha256 }).from(reportPhotos).where(eq(reportPhotos.reportId, reportId)).all().map(({ sha256 }) => sha256))
  let position = tx.db.select({ last: max(reportPhotos.position) }).from(reportPhotos).where(eq(reportPhotos.reportId, reportId)).get()?.last ?? 0
  for (const photo of photos) {
    if (known.has(photo.sha256)) continue
    if (position >= MOST_PHOTOS_IN_ALL) throw invalid({ photo1: `Laporan ini sudah punya ${MOST_PHOTOS_IN_ALL} foto, paling banyak yang bisa disimpan.` })
    known.add(photo.sha256)
    position += 1
    recordFile(tx, photo)
    tx.db.insert(reportPhotos).values({ reportId, position, sha256: photo.sha256, messageId, addedAt: tx.now }).run()
  }
}
