import { changesOf, childrenOf, countBelow, findRegion, pathTo, presentCodeOf, searchRegions } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'

export type RegionView = ReturnType<typeof regionPage>

// Everything the page of one region shows; '' is the country.
export function regionPage(db: Db, actor: Actor, code: string, search = '') {
  demand(actor, 'region.read')
  const rows = search ? searchRegions(db, search) : childrenOf(db, code)
  return {
    code, search, rows,
    region: findRegion(db, code),
    path: pathTo(db, code),
    counts: countBelow(db, code),
    changes: changesOf(db, code),
    presentCode: presentCodeOf(db, code),
    manages: can(actor, 'region.manage'),
  }
}
