import { sql } from 'drizzle-orm'
import { catchUp as judgeAll } from '#app/evidence/following.ts'
import { createHousehold } from '#app/households/records.ts'
import { moveStage } from '#app/households/moves.ts'
import { ageOn } from '#app/questionnaire/age.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { keepPrints } from '#app/prints/keeping.ts'
import { printVisit } from '#app/prints/printing.ts'
import { catchUpQuality } from '#app/quality/following.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { submitWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { officerFigures, regions, userRegions, users } from '#db/schema/index.ts'
import { makeHome } from '#db/seeds/homes.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { KINDS, makeOfficer, normal, planVisits, shifted, type House, type Officer, type Plan, type Point } from '#test/support/fabricators.ts'
import { byName, disguise, store, takeScene } from '#test/support/scenes.ts'

// A campaign of two kecamatan with honest and fabricating officers, told to the real product: every visit is submitted by the very
// operation the phones' deliveries use, its photos are printed, its evidence judged, the officers' figures kept.
export type Campaign = { seed: number, visitsEach: number, fabricating: number }
export type Told = { officerId: string, kind: Officer['kind'], level: string, score: number, codes: string[], visits: number, fabricated: number, alone: boolean, dense: boolean }

const FROM = Date.parse('2026-07-01T00:00:00.000Z')
const TODAY = '2026-07-01'
const LATEST = '2026-08-15'
// How many officers work in each desa, by kecamatan; in one of each the houses stand wall to wall.
const DESA = [['34.02.11.2001', 4], ['34.02.11.2002', 1], ['34.02.11.2003', 3], ['34.02.12.2001', 5], ['34.02.12.2002', 3], ['34.02.12.2003', 4]] as const
const DENSE = new Set(['34.02.11.2003', '34.02.12.2001'])

export async function runCampaign(db: Db, directory: string, { seed, visitsEach, fabricating }: Campaign): Promise<Told[]> {
  const random = randomFrom(seed)
  addRegions(db)
  const work: { officer: Officer, actor: Actor, plans: Plan[], desa: string }[] = []
  DESA.forEach(([desa, count], place) => {
    const middle = { latitude: -7.9 - place * 0.05, longitude: 110.2 + place * 0.04 }
    for (let i = 0; i < count; i += 1) {
      const kind: Officer['kind'] = random.chance(fabricating) ? random.pick([...KINDS, 'mixed' as const]) : 'honest'
      const officer = makeOfficer(random, `officer-${place}-${i}`, kind, middle)
      const actor = addOfficer(db, officer.id, desa)
      const houses = makeHouses(random, desa, middle, visitsEach).map((house) => addHouse(db, random, actor, desa, house, work.length))
      work.push({ officer, actor, desa, plans: planVisits(random, officer, houses, FROM) })
    }
  })
  await tell(db, directory, random, work)
  return readTold(db, work)
}

function addRegions(db: Db) {
  const names: [string, string][] = [['34', 'DIY'], ['34.02', 'KAB. BANTUL'], ['34.02.11', 'Kecamatan Satu'], ['34.02.12', 'Kecamatan Dua'], ...DESA.map(([code], i): [string, string] => [code, `Desa ${i + 1}`])]
  for (const [code, name] of names) {
    const parts = code.split('.')
    db.insert(regions).values({ code, name, level: parts.length, parentCode: parts.slice(0, -1).join('.') || null, validFrom: '2020-01-01' }).onConflictDoNothing().run()
  }
}

function addOfficer(db: Db, id: string, desa: string): Actor {
  db.insert(users).values({ id, username: id, name: id, role: 'enumerator', passwordHash: '-', status: 'active', createdAt: new Date(FROM).toISOString() }).run()
  db.insert(userRegions).values({ userId: id, regionCode: desa }).run()
  return { id, name: id, role: 'enumerator', regions: [desa] }
}

