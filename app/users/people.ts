import { ROLES, can, type Role } from '#app/users/permissions.ts'
import type { Actor } from '#app/users/actor.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type Assignee = { id: string, name: string, role: Role }
type Person = Assignee & { codes: string }

// Who can be given work: those whose pages know tasks.
const WORKERS = ROLES.filter((role) => can({ role }, 'task.read'))
const MOST = 300

const peopleIn = statement<[{ places: string, limit: number }], Person>(`SELECT u.id, u.name, u.role, (SELECT json_group_array(r.region_code) FROM user_regions r WHERE r.user_id = u.id) AS codes
  FROM users u WHERE u.status = 'active' AND u.id IN (SELECT r.user_id FROM json_each(@places) p
    JOIN user_regions r ON r.region_code >= p.value AND r.region_code < p.value || ':')
  ORDER BY u.name, u.id LIMIT @limit`)
const person = statement<[string], Person>(`SELECT u.id, u.name, u.role, (SELECT json_group_array(r.region_code) FROM user_regions r WHERE r.user_id = u.id) AS codes
  FROM users u WHERE u.id = ? AND u.status = 'active'`)

// The places of this person in which the giver may give work; when it is about a place, those that have to do with it.
const placesFor = ({ role, codes }: Person, actor: Actor, region?: string): string[] => WORKERS.includes(role)
  ? (JSON.parse(codes) as string[]).filter((code) => isWithin(code, actor) && (region === undefined || region.startsWith(code) || code.startsWith(region))).sort() : []

// Of whoever is named in a list; an id without a row answers with itself.
const nameOf = statement<[string], { name: string }>('SELECT name FROM users WHERE id = ?')
export const userNames = (db: Db, ids: Iterable<string>): Map<string, string> => new Map([...new Set(ids)].map((id) => [id, nameOf(db).get(id)?.name ?? id]))

// Those who work in the giver's places and, when it is about a place, in that place.
export const assigneesFor = (db: Db, actor: Actor, region?: string): Assignee[] =>
  peopleIn(db).all({ places: JSON.stringify(actor.regions), limit: MOST }).filter((one) => placesFor(one, actor, region).length > 0).map(({ id, name, role }) => ({ id, name, role }))

// The place in which this person may be given work; undefined: not by this giver.
export function mayGive(db: Db, actor: Actor, id: string, region?: string): string | undefined {
  const found = person(db).get(id)
  return found && placesFor(found, actor, region)[0]
}
