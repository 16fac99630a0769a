import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startCheckpoints } from '#db/checkpoints.ts'
import { openDatabase } from '#db/connection.ts'
import { syncLog } from '#db/wal-sync.ts'
import { aFolder } from '#test/support/servers.ts'

const syncing = suite('syncing the log')

syncing('fails where the log cannot be opened, and works again once it can', async () => {
  const db = openDatabase(join(aFolder('wal'), 'siks.db'))
  db.$client.exec('CREATE TABLE one (id); INSERT INTO one VALUES (1)')
  const [log, away] = [`${db.$client.name}-wal`, `${db.$client.name}-away`]
  renameSync(log, away)
  assert.match(await syncLog(db).then(() => '', (error: Error) => error.message), /ENOENT/)
  renameSync(away, log)
  await syncLog(db)
  db.$client.close()
})

const thread = suite('the thread that empties the log')

// As far as it is asked: where the file lies, and what it is told about emptying the log by itself.
function told(file: string) {
  const pages: string[] = []
  return { pages, db: { $client: { name: file, pragma: (words: string) => pages.push(words.replace('wal_autocheckpoint = ', '')) } } as never }
}

thread('waits at its start for whoever holds the file, instead of dying of it', async () => {
  const file = join(aFolder('wal'), 'siks.db')
  const holder = new Database(file)
  holder.exec('CREATE TABLE one (id); BEGIN EXCLUSIVE')
  const { pages, db } = told(file)
  const stop = startCheckpoints(db)
  await pause(800)
  holder.exec('COMMIT')
  holder.close()
  await pause(300)
  await stop()
  assert.equal(pages, ['16000'])
})

thread('is begun anew when it has died, and meanwhile SQLite empties the log by itself', async () => {
  const folder = join(aFolder('wal'), 'later')
  const { pages, db } = told(join(folder, 'siks.db'))
  const { error } = console
  console.error = () => undefined
  const stop = startCheckpoints(db, { againMs: 50 })
  for (let n = 0; n < 400 && pages.length < 2; n += 1) await pause(10)
  mkdirSync(folder)
  for (let n = 0; n < 400 && pages.length < 3; n += 1) await pause(10)
  console.error = error
  await stop()
  assert.equal(pages.slice(0, 3), ['16000', '4000', '16000'])
})

syncing.run()
thread.run()
