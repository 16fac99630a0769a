import { checkRecipients } from '#app/crosschecks/judging.ts'
import { scanHousehold } from '#app/duplicates/scanning.ts'
import { catchUp as followAll, startFollowing, type Check } from '#app/integrity/following.ts'
import { judgeHousehold } from '#app/integrity/judging.ts'
import { placeOnMap } from '#app/map/placing.ts'
import { checkRescue } from '#app/rescue/refreshing.ts'
import type { Db } from '#db/connection.ts'

// Everything that is worked out anew when a household changes.
// The rescue list reads what the first has just found.
const CHECKS: Check[] = [judgeHousehold, scanHousehold, checkRescue, checkRecipients, placeOnMap]

export const startChecks = (db: Db) => startFollowing(db, CHECKS)

// All there is to do, at once.
export const catchUp = (db: Db, at?: string) => followAll(db, CHECKS, at === undefined ? undefined : () => at)
