import { and, asc, eq } from 'drizzle-orm'
import { approveVisit, returnVisit } from '#app/reviews/decisions.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { Actor } from '#app/users/actor.ts'
import { submitWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { photosFor } from '#db/seeds/demo-photos.ts'
import type { Demo } from '#db/seeds/demo.ts'
import type { Random } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const VISITS_A_DAY = 6
const ALL = PHOTO_KINDS.map(({ code }) => code)

// The last verified one of the newest wave has lost its KK and waits for Dukcapil.
const WITHOUT_CARD = 5

// How far a visit has come, and how many of each officer have come so far.
export type Fate = 'submitted' | 'returned' | 'checked' | 'recheck' | 'verified'
export type Wave = { fates: [Fate, number][], daysAgo: number }

// Visits of the two officers as they would have come, through the same operations as real ones.
export async function tellVisits(demo: Demo, { fates, daysAgo }: Wave) {
  for (const officer of [demo.people.petugas!, demo.people.petugas2!]) {
    const tasks = tasksOf(demo.db, officer.id)
    let turn = 0
    for (const [fate, count] of fates) {
      for (let i = 0; i < count; i += 1, turn += 1) {
        const at = demo.daysAgo(daysAgo - Math.floor(turn / VISITS_A_DAY))
        at.setUTCHours(2 + turn % VISITS_A_DAY, turn % VISITS_A_DAY * 7)
        const visitId = await visit(demo, officer, tasks[turn]!, { at, odd: i % 5 === 4, away: fate === 'submitted' && i % 5 === 3, noCard: fate === 'verified' && i === WITHOUT_CARD })
        decide(demo, officer, visitId, fate, at)
      }
    }
  }
}

const tasksOf = (db: Db, officerId: string) => db.select().from(households)
  .where(and(eq(households.officerId, officerId), eq(households.stage, 'assigned'))).orderBy(asc(households.number)).all()

type Task = ReturnType<typeof tasksOf>[number]

// odd: too short, and from a poor fix: what a checker should look at. away: nobody was found. noCard: the KK is lost.
async function visit({ db, dataDirectory, random }: Demo, officer: Actor, { id, record: master, regionCode, version: baseVersion }: Task, { at, odd, away, noCard }: { at: Date, odd: boolean, away: boolean, noCard: boolean }) {
  const visitId = random.uuid()
  const record = structuredClone(master)
  Object.assign(record.household, away ? { hasilVerivali: 2 } : { hasilVerivali: 1, floorType: random.pick([2, 4, 6]), hasFridge: random.chance(0.6) })
  if (noCard) record.families = record.families.map(({ familySeq }) => ({ familySeq, kkMissingReason: 2 }))
  const photos = await photosFor(dataDirectory, visitId, away ? ['F-RUMAH'] : noCard ? ALL.filter((kind) => kind !== 'F-KK') : ALL)
  const activeMs = odd ? 170_000 : random.between(16, 44) * 60_000
  const opened = at.getTime() - activeMs - 5 * MINUTE_MS
  const during = (share: number) => new Date(opened + share * (activeMs + 4 * MINUTE_MS)).toISOString()
  const visit = {
    record: JSON.parse(JSON.stringify(record)), questionnaireVersion: '2026', openedAt: during(0), activeMs,
    coordinate: { ...pointIn(random, regionCode), accuracyM: odd ? 85 : random.between(5, 18), locatedAt: during(0.5) },
  }
  const taken = photos.map((photo, i) => ({ ...photo, takenAt: during(0.55 + i * 0.05) }))
  transact(db, officer, (tx) => submitWhole(tx, { id, regionCode, stage: 'assigned' }, { visitId, baseVersion, visit }, taken), at)
  return visitId
}

// Somewhere near the middle of the desa.
const MIDDLES: Record<string, [latitude: number, longitude: number]> = {
  '34.02.01.2001': [-7.975, 110.226], '34.02.01.2002': [-7.946, 110.247], '34.02.02.2001': [-7.985, 110.252],
  '34.02.02.2002': [-7.986, 110.272], '34.02.02.2003': [-7.990, 110.291], '34.02.02.2004': [-7.966, 110.283],
}
function pointIn(random: Random, regionCode: string) {
  const [latitude, longitude] = MIDDLES[regionCode] ?? [-7.97, 110.25]
  const around = () => (random.below(2001) - 1000) / 100_000
  return { latitude: latitude + around(), longitude: longitude + around() }
}

function decide({ db, people, random }: Demo, officer: Actor, visitId: string, fate: Fate, at: Date) {
  if (fate === 'submitted') return
  const checker = officer === people.petugas ? people.korcam! : people.korcam2!
  const [checkedAt, verifiedAt] = [25, 49].map((hours) => new Date(at.getTime() + hours * HOUR_MS))
  const decision = () => ({ key: random.uuid(), revision: 1, note: '', documents: { 1: '1' }, remarks: {} })
  if (fate === 'returned') {
    const remarks = { 'household.floorType': 'Foto lantai tidak cocok dengan jawaban.', 'families.0.kkNumber': 'Nomor KK pada foto tidak terbaca, foto ulang.' }
    transact(db, checker, (tx) => returnVisit(tx, visitId, { ...decision(), note: 'Mohon diperbaiki, lalu kirim lagi.', remarks }, 'officer'), checkedAt)
    return
  }
  transact(db, checker, (tx) => approveVisit(tx, visitId, decision()), checkedAt)
  if (fate === 'verified') transact(db, people.dinsos!, (tx) => approveVisit(tx, visitId, { ...decision(), documents: {} }), verifiedAt)
  if (fate === 'recheck') {
    transact(db, people.dinsos!, (tx) => returnVisit(tx, visitId, {
      ...decision(), documents: {}, note: 'NIK anggota kedua belum dicocokkan dengan KTP. Periksa sekali lagi.', remarks: {},
    }, 'checker'), verifiedAt)
  }
}
