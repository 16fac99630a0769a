import type { Random } from '#db/seeds/random.ts'

// How officers work, honest and not, as plans of single visits. Pure: campaign.ts makes real visits of them.

export const KINDS = ['home_filler', 'speeder', 'sleeper', 'photo_reuser', 'gps_repeater', 'mixed'] as const
export type Kind = typeof KINDS[number]
export type Single = Exclude<Kind, 'mixed'>

export type Point = { latitude: number, longitude: number }
// A house of the desa: where it is, and what the prelist says of that (null: nothing).
export type House = { id: string, point: Point, listed: Point | null, members: number, twinOf?: string }

// One visit as it will be submitted. changes: which share of what may differ from the prelist was looked at and found otherwise.
// scene: what the photo of the house shows, or that it is somebody else's. madeUp: how, where nobody was called at.
export type Plan = {
  house: House, madeUp: Single | null, found: boolean, startMs: number, spanMs: number, activeMs: number, point: Point, accuracyM: number, fixMs: number | null
  photoMs: [from: number, to: number], changes: number, scene: { own: true, neighbour?: string } | { own: false, from: 'anybody' }, clockMs: number, sentMs: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const METRES = 111_195

export function normal(random: Random) {
  let sum = 0
  for (let i = 0; i < 12; i += 1) sum += random.below(1_000_000) / 1_000_000
  return sum - 6
}

export const shifted = ({ latitude, longitude }: Point, east: number, north: number): Point =>
  ({ latitude: latitude + north / METRES, longitude: longitude + east / (METRES * Math.cos(latitude * Math.PI / 180)) })
const jittered = (random: Random, point: Point, metres: number) => shifted(point, normal(random) * metres, normal(random) * metres)

// What an officer brings along: a pace, a phone, habits, an eye for what has changed. None of it is guilt.
export type Officer = { id: string, kind: Kind | 'honest', pace: number, badGps: number, clockMs: number, evenings: number, notFound: number, eye: number, home: Point, share: number, spots: Point[] }

export function makeOfficer(random: Random, id: string, kind: Officer['kind'], desa: Point): Officer {
  return {
    id, kind, pace: Math.exp(normal(random) * 0.16), badGps: random.chance(0.12) ? 0.5 : 0.05, clockMs: random.chance(0.08) ? random.between(-300, 300) * MINUTE : random.between(-60, 60) * 1000,
    evenings: random.chance(0.2) ? 0.35 : 0.05, notFound: 0.04 + random.below(60) / 1000, eye: Math.exp(normal(random) * 0.15), home: jittered(random, desa, 350), spots: [1, 2, 3].map(() => jittered(random, desa, 400)),
    share: kind === 'honest' ? 0 : kind === 'mixed' ? 0.3 + random.below(21) / 100 : 0.85 + random.below(16) / 100,
  }
}

// Houses in the order they are called at, from eight in the morning, with the way between; a free day now and then.
export function planVisits(random: Random, officer: Officer, houses: House[], fromMs: number): Plan[] {
  const plans: Plan[] = []
  const madeUp = chosenFrom(random, houses, Math.round(officer.share * houses.length))
  let [day, left, at] = [0, 0, 0]
  for (const house of houses) {
    if (left === 0) {
      day += random.chance(0.15) ? 2 : 1
      left = random.between(3, 7)
      // Local time is seven hours ahead.
      at = fromMs + day * DAY + (random.chance(officer.evenings) ? random.between(15, 18) : random.between(7, 10)) * HOUR - 7 * HOUR + random.between(0, 55) * MINUTE
    }
    const plan = madeUp.has(house) ? madeUpVisit(random, officer, house, at) : honestVisit(random, officer, house, at)
    plans.push(plan)
    at = Math.max(at, plan.startMs + plan.spanMs) + random.between(4, 25) * MINUTE
    left -= 1
    // Nobody is called at after half past eight, but for the one already under way.
    if (new Date(at + 7 * HOUR).getUTCHours() * 60 + new Date(at + 7 * HOUR).getUTCMinutes() > 20.5 * 60) left = 0
  }
  return inTurn(plans)
}

// Even in the night one form is done after the other.
function inTurn(plans: Plan[]): Plan[] {
  let until = 0
  for (const plan of plans.filter(({ startMs }) => isNight(startMs)).sort((a, b) => a.startMs - b.startMs)) {
    const later = Math.max(0, until + 60_000 - plan.startMs)
    Object.assign(plan, { startMs: plan.startMs + later, fixMs: plan.fixMs && plan.fixMs + later, photoMs: plan.photoMs.map((ms) => ms + later), sentMs: plan.sentMs + later })
    until = plan.startMs + plan.spanMs
  }
  return plans
}
const isNight = (ms: number) => [21, 22, 23, 0, 1, 2, 3, 4].includes(new Date(ms + 7 * HOUR).getUTCHours())

function chosenFrom<T>(random: Random, all: T[], count: number): Set<T> {
  const left = [...all]
  return new Set(Array.from({ length: count }, () => left.splice(random.below(left.length), 1)[0]!))
}

function madeUpVisit(random: Random, officer: Officer, house: House, at: number): Plan {
  const kind: Single = officer.kind === 'mixed' ? random.pick(['home_filler', 'speeder', 'sleeper', 'photo_reuser', 'gps_repeater']) : officer.kind as Single
  const complete = honestVisit(random, officer, house, at, true)
  return { ...complete, madeUp: kind, ...FABRICATE[kind](random, officer, complete) }
}

// With its noise: bad fixes, power cuts, a form left open over prayers, people alone who are soon told, a late delivery.
function honestVisit(random: Random, officer: Officer, house: House, at: number, found = !random.chance(officer.notFound)): Plan {
  const interview = 24 * MINUTE * (4 + house.members) / 8 * officer.pace * Math.exp(normal(random) * 0.28)
  const activeMs = Math.round(found ? interview * (random.chance(0.04) ? 1.6 + random.below(15) / 10 : 1) : random.between(1, 6) * MINUTE)
  const spanMs = Math.round(activeMs * (random.chance(0.08) ? 1.5 + random.below(20) / 10 : 1.05) + random.between(20, 120) * 1000)
  const isRough = random.chance(officer.badGps)
  const accuracyM = isRough ? random.between(40, 160) : random.between(4, 18)
  const photoFrom = Math.round(at + spanMs * 0.6)
  return {
    house, found, madeUp: null, startMs: at, spanMs, activeMs, accuracyM, point: jittered(random, house.point, accuracyM / 2.2), fixMs: random.chance(0.01) ? null : Math.round(at + spanMs * 0.5),
    photoMs: [photoFrom, Math.round(photoFrom + Math.min(spanMs * 0.35, random.between(100, 420) * 1000))], changes: (0.25 + random.below(25) / 100) * officer.eye,
    scene: { own: true, ...(house.twinOf ? { neighbour: house.twinOf } : {}) }, clockMs: officer.clockMs,
    sentMs: Math.round(at + spanMs + (random.chance(0.3) ? random.between(1, 30) * HOUR : random.between(1, 20) * MINUTE)),
  }
}

const within = (at: number, spanMs: number) => ({ fixMs: Math.round(at + spanMs * 0.5), photoMs: [Math.round(at + spanMs * 0.6), Math.round(at + spanMs * 0.9)] as [number, number] })

const FABRICATE: Record<Single, (random: Random, officer: Officer, plan: Plan) => Partial<Plan>> = {
  // At his own table, with answers as the prelist has them, the time let run as long as is usual.
  home_filler: (random, { home }, plan) => ({ point: jittered(random, home, 5), accuracyM: random.between(5, 20), changes: random.below(6) / 100, activeMs: plan.activeMs, ...within(plan.startMs, plan.spanMs) }),
  // Past the house for the photo and the fix, the form in a few minutes.
  speeder: (random, _officer, plan) => {
    const activeMs = random.between(200, 560) * 1000
    const spanMs = activeMs + random.between(20, 90) * 1000
    return { activeMs, spanMs, changes: random.below(12) / 100, ...within(plan.startMs, spanMs), sentMs: plan.startMs + spanMs + random.between(1, 60) * MINUTE }
  },
  // The form left open for hours while others are done beside it, or done in the night.
  sleeper: (random, _officer, plan) => {
    if (random.chance(0.5)) {
      const spanMs = random.between(170, 420) * MINUTE
      return { spanMs, activeMs: spanMs - random.between(5, 25) * MINUTE, ...within(plan.startMs, spanMs), changes: random.below(15) / 100, sentMs: plan.startMs + spanMs + random.between(1, 60) * MINUTE }
    }
    const startMs = Math.floor((plan.startMs + 7 * HOUR) / DAY) * DAY + random.between(14 * 60 + 35, 18 * 60) * MINUTE + random.below(60) * 1000
    return { startMs, ...within(startMs, plan.spanMs), changes: random.below(15) / 100, sentMs: startMs + plan.spanMs + random.between(1, 40) * MINUTE }
  },
  // A photo of another house instead of a way to this one.
  photo_reuser: (random, _officer, plan) => ({ scene: { own: false, from: 'anybody' }, point: jittered(random, plan.house.point, 25), changes: 0.05 + random.below(20) / 100 }),
  // A handful of fixes serves for all houses.
  gps_repeater: (random, { spots }) => ({ point: jittered(random, random.pick(spots), 2.5), accuracyM: random.between(4, 15), changes: 0.1 + random.below(20) / 100 }),
}
