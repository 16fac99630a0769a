import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { backUp, restore, verifyBackup } from '#app/backup.ts'
import { keep, spool } from '#app/files/store.ts'
import { openDatabase } from '#db/connection.ts'
import { Readable } from 'node:stream'
import { readFileSync } from 'node:fs'
import { addHousehold, freshDatabase } from '#test/support/world.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'siks-backup-'))

// A data directory with one household and one photo, its database open as a running server has it.
async function running() {
  const directory = folder()
  writeFileSync(join(directory, 'siks.db'), freshDatabase().$client.serialize())
  const db = openDatabase(join(directory, 'siks.db'))
  addHousehold(db, 'asep')
  const file = await keep(directory, await spool(directory, Readable.from([Buffer.from('foto')])), { mime: 'image/jpeg' })
  return { directory, db, file }
}

const backup = suite('a backup')

backup('made while the server runs comes back whole, files included', async () => {
  const { directory, file } = await running()
  const copy = folder()
  assert.equal(await backUp(directory, copy), { files: 1, households: 1 })
  const target = folder()
  assert.is(await restore(copy, target), 1)
  assert.is(readFileSync(join(target, 'photos', file.sha256.slice(0, 2), file.sha256.slice(2, 4), `${file.sha256}.jpg`), 'utf8'), 'foto')
})

backup('copies a file once', async () => {
  const { directory } = await running()
  const copy = folder()
  await backUp(directory, copy)
  assert.is((await backUp(directory, copy)).files, 0)
})

backup('that is damaged is refused', async () => {
  const { directory } = await running()
  const copy = folder()
  await backUp(directory, copy)
  const bytes = readFileSync(join(copy, 'siks.db'))
  bytes.fill(7, 4096, 4096 * 6)
  writeFileSync(join(copy, 'siks.db'), bytes)
  assert.throws(() => verifyBackup(copy))
})

backup('is never put over data that is there', async () => {
  const { directory } = await running()
  const copy = folder()
  await backUp(directory, copy)
  let said = ''
  await restore(copy, directory).catch((error: Error) => { said = error.message })
  assert.match(said, /tidak kosong/)
})

backup.run()
