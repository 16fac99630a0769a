import { eq, inArray, sql } from 'drizzle-orm'
import { listAttachments } from '#app/files/attachments.ts'
import { outcomeOf } from '#app/programmes/applying.ts'
import { changesIn, getBatch, listBatchChanges, listBatches, PAGE, unfitIn, type Batch, type BatchPlace } from '#app/programmes/batches.ts'
import { manifestText } from '#app/programmes/manifest.ts'
import { isStopped } from '#app/programmes/applying-work.ts'
import { findPeriod } from '#app/programmes/periods.ts'
import { namesOf } from '#app/programmes/registry.ts'
import { notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { recipientChanges, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type BatchReading = ReturnType<typeof readBatch>

// All the page of a batch tells. Asked in a transaction: what stands against a change is worked out at one moment.
export function readBatch(tx: Tx, id: string, after?: BatchPlace) {
  const { db, actor, now } = tx
  const batch = getBatch(tx, id)
  const sees = can(actor, 'ppks.sensitive')
  const { rows, next, hidden } = listBatchChanges(db, actor, batch, after)
  const villages = regionNames(db, rows.map(({ regionCode }) => regionCode))
  const unfit = batch.status === 'open' || batch.status === 'frozen' ? unfitIn(tx, batch, changesIn(db, id)) : []
  const named = unfit.filter(({ change }) => sees || !change.sensitive)
  const people = db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, [batch.preparedBy, batch.ratifiedBy ?? ''])).all()
  return {
    batch, progress: readProgress(tx, id), regency: findRegionName(db, batch.regionCode) ?? batch.regionCode, period: findPeriod(db, batch.periodId)?.name, today: dayOf(now),
    rows: rows.map((row) => ({ ...row, ...namesOf(row), village: villages.get(row.regionCode)! })), next: next && { regionCode: next.regionCode, id: next.id }, hidden, kinds: kindsIn(db, batch),
    unfit: named, unfitHidden: unfit.length - named.length, people: Object.fromEntries(people.map((one) => [one.id, one.name])), attachments: listAttachments(db, actor, `recipient-batch:${id}`),
    mayPrepare: can(actor, 'programme.prepare'), mayRatify: can(actor, 'programme.ratify'), own: batch.preparedBy === actor.id,
  }
}

// How far a signed batch has been written.
export function readProgress(tx: Pick<Tx, 'db' | 'actor'>, id: string) {
  const batch = getBatch(tx, id)
  return { batch, stopped: isStopped(tx.db, batch), ...outcomeOf(tx.db, id) }
}
export type Progress = ReturnType<typeof readProgress>

const kindsIn = (db: Db, { id, programme }: Batch) => db.select({ kind: recipientChanges.kind, count: sql<number>`count(*)` }).from(recipientChanges).where(eq(recipientChanges.batchId, id))
  .groupBy(recipientChanges.kind).limit(30).all().map(({ kind, count }) => ({ label: namesOf({ programme, kind }).kindLabel, count }))

// The file whose own SHA-256 is the root. It names nobody.
export function readManifest(tx: Pick<Tx, 'db' | 'actor'>, id: string): string {
  const batch = getBatch(tx, id)
  if (!batch.root) throw notFound('Manifes')
  return manifestText(changesIn(tx.db, id))
}

export function readBatches(db: Db, actor: Actor, after?: { at: string, id: string }) {
  const found = listBatches(db, actor, after)
  const shown = found.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = shown.at(-1)
  return {
    batches: shown.map((batch) => ({ ...batch, regencyName: names.get(batch.regionCode)!, periodName: findPeriod(db, batch.periodId)?.name })),
    next: found.length > PAGE && last ? { at: last.preparedAt, id: last.id } : undefined, ready: readyFor(db, actor),
  }
}

type Ready = { programme: Batch['programme'], regionCode: string, count: number }
const readyIn = statement<[string, string], Ready>(`SELECT programme, substr(region_code, 1, ${REGENCY}) AS regionCode, count(*) AS count FROM recipient_changes
  WHERE status = 'verified' AND programme IN ('pkh', 'sembako', 'pbi', 'ppks') AND region_code >= ? AND region_code < ? GROUP BY programme, 2 ORDER BY programme, 2 LIMIT 100`)

// What waits to be signed, per programme and kabupaten/kota of whoever may prepare it.
const readyFor = (db: Db, actor: Actor) => can(actor, 'programme.prepare')
  ? actor.regions.filter((code) => code.length === REGENCY).flatMap((code) => readyIn(db).all(code, `${code}:`)).map((one) => ({ ...one, regencyName: findRegionName(db, one.regionCode) ?? one.regionCode }))
  : []
