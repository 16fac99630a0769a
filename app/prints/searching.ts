import { isDocument } from '#app/prints/advice.ts'
import { probesOf } from '#app/prints/bands.ts'
import { turnGrey, TURNS, type Grey } from '#app/prints/grey.ts'
import { bitsApart, lookAt, type Look } from '#app/prints/print.ts'
import { CENTRE, middlesOf, sumUp, windowsOf, type Sums, type Window } from '#app/prints/windows.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// One way to see the photo that is looked for, with what its parts look like: as it is, or turned and mirrored.
export type Seen = { sums: Sums, windows: Window[], looks: Look[] }
type Near = { bits: number, window: Window, sums: Sums }
// A photo of another visit that may show the same. window: where its middle would lie in the one looked for, seen so.
export type Candidate = Near & { number: number, visitId: string, kind: string, print: Buffer }

// Prints of the same photo rarely differ by more; what is nearer and yet another photo, the second look finds out.
const MOST_BITS = 20
// The nearest come first; each costs a look at the photo itself.
const MOST_CANDIDATES = 24

const seen = (sums: Sums, windows: Window[]): Seen => ({ sums, windows, looks: windows.map((window) => lookAt(sums, window)) })

export const seenAsItIs = (sums: Sums): Seen => seen(sums, windowsOf(sums))
export const seenTurned = (grey: Grey): Seen[] => TURNS.map((turn) => {
  const sums = sumUp(turnGrey(grey, turn))
  return seen(sums, middlesOf(sums))
})

const byBands = statement<[string], { band: number, number: number }>(
  'SELECT b.band, b.number FROM json_each(?) wanted CROSS JOIN photo_bands b ON b.band = wanted.value')
type Row = { visitId: string, kind: string, print: Buffer, householdId: string }
const byNumber = statement<[number], Row>(`SELECT p.visit_id AS visitId, p.kind, p.print,
  v.household_id AS householdId FROM photo_prints p JOIN visits v ON v.id = p.visit_id WHERE p.number = ?`)

type Wanted = { kind: string, visitId: string, householdId: string }

// By index alone: what it costs hardly grows with the number of photos kept.
export function findCandidates(db: Db, wanted: Wanted, ways: Seen[]): Candidate[] {
  const found = new Map<number, Candidate | undefined>()
  for (const way of ways) {
    const askedBy = probes(wanted.kind, way)
    for (const { band, number } of byBands(db).all(JSON.stringify([...askedBy.keys()]))) {
      if (!found.has(number)) found.set(number, startOf(db, number, wanted))
      const candidate = found.get(number)
      if (candidate) bringNearer(candidate, candidate.print, askedBy.get(band)!, way)
    }
  }
  return [...found.values()].filter((one): one is Candidate => one !== undefined && one.bits <= MOST_BITS)
    .sort((one, other) => one.bits - other.bits || one.number - other.number).slice(0, MOST_CANDIDATES)
}

const startOf = (db: Db, number: number, wanted: Wanted): Candidate | undefined => {
  const row = byNumber(db).get(number)
  return row && isWorthLooking(row, wanted) ? { number, visitId: row.visitId, kind: row.kind, print: row.print, bits: Infinity, window: CENTRE, sums: NONE } : undefined
}
const NONE: Sums = { width: 0, height: 0, short: 0, table: new Float64Array() }

// The house that is visited again shows its card again, and cards are flat: every photo of one is alike. Of walls and people a
// new photo is another.
const isWorthLooking = (other: Row, { kind, visitId, householdId }: Wanted) =>
  other.householdId !== householdId || (other.visitId !== visitId && !isDocument(kind) && !isDocument(other.kind))

function bringNearer(near: Near, print: Uint8Array, asked: Iterable<number>, { sums, windows, looks }: Seen) {
  for (const at of asked) {
    const bits = bitsApart(looks[at]!.print, print)
    if (bits < near.bits) Object.assign(near, { bits, window: windows[at]!, sums })
  }
}

// Where a photo with this print may lie in the one looked for, asked of it alone; undefined: nowhere.
export function nearIn(ways: Seen[], print: Uint8Array): Near | undefined {
  const near: Near = { bits: Infinity, window: CENTRE, sums: NONE }
  for (const way of ways) bringNearer(near, print, way.windows.keys(), way)
  return near.bits <= MOST_BITS ? near : undefined
}

// Which windows ask for which part. Only the middle asks among photos of every kind: a whole photo under another kind.
function probes(kind: string, { windows, looks }: Seen) {
  const askedBy = new Map<number, number[]>()
  windows.forEach(({ x, y, half }, at) => {
    const middle = x === 0 && y === 0 && Math.abs(half - CENTRE.half) < 0.03
    probesOf(kind, looks[at]!, middle, (key) => {
      const asked = askedBy.get(key)
      if (asked) asked.push(at)
      else askedBy.set(key, [at])
    })
  })
  return askedBy
}
