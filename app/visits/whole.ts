import * as z from 'zod'
import { dayOf } from '#app/questionnaire/age.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { questionnaireOf, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { checkCoordinate } from '#app/visits/location.ts'
import { writePhoto, type NewPhoto } from '#app/visits/photos.ts'
import { outcomeOf, withAges } from '#app/visits/sections.ts'
import { hashVisit, submitVisit, type Receipt } from '#app/visits/submission.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

const value = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.number()).max(20), z.null()])
const answers = z.record(z.string().max(60), value)
const rows = z.array(answers).max(98)

const Visit = z.object({
  record: z.object({ household: answers, families: rows, members: rows, children: rows, businesses: rows }),
  coordinate: z.object({
    latitude: z.number(), longitude: z.number(), accuracyM: z.number(), locatedAt: z.iso.datetime().nullable(),
  }),
  // The device's monotonic clock, in milliseconds; openedAt is its wall clock and only told, never trusted.
  activeMs: z.number().int().min(0).max(86_400_000),
  openedAt: z.iso.datetime(),
  questionnaireVersion: z.string().refine((version) => questionnaireOf(version) !== undefined, 'Versi kuesioner tidak dikenal. Perbarui aplikasi.'),
}, 'Isi kunjungan tidak terbaca.')
export type WholeVisit = z.output<typeof Visit>

export const WholeVisit = z.object({
  visit: z.string('Isi kunjungan belum ada.').max(900_000).transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: 'Isi kunjungan bukan JSON.' })
      return z.NEVER
    }
  }).pipe(Visit),
})

type Task = { stage: string, regionCode: string, version: number }
const ownTask = statement<[string, string], Task>(
  'SELECT stage, region_code AS regionCode, version FROM households WHERE id = ? AND officer_id = ?')

// Before a byte of a photo is taken in: is this the officer's own task?
export function demandTask(db: Db, actor: Actor, householdId: string): Task {
  demand(actor, 'visit.submit')
  const task = ownTask(db).get(householdId, actor.id)
  if (!task || !isWithin(task.regionCode, actor)) throw notFound('Tugas ini')
  return task
}

type Known = { householdId: string, officerId: string, status: string, submittedHash: string | null, submittedAt: string | null }
const knownVisit = statement<[string], Known>(`SELECT household_id AS householdId, officer_id AS officerId, status,
  submitted_hash AS submittedHash, submitted_at AS submittedAt FROM visits WHERE id = ?`)
const writeVisit = statement<unknown[], unknown>(`INSERT INTO visits (id, household_id, region_code, officer_id, status, outcome, record,
    saved_sections, revision, base_version, questionnaire_version, latitude, longitude, accuracy_m, located_at, opened_at, active_ms)
  VALUES (?, ?, ?, ?, 'draft', ?, ?, '{}', 1, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET outcome = excluded.outcome, record = excluded.record, revision = revision + 1,
    questionnaire_version = excluded.questionnaire_version, latitude = excluded.latitude, longitude = excluded.longitude,
    accuracy_m = excluded.accuracy_m, located_at = excluded.located_at, active_ms = excluded.active_ms`)

// Takes in a visit made elsewhere, with photos now or before, and submits it by the same rules as the pages. The same
// visit again gives the same receipt; the same id with another body is a conflict, and neither is lost.
export function receiveWhole(tx: Tx, householdId: string, visitId: string, visit: WholeVisit, photos: NewPhoto[]): Receipt {
  const { regionCode, version } = demandTask(tx.db, tx.actor, householdId)
  checkCoordinate(visit.coordinate)
  const known = knownVisit(tx.db).get(visitId)
  if (known && (known.householdId !== householdId || known.officerId !== tx.actor.id)) throw notFound('Kunjungan')
  const receipt = known && findReceipt(tx.db, visitId, known, visit, photos)
  if (receipt) return receipt
  if (known && known.status !== 'draft' && known.status !== 'returned') throw conflict('Kunjungan dengan nomor ini sudah diterima dengan isi yang berbeda.')
  const { record, outcome } = readWhole(visit, tx.now)
  const { latitude, longitude, accuracyM, locatedAt } = visit.coordinate
  writeVisit(tx.db).run(visitId, householdId, regionCode, tx.actor.id, outcome, JSON.stringify(record), version,
    visit.questionnaireVersion, latitude, longitude, accuracyM, locatedAt, visit.openedAt < tx.now ? visit.openedAt : tx.now, visit.activeMs)
  for (const photo of photos) writePhoto(tx, visitId, photo)
  return submitVisit(tx, householdId, visitId)
}

function readWhole(visit: WholeVisit, at: string) {
  const today = dayOf(at)
  const record = withoutUnasked(questionnaireOf(visit.questionnaireVersion)!, withAges(visit.record as HouseholdRecord, today), today)
  const outcome = outcomeOf(record)
  if (outcome === null) throw invalid({ 'household.hasilVerivali': 'Hasil kunjungan belum dipilih.' })
  return { record, outcome }
}

const photoKept = statement<[string, string, string], unknown>('SELECT 1 FROM visit_photos WHERE visit_id = ? AND kind = ? AND sha256 = ?')

// The same body once more, photos too: its answer was lost on the way. Whatever became of the visit since, a late repeat
// does not send it again. Read as of the day it first came, for a birthday in between does not make it another visit.
function findReceipt(db: Db, visitId: string, { submittedAt, submittedHash }: Known, visit: WholeVisit, photos: NewPhoto[]): Receipt | undefined {
  if (submittedAt === null || submittedHash === null) return undefined
  const same = hashVisit({ ...readWhole(visit, submittedAt), ...visit.coordinate }) === submittedHash
    && photos.every(({ kind, file }) => photoKept(db).get(visitId, kind, file.sha256) !== undefined)
  return same ? { visitId, receivedAt: submittedAt, sha256: submittedHash } : undefined
}
