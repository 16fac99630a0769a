import { and, gte, lt, or, type Column, type SQL } from 'drizzle-orm'
import type { Actor } from '#app/users/actor.ts'

// Region codes nest by prefix, so "mine and everything below" is one index range: [code, code + ':').
// ':' is the character after '9', and above the '.' between the parts.
export const under = (column: Column, code: string): SQL => and(gte(column, code), lt(column, `${code}:`))!

// Of nowhere nothing is found; said as a range too, for a plan with a plain 0 in it may forget its index.
export const within = (column: Column, { regions }: Pick<Actor, 'regions'>): SQL =>
  regions.length === 0 ? lt(column, '') : or(...regions.map((code) => under(column, code)))!

export const isWithin = (code: string, { regions }: Pick<Actor, 'regions'>) =>
  regions.some((region) => code.startsWith(region))

// Where nothing was chosen: the place of who has only one, '' while there is something to choose from.
export const chosenPlace = (region: string, { regions }: Pick<Actor, 'regions'>): string => region || (regions.length === 1 ? regions[0]! : '')
