import { and, eq, isNull } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import { applySome, type Letter } from '#app/programmes/applying.ts'
import type { Batch, BatchPlace } from '#app/programmes/batches.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { activeActor } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { recipientBatches } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

const queue = oneAtATime()

// Writes what is left of a signed batch beside the requests. Asked twice, the second finds nothing to do.
export const workOnBatch = (db: Db, id: string) => queue.add(db, () => work(db, id), id)
export const batchesDone = queue.done
export const soonDone = queue.soon

// Half written by a work that failed.
export const isStopped = (db: Db, { id, status, appliedAt }: Pick<Batch, 'id' | 'status' | 'appliedAt'>) => status === 'ratified' && appliedAt === null && queue.hasEnded(db, id)

const isSigned = and(eq(recipientBatches.status, 'ratified'), isNull(recipientBatches.appliedAt))

async function work(db: Db, id: string) {
  try {
    const batch = db.select().from(recipientBatches).where(and(eq(recipientBatches.id, id), isSigned)).get()
    if (batch) await writeRest(db, batch)
  } catch (error) {
    // The server is stopping, or it failed: the next start goes on, or the next hour.
    if (db.$client.open) console.error(error)
  }
}

async function writeRest(db: Db, batch: Batch) {
  const signer = signerOf(db, batch)
  const letter: Letter = { letterNumber: batch.letterNumber!, letterDate: batch.letterDate!, effectiveOn: batch.effectiveOn! }
  let after: BatchPlace | undefined
  do {
    after = transact(db, signer, (tx) => applySome(tx, batch.id, letter, after))
    await letOthers()
  } while (after && db.$client.open)
}

// The signature stands also when the account that gave it has been suspended since.
const signerOf = (db: Db, { ratifiedBy }: Batch): Actor => activeActor(db, ratifiedBy ?? '') ?? system

export function resumeBatches(db: Db) {
  for (const { id } of db.select({ id: recipientBatches.id }).from(recipientBatches).where(isSigned).orderBy(recipientBatches.ratifiedAt).all()) workOnBatch(db, id)
}
