import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { AWAY } from '#app/files/away-following.ts'
import { READING, usePhotoStore } from '#app/files/photo-store.ts'
import { readiness } from '#app/operation/readiness.ts'
import { Told } from '#app/operation/failures.ts'
import { warningsFor } from '#app/operation/view.ts'
import { noteRun } from '#app/operation/works.ts'
import { settingsFor } from '#test/support/photo-store.ts'
import { agus, freshApp } from '#test/support/world.ts'

const BEGUN = new Date('2026-03-02T01:00:00Z')
const at = (time: string) => new Date(`2026-03-02T${time}:00Z`)

function aServer({ setUp = true, freed = 0 } = {}) {
  const world = freshApp()
  usePhotoStore(world.dataDirectory, { db: world.db, settings: setUp ? settingsFor({ endpoint: 'http://127.0.0.1:9' }, { keepBytes: 50e9 }) : undefined })
  world.db.$client.prepare('UPDATE photo_store SET files = 12, bytes = 6000000, freed_files = ?, freed_bytes = 2000000').run(freed)
  const server = { db: world.db, dataDirectory: world.dataDirectory, startedAt: BEGUN }
  return {
    ...world, server,
    warnings: async (time: string) => (await warningsFor(server, agus, at(time))).map(({ kind }) => kind).filter((kind) => kind === 'photo-store'),
    page: async () => (await world.as(agus).get('/operation')).text(),
  }
}

const page = suite('the store of photos on the page Operasi')

page('is not named where there is none and never was', async () => assert.not.match(await aServer({ setUp: false }).page(), /Penyimpanan foto/))

page('shows where photos go, what waits, what lies there alone and what stays', async () => {
  const html = await aServer({ freed: 4 }).page()
  for (const word of ['Penyimpanan foto', 's3://foto/kab bantul', '12 berkas', 'Hanya di sana', '4 berkas', '30 hari', '50,0 GB']) assert.match(html, word)
})

page('says at once that sending failed, warns after an hour, and leaves the server open to everybody', async () => {
  const { server, warnings, page: shown, db } = aServer()
  noteRun(db, AWAY, { tookMs: 5 }, at('02:00'))
  noteRun(db, AWAY, { tookMs: 5, failure: new Told('Layanan S3 tidak dapat dihubungi.') }, at('02:10'))
  assert.match(await shown(), /Gagal, dicoba lagi.*Layanan S3 tidak dapat dihubungi.*aman di server ini/s)
  assert.equal([await warnings('02:30'), await warnings('03:30')], [[], ['photo-store']])
  assert.is(readiness(server, at('04:00')).checks.followers, true)
  noteRun(db, AWAY, { tookMs: 5 }, at('03:40'))
  assert.equal(await warnings('03:50'), [])
})

page('tells what could not be opened', async () => {
  const { db, page: shown } = aServer({ freed: 1 })
  noteRun(db, READING, { tookMs: 0, failure: new Told('Layanan S3 menolak (403 AccessDenied).') })
  assert.match(await shown(), /Membuka berkas lama.*403 AccessDenied/s)
})

page('warns where old files lie in a store that is not set up any more', async () => {
  const { warnings, page: shown } = aServer({ setUp: false, freed: 3 })
  assert.equal(await warnings('01:01'), ['photo-store'])
  assert.match(await shown(), /tidak tertulis lagi di pengaturan server[\s\S]*SIKS_PHOTOS/)
})

page.run()
