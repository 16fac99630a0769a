import { createHash } from 'node:crypto'
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia'
import type { Actor } from '#app/users/actor.ts'
import type { Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Lucia 3 is no longer developed. Only this file knows it; replacing it is this file's work.
declare module 'lucia' {
  interface Register {
    Lucia: Lucia
    DatabaseUserAttributes: Omit<Actor, 'id'>
    DatabaseSessionAttributes: { userAgent?: string }
    UserId: string
  }
}

const IDLE = new TimeSpan(12, 'h')
const ABSOLUTE_MS = 7 * 24 * 60 * 60 * 1000

// The database holds only a hash of what the cookie carries.
const hashed = (sessionId: string) => createHash('sha256').update(sessionId).digest('hex')

type Found = {
  userId: string, expiresAt: number, createdAt: number, name: string, role: Role, status: string, places: string
}
type Place = { code: string, name: string }
const findSession = statement<[string], Found>(`SELECT s.user_id AS userId, s.expires_at AS expiresAt,
  s.created_at AS createdAt, u.name, u.role, u.status,
  (SELECT json_group_array(json_object('code', r.region_code, 'name', coalesce(g.name, r.region_code)))
    FROM user_regions r LEFT JOIN regions g ON g.code = r.region_code WHERE r.user_id = u.id) AS places
  FROM sessions s JOIN users u ON u.id = s.user_id AND u.status <> 'suspended' WHERE s.id_hash = ?`)
const insertSession = statement<[string, string, number, number, string], unknown>(
  'INSERT INTO sessions (id_hash, user_id, created_at, expires_at, user_agent) VALUES (?, ?, ?, ?, ?)')
const extendSession = statement<[number, string], unknown>('UPDATE sessions SET expires_at = ? WHERE id_hash = ?')
const deleteSession = statement<[string], unknown>('DELETE FROM sessions WHERE id_hash = ?')
const deleteUserSessions = statement<[string], unknown>('DELETE FROM sessions WHERE user_id = ?')
const deleteExpired = statement<[number], unknown>('DELETE FROM sessions WHERE expires_at < ?')

const sqliteAdapter = (db: Db): Adapter => ({
  async getSessionAndUser(id) {
    const found = findSession(db).get(hashed(id))
    if (!found || found.createdAt + ABSOLUTE_MS < Date.now()) return [null, null]
    const { userId, name, role, status } = found
    const places: Place[] = JSON.parse(found.places)
    const session: DatabaseSession = { id, userId, expiresAt: new Date(found.expiresAt), attributes: {} }
    const attributes = { name, role, regions: places.map(({ code }) => code), regionLabel: labelOf(places), mustChangePassword: status === 'invited' }
    return [session, { id: userId, attributes }]
  },
  async getUserSessions() { return [] },
  async setSession({ id, userId, expiresAt, attributes }) {
    insertSession(db).run(hashed(id), userId, Date.now(), expiresAt.getTime(), attributes.userAgent ?? '')
  },
  async updateSessionExpiration(id, expiresAt) { extendSession(db).run(expiresAt.getTime(), hashed(id)) },
  async deleteSession(id) { deleteSession(db).run(hashed(id)) },
  async deleteUserSessions(userId) { deleteUserSessions(db).run(userId) },
  async deleteExpiredSessions() { deleteExpired(db).run(Date.now()) },
})

function labelOf(places: Place[]) {
  const names = places.map(({ code, name }) => code === '' ? 'Seluruh Indonesia' : name)
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} dan ${names.length - 2} lainnya` : names.join(', ')
}

const lucias = new WeakMap<Db, Lucia>()

function luciaOf(db: Db) {
  const known = lucias.get(db)
  if (known) return known
  const fresh = new Lucia(sqliteAdapter(db), {
    sessionExpiresIn: IDLE,
    getUserAttributes: (attributes) => attributes,
  })
  lucias.set(db, fresh)
  return fresh
}

// The token for the cookie. A sign-in always makes a new one, so a token planted before it is worth nothing.
export async function startSession(db: Db, userId: string, userAgent: string): Promise<string> {
  return (await luciaOf(db).createSession(userId, { userAgent: userAgent.slice(0, 200) })).id
}

// Who holds this token, or undefined when it has ended (12 h unused, 7 days in all, user suspended).
export async function findActor(db: Db, token: string): Promise<Actor | undefined> {
  const { user } = await luciaOf(db).validateSession(token)
  if (!user) return undefined
  const { id, name, role, regions, regionLabel, mustChangePassword } = user as unknown as Actor
  return { id, name, role, regions, regionLabel, mustChangePassword }
}

export const endSession = (db: Db, token: string) => luciaOf(db).invalidateSession(token)
export const endSessionsOf = (db: Db, userId: string) => void deleteUserSessions(db).run(userId)
export const sweepSessions = (db: Db) => luciaOf(db).deleteExpiredSessions()
