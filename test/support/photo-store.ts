import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { s3Store } from '#app/backup/s3-store.ts'
import { carrySome } from '#app/files/away-following.ts'
import { usePhotoStore, type PhotoSettings } from '#app/files/photo-store.ts'
import { carrierTo } from '#app/files/sending-away.ts'
import { aDelivery, phoneOf } from '#test/support/delivery.ts'
import { ACCESS, type S3 } from '#test/support/s3.ts'
import { addHousehold, freshApp, siti } from '#test/support/world.ts'

export const LATER = new Date(Date.now() + 40 * 86_400_000)

export const settingsFor = ({ endpoint }: Pick<S3, 'endpoint'>, over: Partial<PhotoSettings> = {}): PhotoSettings =>
  ({ to: 's3://foto/kab bantul', s3: { endpoint, ...ACCESS }, keepBytes: 0, keepDays: 30, ...over })

// A server whose photos go to that store; Siti's visit to Asep has just come. carry: until nothing is left to do.
export async function withStore(s3: S3, over: Partial<PhotoSettings> = {}) {
  const world = freshApp()
  const { db, dataDirectory } = world
  addHousehold(db, 'asep', { stage: 'downloaded', officer: siti })
  const made = aDelivery()
  await phoneOf(world).bundle(made)
  const settings = settingsFor(s3, over)
  const failures: unknown[] = []
  const use = (given: PhotoSettings | undefined = settings) => usePhotoStore(dataDirectory, { db, settings: given, onFailure: (failure) => { if (failure) failures.push(failure) } })
  use()
  const carrier = carrierTo(dataDirectory, s3Store(settings.to, settings.s3, { retries: 0 }))
  const turn = (now = new Date()) => carrySome({ db, dataDirectory }, carrier, settings, now)
  return {
    ...world, made, settings, carrier, use, turn, failures,
    carry: async (now = new Date()) => { while (await turn(now)) { /* until nothing is left */ } },
    address: (kind = 'F-RUMAH') => `/files/visits/${made.visitId}/${kind}`,
    // What was brought here for a look goes, as after a while.
    forgetLooked: () => rmSync(join(dataDirectory, 'fetched'), { recursive: true, force: true }),
  }
}
