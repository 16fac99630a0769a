import { probesOf } from '#app/prints/bands.ts'
import { bitsApart, lookAt, type Look } from '#app/prints/print.ts'
import { CENTRE, windowsOf, type Sums, type Window } from '#app/prints/windows.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A photo of another household that may show the same. window: where its middle would lie in the one looked for.
export type Candidate = { number: number, visitId: string, kind: string, print: Buffer, bits: number, window: Window }

// Prints of the same photo rarely differ by more; what is nearer and yet another photo, the second look finds out.
const MOST_BITS = 20
// The nearest come first; each costs a look at the photo itself.
const MOST_CANDIDATES = 24

const byBands = statement<[string], { band: number, number: number }>(
  'SELECT b.band, b.number FROM json_each(?) wanted CROSS JOIN photo_bands b ON b.band = wanted.value')
const byNumber = statement<[number], { visitId: string, kind: string, print: Buffer, householdId: string }>(`SELECT p.visit_id AS visitId, p.kind, p.print,
  v.household_id AS householdId FROM photo_prints p JOIN visits v ON v.id = p.visit_id WHERE p.number = ?`)

// By index alone: what it costs hardly grows with the number of photos kept.
export function findCandidates(db: Db, { kind, householdId }: { kind: string, householdId: string }, sums: Sums): Candidate[] {
  const windows = windowsOf(sums)
  const looks = windows.map((window) => lookAt(sums, window))
  const askedBy = probes(kind, windows, looks)
  const found = new Map<number, Candidate | undefined>()
  for (const { band, number } of byBands(db).all(JSON.stringify([...askedBy.keys()]))) {
    if (!found.has(number)) found.set(number, startOf(db, number, householdId))
    const candidate = found.get(number)
    if (candidate) bringNearer(candidate, askedBy.get(band)!, windows, looks)
  }
  return [...found.values()].filter((one): one is Candidate => one !== undefined && one.bits <= MOST_BITS)
    .sort((one, other) => one.bits - other.bits || one.number - other.number).slice(0, MOST_CANDIDATES)
}

const startOf = (db: Db, number: number, householdId: string): Candidate | undefined => {
  const row = byNumber(db).get(number)
  return row && row.householdId !== householdId ? { number, visitId: row.visitId, kind: row.kind, print: row.print, bits: Infinity, window: CENTRE } : undefined
}

function bringNearer(candidate: Candidate, asked: number[], windows: Window[], looks: Look[]) {
  for (const at of asked) {
    const bits = bitsApart(looks[at]!.print, candidate.print)
    if (bits < candidate.bits) Object.assign(candidate, { bits, window: windows[at]! })
  }
}

// Which windows ask for which part. Only the middle asks among photos of every kind: a whole photo under another kind.
function probes(kind: string, windows: Window[], looks: Look[]) {
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
