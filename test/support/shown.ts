import { createHash, randomUUID } from 'node:crypto'
import { asIncoming, keep } from '#app/files/store.ts'
import { recognise } from '#app/files/kinds.ts'
import { catchUpPrints } from '#app/prints/following.ts'
import { printVisit } from '#app/prints/printing.ts'
import type { Actor } from '#app/users/actor.ts'
import { writePhoto, type NewPhoto } from '#app/visits/photos.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { addVisit } from '#test/support/visit.ts'
import { addHousehold } from '#test/support/world.ts'

export type Shown = { kind: string, bytes: Buffer }
type World = { db: Db, dataDirectory: string }
type Showing = { household?: string, visit?: string, at?: string }

// A visit of an officer with exactly these photos, submitted. household: one that is there already.
export async function show({ db, dataDirectory }: World, officer: Actor, photos: Shown[], { household, visit, at = '2026-03-01T02:30:00.000Z' }: Showing = {}): Promise<string> {
  const id = household ?? addHousehold(db, randomUUID(), { regionCode: officer.regions[0]!, stage: 'assigned', officer })
  const visitId = visit ?? addVisit(db, id, officer, { at })
  await addPhotosTo({ db, dataDirectory }, officer, visitId, photos, at)
  return visitId
}

// Photos of a visit, as its sending or its sending again leaves them.
export async function addPhotosTo({ db, dataDirectory }: World, officer: Actor, visitId: string, photos: Shown[], at: string) {
  const kept: NewPhoto[] = []
  for (const { kind, bytes } of photos) {
    const incoming = asIncoming([bytes], createHash('sha256').update(bytes).digest('hex'))
    kept.push({ kind, file: await keep(dataDirectory, incoming, recognise(kind, 'photo', incoming)) })
  }
  transact(db, officer, (tx) => {
    for (const photo of kept) writePhoto(tx, visitId, photo)
    tx.audit('visit.submitted', visitId)
  }, new Date(at))
}

// Everything there is to look at, at once.
export const printAll = ({ db, dataDirectory }: World) => catchUpPrints(db, (visitId) => printVisit(db, dataDirectory, visitId))
