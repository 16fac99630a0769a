import { createHash, randomBytes } from 'node:crypto'
import { conflict } from '#app/problems.ts'
import { countUse, networkOf, refuseOveruse, type Door } from '#app/public/brake.ts'
import type { Db } from '#db/connection.ts'
import type { CHALLENGE_PURPOSES } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type ChallengePurpose = typeof CHALLENGE_PURPOSES[number]

// So long a device may be looked for and a finger laid on it.
export const CHALLENGE_SECONDS = 300
// Whoever is not signed in may ask for one as well, and a whole office behind one line does so on a morning.
const ASKING: Door = { name: 'kunci-perangkat', limit: 200, windowMs: 15 * 60_000, what: 'permintaan kunci perangkat' }

const insertChallenge = statement<[string, string, string, string | null, number], unknown>(
  'INSERT INTO passkey_challenges (id_hash, challenge, purpose, user_id, expires_at) VALUES (?, ?, ?, ?, ?)')
const takeOne = statement<[string], { challenge: string, purpose: string, userId: string | null, expiresAt: number }>(
  'DELETE FROM passkey_challenges WHERE id_hash = ? RETURNING challenge, purpose, user_id AS userId, expires_at AS expiresAt')
const deleteOld = statement<[number], unknown>('DELETE FROM passkey_challenges WHERE expires_at < ?')

const hashed = (id: string) => createHash('sha256').update(id).digest('hex')

type Wanted = { purpose: ChallengePurpose, userId?: string, address: string }

// id: for the cookie of the browser that asked, so that an answer counts only from there.
export function giveChallenge(db: Db, { purpose, userId, address }: Wanted, now = Date.now()): { id: string, challenge: string } {
  const network = networkOf(address)
  refuseOveruse(db, ASKING, network, now)
  countUse(db, ASKING, network, now)
  const id = randomBytes(24).toString('base64url')
  const challenge = randomBytes(32).toString('base64url')
  insertChallenge(db).run(hashed(id), challenge, purpose, userId ?? null, now + CHALLENGE_SECONDS * 1000)
  return { id, challenge }
}

// Counts once, whatever becomes of the answer: the row is gone before the answer is even looked at.
export function takeChallenge(db: Db, id: string | undefined, { purpose, userId }: Pick<Wanted, 'purpose' | 'userId'>, now = Date.now()): string {
  const found = id ? takeOne(db).get(hashed(id)) : undefined
  if (!found || found.expiresAt < now || found.purpose !== purpose || found.userId !== (userId ?? null)) throw conflict('Waktunya habis atau kunci ini sudah dijawab. Tekan tombolnya sekali lagi.')
  return found.challenge
}

export const sweepChallenges = (db: Db, now = Date.now()) => void deleteOld(db).run(now)
