import { and, asc, count, eq, gt } from 'drizzle-orm'
import { seenName } from '#app/households/seen-name.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { backchecks, households } from '#db/schema/index.ts'
import { userNames } from '#app/users/people.ts'

const PAGE = 50

export type RoundVisit = ReturnType<typeof visitsOfRound>['visits'][number]

// What was drawn, as far as it lies in the reader's places. The caller has read the round.
export function visitsOfRound(db: Db, actor: Actor, roundId: string, after = 0) {
  demand(actor, 'backcheck.read')
  const mine = and(eq(backchecks.roundId, roundId), within(backchecks.regionCode, actor))
  const rows = db.select({
    id: backchecks.id, position: backchecks.position, headName: seenName(actor), regionCode: backchecks.regionCode, firstOfficerId: backchecks.firstOfficerId,
    officerId: backchecks.officerId, status: backchecks.status, differences: backchecks.differences, openDifferences: backchecks.openDifferences,
  }).from(backchecks).innerJoin(households, eq(households.id, backchecks.householdId))
    .where(and(mine, gt(backchecks.position, after))).orderBy(asc(backchecks.position)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = userNames(db, shown.flatMap(({ firstOfficerId, officerId }) => [firstOfficerId, officerId ?? '']))
  const places = regionNames(db, shown.map(({ regionCode }) => regionCode))
  return {
    visits: shown.map((row) => ({ ...row, village: places.get(row.regionCode)!, firstOfficer: names.get(row.firstOfficerId)!, secondOfficer: row.officerId ? names.get(row.officerId) : undefined })),
    next: rows.length > PAGE ? shown.at(-1)!.position : undefined,
    given: db.select({ n: count() }).from(backchecks).where(mine).get()!.n,
    done: db.select({ n: count() }).from(backchecks).where(and(mine, eq(backchecks.status, 'done'))).get()!.n,
  }
}
