import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { serve } from '@hono/node-server'
import { createApp } from '#app/app.tsx'
import { loadAssets } from '#app/assets.ts'
import { startNightlyBackup } from '#app/backup/nightly.ts'
import { readConfigOrEnd } from '#app/config.ts'
import { guardConnections, SERVER_OPTIONS } from '#app/connections.ts'
import { startPhotoStore } from '#app/files/away-following.ts'
import { startJobs } from '#app/jobs.ts'
import { startAlarms } from '#app/operation/alarms.ts'
import { watchDisk } from '#app/operation/disk.ts'
import { isJournal, openLog, takeOverConsole, wantsLines } from '#app/operation/log.ts'
import { makeMetrics } from '#app/operation/metrics.ts'
import { openPrepared, openPreparedNation } from '#app/operation/starting.ts'
import { stopGently } from '#app/operation/stopping.ts'
import { hasUsers } from '#app/users/users.ts'
import { startCheckpoints } from '#db/checkpoints.ts'
import { seedFirstTime } from '#db/seeds/first-time.ts'
import { loadRegions } from '#db/seeds/regions.ts'

// The heap may grow to 1.4 times what lives in it before it is swept; by default up to four times, on a machine with a gigabyte.
setFlagsFromString('--heap-growing-percent=40')

const startedAt = new Date()
const config = readConfigOrEnd()
mkdirSync(config.dataDirectory, { recursive: true })
const db = openPrepared(config)
// Once: every installation knows the regions of Indonesia, whoever works in them.
loadRegions(db)
if (config.demo) await seedFirstTime(db, config.dataDirectory)
const nation = config.databaseUrl ? await openPreparedNation(config.databaseUrl) : undefined
loadAssets()

const logging = wantsLines(config.log, process.stdout.isTTY === true) ? openLog({ journal: isJournal(config.journalStream) }) : undefined
if (logging) takeOverConsole(logging.log)
watchDisk(config.dataDirectory, config.disk)
let stopping = false
const watch = { log: logging?.log, metrics: makeMetrics({ db, dataDirectory: config.dataDirectory, startedAt, nation, backup: config.backup }, { whole: true }) }
const app = createApp({ ...config, db, nation, watch, startedAt, isStopping: () => stopping })
const stopWorks = [startPhotoStore(db, config), startJobs(db, config.dataDirectory), startNightlyBackup(config.dataDirectory, config.backup),
  startAlarms({ db, dataDirectory: config.dataDirectory, startedAt, nation, backup: config.backup })]
const stopCheckpoints = startCheckpoints(db, { aside: config.litestream })
const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host, serverOptions: SERVER_OPTIONS }, ({ port }) => {
  if (!config.keyFile) console.log('Data tersimpan TANPA enkripsi: SIKS_KEY_FILE belum diisi (npm run keys).')
  if (!hasUsers(db)) console.log('Belum ada pengguna. Undang admin pertama: npm run users -- admin NAMA_PENGGUNA "NAMA LENGKAP"')
  console.log(`SIKS siap di ${config.origin ?? `http://${config.host}:${port}`}`)
  logging?.log.info({ port, readyMs: Date.now() - startedAt.getTime() }, 'ready')
})
server.once('error', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `SIKS tidak dijalankan. Port ${config.port} di ${config.host} sudah dipakai program lain. Hentikan program itu, atau ganti PORT.` : error)
  logging?.flush()
  process.exit(1)
})
stopWorks.push(guardConnections(server as Server))

stopGently(server as Server, {
  seconds: config.stopSeconds, log: logging?.log,
  begin: () => {
    stopping = true
    stopWorks.forEach((stop) => stop())
  },
  end: async () => {
    await stopCheckpoints()
    await nation?.close()
    // Whoever starts next finds everything in one file. Litestream must have seen the log first.
    if (!config.litestream) db.$client.pragma('wal_checkpoint(TRUNCATE)')
    db.$client.close()
    logging?.flush()
  },
})
