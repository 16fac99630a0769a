import { and, asc, desc, eq, exists, gt, inArray, like, or, sql, type SQL } from 'drizzle-orm'
import { findRegionName, pathTo, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { hasFactor, waysOf } from '#app/sessions/factors.ts'
import { listPasskeys } from '#app/sessions/passkeys.ts'
import { oneTimeEnd } from '#app/users/one-time.ts'
import { demand, NEEDS_FACTOR, type Role } from '#app/users/permissions.ts'
import { under } from '#app/users/scope.ts'
import { lockOf } from '#app/users/securing.ts'
import { getUser, type User } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { auditEntries, userRegions, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type Filter = { q: string, role?: Role, status?: User['status'], region: string, after?: string }
export type ListedUser = Omit<User, 'passwordHash'> & { places: string[] }

const PAGE = 50

// By name; the next page begins after (name, id) of the last row.
export function listUsers(db: Db, actor: Actor, { q, role, status, region, after }: Filter) {
  demand(actor, 'user.manage')
  const conditions: (SQL | undefined)[] = [
    q ? or(contains(users.name, q), contains(users.username, q)) : undefined,
    role && eq(users.role, role),
    status && eq(users.status, status),
    region ? exists(db.select({ one: sql`1` }).from(userRegions)
      .where(and(eq(userRegions.userId, users.id), under(userRegions.regionCode, region)))) : undefined,
    after ? isAfter(after) : undefined,
  ]
  const rows = db.select(SHOWN).from(users).where(and(...conditions)).orderBy(asc(users.name), asc(users.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const last = shown.at(-1)
  return {
    users: withPlaces(db, shown),
    next: rows.length > PAGE && last ? `${last.name}\n${last.id}` : undefined,
  }
}

// Everything but the password's hash, which no page ever needs.
const SHOWN = {
  id: users.id, username: users.username, name: users.name, phone: users.phone, role: users.role,
  status: users.status, createdAt: users.createdAt,
}

const contains = (column: typeof users.name | typeof users.username, text: string) =>
  sql`${like(column, `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)} ESCAPE '\\'`

function isAfter(cursor: string): SQL | undefined {
  const [name, id] = cursor.split('\n')
  return name !== undefined && id !== undefined ? or(gt(users.name, name), and(eq(users.name, name), gt(users.id, id))) : undefined
}

function withPlaces(db: Db, rows: Omit<ListedUser, 'places'>[]): ListedUser[] {
  const places = db.select().from(userRegions).where(inArray(userRegions.userId, rows.map(({ id }) => id))).all()
  const names = regionNames(db, places.map(({ regionCode }) => regionCode))
  return rows.map((row) => ({
    ...row, places: places.filter(({ userId }) => userId === row.id).map(({ regionCode }) => names.get(regionCode)!),
  }))
}

const countHeld = statement<[string], { n: number }>('SELECT count(*) AS n FROM households WHERE officer_id = ?')
const countSessions = statement<[string, number], { n: number }>('SELECT count(*) AS n FROM sessions WHERE user_id = ? AND expires_at > ? AND awaits_code = 0')
// By the subject's index: of a long trail everybody's sign-ins would be read otherwise.
const lastSignIn = statement<[string], { at: string }>(
  "SELECT at FROM audit_entries INDEXED BY audit_by_subject WHERE subject = ? AND action = 'session.started' ORDER BY seq DESC LIMIT 1")

export type UserView = ReturnType<typeof viewUser>

// One account: where it works, how many records it holds, and what was done to it.
export function viewUser(db: Db, actor: Actor, id: string) {
  demand(actor, 'user.manage')
  const { passwordHash: _, ...user } = getUser(db, id)
  const end = user.status === 'invited' ? oneTimeEnd(db, id) : undefined
  return {
    ...user,
    isOneself: actor.id === id,
    places: placesNamed(db, user.regions),
    held: countHeld(db).get(id)!.n,
    passkeys: listPasskeys(db, id), ways: waysOf(db, id), oneTimeEnd: end, isOneTimeOver: end !== undefined && Date.parse(end) < Date.now(),
    hasFactor: hasFactor(db, id), needsFactor: NEEDS_FACTOR.includes(user.role), lock: lockOf(db, user),
    sessionCount: countSessions(db).get(id, Date.now())!.n,
    lastSignIn: lastSignIn(db).get(id)?.at,
    history: db.select({ at: auditEntries.at, action: auditEntries.action, by: users.name, details: auditEntries.details })
      .from(auditEntries).leftJoin(users, eq(users.id, auditEntries.actorId))
      .where(and(eq(auditEntries.subject, id), or(like(auditEntries.action, 'user.%'), inArray(auditEntries.action, ['session.braked', 'session.code_braked', 'session.revoked'])))).orderBy(desc(auditEntries.seq)).limit(20).all(),
  }
}

export type NamedPlace = { code: string, name: string }

// "Poncosari, Srandakan, Kabupaten Bantul": a village name alone is rarely the only one.
export const placesNamed = (db: Db, codes: string[]): NamedPlace[] => codes.map((code) => ({
  code, name: pathTo(db, code).slice(-3).reverse().map(({ name }) => name).join(', ') || (findRegionName(db, code) ?? code),
}))
