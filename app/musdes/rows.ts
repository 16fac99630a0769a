import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import type { Stage } from '#app/households/stages.ts'
import { getMusdes, type Musdes } from '#app/musdes/musdes.ts'
import { regencyOf } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { under, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, musdesResults, users } from '#db/schema/index.ts'

// While a row stands here the meeting may still speak of it.
export const OPEN: Stage[] = ['published', 'assigned', 'downloaded', 'deliberated']
export const ROWS_SHOWN = 25

export type Shown = 'open' | 'done' | 'all'
export type RowFilter = { show: Shown, q: string, after: number }
export type MeetingRow = ReturnType<typeof listRows>['rows'][number]

// This village's rows beside what this meeting said of each.
const joined = (db: Db, actor: Actor, { id, regionCode }: Musdes, ...conditions: (SQL | undefined)[]) =>
  db.select({ household: ROW, result: musdesResults, recorderName: users.name }).from(households)
    .leftJoin(musdesResults, and(eq(musdesResults.householdId, households.id), eq(musdesResults.musdesId, id)))
    .leftJoin(users, eq(users.id, musdesResults.recordedBy))
    .where(and(within(households.regionCode, actor), eq(households.regionCode, regionCode),
      or(inArray(households.stage, OPEN), isNotNull(musdesResults.status)), ...conditions))
    .orderBy(asc(households.number)).$dynamic()

const ROW = {
  id: households.id, number: households.number, orderNo: households.orderNo, prelistId: households.prelistId, origin: households.origin,
  headName: households.headName, address: households.address, slsName: households.slsName, memberCount: households.memberCount,
  stage: households.stage, officerId: households.officerId,
}

const SHOWN: Record<Shown, SQL | undefined> = { open: isNull(musdesResults.status), done: isNotNull(musdesResults.status), all: undefined }

// In the order of the printed prelist.
export function listRows(db: Db, actor: Actor, meeting: Musdes, { show, q, after }: RowFilter) {
  const pattern = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const sought = q ? sql`(${households.headName} LIKE ${pattern} ESCAPE '\\' OR ${households.address} LIKE ${pattern} ESCAPE '\\')` : undefined
  const rows = joined(db, actor, meeting, SHOWN[show], sought, gt(households.number, after)).limit(ROWS_SHOWN + 1).all()
  const shown = rows.slice(0, ROWS_SHOWN)
  return {
    rows: shown.map((row) => ({ ...row, isOpen: OPEN.includes(row.household.stage) })),
    next: rows.length > ROWS_SHOWN ? shown.at(-1)!.household.number : undefined,
  }
}

// The rows a form names, each in this meeting's village; the caller compares the count.
export const rowsById = (db: Db, actor: Actor, meeting: Musdes, ids: string[]) =>
  joined(db, actor, meeting, inArray(households.id, ids)).all()

export type Progress = { done: number, open: number, total: number }

export function progressOf(db: Db, actor: Actor, meeting: Musdes): Progress {
  const counted = db.select({ done: sql<number>`count(${musdesResults.status})`, total: sql<number>`count(*)` }).from(households)
    .leftJoin(musdesResults, and(eq(musdesResults.householdId, households.id), eq(musdesResults.musdesId, meeting.id)))
    .where(and(within(households.regionCode, actor), eq(households.regionCode, meeting.regionCode),
      or(inArray(households.stage, OPEN), isNotNull(musdesResults.status)))).get()!
  return { ...counted, open: counted.total - counted.done }
}

const MOST_PRINTED = 10_000

// Everything the meeting decided, by result, for its minutes.
export function listDecisions(db: Db, actor: Actor, id: string) {
  const meeting = getMusdes({ db, actor }, id)
  return db.select({
    status: musdesResults.status, notFoundReason: musdesResults.notFoundReason, duplicateOf: musdesResults.duplicateOf, note: musdesResults.note,
    prelistId: households.prelistId, headName: households.headName, address: households.address, slsName: households.slsName,
  }).from(musdesResults).innerJoin(households, eq(households.id, musdesResults.householdId))
    .where(and(eq(musdesResults.musdesId, meeting.id), within(households.regionCode, actor)))
    .orderBy(asc(musdesResults.status), asc(households.number)).limit(MOST_PRINTED).all()
}

export type Decision = ReturnType<typeof listDecisions>[number]

// Is there such a row in the kabupaten? Only its existence is told: it may lie in a village the asker cannot see.
export const isKnownPrelistId = (db: Db, regionCode: string, prelistId: string, exceptId: string) =>
  db.select({ id: households.id }).from(households)
    .where(and(eq(households.prelistId, prelistId), ne(households.id, exceptId), under(households.regionCode, regencyOf(regionCode))))
    .get() !== undefined
