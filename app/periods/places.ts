import { notFound } from '#app/problems.ts'
import { PROVINCE, REGENCY, VILLAGE } from '#app/regions/levels.ts'
import { pathTo, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'

// A table by place: the country by province, a province by kabupaten/kota, everything below by desa/kelurahan.
export type Place = { code: string, name: string, level: number, path: { code: string, name: string }[], below: { length: number, level: number } }

// What a reader looks at: the place asked for, or else the narrower of what the table covers and the reader's own.
export function placeFor(db: Db, actor: Actor, covered: string, asked: string): Place {
  const own = actor.regions.length === 1 ? actor.regions[0]! : covered
  const widest = own.length > covered.length ? own : covered
  if (!widest.startsWith(covered)) throw notFound('Wilayah ini')
  if (asked && !(asked.startsWith(widest) && isWithin(asked, actor))) throw notFound('Wilayah ini')
  const code = asked || widest
  const path = pathTo(db, code).filter((one) => one.code.length >= widest.length)
  const below = code === '' ? { length: PROVINCE, level: 1 } : code.length === PROVINCE ? { length: REGENCY, level: 2 } : { length: VILLAGE, level: 4 }
  return {
    code, name: regionNames(db, [code]).get(code)!, level: code ? code.split('.').length : 0, below,
    path: [...(widest === '' ? [{ code: '', name: 'Seluruh Indonesia' }] : []), ...path].filter((one) => one.code !== code),
  }
}
