import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { changesSince } from '#app/packs/changes.ts'
import { cutPack } from '#app/packs/pack.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions, userRegions, users } from '#db/schema/index.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

const VILLAGE = '99.01.01.2001'
const officer: Actor = { id: 'petugas', name: 'Petugas', role: 'enumerator', regions: [VILLAGE] }

// One officer's village: `tasks` households of his own, and as many again that are not, as the prelist has them.
export function makePackWorld(tasks: number): { db: Db, officer: Actor } {
  const db = openDatabase(':memory:')
  migrate(db)
  for (const [i, name] of ['Provinsi Contoh', 'Kabupaten Contoh', 'Kecamatan Contoh', 'Desa Contoh'].entries()) {
    const parts = VILLAGE.split('.').slice(0, i + 1)
    db.insert(regions).values({ code: parts.join('.'), name, level: i + 1, parentCode: parts.slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  }
  db.insert(users).values({ id: officer.id, username: officer.id, name: officer.name, role: officer.role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
  db.insert(userRegions).values({ userId: officer.id, regionCode: VILLAGE }).run()
  const random = randomFrom(1)
  transact(db, system, (tx) => {
    for (let serial = 0; serial < tasks * 2; serial++) {
      const id = randomUUID()
      createHousehold(tx, {
        id, regionCode: VILLAGE, prelistId: `99${String(serial).padStart(18, '0')}`, origin: 'prelist', cause: 'bench', stage: 'listed',
        record: makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: '2026-11-24' }),
      })
      if (serial < tasks) moveStage(tx, { id, stage: null }, 'downloaded', { set: { officerId: officer.id } })
    }
  })
  return { db, officer }
}

export type PackFigures = { packKb: number, plainKb: number, cutMs: number, unchangedBytes: number, unchangedMs: number }

// A pack as it goes over the wire, and what a phone that has it is told when nothing has changed.
export function measurePack(tasks: number): PackFigures {
  const world = makePackWorld(tasks)
  cutPack(world.db, world.officer)
  const began = performance.now()
  const { bytes, sequence } = cutPack(world.db, world.officer)
  const cut = performance.now()
  const unchanged = JSON.stringify(changesSince(world.db, world.officer, sequence))
  const told = performance.now()
  world.db.$client.close()
  return {
    packKb: gzipSync(bytes, { level: 6 }).length / 1000, plainKb: bytes.length / 1000, cutMs: cut - began,
    unchangedBytes: Buffer.byteLength(unchanged), unchangedMs: told - cut,
  }
}
