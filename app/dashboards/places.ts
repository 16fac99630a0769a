import { regionsIn } from '#app/households/filter.ts'
import { codesTo, findRegionName, regionNames } from '#app/regions/regions.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Named = { code: string, name: string }
// codes: what is summed, each within the reader's places; more than one for whoever has several and chose none.
// parts: the places below, one row each. above: where the reader may go up to.
export type Place = { code: string, name: string, codes: string[], parts: Named[], above: Named[], isVillage: boolean }

const partsOf = statement<[string], string>('SELECT region_code FROM dashboard_places WHERE parent_code = ? ORDER BY region_code')

// The chosen place, or the reader's own; any other is not found.
export function placeFor(db: Db, actor: Actor, region: string): Place {
  const codes = regionsIn(actor, region)
  const [only = '', ...more] = codes
  if (more.length > 0) return { code: '', name: 'Wilayah saya', codes, parts: byName(db, codes), above: [], isVillage: false }
  const isVillage = only.length === VILLAGE
  return {
    code: only, name: findRegionName(db, only) ?? only, codes: [only], isVillage,
    parts: isVillage ? [] : byName(db, partsOf(db).pluck().all(only) as string[]), above: aboveOf(db, actor, only),
  }
}

const byName = (db: Db, codes: string[]): Named[] => [...regionNames(db, codes)].map(([code, name]) => ({ code, name })).sort((one, other) => one.name.localeCompare(other.name, 'id'))

function aboveOf(db: Db, actor: Actor, code: string): Named[] {
  const codes = ['', ...codesTo(code)].slice(0, -1).filter((above) => isWithin(above, actor))
  return codes.map((above) => ({ code: above, name: findRegionName(db, above) ?? above }))
}
