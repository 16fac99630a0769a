import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { chooseManifest, restore } from '#app/backup/restoring.ts'
import { s3Store } from '#app/backup/s3-store.ts'
import { carrySome } from '#app/files/away-following.ts'
import { usePhotoStore } from '#app/files/photo-store.ts'
import { readStored } from '#app/files/packs.ts'
import { carrierTo } from '#app/files/sending-away.ts'
import { findFile } from '#app/files/store.ts'
import { backUp } from '#app/backup/making.ts'
import { openDatabase } from '#db/connection.ts'
import { makeKey, useKeys } from '#db/key-ring.ts'
import { inUse, KEEP, storeAt } from '#test/support/backups.ts'
import { sha256 } from '#test/support/delivery.ts'
import { LATER, settingsFor } from '#test/support/photo-store.ts'
import { s3Server, type S3 } from '#test/support/s3.ts'
import { aFolder } from '#test/support/servers.ts'

let s3: S3
const backup = suite('a backup of a server whose old photos lie in an S3 store')
backup.before.each(async () => {
  useKeys([makeKey()])
  s3 = await s3Server('foto')
})
backup.after.each(() => {
  useKeys(undefined)
  s3.stop()
})

// An old photo that lies there alone, a young one that lies here too.
async function served() {
  const server = await inUse()
  await server.addPhoto('foto lama')
  const settings = settingsFor(s3)
  const photos = s3Store(settings.to, settings.s3, { retries: 0 })
  const carry = async (now = LATER) => { while (await carrySome({ db: server.db, dataDirectory: server.directory }, carrierTo(server.directory, photos), settings, now)) { /* all */ } }
  await carry()
  server.db.$client.prepare('UPDATE photo_store SET round_ended_at = NULL').run()
  await server.addPhoto('foto baru')
  const store = storeAt()
  return { ...server, settings, photos, store, backUp: (over: { photos?: typeof photos } = { photos }) => backUp({ dataDirectory: server.directory, store, recipients: [], keep: KEEP, ...over }) }
}
const said = (work: Promise<unknown>) => work.then(() => '', (error: Error) => error.message)
const photosIn = (directory: string) => readdirSync(join(directory, 'photos'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length

backup('holds what lies here, says what lies there, and both are read after a restore elsewhere', async () => {
  const server = await served()
  const made = await server.backUp()
  assert.equal([made.elsewhere, (await chooseManifest(server.store)).elsewhere?.files, photosIn(server.directory)], [1, 1, 1])
  const target = join(aFolder('elsewhere'), 'data')
  await restore({ store: server.store, dataDirectory: target })
  assert.is(photosIn(target), 1)
  const db = openDatabase(join(target, 'siks.db'))
  usePhotoStore(target, { db, settings: server.settings })
  const read = (text: string) => readStored(target, findFile(db, sha256(Buffer.from(text)))!).then(String)
  assert.equal([await read('foto lama'), await read('foto baru')], ['foto lama', 'foto baru'])
  db.$client.close()
})

backup('fails loudly when the store has lost or changed one of them, or is not named', async () => {
  const server = await served()
  assert.match(await said(server.backUp({})), /SIKS_PHOTOS tidak diisi/)
  const [name] = [...s3.objects.keys()]
  s3.objects.set(name!, Buffer.from('lain'))
  assert.match(await said(server.backUp()), /Penyimpanan foto tidak utuh: photos\/.+ berubah/)
  s3.objects.delete(name!)
  assert.match(await said(server.backUp()), /tidak ada/)
})

backup.run()
