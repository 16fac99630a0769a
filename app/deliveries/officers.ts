import type { Actor } from '#app/users/actor.ts'
import type { Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const findUser = statement<[string], { id: string, name: string, role: Role, regions: string }>(`SELECT id, name, role,
  (SELECT json_group_array(region_code) FROM user_regions WHERE user_id = users.id) AS regions FROM users WHERE id = ?`)

// Whoever made a delivery that somebody else brings. A suspended officer's work still counts.
export function findOfficer(db: Db, id: string): Actor | undefined {
  const user = findUser(db).get(id)
  return user && { ...user, regions: JSON.parse(user.regions) }
}
