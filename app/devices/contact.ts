import { Problem } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What a phone says of itself with every request: whose outbox it speaks for, which phone it is, how many visits it has made.
export type DeviceHeaders = { user?: string, device?: string, made?: number }

type Known = { highestMade: number, lastSeenAt: string, revokedAt: string | null }
const knownDevice = statement<[string, string], Known>(
  'SELECT highest_made AS highestMade, last_seen_at AS lastSeenAt, revoked_at AS revokedAt FROM devices WHERE id = ? AND user_id = ?')
const writeContact = statement<[{ at: string, made: number, device: string, user: string }], unknown>(`UPDATE devices SET last_seen_at = @at,
  made_at = CASE WHEN highest_made < @made THEN @at ELSE made_at END, highest_made = max(highest_made, @made) WHERE id = @device AND user_id = @user`)

const A_MINUTE = 60_000

// Remembers that a phone was here, and the highest number it has given to a visit. That changes nobody's data, so it
// leaves no line in the trail; and a phone that sends a photo in a hundred pieces is written down once a minute.
// A session that is not the outbox's owner is told so before anything of the outbox is read.
export function contact(db: Db, actor: Actor, { user, device, made = 0 }: DeviceHeaders, now = new Date()) {
  if (user !== undefined && user !== actor.id) {
    throw new Problem('wrong_user', 'HP ini sedang dipakai akun lain. Kiriman ini milik petugas lain; masuklah dengan akunnya.')
  }
  if (device === undefined) return
  const known = knownDevice(db).get(device, actor.id)
  if (!known || (made <= known.highestMade && Date.parse(known.lastSeenAt) > now.getTime() - A_MINUTE)) return
  writeContact(db).run({ at: now.toISOString(), made, device, user: actor.id })
}

export const revoked = () => new Problem('revoked', 'Akses HP ini sudah dicabut oleh Dinsos. Pekerjaan yang belum terkirim tetap tersimpan dan terkunci di HP.')

// What leaves the server (a pack, a key) goes only to a phone that is known and not revoked. What comes in is always taken.
export function demandDevice(db: Db, actor: Actor, device: string) {
  const known = knownDevice(db).get(device, actor.id)
  if (known === undefined) throw new Problem('conflict', 'HP ini belum terdaftar. Siapkan HP dahulu.')
  if (known.revokedAt !== null) throw revoked()
}
