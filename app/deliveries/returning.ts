import type { ReturnedPhoto } from '#app/deliveries/format.ts'
import { addPiece, inTurn, partOf, sizeOf, takeWhole } from '#app/deliveries/pieces.ts'
import type { Door } from '#app/deliveries/receiving.ts'
import { getOwnLost, noteBack } from '#app/devices/lost-photos.ts'
import { recognise } from '#app/files/kinds.ts'
import { keepAnew } from '#app/files/packs.ts'
import { moveRecorded } from '#app/files/store.ts'
import type { Actor } from '#app/users/actor.ts'
import { transactTogether } from '#db/transaction.ts'

// Photos the disk has lost, sent once more by the phone that still keeps them: in pieces, like any other.

const LOST = 'lost'

export async function returnedState({ db, dataDirectory }: Door, actor: Actor, sha256: string): Promise<ReturnedPhoto> {
  const { bytes, backAt } = getOwnLost(db, actor, sha256)
  return { sha256, bytes, stored: backAt !== null, offset: backAt === null ? await sizeOf(partOf(dataDirectory, LOST, sha256)) : bytes }
}

export const receiveReturned = (door: Door, actor: Actor, sha256: string, part: { offset: number, piece: Uint8Array }): Promise<ReturnedPhoto> => inTurn(`${LOST}-${sha256}`, async () => {
  const { kind, bytes, backAt } = getOwnLost(door.db, actor, sha256)
  const path = partOf(door.dataDirectory, LOST, sha256)
  if (backAt === null && await addPiece(path, bytes, { kind, ...part })) await takeWhole(path, { kind, sha256 }, async (incoming) => {
    const file = await keepAnew(door.dataDirectory, { incoming, found: recognise(kind, 'photo', incoming) }, new Date().toISOString())
    await transactTogether(door.db, actor, (tx) => {
      moveRecorded(tx, file)
      noteBack(tx, sha256, 'phone')
    })
  })
  return returnedState(door, actor, sha256)
})
