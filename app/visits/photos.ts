import { and, asc, eq } from 'drizzle-orm'
import { recordFile, type StoredFile } from '#app/files/store.ts'
import { invalid } from '#app/problems.ts'
import { isPhotoKind } from '#app/questionnaire/evidence.ts'
import { demandEditable } from '#app/visits/answers.ts'
import { getOwnVisit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { files, visitPhotos } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type NewPhoto = { kind: string, file: StoredFile, takenAt?: string | null }
export type VisitPhoto = { kind: string, sha256: string, bytes: number, addedAt: string, takenAt: string | null }

// Photos of a visit under way. A kind taken again replaces the one before; the earlier file stays on the disk.
export function addPhotos(tx: Tx, householdId: string, visitId: string, photos: NewPhoto[]) {
  const { visit, household } = getOwnVisit(tx, householdId, visitId)
  demandEditable(visit, household)
  for (const photo of photos) writePhoto(tx, visitId, photo)
  if (photos.length > 0) tx.audit('visit.photos_added', visitId, { kinds: photos.map(({ kind }) => kind) })
}

const upsertPhoto = statement<[string, string, string, string | null, string], unknown>(`INSERT INTO visit_photos (visit_id, kind, sha256, taken_at, added_at)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT (visit_id, kind) DO UPDATE SET sha256 = excluded.sha256, taken_at = excluded.taken_at, added_at = excluded.added_at`)

export function writePhoto(tx: Tx, visitId: string, { kind, file, takenAt = null }: NewPhoto) {
  if (!isPhotoKind(kind)) throw invalid({ [kind]: 'Jenis foto ini tidak dikenal.' })
  recordFile(tx, file, visitId)
  upsertPhoto(tx.db).run(visitId, kind, file.sha256, takenAt, tx.now)
}

// The caller has read the visit in its scope.
export const listPhotos = (db: Db, visitId: string): VisitPhoto[] => db
  .select({ kind: visitPhotos.kind, sha256: visitPhotos.sha256, bytes: files.bytes, addedAt: visitPhotos.addedAt, takenAt: visitPhotos.takenAt })
  .from(visitPhotos).innerJoin(files, eq(files.sha256, visitPhotos.sha256))
  .where(and(eq(visitPhotos.visitId, visitId))).orderBy(asc(visitPhotos.kind)).all()
