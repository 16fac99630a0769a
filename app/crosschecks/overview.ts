import { lengthBelow } from '#app/dtsen/reports.ts'
import { regionsIn } from '#app/households/filter.ts'
import { PROGRAMMES } from '#app/programmes/registry.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { VILLAGE } from '#app/regions/levels.ts'
import { codesTo, findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { FINDING_KINDS, type FindingKind } from '#db/schema/crosschecks.ts'
import { statement } from '#db/statements.ts'

export type ByKind = Record<FindingKind, number>
export type PlaceFindings = { code: string, name: string, isVillage: boolean, open: number, dismissed: number, kinds: ByKind }
export type ProgrammeFindings = { programme: ProgrammeCode | '', name: string, open: number, kinds: ByKind }
export type Overview = ReturnType<typeof readOverview>

type Counted = { code: string, kind: FindingKind, programme: ProgrammeCode | '', open: number, dismissed: number }
const countsIn = statement<{ from: string, to: string, length: number, sensitive: 0 | 1 }[], Counted>(`SELECT substr(region_code, 1, @length) AS code, kind, programme, sum(open) AS open, sum(dismissed) AS dismissed
  FROM crosscheck_counts WHERE region_code >= @from AND region_code < @to AND sensitive <= @sensitive AND (open > 0 OR dismissed > 0) GROUP BY 1, 2, 3`)

const noKinds = () => Object.fromEntries(FINDING_KINDS.map((kind) => [kind, 0])) as ByKind
// A family that gets nothing stands under no programme.
export const programmeName = (code: ProgrammeCode | '') => code === '' ? 'Tanpa program' : PROGRAMMES[code].name

// Ready sums of the places right below the chosen one; of several own places, those themselves.
export function readOverview(db: Db, actor: Actor, region: string, programme?: ProgrammeCode | '') {
  demand(actor, 'programme.read')
  const codes = regionsIn(actor, region)
  const place = codes.length === 1 ? codes[0]! : ''
  const sensitive = can(actor, 'ppks.sensitive') ? 1 as const : 0 as const
  const counts = codes.flatMap((from) => countsIn(db).all({ from, to: `${from}:`, length: codes.length > 1 ? from.length : lengthBelow(from), sensitive }))
  const wanted = counts.filter((one) => programme === undefined || one.programme === programme)
  const names = regionNames(db, [...wanted.map(({ code }) => code), ...codesTo(place)])
  return {
    place, name: place === '' && codes.length > 1 ? 'wilayah saya' : findRegionName(db, place) ?? place, programme, places: placesOf(wanted, names), programmes: programmesOf(counts),
    open: sum(wanted, 'open'), dismissed: sum(wanted, 'dismissed'),
    trail: codesTo(place).slice(0, -1).filter((code) => isWithin(code, actor)).map((code) => ({ code, name: names.get(code)! })),
  }
}

const sum = (counts: Counted[], key: 'open' | 'dismissed') => counts.reduce((total, one) => total + one[key], 0)

function placesOf(counts: Counted[], names: Map<string, string>): PlaceFindings[] {
  const places = new Map<string, PlaceFindings>()
  for (const { code, kind, open, dismissed } of counts) {
    const place = places.get(code) ?? { code, name: names.get(code)!, isVillage: code.length === VILLAGE, open: 0, dismissed: 0, kinds: noKinds() }
    place.kinds[kind] += open
    places.set(code, { ...place, open: place.open + open, dismissed: place.dismissed + dismissed })
  }
  return [...places.values()].sort((one, other) => other.open - one.open || one.name.localeCompare(other.name, 'id'))
}

function programmesOf(counts: Counted[]): ProgrammeFindings[] {
  return [...Object.values(PROGRAMMES).map(({ code }) => code), '' as const].map((programme) => {
    const kinds = noKinds()
    for (const one of counts) if (one.programme === programme) kinds[one.kind] += one.open
    return { programme, name: programmeName(programme), kinds, open: Object.values(kinds).reduce((total, n) => total + n, 0) }
  }).filter(({ open }) => open > 0)
}
