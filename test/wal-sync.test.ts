import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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

syncing.run()
