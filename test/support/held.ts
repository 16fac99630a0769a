import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { deliveries, devices, files, lostPhotos } from '#db/schema/index.ts'
import { aDelivery, sha256, type Given } from '#test/support/delivery.ts'
import { PONCOSARI, type Fields, type freshApp } from '#test/support/world.ts'

export const PHONE = '00000000-0000-4000-8000-000000000001'

// A phone as it stands after its contacts. made: the highest number it has told of.
export function addPhone(db: Db, officer: Actor, { id = PHONE, made = 0, madeAt = '2026-03-01T02:00:00.000Z', label = 'Samsung A03' } = {}) {
  db.insert(devices).values({ id, userId: officer.id, label, secret: 'c2VjcmV0', registeredAt: '2026-02-01T02:00:00.000Z', lastSeenAt: madeAt, highestMade: made, madeAt }).run()
  return id
}

export const LOST_PHOTO = '1a'.repeat(32)

// A photo of that officer's visit, made on that phone, whose file the disk has lost; the phone knows that it is asked for.
export function addLostPhoto(db: Db, { id: officerId }: Actor, deviceId: string) {
  const [sha256, foundAt] = [LOST_PHOTO, '2026-03-01T03:00:00.000Z']
  db.insert(files).values({ sha256, mime: 'image/jpeg', bytes: 40_000, storedAt: foundAt }).run()
  db.insert(lostPhotos).values({ sha256, visitId: 'visit-ujang', kind: 'F-RUMAH', householdId: 'ujang', regionCode: PONCOSARI, officerId, deviceId, sequence: 1, foundAt, askedAt: foundAt }).run()
}

type Row = Partial<typeof deliveries.$inferInsert>

// A delivery that came, in the state given; without its photos. What it says: `given`.
export function addDelivery(db: Db, officer: Actor, { status = 'accepted', regionCode = PONCOSARI, receivedAt = '2026-03-01T03:00:00.000Z', reason = null, ...row }: Row, given: Given = {}): string {
  const made = aDelivery({ officerId: officer.id, photos: {}, ...given })
  const said = JSON.parse(made.text.toString())
  db.insert(deliveries).values({
    id: made.id, deviceId: said.deviceId, officerId: officer.id, sequence: said.sequence, visitId: made.visitId, householdId: said.householdId, regionCode,
    baseVersion: said.baseVersion, sha256: sha256(made.text), photoCount: 0, via: 'network', status, reason, receivedAt, photosAt: status === 'waiting_photos' ? null : receivedAt,
    text: status === 'accepted' ? '' : made.text.toString(), ...row,
  }).run()
  return made.id
}

type World = ReturnType<typeof freshApp>
export const caseOf = async (world: World, who: Actor, id: string) => (await world.as(who).get(`/deliveries/${id}/case`)).text()

const field = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]?.replaceAll('&#39;', "'").replaceAll('&amp;', '&') ?? ''

// Opens the case as that person and settles it as its page would.
export async function settle(world: World, who: Actor, id: string, fields: Fields, page?: string) {
  const shown = page ?? await caseOf(world, who, id)
  return world.htmx(who).post(`/deliveries/${id}/settlement`, { key: field(shown, 'key'), seen: field(shown, 'seen'), note: 'Sudah ditanyakan kepada petugas', ...fields })
}
