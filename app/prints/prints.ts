import { faultsOf, faultWords } from '#app/prints/advice.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A photo of the visit that shows what a photo of another visit showed before, or another kind of the same. distance: 0 the same, larger less alike.
export type ReusedPhoto = {
  kind: string, otherVisitId: string, otherKind: string, otherHouseholdId: string, otherRegionCode: string, otherHeadName: string, otherOfficerId: string, otherSentAt: string, distance: number, exact: boolean
}
// What a photo says of itself (EXIF, as the phone wrote it: Jakarta's clock is not assumed) and how it looks.
// sharpness 0 (blurred) to 100, brightness 0 (black) to 255, dark and bright: percent.
export type PhotoFacts = {
  kind: string, sha256: string, width: number | null, height: number | null, exifTakenAt: string | null
  exifLatitude: number | null, exifLongitude: number | null, sharpness: number | null, brightness: number | null
  dark: number | null, bright: number | null
}

const selectReused = statement<[string], Omit<ReusedPhoto, 'exact'> & { exact: number }>(`SELECT m.kind, m.other_visit_id AS otherVisitId, m.other_kind AS otherKind,
    h.id AS otherHouseholdId, h.region_code AS otherRegionCode, h.head_name AS otherHeadName, v.officer_id AS otherOfficerId, v.submitted_at AS otherSentAt, m.distance, m.exact
  FROM photo_matches m JOIN visits v ON v.id = m.other_visit_id JOIN households h ON h.id = v.household_id
  WHERE m.visit_id = ? ORDER BY m.kind, m.distance, m.other_visit_id LIMIT 60`)

// The caller has read the visit in its scope. Whoever shows the other household's name looks whether the reader may see it.
export const reusedPhotos = (db: Db, visitId: string): ReusedPhoto[] =>
  selectReused(db).all(visitId).map((row) => ({ ...row, exact: row.exact === 1 }))

const selectFacts = statement<[string], PhotoFacts>(`SELECT p.kind, vp.sha256, f.width, f.height, p.taken_at AS exifTakenAt,
    p.latitude AS exifLatitude, p.longitude AS exifLongitude, p.sharpness, p.brightness, p.dark, p.bright
  FROM photo_prints p JOIN visit_photos vp ON vp.visit_id = p.visit_id AND vp.kind = p.kind AND unhex(vp.sha256) = p.sha256
  JOIN files f ON f.sha256 = vp.sha256 WHERE p.visit_id = ? ORDER BY p.kind`)

export const photoFacts = (db: Db, visitId: string): PhotoFacts[] => selectFacts(db).all(visitId)

// A photo that a region package brought by name only is not here, so nothing is waited for.
const selectPending = statement<[string], number>(`SELECT EXISTS (SELECT 1 FROM visit_photos vp JOIN files f ON f.sha256 = vp.sha256
  LEFT JOIN photo_prints p ON p.visit_id = vp.visit_id AND p.kind = vp.kind AND p.sha256 = unhex(vp.sha256)
  WHERE vp.visit_id = ? AND f.stored_at <> '' AND p.number IS NULL)`)

export const printsPending = (db: Db, visitId: string): boolean => selectPending(db).pluck().get(visitId) === 1

// What is wrong with the look of a photo, by kind: "kabur dan terlalu gelap". The officer was told the same before sending.
export const photoFaults = (db: Db, visitId: string): Record<string, string> => Object.fromEntries(photoFacts(db, visitId)
  .map((facts) => [facts.kind, faultWords(faultsOf(facts.kind, facts))] as const).filter(([, words]) => words !== ''))
