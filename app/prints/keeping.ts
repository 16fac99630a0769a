import { queueEvidence } from '#app/evidence/queue.ts'
import { bandsOf } from '#app/prints/bands.ts'
import type { Like, Printed } from '#app/prints/printing.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Place = { visitId: string, kind: string }

const standing = statement<[string, string], { sha256: string, addedAt: string }>(
  'SELECT sha256, added_at AS addedAt FROM visit_photos WHERE visit_id = ? AND kind = ?')
const addPrint = statement<[string, string, string, Uint8Array | null, string | null, ...(number | null)[]], unknown>(`INSERT INTO photo_prints
  (visit_id, kind, sha256, print, taken_at, latitude, longitude, sharpness, brightness, dark, bright) VALUES (?, ?, unhex(?), ?, ?, ?, ?, ?, ?, ?, ?)`)
const addBand = statement<[number, number], unknown>('INSERT INTO photo_bands (band, number) VALUES (?, ?) ON CONFLICT DO NOTHING')
const addMatch = statement<[string, string, string, string, number, number], unknown>(`INSERT INTO photo_matches
  (visit_id, kind, other_visit_id, other_kind, distance, exact) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)

// Writes what was seen, in the caller's transaction, and has the visits judged again that it concerns. A photo that was taken
// anew meanwhile is looked at again when it is sent.
export function keepPrints(db: Db, visitId: string, printed: Printed[]) {
  const concerned = new Set([visitId])
  for (const photo of printed) {
    const place = { visitId, kind: photo.kind }
    if (standing(db).get(visitId, photo.kind)?.sha256 !== photo.sha256) continue
    for (const other of forgetPrint(db, place)) concerned.add(other)
    writePrint(db, place, photo)
    for (const like of photo.likes) concerned.add(writeMatch(db, place, like))
  }
  if (printed.length > 0) queueEvidence(db, [...concerned])
}

// A copy is not looked up by its own print: whatever is like it is like the photo it repeats. One of its own visit may be taken
// anew at any time, and is of another kind.
function writePrint(db: Db, { visitId, kind }: Place, { sha256, print, takenAt, latitude, longitude, sharpness, brightness, dark, bright, likes }: Printed) {
  const number = Number(addPrint(db).run(visitId, kind, sha256, print, takenAt, latitude, longitude, sharpness ?? null, brightness ?? null, dark ?? null, bright ?? null).lastInsertRowid)
  if (print && likes.every((like) => like.visitId === visitId)) for (const band of bandsOf(kind, print)) addBand(db).run(band, number)
}

// The later of the two repeats the earlier, whichever was looked at first. Returns the visit it speaks of.
function writeMatch(db: Db, place: Place, { distance, exact, ...like }: Like): string {
  const [mine, its] = [standing(db).get(place.visitId, place.kind), standing(db).get(like.visitId, like.kind)]
  if (!mine || !its) return place.visitId
  const [later, earlier] = mine.addedAt >= its.addedAt ? [place, like] : [like, place]
  addMatch(db).run(later.visitId, later.kind, earlier.visitId, earlier.kind, distance, exact ? 1 : 0)
  return later.visitId
}

type Former = { number: number, print: Buffer | null }
const former = statement<[string, string], Former>('SELECT number, print FROM photo_prints WHERE visit_id = ? AND kind = ?')
const dropBand = statement<[number, number], unknown>('DELETE FROM photo_bands WHERE band = ? AND number = ?')
const dropPrint = statement<[number], unknown>('DELETE FROM photo_prints WHERE number = ?')
const dropMatches = statement<[Place], unknown>(`DELETE FROM photo_matches
  WHERE (visit_id = @visitId AND kind = @kind) OR (other_visit_id = @visitId AND other_kind = @kind)`)
const partnersOf = statement<[Place], Place & { distance: number }>(`SELECT p.visitId, p.kind, p.distance FROM (
    SELECT visit_id AS visitId, kind, distance FROM photo_matches WHERE other_visit_id = @visitId AND other_kind = @kind
    UNION SELECT other_visit_id, other_kind, distance FROM photo_matches WHERE visit_id = @visitId AND kind = @kind) p
  JOIN visit_photos vp ON vp.visit_id = p.visitId AND vp.kind = p.kind ORDER BY vp.added_at, p.visitId LIMIT 500`)

// The photo that stood here before has been taken anew. Those that repeated it may still repeat each other: the first of them
// takes its place. Returns the visits this concerns.
function forgetPrint(db: Db, place: Place): string[] {
  const gone = former(db).get(place.visitId, place.kind)
  if (!gone) return []
  const [first, ...rest] = partnersOf(db).all(place)
  dropMatches(db).run(place)
  if (gone.print) for (const band of bandsOf(place.kind, gone.print)) dropBand(db).run(band, gone.number)
  dropPrint(db).run(gone.number)
  if (!first) return []
  const heir = former(db).get(first.visitId, first.kind)
  if (heir?.print) for (const band of bandsOf(first.kind, heir.print)) addBand(db).run(band, heir.number)
  const others = rest.filter((one) => one.visitId !== first.visitId)
  for (const { visitId, kind, distance } of others) addMatch(db).run(visitId, kind, first.visitId, first.kind, distance, 0)
  return [first, ...rest].map(({ visitId }) => visitId)
}
