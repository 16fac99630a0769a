import { ageOn } from '#app/questionnaire/age.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { CURRENT, withoutUnasked } from '#app/questionnaire/questionnaire.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { withAges } from '#app/visits/answers.ts'
import { idAt } from '#db/seeds/bulk/ids.ts'
import type { Village } from '#db/seeds/bulk/places.ts'
import { lifeAt } from '#db/seeds/lives.ts'
import type { Random } from '#db/seeds/random.ts'

// A visit as it comes from a phone. record: as the questionnaire keeps it on that day.
export type Made = {
  id: string, outcome: number, record: HouseholdRecord, openedAt: string, activeMs: number, photos: { kind: string, takenAt: string }[]
  coordinate: { latitude: number, longitude: number, accuracyM: number, locatedAt: string }
}

const MINUTE = 60_000
const KINDS = PHOTO_KINDS.map(({ code }) => code)
const OUTCOMES = [[91, 1], [4, 2], [3, 3], [2, 5]] as const

export function makeVisit(random: Random, { master, sentMs, village, day }: { master: HouseholdRecord, sentMs: number, village: Village, day: string }): Made {
  const today = new Date(sentMs).toISOString().slice(0, 10)
  const outcome = random.weighted(OUTCOMES)
  const isShort = random.chance(0.02)
  const activeMs = (isShort ? random.between(120, 280) : 60 * (12 + 3 * master.members.length) + random.between(0, 1200)) * 1000
  const opened = sentMs - activeMs - random.between(4, 40) * MINUTE
  const during = (share: number) => new Date(Math.round(opened + share * activeMs)).toISOString()
  const kinds = outcome === 1 ? KINDS : ['F-RUMAH']
  return {
    id: idAt(random, opened), outcome, record: recordOf(random, master, outcome, today, day === today ? undefined : today), openedAt: during(0), activeMs,
    photos: kinds.map((kind, i) => ({ kind, takenAt: during(0.5 + i * 0.05) })),
    coordinate: { ...placeIn(random, village), accuracyM: random.chance(0.05) ? random.between(55, 120) : random.between(4, 18), locatedAt: during(0.4) },
  }
}

// Some answers are found otherwise than the list had them.
function recordOf(random: Random, master: HouseholdRecord, outcome: number, on: string, olderOn?: string): HouseholdRecord {
  const { hasilVerivali: _, ...known } = master.household
  if (outcome !== 1) {
    const record = { ...master, household: { ...known, hasilVerivali: outcome } }
    return withoutUnasked(CURRENT, withAges(record, on), on)
  }
  const household: Answers = { ...known, hasilVerivali: 1 }
  const found = (key: string, value: Answers[string]) => { if (random.chance(0.5)) household[key] = value }
  found('floorType', random.pick([2, 4, 6]))
  found('bedroomCount', random.between(1, 3))
  found('floorAreaM2', random.between(24, 90))
  found('hasFridge', random.chance(0.5))
  found('hasBicycle', random.chance(0.5))
  found('hasTv', random.chance(0.7))
  found('goatSheepCount', random.between(0, 4))
  const record = { ...master, household }
  return olderOn ? olderBy(random, record, olderOn) : record
}

// The same people on a later day, with what is asked of their age then.
export function olderBy(random: Random, record: HouseholdRecord, day: string): HouseholdRecord {
  const members = record.members.map((member) => {
    const age = ageOn(String(member.birthDate), day) ?? Number(member.age)
    if (age === member.age) return member
    const { pregnant, ...older }: Answers = { ...isNewlyAsked(member, age) ? lifeOf(random, member, age) : {}, ...member, age }
    return age > 49 || pregnant === undefined ? older : { ...older, pregnant }
  })
  return { ...record, members }
}

// From five on school and work are asked.
const isNewlyAsked = ({ working }: Answers, age: number) => age >= 5 && working === undefined
const lifeOf = (random: Random, { sex, maritalStatus, relationToHead }: Answers, age: number) =>
  lifeAt(random, { age, sex: sex as 1 | 2, marital: Number(maritalStatus), relation: Number(relationToHead) })

// Within a kilometre of the desa's middle, denser towards it.
function placeIn(random: Random, { latitude, longitude }: Village) {
  const around = () => Math.round((random.below(2001) + random.below(2001) - 2000) * 5) / 1_000_000
  return { latitude: Math.round((latitude + around()) * 1e6) / 1e6, longitude: Math.round((longitude + around()) * 1e6) / 1e6 }
}
