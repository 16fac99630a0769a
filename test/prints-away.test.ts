import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { s3Store } from '#app/backup/s3-store.ts'
import { carrySome } from '#app/files/away-following.ts'
import { usePhotoStore } from '#app/files/photo-store.ts'
import { carrierTo } from '#app/files/sending-away.ts'
import { printsPending, reusedPhotos } from '#app/prints/prints.ts'
import { LATER, settingsFor } from '#test/support/photo-store.ts'
import { disguised, photograph } from '#test/support/photographs.ts'
import { s3Server } from '#test/support/s3.ts'
import { printAll, show } from '#test/support/shown.ts'
import { freshApp, siti, tono } from '#test/support/world.ts'

const prints = suite('the print of a photo whose like lies in an S3 store')

prints('waits while the store does not answer, and finds it when it does', async () => {
  const [world, s3] = [freshApp(), await s3Server('foto')]
  const settings = settingsFor(s3)
  const use = () => usePhotoStore(world.dataDirectory, { db: world.db, settings })
  const photo = await photograph('house', 8, { width: 640, height: 480 })
  const first = await show(world, siti, [{ kind: 'F-RUMAH', bytes: photo }])
  await printAll(world)
  use()
  const carrier = carrierTo(world.dataDirectory, s3Store(settings.to, settings.s3))
  while (await carrySome(world, carrier, settings, LATER)) { /* until it lies there alone */ }

  const second = await show(world, tono, [{ kind: 'F-RUMAH', bytes: await disguised(photo, 1, { cut: 0.1 }) }], { at: '2026-03-05T01:00:00.000Z' })
  s3.failNext(1000)
  assert.match(await printAll(world).then(() => '', (error: Error) => error.message), /tidak menjawab/)
  assert.ok(printsPending(world.db, second))
  s3.failNext(0)
  use()
  await printAll(world)
  assert.equal(reusedPhotos(world.db, second).map(({ otherVisitId }) => otherVisitId), [first])
  s3.stop()
})

prints.run()
