import { randomUUID } from 'node:crypto'
import { asc, inArray } from 'drizzle-orm'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import type { Actor } from '#app/users/actor.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { households, regions, users } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { addDemoUsers, DEMO_DISTRICTS, DEMO_PASSWORD, demoPeople } from '#db/seeds/demo-users.ts'
import { tellVisits } from '#db/seeds/demo-visits.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'

const HOUSEHOLDS = 600
const DAY_MS = 86_400_000

// On an empty database: the regions of Indonesia, a small kabupaten with people at every stage, one user of each role.
export async function seedFirstTime(db: Db, dataDirectory: string, now = new Date()) {
  if (db.select({ id: users.id }).from(users).limit(1).get()) return
  console.log('Menyiapkan data contoh untuk pertama kali …')
  loadRegions(db)
  const villages = db.select({ code: regions.code }).from(regions).where(inArray(regions.parentCode, DEMO_DISTRICTS))
    .orderBy(asc(regions.code)).all().map(({ code }) => code)
  const people = demoPeople(villages)
  await addDemoUsers(db, people, now.toISOString())
  listHouseholds(db, villages, now)
  publish(db, people, now)
  await tellVisits(db, dataDirectory, people, now)
  tellLogins(people)
}

// 600 households over the six desa, as an imported prelist leaves them.
function listHouseholds(db: Db, villages: string[], now: Date) {
  const random = randomFrom(2026)
  const today = now.toISOString().slice(0, 10)
  transact(db, system, (tx) => {
    for (let serial = 1; serial <= HOUSEHOLDS; serial++) {
      createHousehold(tx, {
        id: randomUUID(), regionCode: villages[serial % villages.length]!, prelistId: `9934020${String(serial).padStart(6, '0')}`,
        orderNo: String(Math.ceil(serial / villages.length)), origin: 'prelist', record: makeHousehold({ serial, random, today }),
        cause: 'prelist:contoh', stage: 'listed',
      })
    }
  }, new Date(now.getTime() - 20 * DAY_MS))
}

// Four of the six desa are published; in the first two half of the rows are already in an officer's hands.
function publish(db: Db, { dinsos, petugas, petugas2 }: Record<string, Actor>, now: Date) {
  const rows = db.select({ id: households.id, regionCode: households.regionCode, number: households.number, stage: households.stage })
    .from(households).orderBy(asc(households.number)).all()
  const codes = [...new Set(rows.map(({ regionCode }) => regionCode))].sort()
  const published = rows.filter(({ regionCode }) => codes.indexOf(regionCode) < 4)
  transact(db, dinsos!, (tx) => published.forEach((row) => moveStage(tx, row, 'published')), new Date(now.getTime() - 18 * DAY_MS))
  const given = published.filter(({ number }) => number % 12 < 6)
  transact(db, dinsos!, (tx) => {
    for (const { id, regionCode } of given) {
      const officer = petugas!.regions.includes(regionCode) ? petugas! : petugas2!
      moveStage(tx, { id, stage: 'published' }, 'assigned', { note: `Petugas: ${officer.name}`, set: { officerId: officer.id } })
    }
  }, new Date(now.getTime() - 16 * DAY_MS))
}

function tellLogins(people: Record<string, Actor>) {
  console.log(`\nLogin contoh (kata sandi semuanya: ${DEMO_PASSWORD})`)
  for (const { id, name, role } of Object.values(people)) console.log(`  ${id.padEnd(10)} ${role.padEnd(22)} ${name}`)
  console.log('')
}
