import { sql } from 'drizzle-orm'
import type { Actor } from '#app/users/actor.ts'
import { within } from '#app/users/scope.ts'
import { households } from '#db/schema/index.ts'

// A visit stays with the place it was made in, a name goes with the household: whoever no longer has it in their places is told
// that it has moved, and no more.
export const MOVED = 'Rumah tangga yang sudah pindah'
export const seenName = (actor: Pick<Actor, 'regions'>) => sql<string>`CASE WHEN ${within(households.regionCode, actor)} THEN ${households.headName} ELSE ${MOVED} END`
