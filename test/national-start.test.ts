import { spawnSync } from 'node:child_process'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readLast } from '#app/backup/last.ts'
import { listMoments } from '#app/backup/manifest.ts'
import { isNationAway } from '#app/national/state.ts'
import { openPreparedNation } from '#app/operation/starting.ts'
import { inUse, storeAt } from '#test/support/backups.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { agus, freshApp, mega } from '#test/support/world.ts'

// A URL must name a machine; that of a socket does not.
const whole = (address: string) => new URL(address.replace('siks@/', 'siks@x/'))

// A port on which nobody listens yet; `begin` leads it to a PostgreSQL that is there.
async function aLine() {
  const first = createServer()
  await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve))
  const { port } = first.address() as AddressInfo
  await new Promise((resolve) => first.close(resolve))
  const line = createServer((from) => {
    const to = createConnection({ path: `${whole(address).searchParams.get('host')}/.s.PGSQL.5432` })
    for (const [one, other] of [[from, to], [to, from]] as const) one.pipe(other).on('error', () => one.destroy())
  })
  let address = ''
  return {
    url: `postgres://siks@127.0.0.1:${port}/`,
    begin: (to: string) => {
      address = to
      return new Promise<void>((resolve) => line.listen(port, '127.0.0.1', resolve))
    },
    end: () => line.close(),
  }
}

const quietly = async <T>(work: () => Promise<T>) => {
  const { error, log } = console
  console.error = console.log = () => undefined
  return work().finally(() => Object.assign(console, { error, log }))
}

const start = suite('a PostgreSQL that is away at the start')

start('keeps nobody from the site, is told with what is missing, and is taken up when it comes', async () => {
  const [cluster, line] = [await startPostgres(), await aLine()]
  const address = await cluster.freshDatabase()
  await quietly(async () => {
    const nation = await openPreparedNation(`${line.url}${whole(address).pathname.slice(1)}`, { everyMs: 100 })
    const made = freshApp(undefined, { nation })
    assert.is((await made.as(agus).get('/')).status, 200)
    assert.match(await (await made.as(agus).get('/operation')).text(), /tidak tersambung[\s\S]*tidak dapat dihubungi/)
    assert.is((await made.as(mega).get('/national')).status, 503)
    assert.is(await isNationAway(nation), true)
    await line.begin(address)
    for (let wait = 0; nation.trouble && wait < 100; wait += 1) await pause(50)
    assert.equal([nation.trouble, await isNationAway(nation), (await made.as(mega).get('/national')).status], [undefined, false, 200])
    await nation.close()
  })
  line.end()
  cluster.stop()
})

const backup = suite('a backup while PostgreSQL is away')

backup('copies this server all the same, says what is not in it, and throws no older one away', async () => {
  const [server, store, line] = [await inUse(), storeAt(), await aLine()]
  const env = { ...process.env, SIKS_KEY_FILE: '', SIKS_DATA: server.directory, SIKS_BACKUP_TO: store.folder, SIKS_BACKUP_KEEP: '1,0,0', DATABASE_URL: `${line.url}siks` }
  const run = () => spawnSync(process.execPath, ['--import', 'tsx', 'app/backup/command.ts', 'backup'], { env, encoding: 'utf8' })
  for (let time = 1; time <= 2; time += 1) {
    const { status, stdout, stderr } = run()
    assert.is(status, 0, stderr)
    assert.match(stdout, 'data nasional TIDAK ada di cadangan ini')
    assert.is((await listMoments(store)).length, time)
  }
  assert.is(readLast(server.directory)?.made?.withoutNation, true)
  const made = freshApp(undefined, { dataDirectory: server.directory })
  assert.match(await (await made.as(agus).get('/operation')).text(), 'Cadangan terakhir tanpa data nasional')
})

start.run()
backup.run()
