import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startSession } from '#app/sessions/sessions.ts'
import { openDatabase } from '#db/connection.ts'
import { makeKey, printRing, useKeys } from '#db/key-ring.ts'
import { aDelivery, bundleOf, sha256 } from '#test/support/delivery.ts'
import { ACCESS, s3Server } from '#test/support/s3.ts'
import { aDataDirectory, aFolder, aServer, stopServers } from '#test/support/servers.ts'
import { addHousehold, agus, budi, siti } from '#test/support/world.ts'

const story = suite('a server that sends its photos to an S3 store')
story.after.each(async () => {
  useKeys(undefined)
  await stopServers()
})

const fileWith = (name: string, content: string) => {
  const path = join(aFolder('secret'), name)
  writeFileSync(path, content, { mode: 0o600 })
  return path
}
const lying = (directory: string) => readdirSync(join(directory, 'photos'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
const until = async (is: () => boolean) => { for (let n = 0; n < 600 && !is(); n += 1) await pause(50) }

story('set up by configuration: a visit comes in, goes there, leaves this disk a month later and is seen all the same', async () => {
  const [s3, key] = [await s3Server('foto'), makeKey()]
  useKeys([key])
  const directory = aDataDirectory((db) => void addHousehold(db, 'asep', { stage: 'downloaded', officer: siti }))
  const inside = <T>(work: (db: ReturnType<typeof openDatabase>) => T): T => {
    const db = openDatabase(join(directory, 'siks.db'))
    try { return work(db) } finally { db.$client.close() }
  }
  const env = {
    SIKS_KEY_FILE: fileWith('ring', printRing([key])), SIKS_PHOTOS: 's3://foto/bantul', SIKS_PHOTOS_KEEP_GB: '0', SIKS_PHOTOS_KEEP_DAYS: '30',
    SIKS_S3_ENDPOINT: s3.endpoint, SIKS_S3_REGION: ACCESS.region, SIKS_S3_ACCESS_KEY: ACCESS.accessKey, SIKS_S3_SECRET_FILE: fileWith('secret', ACCESS.secret),
  }
  const db = openDatabase(join(directory, 'siks.db'))
  const [phone, korcam, admin] = [await startSession(db, siti.id, 'test'), await startSession(db, budi.id, 'test'), await startSession(db, agus.id, 'test')]
  db.$client.close()
  const cookie = (token: string) => ({ Cookie: `siks_session=${token}` })

  const server = await aServer(directory, env)
  const made = aDelivery()
  const sent = await fetch(`${server.url}/deliveries/${made.id}/bundle`, { method: 'POST', body: new Uint8Array(bundleOf(made)), headers: { ...cookie(phone), Accept: 'application/json' } })
  assert.is(sent.status, 200)
  await until(() => s3.objects.size === 1 && inside(({ $client }) => $client.prepare('SELECT files FROM photo_store').pluck().get()) === 1)
  assert.equal([s3.objects.size, lying(directory), s3.refused], [1, 1, []])
  server.child.kill('SIGTERM')
  await server.ended

  inside(({ $client }) => $client.prepare("UPDATE remote_files SET stored_at = '2026-01-01T00:00:00.000Z'").run())
  const later = await aServer(directory, env)
  await until(() => lying(directory) === 0)
  const photo = await fetch(`${later.url}/files/visits/${made.visitId}/F-RUMAH`, { headers: cookie(korcam) })
  assert.equal([lying(directory), photo.status, sha256(new Uint8Array(await photo.arrayBuffer()))], [0, 200, sha256(made.photos['F-RUMAH']!)])
  assert.match(await (await fetch(`${later.url}/operation`, { headers: cookie(admin) })).text(), /Penyimpanan foto.*Semua terkirim.*s3:\/\/foto\/bantul/s)
  s3.stop()
})

story.run()
