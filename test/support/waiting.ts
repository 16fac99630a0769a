import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { visitFlags } from '#db/schema/index.ts'
import { addVisit, type Visited } from '#test/support/visit.ts'
import { addHousehold, type Wanted } from '#test/support/world.ts'

type Given = Pick<Wanted, 'regionCode' | 'head'> & Pick<Visited, 'at' | 'outcome' | 'photos'> & { flags?: string[] }

// A household whose visit (visit-<id>) waits for the first check since `at`, with the flags named.
export function addWaiting(db: Db, id: string, officer: Actor, { regionCode, head, flags = [], ...visited }: Given = {}) {
  addHousehold(db, id, { regionCode, head, stage: 'downloaded', officer })
  const visitId = addVisit(db, id, officer, { id: `visit-${id}`, flags: flags.length, ...visited })
  for (const code of flags) db.insert(visitFlags).values({ visitId, code, message: `Tanda ${code}.` }).run()
  return visitId
}
