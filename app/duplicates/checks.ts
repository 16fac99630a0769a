import { checkRecipients } from '#app/crosschecks/judging.ts'
import { scanHousehold } from '#app/duplicates/scanning.ts'
import { sweepNow, startSweeps } from '#app/duplicates/sweep-work.ts'
import { catchUp as followAll, startFollowing, type Check } from '#app/integrity/following.ts'
import { judgeHousehold } from '#app/integrity/judging.ts'
import { placeOnMap } from '#app/map/placing.ts'
import { checkRescue } from '#app/rescue/refreshing.ts'
import type { Db } from '#db/connection.ts'

// Everything that is worked out anew when a household changes.
// The rescue list reads what the first has just found.
const CHECKS: Check[] = [judgeHousehold, scanHousehold, checkRescue, checkRecipients, placeOnMap]

// In a round over all households nobody is searched for one by one: a sweep does that for all.
const ROUND = CHECKS.filter((check) => check !== scanHousehold)

export function startChecks(db: Db): () => void {
  const [stopFollowing, stopSweeps] = [startFollowing(db, CHECKS, ROUND), startSweeps(db)]
  return () => {
    stopFollowing()
    stopSweeps()
  }
}

// All there is to do, at once.
export async function catchUp(db: Db, at?: string) {
  const now = () => at ?? new Date().toISOString()
  do await followAll(db, CHECKS, now, ROUND)
  while (sweepNow(db, now()))
}
