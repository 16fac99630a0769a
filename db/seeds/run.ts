import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { readConfig } from '#app/config.ts'
import { openClient, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import * as schema from '#db/schema/index.ts'
import { threads } from '#db/seeds/bulk/makers.ts'
import { seedBulk } from '#db/seeds/bulk/run.ts'

// A register of any size as three years of work leave it, into a data directory that has none. The same number, seed and day
// give the same people and the same past.
async function run() {
  const { values } = parseArgs({ options: {
    households: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, region: { type: 'string' },
  } })
  const [households, seed] = [Number(values.households), Number(values.seed)]
  if (!Number.isInteger(households) || households < 1 || !Number.isInteger(seed)) throw new Error('Usage: npm run seed -- --households N [--seed S] [--region 34.02,33.10]')
  const { dataDirectory, database } = readConfig()
  if (existsSync(database)) throw new Error(`${database} is there already: seed into an empty SIKS_DATA.`)
  mkdirSync(dataDirectory, { recursive: true })
  // Under another name until it is whole: what is written without a journal does not survive being broken off.
  const unfinished = `${database}.seeding`
  rmSync(unfinished, { force: true })
  const db: Db = drizzle({ client: openClient(unfinished), schema })
  migrate(db)
  const wanted = { households, seed, regions: values.region?.split(','), today: new Date().toISOString().slice(0, 10), dataDirectory }
  await seedBulk(db, wanted, { tell: progressOf(console.log), makers: threads })
  db.$client.close()
  renameSync(unfinished, database)
}

// At most a line a second; what is left at the pace so far.
function progressOf(say: (line: string) => void) {
  let [step, begun, said] = ['', 0, 0]
  return (name: string, done: number, total: number) => {
    const now = performance.now()
    if (name !== step) [step, begun, said] = [name, now, 0]
    if (now - said < 1000) return
    said = now
    const seconds = (now - begun) / 1000
    say(`${Math.round(performance.now() / 1000)} s: ${name} ${done}${total > 0 ? ` of ${total}` : ''}${total > 0 && done > 0 ? `, about ${Math.round(seconds / done * (total - done))} s left` : ''}`)
  }
}

if (process.argv[1]?.endsWith('db/seeds/run.ts')) await run()
