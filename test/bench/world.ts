import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '#app/ids.ts'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { recordFile } from '#app/files/store.ts'
import { startSession } from '#app/sessions/sessions.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions, userRegions, users, visitPhotos, visits } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'

export type BenchWorld = { directory: string, officer: string, coordinator: string, waiting: string[], drafts: { household: string, visit: string }[] }

const VILLAGES = 20
const officer: Actor = { id: 'petugas', name: 'Petugas', role: 'enumerator', regions: ['99.01'] }
const coordinator: Actor = { id: 'korcam', name: 'Korcam', role: 'district_coordinator', regions: ['99.01.01'] }

// Answers must hold on the day they are judged.
const TODAY = new Date().toISOString().slice(0, 10)

// worn: with all the folders of a store long in use. A kecamatan of `households`: some in the officer's hands, some with a draft whose photo has arrived, the rest waiting in the queue.
export async function makeWorld(directory: string, { households, inHand, drafts, worn = true }: { households: number, inHand: number, drafts: number, worn?: boolean }): Promise<BenchWorld> {
  if (worn) makeFolders(directory)
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  addPlaces(db)
  const ids = addHouseholds(db, households)
  const world: BenchWorld = {
    directory, officer: await startSession(db, officer.id, 'bench'), coordinator: await startSession(db, coordinator.id, 'bench'),
    waiting: ids.slice(0, inHand), drafts: addDrafts(db, ids.slice(inHand, inHand + drafts)),
  }
  queueUp(db, ids.slice(inHand + drafts))
  db.$client.close()
  return world
}

// A store that has been in use: its 65,536 folders are there.
function makeFolders(directory: string) {
  const pair = (n: number) => n.toString(16).padStart(2, '0')
  for (let i = 0; i < 65_536; i++) mkdirSync(join(directory, 'photos', pair(i >> 8), pair(i & 255)), { recursive: true })
}

function addPlaces(db: Db) {
  const add = (code: string, name: string) => db.insert(regions).values({ code, name, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  add('99', 'Provinsi Contoh'); add('99.01', 'Kabupaten Contoh'); add('99.01.01', 'Kecamatan Contoh')
  for (let i = 1; i <= VILLAGES; i++) add(villageOf(i), `Desa ${i}`)
  for (const { id, name, role, regions: places } of [officer, coordinator]) {
    db.insert(users).values({ id, username: id, name, role, passwordHash: '', status: 'active', createdAt: '2026-01-01' }).run()
    for (const regionCode of places) db.insert(userRegions).values({ userId: id, regionCode }).run()
  }
}

const villageOf = (n: number) => `99.01.01.${2000 + 1 + (n % VILLAGES)}`

function addHouseholds(db: Db, count: number): string[] {
  const random = randomFrom(1)
  const ids: string[] = []
  for (let from = 0; from < count; from += 1000) {
    transact(db, system, (tx) => {
      for (let serial = from; serial < Math.min(count, from + 1000); serial++) {
        const id = newId()
        createHousehold(tx, { id, regionCode: villageOf(serial), prelistId: `99${serial}`, origin: 'prelist', record: makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: TODAY }), cause: 'bench', stage: 'listed' })
        moveStage(tx, { id, stage: null }, 'downloaded', { set: { officerId: officer.id } })
        ids.push(id)
      }
    })
  }
  return ids
}

function addDrafts(db: Db, ids: string[]) {
  const at = new Date().toISOString()
  return transact(db, system, (tx) => ids.map((household, i) => {
    const visit = newId()
    addVisit(tx.db, household, visit, 'draft', at)
    const sha256 = i.toString(16).padStart(64, 'a')
    recordFile(tx, { sha256, mime: 'image/jpeg', bytes: 1 }, visit)
    tx.db.insert(visitPhotos).values({ visitId: visit, kind: 'F-RUMAH', sha256, addedAt: at }).run()
    return { household, visit }
  }))
}

function queueUp(db: Db, ids: string[]) {
  transact(db, system, (tx) => ids.forEach((id, i) => {
    const at = new Date(Date.now() - i * 1000).toISOString()
    const visit = newId()
    addVisit(tx.db, id, visit, 'submitted', at)
    moveStage(tx, { id, stage: null }, 'submitted', { set: { visitId: visit, outcome: 1 } })
  }))
}

const addVisit = (db: Db, householdId: string, id: string, status: 'draft' | 'submitted', at: string) => db.insert(visits).values({
  id, householdId, regionCode: villageOf(1), officerId: officer.id, status, record: { household: {}, families: [], members: [], children: [], businesses: [] },
  savedSections: {}, revision: 1, baseVersion: 1, questionnaireVersion: '2026', openedAt: at, activeMs: 1_200_000,
  ...(status === 'submitted' ? { outcome: 1, latitude: -7.9, longitude: 110.3, accuracyM: 9, submittedAt: at } : {}),
}).run()
