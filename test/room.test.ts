import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportsDone } from '#app/exports/export-work.ts'
import { estimateCut } from '#app/exchange/cutting.ts'
import { packagesDone } from '#app/exchange/package-work.ts'
import { readDisk, watchDisk } from '#app/operation/disk.ts'
import { exchangePackages, exportFiles } from '#db/schema/index.ts'
import { form, kecamatan } from '#test/support/laptop.ts'
import { BALECATUR, rina, SRANDAKAN } from '#test/support/world.ts'

const FULL = { reserve: Number.MAX_SAFE_INTEGER, warn: Number.MAX_SAFE_INTEGER }
const soon = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10)
const anExport = () => ({
  key: crypto.randomUUID(), list: 'households', query: '', format: 'csv', recipientName: 'Sri Wahyuni', recipientInstitution: 'Bappeda Kabupaten Bantul',
  purpose: 'Bahan rapat koordinasi', legalBasis: 'Surat 012/BAP/2026', expiresOn: soon,
})
const namesIn = (...path: string[]) => existsSync(join(...path)) ? readdirSync(join(...path)) : []

const room = suite('what is made here never takes the room of what comes in')

room('an export on a full disk is not begun, and says what to do', async () => {
  const world = await kecamatan()
  watchDisk(world.dataDirectory, FULL)
  await world.as(rina).post('/exports', anExport())
  await exportsDone(world.db)
  const made = world.db.select().from(exportFiles).get()!
  assert.equal([made.status, namesIn(world.dataDirectory, 'exports')], ['failed', []])
  assert.match(made.message ?? '', /hampir penuh.*Minta admin sistem menambah ruang, lalu buat lagi/)
})

room('an export that would need more than there is, is not begun either', async () => {
  const world = await kecamatan()
  watchDisk(world.dataDirectory, { reserve: readDisk(world.dataDirectory).free - 100, warn: 0 })
  await world.as(rina).post('/exports', anExport())
  await exportsDone(world.db)
  assert.is(world.db.select().from(exportFiles).get()!.status, 'failed')
})

room('a region package asks for about what its households weigh, and leaves nothing behind when there is none', async () => {
  const world = await kecamatan()
  const [own, other] = [estimateCut(world.db, SRANDAKAN), estimateCut(world.db, BALECATUR)]
  assert.ok(own > 100_000 && own > other && other > 0, `${own} ${other}`)
  watchDisk(world.dataDirectory, { reserve: readDisk(world.dataDirectory).free - 1000, warn: 0 })
  await world.as(rina).post('/exchange/packages', form())
  await packagesDone(world.db)
  const made = world.db.select().from(exchangePackages).get()!
  assert.equal([made.status, namesIn(world.dataDirectory, 'exchange', 'packages')], ['failed', []])
  assert.match(made.message ?? '', /hampir penuh/)
})

room.run()
