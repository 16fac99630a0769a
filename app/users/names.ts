import { linesNaming } from '#app/names-in-text.ts'
import type { Role } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { keptUnder, statement } from '#db/statements.ts'

export type Named = { id: string, name: string, role: Role, codes: string[] }
// people: in the order of their names. text: their names, each with its place in the list.
type Shelf = { people: Named[], text: string }

const changes = statement<[], number>('SELECT number FROM user_changes WHERE id = 1')
const everybody = statement<[], Omit<Named, 'codes'> & { codes: string }>(`SELECT u.id, u.name, u.role, json_group_array(r.region_code) AS codes
  FROM users u JOIN user_regions r ON r.user_id = u.id WHERE u.status <> 'suspended' GROUP BY u.id ORDER BY u.name, u.id`)

// By kabupaten, so that whoever looks for one of a desa does not pass the whole country; who works in a wider place lies there.
const placeOf = (code: string) => code.slice(0, 'PP.KK'.length)
const shelves = keptUnder((db) => changes(db).pluck().get(), (db) => {
  const people = everybody(db).all().map((one): Named => ({ ...one, codes: JSON.parse(one.codes) as string[] }))
  const places = new Map<string, Named[]>()
  const placed = (place: string) => places.get(place) ?? places.set(place, []).get(place)!
  for (const one of people) for (const place of new Set(one.codes.map(placeOf))) placed(place).push(one)
  return new Map([...places].map(([place, own]) => [place, shelf(own)]))
})
const shelf = (people: Named[]): Shelf => ({ people, text: `\n${people.map(({ name }, i) => `${name.toLowerCase().replace(/\s+/g, ' ')}\t${i}`).join('\n')}\n` })

// Those who work in one of the regions, and those whose own place one of them lies in.
const touches = (code: string, regions: string[]) => isWithin(code, { regions }) || regions.some((region) => isWithin(region, { regions: [code] }))

/** The first `most` users not suspended, by name, with `text` anywhere in it; of each the places that have to do with `regions`. */
export function usersNamed(db: Db, text: string, { regions, roles, most }: { regions: string[], roles?: readonly Role[], most: number }): Named[] {
  const near = [...shelves(db)].filter(([place]) => touches(place, regions.map(placeOf))).map(([, one]) => one)
  const found = near.flatMap(({ people, text: names }) => {
    const isWanted = (line: string) => (!roles || roles.includes(people[Number(line)]!.role)) && people[Number(line)]!.codes.some((code) => touches(code, regions))
    return linesNaming(names, text, most, isWanted).map((line) => people[Number(line)]!)
  })
  return [...new Set(found)].sort((one, other) => one.name < other.name ? -1 : Number(one.name > other.name)).slice(0, most)
    .map((one) => ({ ...one, codes: one.codes.filter((code) => touches(code, regions)) }))
}
