import { readStored } from '#app/files/packs.ts'
import { isAway } from '#app/files/photo-store.ts'
import type { StoredFile } from '#app/files/store.ts'
import { readExif, type Exif } from '#app/prints/exif.ts'
import { readGrey } from '#app/prints/grey.ts'
import { alikeFrom, isPlain, likeness } from '#app/prints/likeness.ts'
import { lookAt } from '#app/prints/print.ts'
import { Told } from '#app/operation/failures.ts'
import { findCandidates, nearIn, seenAsItIs, seenTurned, type Seen } from '#app/prints/searching.ts'
import { measureLook, type Measured } from '#app/prints/sharpness.ts'
import { CENTRE, sumUp, type Sums } from '#app/prints/windows.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// One photo looked at. print: null when it is too plain to be told from others, or no picture at all.
export type Printed = Exif & Partial<Measured> & { kind: string, sha256: string, print: Uint8Array | null, likes: Like[] }
// A photo that shows the same: of another visit, or of the same one under another kind. distance: 0 (the same) to 100.
export type Like = { visitId: string, kind: string, distance: number, exact: boolean }
// What is done with a visit: in a thread, or at once where the database is in memory.
export type PrintVisit = (visitId: string) => Promise<Printed[]>

type Wanted = StoredFile & { kind: string, visitId: string, householdId: string }
const wantedOf = statement<[string], Wanted>(`SELECT vp.kind, v.id AS visitId, v.household_id AS householdId, f.sha256, f.mime, f.bytes, f.pack, f.pack_offset AS packOffset
  FROM visits v JOIN visit_photos vp ON vp.visit_id = v.id JOIN files f ON f.sha256 = vp.sha256
  LEFT JOIN photo_prints p ON p.visit_id = vp.visit_id AND p.kind = vp.kind AND p.sha256 = unhex(vp.sha256)
  WHERE v.id = ? AND v.submitted_at IS NOT NULL AND f.stored_at <> '' AND p.number IS NULL ORDER BY vp.kind`)

// The photos of a visit that have no print yet. Reads only; keeping.ts writes.
export async function printVisit(db: Db, directory: string, visitId: string): Promise<Printed[]> {
  const printed: Printed[] = []
  const beside: Beside[] = besideOf(db).all(visitId)
  for (const photo of wantedOf(db).all(visitId)) printed.push(await printPhoto(db, directory, photo, beside))
  return printed
}

// A photo that lies in a store which does not answer (SIKS_PHOTOS) is no photo without a picture: it is looked at later.
export class PhotoAway extends Told {
  constructor() {
    super('Foto pembanding disimpan di penyimpanan yang tidak menjawab.')
  }
}

const readIfHere = (directory: string, file: StoredFile): Promise<Buffer | undefined> => readStored(directory, file).catch((error: unknown) => {
  if (isAway(error)) throw new PhotoAway()
  return undefined
})

// beside: the photos of the visit that have been looked at; this one is added to them.
async function printPhoto(db: Db, directory: string, photo: Wanted, beside: Beside[]): Promise<Printed> {
  const { kind, sha256 } = photo
  const bytes = await readIfHere(directory, photo)
  const grey = bytes && await readGrey(bytes).catch(() => undefined)
  const known = { kind, sha256, ...readExif(bytes ?? Buffer.alloc(0)), likes: exactLikes(db, photo) }
  if (!grey) return { ...known, print: null }
  const sums = sumUp(grey)
  const look = lookAt(sums, CENTRE)
  const measured = measureLook(grey)
  if (isPlain(sums)) return { ...known, ...measured, print: null }
  const ways = [seenAsItIs(sums), ...seenTurned(grey)]
  const likes = [...known.likes.length > 0 ? known.likes : await findLikes(db, directory, photo, ways), ...await likesBeside(db, directory, photo, ways, beside)]
  beside.push({ kind, sha256, print: look.print, sums })
  return { ...known, ...measured, print: look.print, likes }
}

const firstShown = statement<[string, string], { visitId: string, kind: string }>(`SELECT first.id AS visitId, vp.kind FROM files f JOIN visits first ON first.id = f.first_visit_id
  JOIN visit_photos vp ON vp.visit_id = first.id AND vp.sha256 = f.sha256 WHERE f.sha256 = ? AND first.id <> ? AND first.submitted_at IS NOT NULL LIMIT 1`)

// The very same file needs no picture to be recognised, and no look at it.
const exactLikes = (db: Db, { sha256, visitId }: Wanted): Like[] =>
  firstShown(db).all(sha256, visitId).map((first) => ({ ...first, distance: 0, exact: true }))

const MOST_LIKES = 3
const fileOf = statement<[string, string], StoredFile>(`SELECT f.sha256, f.mime, f.bytes, f.pack, f.pack_offset AS packOffset FROM visit_photos vp
  JOIN files f ON f.sha256 = vp.sha256 WHERE vp.visit_id = ? AND vp.kind = ?`)

// The print only says where to look: what counts is the photo itself, laid over the other.
async function findLikes(db: Db, directory: string, photo: Wanted, ways: Seen[]): Promise<Like[]> {
  const likes: Like[] = []
  for (const { visitId, kind, window, sums } of findCandidates(db, photo, ways)) {
    const other = await readSums(directory, fileOf(db).get(visitId, kind))
    const value = other ? likeness(sums, window, other) : 0
    if (value >= alikeFrom(kind)) likes.push({ visitId, kind, distance: Math.round(100 * (1 - value)), exact: false })
    if (likes.length === MOST_LIKES) break
  }
  return likes
}

// A photo of the same visit under another kind.
type Beside = { kind: string, sha256: string, print: Uint8Array, sums?: Sums }
const besideOf = statement<[string], Beside>(`SELECT p.kind, vp.sha256, p.print FROM photo_prints p
  JOIN visit_photos vp ON vp.visit_id = p.visit_id AND vp.kind = p.kind AND unhex(vp.sha256) = p.sha256 WHERE p.visit_id = ? AND p.print IS NOT NULL ORDER BY p.kind`)

// One picture cut or saved anew for several kinds.
async function likesBeside(db: Db, directory: string, { visitId, kind, sha256 }: Wanted, ways: Seen[], beside: Beside[]): Promise<Like[]> {
  const likes: Like[] = []
  for (const other of beside) {
    if (other.kind === kind) continue
    const near = nearIn(ways, other.print)
    if (!near) continue
    other.sums ??= await readSums(directory, fileOf(db).get(visitId, other.kind))
    const value = other.sums ? likeness(near.sums, near.window, other.sums) : 0
    if (value >= alikeFrom(kind)) likes.push({ visitId, kind: other.kind, distance: Math.round(100 * (1 - value)), exact: other.sha256 === sha256 })
  }
  return likes
}

async function readSums(directory: string, file: StoredFile | undefined): Promise<Sums | undefined> {
  if (!file) return undefined
  const bytes = await readIfHere(directory, file)
  const grey = bytes && await readGrey(bytes).catch(() => undefined)
  return grey && sumUp(grey)
}
