import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readConfig } from '#app/config.ts'
import { createHousehold } from '#app/households/records.ts'
import { system } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'
import { shareOut, villagesFor } from '#db/seeds/villages.ts'
import { transact, type Tx } from '#db/transaction.ts'

export type Wanted = { households: number, seed: number, region: string, today: string }

const PER_TRANSACTION = 500

// Any number of households over real villages, a few hundred to a transaction and never more of them in memory.
// The same seed and day give the same people; ids say which seed they came from, so that two seeds may lie side by side.
export function* seedHouseholds(db: Db, { households, seed, region, today }: Wanted): Generator<number> {
  const random = randomFrom(seed)
  const villages = shareOut(random, villagesFor(db, households, region), households)
  let serial = 0
  for (const { code, households: count } of villages) {
    for (let made = 0; made < count; made += PER_TRANSACTION) {
      const some = Math.min(PER_TRANSACTION, count - made)
      transact(db, system, (tx) => {
        for (let i = 0; i < some; i += 1) seedOne(tx, code, ++serial, { seed, today }, random)
      })
      yield serial
    }
  }
}

function seedOne(tx: Tx, regionCode: string, serial: number, { seed, today }: Pick<Wanted, 'seed' | 'today'>, random: ReturnType<typeof randomFrom>) {
  const record = makeHousehold(random, { regionCode, serial, today })
  const id = `s${seed}-${String(serial).padStart(8, '0')}`
  createHousehold(tx, { id, regionCode, prelistId: id.toUpperCase(), orderNo: String(serial), origin: 'prelist', record, cause: `seed:${seed}`, stage: 'published' })
}

function run() {
  const { values } = parseArgs({ options: {
    households: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, region: { type: 'string', default: '34.02' },
  } })
  const [households, seed] = [Number(values.households), Number(values.seed)]
  if (!Number.isInteger(households) || households < 1 || !Number.isInteger(seed)) throw new Error('Usage: npm run seed -- --households N [--seed S] [--region 34.02]')
  const { dataDirectory, database } = readConfig()
  mkdirSync(dataDirectory, { recursive: true })
  const db = openDatabase(database)
  migrate(db)
  loadRegions(db)
  const wanted = { households, seed, region: values.region, today: new Date().toISOString().slice(0, 10) }
  const begun = performance.now()
  let said = 0
  for (const done of seedHouseholds(db, wanted)) {
    if (done - said < 10_000 && done < wanted.households) continue
    said = done
    console.log(`${done} of ${wanted.households} households, ${Math.round(done / (performance.now() - begun) * 1000)} a second`)
  }
  db.$client.close()
}

if (process.argv[1]?.endsWith('db/seeds/run.ts')) run()
