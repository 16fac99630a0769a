import { sql, type Column, type SQL } from 'drizzle-orm'

// A place in a list that is ordered by time: what came in the same instant is told apart by its id, "time~id".
export const placeOf = (at: string, id: string) => `${at}~${id}`
const atOf = (place: string) => place.split('~', 1)[0]!
const idOf = (place: string) => place.slice(atOf(place).length + 1)

// What comes after this place where the newest stand first; without a place the list begins.
export const earlierThan = (place: string | undefined, at: Column, id: Column): SQL | undefined => place === undefined ? undefined : sql`(${at}, ${id}) < (${atOf(place)}, ${idOf(place)})`