// Hamlets with houses around, or a kampung whose houses share their walls; the prelist's points are mostly near, some far off.
function makeHouses(random: Random, desa: string, middle: Point, count: number): House[] {
  const dense = DENSE.has(desa)
  const hamlets = [1, 2, 3].map(() => shifted(middle, normal(random) * 500, normal(random) * 500))
  const houses: House[] = []
  for (let i = 0; i < count; i += 1) {
    const [hamlet, before] = [hamlets[i % 3]!, houses[i - 3]]
    const isTwin = before !== undefined && random.chance(0.06)
    const point = before && (dense || isTwin) ? shifted(before.point, random.between(5, 8), normal(random)) : shifted(hamlet, normal(random) * 130, normal(random) * 130)
    const listed = random.chance(0.15) ? null : random.chance(0.08) ? shifted(point, normal(random) * 500, normal(random) * 500) : shifted(point, normal(random) * 15, normal(random) * 15)
    houses.push({ id: random.uuid(), point, listed, members: 0, ...(isTwin ? { twinOf: before.id } : {}) })
  }
  return houses
}

let serial = 0
const records = new WeakMap<House, HouseholdRecord>()

function addHouse(db: Db, random: Random, officer: Actor, regionCode: string, house: House, officers: number): House {
  const record = unaged(random, regionCode, (serial += 1) + officers)
  Object.assign(record.household, house.listed ?? {})
  transact(db, system, (tx) => {
    createHousehold(tx, { id: house.id, regionCode, prelistId: `99${house.id}`, origin: 'prelist', record, cause: 'prelist:campaign', stage: 'listed' })
    moveStage(tx, { id: house.id, stage: null }, 'assigned', { set: { officerId: officer.id } })
  }, new Date(FROM))
  const whole = { ...house, members: record.members.length }
  records.set(whole, record)
  return whole
}

// Nobody has a birthday during the campaign: it may ask for answers the prelist does not have.
function unaged(random: Random, regionCode: string, number: number): HouseholdRecord {
  for (;;) {
    const record = makeHousehold(random, { regionCode, serial: number, today: TODAY })
    if (record.members.every(({ birthDate }) => ageOn(String(birthDate), TODAY) === ageOn(String(birthDate), LATEST))) return record
  }
}

// Answers that hang together are found otherwise together.
const GROUPS = [['floorAreaM2', 'floorType'], ['wallType', 'wallCondition'], ['roofType', 'roofCondition'], ['bedroomCount'], ['drinkingWater', 'waterProvider', 'waterMeterId', 'waterAcquisition'],
  ['cookingFuel'], ['toiletUse', 'toiletType', 'fecalDisposal'], ['hasLand', 'landAreaM2'], ['buildingTenure', 'landTenure'], ['hasGasCylinder'], ['hasFridge'], ['hasTv'], ['hasGold'],
  ['hasComputer'], ['hasBicycle'], ['hasMotorcycle'], ['hasCar'], ['cattleCount'], ['goatSheepCount']]

function answersFound(random: Random, record: HouseholdRecord, changes: number): HouseholdRecord {
  const found = structuredClone(record)
  const other: Answers = makeHome(random, random.below(1000) / 1000)
  for (const keys of GROUPS) {
    if (!random.chance(changes)) continue
    for (const key of keys) delete found.household[key]
    for (const key of keys) if (other[key] !== undefined) found.household[key] = other[key]
  }
  return JSON.parse(JSON.stringify(found)) as HouseholdRecord
}

type Work = { officer: Officer, actor: Actor, plans: Plan[], desa: string }[]

