import { join } from 'node:path'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { newId } from '#app/ids.ts'
import { hashPassword } from '#app/sessions/passwords.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions, userRegions, users } from '#db/schema/index.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import type { Errand } from '#test/bench/deadline-phones.ts'
import { PASSWORD } from '#test/support/world.ts'

// A large kabupaten on its last day: every operator with a desa of his own, tasks in hand, and some visits on the phone.
export type Operator = { id: string, errands: Errand[], tasks: string[] }
export type Campaign = { operators: Operator[], coordinators: string[], officer: string }
type Size = { operators: number, visitsEach: number, tasksEach: number }

// Answers must hold on the day they are judged: a child who has since turned five lacks his schooling.
const TODAY = new Date().toISOString().slice(0, 10)
const DESA_EACH = 20
const pad = (n: number) => String(n).padStart(2, '0')
const districtOf = (n: number) => `99.01.${pad(Math.floor(n / DESA_EACH) + 1)}`
const desaOf = (n: number) => `${districtOf(n)}.20${pad(n % DESA_EACH + 1)}`

export async function makeCampaign(directory: string, size: Size): Promise<Campaign> {
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  const passwordHash = await hashPassword(PASSWORD)
  const places = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  const person = ({ id, role, regions: own }: Omit<Actor, 'name'>) => {
    db.insert(users).values({ id, username: id, name: `Petugas ${id}`, role, passwordHash, status: 'active', createdAt: '2026-01-01' }).run()
    for (const regionCode of own) db.insert(userRegions).values({ userId: id, regionCode }).run()
    return id
  }
  const districts = [...new Set(Array.from({ length: size.operators }, (_, n) => districtOf(n)))]
  places('99', 'Provinsi Contoh')
  places('99.01', 'Kabupaten Contoh')
  for (const code of districts) places(code, `Kecamatan ${code}`)
  for (let n = 0; n < size.operators; n++) places(desaOf(n), `Desa ${n}`)
  const coordinators = districts.map((code, n) => person({ id: `korcam-${n}`, role: 'district_coordinator', regions: [code] }))
  const officer = person({ id: 'dinsos', role: 'regency_officer', regions: ['99.01'] })
  const operators = Array.from({ length: size.operators }, (_, n) => {
    const id = person({ id: `desa-${n}`, role: n % 3 === 0 ? 'village_operator' : 'enumerator', regions: [desaOf(n)] })
    return giveTasks(db, { id, name: id, role: 'enumerator', regions: [] }, n, size)
  })
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
  db.$client.close()
  return { operators, coordinators, officer }
}

function giveTasks(db: Db, { id: officerId }: Actor, n: number, { visitsEach, tasksEach }: Size): Operator {
  const random = randomFrom(n + 1)
  const [errands, tasks]: [Errand[], string[]] = [[], []]
  transact(db, system, (tx) => {
    for (let i = 0; i < tasksEach; i++) {
      const [id, serial] = [newId(), n * tasksEach + i]
      const record = makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: TODAY })
      createHousehold(tx, { id, regionCode: desaOf(n), prelistId: `99${serial}`, origin: 'prelist', record, cause: 'bench', stage: 'listed' })
      moveStage(tx, { id, stage: null }, 'downloaded', { set: { officerId } })
      tasks.push(id)
      if (i < visitsEach) errands.push({ householdId: id, officerId, record })
    }
  })
  return { id: officerId, errands, tasks }
}
