import { randomUUID } from 'node:crypto'
import { and, asc, desc, eq } from 'drizzle-orm'
import { readAnswers } from '#app/backchecks/answers.ts'
import { getBackcheck, type Backcheck } from '#app/backchecks/assigning.ts'
import { compareVisits } from '#app/backchecks/comparing.ts'
import { attach, listAttachments } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import { checkCoordinate, type Coordinate } from '#app/visits/answers.ts'
import type { Db } from '#db/connection.ts'
import { backcheckAnswers, backcheckRounds, backchecks, households, visits } from '#db/schema/index.ts'
import type { Meeting } from '#db/schema/backchecks.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

const SHOWN = {
  id: backchecks.id, status: backchecks.status, dueOn: backchecks.dueOn, submittedAt: backchecks.submittedAt, regionCode: backchecks.regionCode, revision: backchecks.revision,
  headName: households.headName, address: households.address, slsName: households.slsName,
}
const MOST = 200

// What this officer has to revisit, what is due first standing first, and what was done last. Nothing of the first visit.
export function listMine(db: Db, actor: Actor) {
  demand(actor, 'backcheck.visit')
  const mine = (status: 'open' | 'done') => and(eq(backchecks.officerId, actor.id), eq(backchecks.status, status), within(backchecks.regionCode, actor))
  const from = () => db.select(SHOWN).from(backchecks).innerJoin(households, eq(households.id, backchecks.householdId))
  return {
    open: named(db, from().where(mine('open')).orderBy(asc(backchecks.dueOn), asc(backchecks.id)).limit(MOST).all()),
    done: named(db, from().where(mine('done')).orderBy(desc(backchecks.submittedAt), asc(backchecks.id)).limit(20).all()),
  }
}

const named = <T extends { regionCode: string }>(db: Db, rows: T[]) => {
  const names = regionNames(db, rows.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({ ...row, village: names.get(row.regionCode)! }))
}

export type MyRevisit = ReturnType<typeof listMine>['open'][number]

const countOpen = statement<[string], { n: number }>("SELECT count(*) AS n FROM backchecks WHERE officer_id = ? AND status = 'open'")
export const countMine = (db: Db, actor: Actor) => can(actor, 'backcheck.visit') ? countOpen(db).get(actor.id)!.n : 0

// Another's is not found, whatever place it is in.
function getMine(tx: Tx, id: string): Backcheck {
  demand(tx.actor, 'backcheck.visit')
  const found = getBackcheck(tx, id)
  if (found.officerId !== tx.actor.id) throw notFound('Kunjungan ulang')
  return found
}

export type MyForm = ReturnType<typeof openMine>

// Whom to look for and where, and what to ask. The answers of the first visit are not read here at all.
export function openMine(tx: Tx, id: string) {
  const found = getMine(tx, id)
  const row = tx.db.select(SHOWN).from(backchecks).innerJoin(households, eq(households.id, backchecks.householdId)).where(eq(backchecks.id, id)).get()!
  const round = roundOf(tx, found)
  tx.audit('backcheck.opened', id)
  return { ...named(tx.db, [row])[0]!, items: round.items, fromDay: round.fromDay, toDay: round.toDay, photos: frontPhotos(tx.db, tx.actor, id) }
}

const roundOf = (tx: Tx, { roundId }: Backcheck) => tx.db.select().from(backcheckRounds).where(eq(backcheckRounds.id, roundId)).get()!

export const frontPhotos = (db: Db, actor: Actor, id: string) => listAttachments(db, actor, `backcheck:${id}`)

// The photo is kept by itself, so that it need not be taken again when something else of the form is missing.
export function addFront(tx: Tx, id: string, file: ReceivedFile) {
  const found = getMine(tx, id)
  if (found.status !== 'open') return
  if (frontPhotos(tx.db, tx.actor, id).some(({ sha256 }) => sha256 === file.sha256)) return
  attach(tx, randomUUID(), file, { subject: `backcheck:${id}`, regionCode: found.regionCode })
  tx.audit('backcheck.photo_added', id, { sha256: file.sha256 })
}

export type Told = { key: string, revision: number, meeting: Meeting, note: string, coordinate: Coordinate, fields: Record<string, string> }

// Sent twice it has one effect. The comparison is made here, once, and the first visit stays as it is.
export function submitRevisit(tx: Tx, id: string, { key, revision, meeting, note, coordinate, fields }: Told) {
  const found = getMine(tx, id)
  if (!isFirstTime(tx, key)) return
  if (found.status === 'done') throw conflict('Kunjungan ulang ini sudah terkirim.')
  if (found.status !== 'open') throw conflict('Putaran kunjungan ulang ini sudah berakhir. Isian tidak disimpan.')
  if (found.revision !== revision) throw conflict('Kunjungan ulang ini sudah berubah sejak Anda membukanya. Muat ulang, lalu isi lagi.')
  const { items } = roundOf(tx, found)
  const { answers, mistakes } = meeting === 'met' ? readAnswers(items, fields) : { answers: {}, mistakes: {} }
  const missing = { ...mistakes, ...(frontPhotos(tx.db, tx.actor, id).length === 0 && { front: 'Foto tampak depan rumah belum ada.' }) }
  if (Object.keys(missing).length > 0) throw invalid(missing)
  checkCoordinate(coordinate)
  write(tx, found, { meeting, answers, note, ...coordinate, items })
}

type Written = Coordinate & Pick<Told, 'meeting' | 'note'> & { answers: Backcheck['answers'], items: Parameters<typeof compareVisits>[0] }

function write(tx: Tx, { id, visitId, revision }: Backcheck, { meeting, answers, note, latitude, longitude, accuracyM, locatedAt, items }: Written) {
  const first = tx.db.select().from(visits).where(eq(visits.id, visitId)).get()!
  const compared = compareVisits(items, first, { meeting, answers: answers ?? {}, latitude, longitude, accuracyM })
  for (const row of compared) tx.db.insert(backcheckAnswers).values({ backcheckId: id, ...row }).run()
  const different = compared.filter(({ isDifferent }) => isDifferent)
  tx.db.update(backchecks).set({
    status: 'done', revision: revision + 1, meeting, answers, note, latitude, longitude, accuracyM, locatedAt, submittedAt: tx.now,
    differences: different.length, firmDifferences: different.filter(({ type }) => type === 1).length, openDifferences: different.length,
  }).where(eq(backchecks.id, id)).run()
  tx.audit('backcheck.submitted', id, { meeting, compared: compared.length, different: different.length })
}
