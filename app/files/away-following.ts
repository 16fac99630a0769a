import { setTimeout as rest } from 'node:timers/promises'
import { restUntilCalm } from '#app/background.ts'
import type { Config } from '#app/config.ts'
import { makeCarrier } from '#app/files/carrying.ts'
import { freeSome, type Rule } from '#app/files/freeing.ts'
import { sweepFetched } from '#app/files/fetched.ts'
import { READING, usePhotoStore } from '#app/files/photo-store.ts'
import type { Carrier } from '#app/files/sending-away.ts'
import { uploadSome } from '#app/files/uploading.ts'
import { noteRun } from '#app/operation/works.ts'
import type { Db } from '#db/connection.ts'

export const AWAY = 'photo-store'
type Place = { db: Db, dataDirectory: string }

// One turn: some of what has not gone yet, and only when nothing waits some of what may leave. false: nothing is left to do.
export const carrySome = async ({ db, dataDirectory }: Place, carrier: Carrier, rule: Rule, now = new Date()): Promise<boolean> =>
  await uploadSome(db, dataDirectory, carrier, now.toISOString()) || freeSome(db, dataDirectory, carrier, rule, now)

const PAUSE_MS = 2000
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [10_000, 10 * 60_000]

// Beside everybody else; while the server is busy it waits. A store that does not answer is tried again, more and more seldom.
// Without a store there is nothing to carry, but what had gone to one is still named when it is asked for. Returns what stops it.
export function startPhotoStore(db: Db, { dataDirectory, photos: settings }: Pick<Config, 'dataDirectory' | 'photos'>): () => void {
  usePhotoStore(dataDirectory, { db, settings, onFailure: (failure) => noteRun(db, READING, { tookMs: 0, failure }) })
  if (!settings) return () => undefined
  const carrier = makeCarrier(dataDirectory, settings)
  let stopped = false
  const run = async () => {
    for (let wait = FIRST_WAIT_MS; !stopped && db.$client.open;) {
      const begun = performance.now()
      try {
        const more = await carrySome({ db, dataDirectory }, carrier, settings)
        noteRun(db, AWAY, { tookMs: performance.now() - begun })
        wait = FIRST_WAIT_MS
        if (more) await restUntilCalm(20)
        else await rest(PAUSE_MS, undefined, { ref: false })
      } catch (failure) {
        if (stopped || !db.$client.open) return
        console.error(failure)
        noteRun(db, AWAY, { tookMs: performance.now() - begun, failure })
        await rest(wait, undefined, { ref: false })
        wait = Math.min(LONGEST_WAIT_MS, wait * 2)
      }
    }
  }
  void run()
  void sweepFetched(dataDirectory).catch((error: unknown) => console.error(error))
  return () => {
    stopped = true
    carrier.stop()
  }
}
