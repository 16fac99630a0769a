import { countToSign } from '#app/programmes/batches.ts'
import { countByPhase, type PhaseCounts } from '#app/programmes/list.ts'
import { openPeriod, type Period } from '#app/programmes/periods.ts'
import type { Programme } from '#app/programmes/programme.ts'
import { countWaitingChanges } from '#app/programmes/queue.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { chosenPlace } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'

export type Overview = { programme: Programme, counts: PhaseCounts, waiting: number, toSign: number, period?: Period }[]

// Of each: how many there are, what waits for the reader, and until when changes count for the next period.
export function readOverview(db: Db, actor: Actor, region: string, now: string): Overview {
  demand(actor, 'programme.read')
  const place = chosenPlace(region, actor)
  return Object.values(PROGRAMMES).map((programme) => ({
    programme, counts: countByPhase(db, actor, programme.code, region), waiting: countWaitingChanges(db, actor, { region, programme: programme.code }), toSign: countToSign(db, actor, programme.code),
    period: place.length >= REGENCY ? openPeriod(db, programme.code, place, dayOf(now)) : undefined,
  }))
}
