import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startPrints } from '#app/prints/printer.ts'
import { photoFacts, printsPending, reusedPhotos } from '#app/prints/prints.ts'
import { openDatabase } from '#db/connection.ts'
import { disguised, photograph } from '#test/support/photographs.ts'
import { keepDatabase } from '#test/support/process.ts'
import { show } from '#test/support/shown.ts'
import { freshDatabase, siti, tono } from '#test/support/world.ts'

const thread = suite('photos are looked at beside the requests')

thread('a thread with a connection of its own looks at what has been sent, the main one writes it down', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'siks-prints-'))
  keepDatabase(freshDatabase(), dataDirectory)
  const db = openDatabase(join(dataDirectory, 'siks.db'))
  const photo = await photograph('house', 8, { width: 640, height: 480 })
  const first = await show({ db, dataDirectory }, siti, [{ kind: 'F-RUMAH', bytes: photo }])
  const stop = startPrints(db, dataDirectory)
  const until = async (visitId: string) => { while (printsPending(db, visitId)) await rest(50) }
  await until(first)

  const second = await show({ db, dataDirectory }, tono, [{ kind: 'F-RUMAH', bytes: await disguised(photo, 1, { cut: 0.1 }) }], { at: '2026-03-05T01:00:00.000Z' })
  await until(second)
  assert.equal(reusedPhotos(db, second).map(({ otherVisitId }) => otherVisitId), [first])
  assert.ok(photoFacts(db, first)[0]!.sharpness! > 80)
  stop()
  db.$client.close()
  rmSync(dataDirectory, { recursive: true })
})

thread.run()
