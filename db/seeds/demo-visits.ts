import { randomUUID } from 'node:crypto'
import { and, asc, eq } from 'drizzle-orm'
import { approveVisit, returnVisit } from '#app/reviews/decisions.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import { receiveWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'
import { photosFor } from '#db/seeds/demo-photos.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'

const DAY_MS = 86_400_000
const ALL = PHOTO_KINDS.map(({ code }) => code)

type Fate = 'submitted' | 'returned' | 'checked' | 'verified'
// How far the visits of the two officers have come: enough for every role to have something to do.
const FATES: [Fate, number][] = [['submitted', 12], ['returned', 3], ['checked', 8], ['verified', 10]]

// Visits as they would have come, through the same operations as real ones.
export async function tellVisits(db: Db, dataDirectory: string, people: Record<string, Actor>, now: Date) {
  const random = randomFrom(7)
  for (const officer of [people.petugas!, people.petugas2!]) {
    const tasks = demoTasks(db, officer.id)
    let turn = 0
    for (const [fate, count] of FATES) {
      for (let i = 0; i < count; i++) {
        const task = tasks[turn++]!
        const at = new Date(now.getTime() - (12 - turn / 6) * DAY_MS)
        const visitId = await visit(db, dataDirectory, officer, task, { random, at, odd: i % 5 === 4 })
        decide(db, people, visitId, officer, fate, new Date(at.getTime() + DAY_MS))
      }
    }
  }
}

const demoTasks = (db: Db, officerId: string) => db.select().from(households)
  .where(and(eq(households.officerId, officerId), eq(households.stage, 'assigned'))).orderBy(asc(households.number)).all()

type Told = { random: Random, at: Date, odd: boolean }

async function visit(db: Db, dataDirectory: string, officer: Actor, task: { id: string, record: HouseholdRecord, regionCode: string }, { random, at, odd }: Told) {
  const visitId = randomUUID()
  const record = structuredClone(task.record)
  Object.assign(record.household, { hasilVerivali: 1, floorType: random.pick([2, 4, 6]), hasFridge: random.chance(0.6) })
  const photos = await photosFor(dataDirectory, visitId, ALL)
  const village = Number(task.regionCode.slice(-1))
  transact(db, officer, (tx) => receiveWhole(tx, task.id, visitId, {
    record: JSON.parse(JSON.stringify(record)), questionnaireVersion: '2026', openedAt: at.toISOString(), activeMs: odd ? 170_000 : random.int(16, 44) * 60_000,
    coordinate: {
      latitude: -7.955 - village * 0.012 + random.next() * 0.01, longitude: 110.215 + random.next() * 0.02, accuracyM: odd ? 85 : random.int(5, 18), locatedAt: at.toISOString(),
    },
  }, photos), at)
  return visitId
}

function decide(db: Db, people: Record<string, Actor>, visitId: string, officer: Actor, fate: Fate, at: Date) {
  if (fate === 'submitted') return
  const checker = officer === people.petugas ? people.korcam! : people.korcam2!
  const decision = { revision: 1, note: '', documents: { 1: '1' }, remarks: {} }
  if (fate === 'returned') {
    transact(db, checker, (tx) => returnVisit(tx, visitId, {
      ...decision, key: randomUUID(), note: 'Mohon diperbaiki, lalu kirim lagi.', remarks: { 'household.floorType': 'Foto lantai tidak cocok dengan jawaban.', 'photos.F-KK': 'Nomor KK tidak terbaca, foto ulang.' },
    }, 'officer'), at)
    return
  }
  transact(db, checker, (tx) => approveVisit(tx, visitId, { ...decision, key: randomUUID() }), at)
  if (fate === 'verified') transact(db, people.dinsos!, (tx) => approveVisit(tx, visitId, { ...decision, key: randomUUID(), documents: {} }), new Date(at.getTime() + DAY_MS))
}