// In the order in which they reach the server, a day's work judged in its night.
async function tell(db: Db, directory: string, random: Random, work: Work) {
  const all = work.flatMap(({ actor, desa, plans }) => plans.map((plan, i) => ({ actor, desa, plan, sequence: i + 1 }))).sort((a, b) => a.plan.sentMs - b.plan.sentMs)
  const shown: Buffer[] = []
  let night = ''
  for (const { actor, desa, plan, sequence } of all) {
    const day = new Date(plan.sentMs).toISOString().slice(0, 10)
    if (day !== night) await judgeAll(db, () => new Date(plan.sentMs).toISOString())
    night = day
    const visitId = random.uuid()
    const photo = await photoOf(random, plan, shown)
    submit(db, actor, desa, plan, { visitId, sequence, record: answersFound(random, records.get(plan.house)!, plan.changes), photo: photo ? store(directory, photo) : byName(visitId) })
    if (photo) keepPrints(db, visitId, await printVisit(db, directory, visitId))
  }
  const last = () => new Date(all.at(-1)!.plan.sentMs + 3_600_000).toISOString()
  await judgeAll(db, last)
  await catchUpQuality(db, last)
}

// A picture costs a tenth of a second to be compared with all others, so of the honest ones only some lie there in full: every
// house with a twin, and enough of the rest for those who take other people's.
async function photoOf(random: Random, plan: Plan, shown: Buffer[]): Promise<Buffer | undefined> {
  if (!plan.scene.own && shown.length > 0) return disguise(random.pick(shown), random.below(1e9))
  if (plan.house.twinOf === undefined && !random.chance(0.08)) return undefined
  const photo = await takeScene(sceneOf(plan.house))
  shown.push(photo)
  return photo
}

const numberOf = (id: string) => Number.parseInt(id.slice(0, 8), 16)
const sceneOf = ({ id, twinOf }: House) => ({ number: numberOf(id), ...(twinOf ? { neighbour: numberOf(twinOf) } : {}) })

type Made = { visitId: string, sequence: number, record: HouseholdRecord, photo: ReturnType<typeof store> }
const isoOf = (ms: number) => new Date(ms).toISOString()

function submit(db: Db, actor: Actor, regionCode: string, plan: Plan, { visitId, sequence, record, photo }: Made) {
  const { clockMs, found, photoMs: [from, to] } = plan
  record.household.hasilVerivali = found ? 1 : 2
  const kinds = PHOTO_KINDS.slice(0, found ? PHOTO_KINDS.length : 1)
  const photos = kinds.map(({ code }, i) => ({ kind: code, file: i === 0 ? photo : byName(`${visitId} ${code}`), takenAt: isoOf(Math.round(from + (to - from) * i / kinds.length) + clockMs) }))
  transact(db, actor, (tx) => submitWhole(tx, { id: plan.house.id, regionCode, stage: 'assigned' }, {
    visitId, baseVersion: 1, deviceId: `phone-${actor.id}`, sequence, madeAt: isoOf(plan.startMs + plan.spanMs + clockMs),
    visit: {
      record, questionnaireVersion: '2026', openedAt: isoOf(plan.startMs + clockMs), activeMs: plan.activeMs,
      coordinate: { ...plan.point, accuracyM: plan.accuracyM, locatedAt: plan.fixMs === null ? null : isoOf(plan.fixMs + clockMs) },
    },
  }, photos), new Date(plan.sentMs))
  // The first photo alone lies on the disk, if any; of the others the name is known.
  db.$client.prepare("UPDATE files SET stored_at = '' WHERE first_visit_id = ? AND bytes = ?").run(visitId, byName('').bytes)
}

const readTold = (db: Db, work: Work): Told[] => work.map(({ officer, plans, desa }) => {
  const found = db.select().from(officerFigures).where(sql`${officerFigures.officerId} = ${officer.id} AND ${officerFigures.month} = ''`).get()
  return {
    officerId: officer.id, kind: officer.kind, level: found?.level ?? 'unknown', score: found?.score ?? 0, codes: (found?.reasons ?? []).map(({ code }) => code), visits: found?.visits ?? 0,
    fabricated: plans.filter(({ madeUp }) => madeUp !== null).length, alone: DESA.some(([code, count]) => code === desa && count === 1), dense: DENSE.has(desa),
  }
})

export const isFabricating = ({ kind }: Pick<Told, 'kind'>): boolean => (KINDS as readonly string[]).includes(kind)
