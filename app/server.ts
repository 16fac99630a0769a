import { mkdirSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createApp } from '#app/app.tsx'
import { readConfig } from '#app/config.ts'
import { startJobs } from '#app/jobs.ts'
import { loadAssets } from '#app/assets.ts'
import { startCheckpoints } from '#db/checkpoints.ts'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { seedFirstTime } from '#db/seeds/first-time.ts'

const config = readConfig()
mkdirSync(config.dataDirectory, { recursive: true })
const db = openDatabase(config.database)
migrate(db)
if (config.demo) await seedFirstTime(db, config.dataDirectory)
loadAssets()

const app = createApp({ ...config, db })
const stopJobs = startJobs(db, config.dataDirectory)
const stopCheckpoints = startCheckpoints(db)
const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, ({ port }) =>
  console.log(`SIKS siap di ${config.origin ?? `http://${config.host}:${port}`}`))

// Requests under way are finished, then the database is closed: a restart loses nothing.
function stop() {
  stopJobs()
  server.close(async () => {
    await stopCheckpoints()
    db.$client.close()
    process.exit(0)
  })
  setTimeout(() => process.exit(1), 10_000).unref()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
