import { checkedUpTo, readFollowing } from '#app/integrity/following.ts'
import { notFound } from '#app/problems.ts'
import { codesTo, findRegion, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export const KINDS = ['a', 'b', 'c', 'd', 'e', 'w'] as const
export type Kind = typeof KINDS[number]
export type PlaceCounts = { code: string, name: string, isVillage: boolean, judged: number, failing: number } & Record<Kind, number>

type Count = { code: string, kind: Kind | 'judged' | 'failing', households: number }
const below = statement<[string], Count>('SELECT region_code AS code, kind, households FROM gate_counts WHERE parent_code = ? ORDER BY region_code')
const of = statement<[string], Count>('SELECT region_code AS code, kind, households FROM gate_counts WHERE region_code = ?')

export type IntegrityOverview = ReturnType<typeof readOverview>

// The sums of a place's parts, one row each; of several own places, those themselves. Ready sums: no household is read.
export function readOverview(db: Db, actor: Actor, chosen: string) {
  demand(actor, 'integrity.read')
  if (chosen !== '' && !isWithin(chosen, actor)) throw notFound('Wilayah')
  if (chosen !== '' && !findRegion(db, chosen)) throw notFound('Wilayah')
  const several = chosen === '' && actor.regions.length > 1
  const place = chosen || actor.regions[0] || ''
  const counts = several ? actor.regions.flatMap((code) => of(db).all(code)) : isVillage(place) ? of(db).all(place) : below(db).all(place)
  const names = regionNames(db, [...counts.map(({ code }) => code), ...codesTo(place)])
  const rows = placesOf(counts).map((row) => ({ ...row, name: names.get(row.code)! })).sort((one, other) => one.name.localeCompare(other.name, 'id'))
  const following = readFollowing(db)
  return {
    place: several ? '' : place, name: several || place === '' ? undefined : names.get(place), rows, total: totalOf(rows),
    trail: codesTo(several ? '' : place).slice(0, -1).filter((code) => isWithin(code, actor)).map((code) => ({ code, name: names.get(code)! })),
    following: following && { ...following, isBehind: checkedUpTo(db) < following.sequence },
  }
}

const isVillage = (code: string) => code.length === 13

type Counted = Omit<PlaceCounts, 'name'>
const blank = (code: string): Counted => ({ code, isVillage: isVillage(code), judged: 0, failing: 0, a: 0, b: 0, c: 0, d: 0, e: 0, w: 0 })

function placesOf(counts: Count[]): Counted[] {
  const places = new Map<string, Counted>()
  for (const { code, kind, households } of counts) {
    const place = places.get(code) ?? blank(code)
    places.set(code, { ...place, [kind]: households })
  }
  return [...places.values()].filter(({ judged }) => judged > 0)
}

function totalOf(rows: Counted[]): Counted {
  return rows.reduce((total, row) => {
    const sum = { ...total, judged: total.judged + row.judged, failing: total.failing + row.failing }
    for (const kind of KINDS) sum[kind] += row[kind]
    return sum
  }, blank(''))
}
