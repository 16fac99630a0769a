import { and, desc, eq } from 'drizzle-orm'
import { catchUp } from '#app/evidence/following.ts'
import { moveStage } from '#app/households/moves.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { Actor } from '#app/users/actor.ts'
import { submitWhole } from '#app/visits/whole.ts'
import { households } from '#db/schema/index.ts'
import { photosFor } from '#db/seeds/demo-photos.ts'
import type { Demo } from '#db/seeds/demo.ts'
import { makeHome } from '#db/seeds/homes.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'

const MINUTE = 60_000
const EACH = 10
const BALAI_DESA = { latitude: -7.9741, longitude: 110.2253 }

// Two more officers of the first desa, so that there is somebody to hold an interview against. Yuni works as one should; Dedi
// makes some of his visits from the village hall.
export async function tellEvidence(demo: Demo, daysAgo: number) {
  const { db, people, villages } = demo
  const free = db.select().from(households).where(and(eq(households.regionCode, villages[0]!), eq(households.stage, 'published')))
    .orderBy(desc(households.number)).limit(2 * EACH).all()
  for (const [i, household] of free.entries()) await visit(demo, i % 2 ? people.petugas4! : people.petugas3!, household, { turn: Math.floor(i / 2), daysAgo })
  await catchUp(db, () => demo.daysAgo(0).toISOString())
}

type Row = typeof households.$inferSelect

async function visit(demo: Demo, officer: Actor, { id, regionCode, record: master, version }: Row, { turn, daysAgo }: { turn: number, daysAgo: number }) {
  const { db, dataDirectory, people } = demo
  const random = randomFrom(600 + turn * 2 + Number(officer === people.petugas3))
  const fromHall = officer === people.petugas3 && turn >= 6
  const activeMs = (fromHall ? random.between(5, 8) : 18 + 3 * master.members.length + random.between(-4, 6)) * MINUTE
  const opened = demo.daysAgo(daysAgo - Math.floor(turn / 5)).setUTCHours(1 + turn % 5, 10 + turn % 5 * 6, 0, 0)
  const ended = new Date(opened + activeMs + 6 * MINUTE)
  const during = (share: number) => new Date(opened + share * (activeMs + 4 * MINUTE)).toISOString()
  const around = () => (random.below(2001) - 1000) / 90_000
  const point = fromHall ? BALAI_DESA : { latitude: -7.975 + around(), longitude: 110.226 + around() }
  const changed = fromHall ? {} : { ...makeHome(random, 0.5), ...(random.chance(0.5) ? { hasTv: true } : {}) }
  const record = structuredClone(master)
  Object.assign(record.household, { hasilVerivali: 1 }, withSame(changed, ['floorType', 'roofType', 'bedroomCount', 'floorAreaM2', 'hasFridge', 'hasBicycle', 'hasTv', 'goatSheepCount']))
  const visitId = random.uuid()
  const photos = await photosFor(dataDirectory, visitId, PHOTO_KINDS.map(({ code }) => code))
  const taken = photos.map((photo, i) => ({ ...photo, takenAt: fromHall ? new Date(opened + 2 * MINUTE + i * 2500).toISOString() : during(0.5 + i * 0.05) }))
  transact(db, people.dinsos!, (tx) => moveStage(tx, { id, stage: 'published' }, 'assigned', { subject: `officer:${officer.id}`, set: { officerId: officer.id } }), new Date(opened - 20 * MINUTE))
  transact(db, officer, (tx) => submitWhole(tx, { id, regionCode, stage: 'assigned' }, {
    visitId, baseVersion: version,
    visit: { record: JSON.parse(JSON.stringify(record)), questionnaireVersion: '2026', openedAt: during(0), activeMs, coordinate: { ...point, accuracyM: random.between(5, 18), locatedAt: during(0.4) } },
  }, taken), ended)
}

const withSame = (answers: Record<string, unknown>, keys: string[]) => Object.fromEntries(keys.flatMap((key) => key in answers ? [[key, answers[key]]] : []))
