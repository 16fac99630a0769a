import { sql } from 'drizzle-orm'
import { getDevice } from '#app/devices/devices.ts'
import { countOf, missingRanges, type Range } from '#app/devices/gaps.ts'
import { countLostOf } from '#app/devices/lost-list.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { DeliveryStatus } from '#app/deliveries/format.ts'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type Arrival = {
  id: string, sequence: number, status: DeliveryStatus, reason: string | null, via: 'network' | 'file' | 'package', receivedAt: string
  photoCount: number, photosStored: number, householdId: string | null, headName: string | null
}
export type DeviceRow = { arrival: Arrival } | { missing: Range }
export type Cell = { from: number, to: number, state: 'arrived' | 'waiting' | 'held' | 'closed' | 'missing' }
export type DeviceView = ReturnType<typeof viewDevice>

const PAGE_SIZE = 100

// One phone: every number it gave out, whether it came and when, from `after` on.
export function viewDevice(db: Db, actor: Actor, id: string, userId: string, after = 0) {
  demand(actor, 'device.read')
  const { secret: _, ...device } = getDevice({ db, actor }, id, userId)
  const states = allStates(db).all(id, userId)
  const made = Math.max(device.highestMade, states.at(-1)?.sequence ?? 0)
  const ranges = missingRanges(states.map(({ sequence }) => sequence), made)
  const last = Math.min(after + PAGE_SIZE, made)
  const arrivals = listArrivals(db, actor, id, userId, after, last)
  return {
    ...device, ...namesOf(db, userId, device.revokedBy), made, ranges, missing: countOf(ranges), lostPhotos: countLostOf(db, id, userId), arrived: made - countOf(ranges),
    held: states.filter(({ status }) => status === 'held').length, waiting: states.filter(({ status }) => status === 'waiting_photos').length,
    strip: stripOf(states, ranges), rows: inSequence(arrivals, ranges, after, last), seesHouseholds: can(actor, 'household.read'),
    settles: can(actor, 'delivery.settle'), revokes: can(actor, 'device.revoke'), next: last < made ? last : null,
    previous: after > 0 ? Math.max(0, after - PAGE_SIZE) : null,
  }
}

type State = { sequence: number, status: DeliveryStatus }
// The same number twice (a phone wiped in between) shows the worse of the two.
const allStates = statement<[string, string], State>(`SELECT sequence, CASE min(CASE status WHEN 'held' THEN 0 WHEN 'waiting_photos' THEN 1 WHEN 'closed' THEN 2 ELSE 3 END)
  WHEN 0 THEN 'held' WHEN 1 THEN 'waiting_photos' WHEN 2 THEN 'closed' ELSE 'accepted' END AS status
  FROM deliveries WHERE device_id = ? AND officer_id = ? GROUP BY sequence ORDER BY sequence`)
const userNames = statement<[string | null, string], { officerName: string, revokedByName: string | null }>(
  'SELECT name AS officerName, (SELECT name FROM users r WHERE r.id = ?) AS revokedByName FROM users WHERE id = ?')
const namesOf = (db: Db, userId: string, revokedBy: string | null) => userNames(db).get(revokedBy, userId)!

// Names only for those who may read households, and only of their own places.
function listArrivals(db: Db, actor: Actor, id: string, userId: string, after: number, last: number): Arrival[] {
  const seen = can(actor, 'household.read') ? within(households.regionCode, actor) : sql`households.id = ''`
  return db.all<Arrival>(sql`SELECT d.id, d.sequence, d.status, d.reason, d.via, d.received_at AS receivedAt, d.photo_count AS photoCount,
      CASE WHEN d.photos_at IS NOT NULL THEN d.photo_count
        ELSE (SELECT count(*) FROM delivery_photos p WHERE p.delivery_id = d.id AND p.stored_at IS NOT NULL) END AS photosStored,
      households.id AS householdId, households.head_name AS headName
    FROM deliveries d LEFT JOIN ${households} ON households.id = d.household_id AND ${seen}
    WHERE d.device_id = ${id} AND d.officer_id = ${userId} AND d.sequence > ${after} AND d.sequence <= ${last} ORDER BY d.sequence, d.received_at`)
}

function inSequence(arrivals: Arrival[], ranges: Range[], after: number, last: number): DeviceRow[] {
  const gaps = ranges.flatMap(({ from, to }): (Range & { at: number })[] =>
    to > after && from <= last ? [{ from: Math.max(from, after + 1), to: Math.min(to, last), at: from }] : [])
  return [...arrivals.map((arrival) => ({ at: arrival.sequence, row: { arrival } as DeviceRow })), ...gaps.map(({ at, from, to }) => ({ at, row: { missing: { from, to } } as DeviceRow }))]
    .sort((one, other) => one.at - other.at).map(({ row }) => row)
}

const CELL: Record<DeliveryStatus, Cell['state']> = { accepted: 'arrived', waiting_photos: 'waiting', held: 'held', closed: 'closed' }

// The whole sequence as runs of one state: a drawing of hundreds of visits stays a handful of shapes.
function stripOf(states: State[], ranges: Range[]): Cell[] {
  const cells: Cell[] = [
    ...states.map(({ sequence, status }) => ({ from: sequence, to: sequence, state: CELL[status] })),
    ...ranges.map((range) => ({ ...range, state: 'missing' as const })),
  ].sort((one, other) => one.from - other.from)
  return cells.reduce<Cell[]>((runs, cell) => {
    const run = runs.at(-1)
    if (run?.state !== cell.state || run.to + 1 !== cell.from) return [...runs, cell]
    return [...runs.slice(0, -1), { ...run, to: cell.to }]
  }, [])
}
