import { createHash } from 'node:crypto'
import { generateIdFromEntropySize, Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia'
import { sweepChallenges } from '#app/sessions/passkey-challenges.ts'
import type { Actor } from '#app/users/actor.ts'
import { NEEDS_FACTOR, type Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Lucia 3 is no longer developed. Only this file knows it; replacing it is this file's work.
declare module 'lucia' {
  interface Register {
    Lucia: Lucia
    DatabaseUserAttributes: Omit<Actor, 'id'>
    DatabaseSessionAttributes: { userAgent?: string, address?: string, confirmedAt?: number, awaitsCode?: boolean, lastUsedAt?: number }
    UserId: string
  }
}

const HOUR = 60 * 60 * 1000
const IDLE = new TimeSpan(12, 'h')
// How long a session lives unused and in all. Whoever signs, determines or changes accounts is asked more often.
const USUAL = { idle: 12 * HOUR, whole: 7 * 24 * HOUR }
const STRICT = { idle: HOUR, whole: 12 * HOUR }
// Between the password and the code.
const HALF = { idle: HOUR / 6, whole: HOUR / 6 }
// Written down so often at most: not every request is a write.
const NOTED_EVERY = 5 * 60 * 1000

// The database holds only a hash of what the cookie carries.
const hashed = (sessionId: string) => createHash('sha256').update(sessionId).digest('hex')
// By which a session is named on its owner's page: it opens nothing.
export const handleOf = (idHash: string) => idHash.slice(0, 16)

type Found = {
  userId: string, expiresAt: number, createdAt: number, lastUsedAt: number, confirmedAt: number, awaitsCode: number, hasFactor: number,
  name: string, role: Role, status: string, places: string
}
type Place = { code: string, name: string }
const findSession = statement<[string], Found>(`SELECT s.user_id AS userId, s.expires_at AS expiresAt,
  s.created_at AS createdAt, s.last_used_at AS lastUsedAt, s.confirmed_at AS confirmedAt, s.awaits_code AS awaitsCode, u.name, u.role, u.status,
  EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = u.id AND f.secret IS NOT NULL) OR EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id) AS hasFactor,
  (SELECT json_group_array(json_object('code', r.region_code, 'name', coalesce(g.name, r.region_code)))
    FROM user_regions r LEFT JOIN regions g ON g.code = r.region_code WHERE r.user_id = u.id) AS places
  FROM sessions s JOIN users u ON u.id = s.user_id AND u.status <> 'suspended' WHERE s.id_hash = ?`)
const insertSession = statement<[string, string, number, number, string, string, number, number, number], unknown>(
  'INSERT INTO sessions (id_hash, user_id, created_at, expires_at, user_agent, address, last_used_at, confirmed_at, awaits_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
const extendSession = statement<[number, string], unknown>('UPDATE sessions SET expires_at = ? WHERE id_hash = ?')
const noteUse = statement<[number, string, string], unknown>('UPDATE sessions SET last_used_at = ?, address = ? WHERE id_hash = ?')
const renameSession = statement<[string, number, number, string], unknown>('UPDATE sessions SET id_hash = ?, confirmed_at = ?, last_used_at = ?, awaits_code = 0 WHERE id_hash = ?')
const deleteSession = statement<[string], unknown>('DELETE FROM sessions WHERE id_hash = ?')
const deleteUserSessions = statement<[string], unknown>('DELETE FROM sessions WHERE user_id = ?')
const deleteExpired = statement<[number], unknown>('DELETE FROM sessions WHERE expires_at < ?')

type Aged = { role: Role, awaitsCode: number, createdAt: number, lastUsedAt: number }
export function isOver({ role, awaitsCode, createdAt, lastUsedAt }: Aged, now: number): boolean {
  const { idle, whole } = awaitsCode ? HALF : NEEDS_FACTOR.includes(role) ? STRICT : USUAL
  // Begun by a clock that ran ahead, it would last until long after that day.
  return createdAt + whole < now || lastUsedAt + idle < now || createdAt > now + HOUR
}

const sqliteAdapter = (db: Db): Adapter => ({
  async getSessionAndUser(id) {
    const found = findSession(db).get(hashed(id))
    if (!found || isOver(found, Date.now())) return [null, null]
    const { userId, name, role, status, confirmedAt, lastUsedAt, awaitsCode } = found
    const places: Place[] = JSON.parse(found.places)
    const session: DatabaseSession = { id, userId, expiresAt: new Date(found.expiresAt), attributes: { confirmedAt, lastUsedAt, awaitsCode: awaitsCode === 1 } }
    const attributes = {
      name, role, regions: places.map(({ code }) => code), regionLabel: labelOf(places), mustChangePassword: status === 'invited',
      needsFactor: NEEDS_FACTOR.includes(role) && !found.hasFactor,
    }
    return [session, { id: userId, attributes }]
  },
  async getUserSessions() { return [] },
  async setSession({ id, userId, expiresAt, attributes }) {
    const { userAgent = '', address = '', confirmedAt = 0, awaitsCode = false } = attributes
    const now = Date.now()
    insertSession(db).run(hashed(id), userId, now, expiresAt.getTime(), userAgent, address, now, confirmedAt, awaitsCode ? 1 : 0)
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
    getSessionAttributes: (attributes) => attributes,
  })
  lucias.set(db, fresh)
  return fresh
}

// awaitsCode: only the password was shown. unproven: it goes on from a session whose owner did not just prove who they are.
type Start = { address?: string, awaitsCode?: boolean, unproven?: boolean }

// The token for the cookie. A sign-in always makes a new one, so a token planted before it is worth nothing.
export async function startSession(db: Db, userId: string, userAgent: string, { address, awaitsCode = false, unproven = false }: Start = {}): Promise<string> {
  const confirmedAt = awaitsCode || unproven ? 0 : Date.now()
  return (await luciaOf(db).createSession(userId, { userAgent: userAgent.slice(0, 200), address, awaitsCode, confirmedAt })).id
}

export type Session = { token: string, handle: string, confirmedAt: number, awaitsCode: boolean }

// Who holds this token, or undefined when it has ended (unused or old beyond its limits, user suspended).
export async function findSignedIn(db: Db, token: string, address?: string): Promise<{ actor: Actor, session: Session } | undefined> {
  const { user, session } = await luciaOf(db).validateSession(token)
  if (!user) return undefined
  const { id, name, role, regions, regionLabel, mustChangePassword, needsFactor } = user as unknown as Actor
  const { confirmedAt, lastUsedAt, awaitsCode } = session as unknown as { confirmedAt: number, lastUsedAt: number, awaitsCode: boolean }
  const now = Date.now()
  if (address !== undefined && lastUsedAt + NOTED_EVERY < now) noteUse(db).run(now, address, hashed(token))
  return { actor: { id, name, role, regions, regionLabel, mustChangePassword, needsFactor }, session: { token, handle: handleOf(hashed(token)), confirmedAt, awaitsCode } }
}

// Somebody whose code is still awaited is nobody yet.
export async function findActor(db: Db, token: string): Promise<Actor | undefined> {
  const found = await findSignedIn(db, token)
  return found && !found.session.awaitsCode ? found.actor : undefined
}

// The same session under a new token, once more was proven: what was known of it before is worth nothing. confirmedAt stays 0 or
// as it was where not everything was asked.
export function rotateSession(db: Db, { token }: Session, confirmedAt: number): string {
  const fresh = generateIdFromEntropySize(25)
  renameSession(db).run(hashed(fresh), confirmedAt, Date.now(), hashed(token))
  return fresh
}

export const endSession = (db: Db, token: string) => luciaOf(db).invalidateSession(token)
export const endSessionsOf = (db: Db, userId: string) => void deleteUserSessions(db).run(userId)
export function sweepSessions(db: Db) {
  sweepChallenges(db)
  return luciaOf(db).deleteExpiredSessions()
}
