import { isInactive } from '#app/households/living.ts'
import type { Stage } from '#app/households/stages.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const determined = statement<[string], { one: 1 }>("SELECT 1 AS one FROM transitions WHERE household_id = ? AND to_stage = 'determined' LIMIT 1")

// In the registry as Cek Bansos tells it: once determined, not withdrawn, not made inactive.
export const isRegistered = (db: Db, id: string, stage: Stage) => stage !== 'withdrawn' && !isInactive(db, id) && determined(db).get(id) !== undefined
