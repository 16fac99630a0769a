import { householdOf, memberNumber, type Person } from '#app/duplicates/keys.ts'
import { plainName } from '#app/duplicates/names.ts'
import type { Common, Found } from '#app/duplicates/found.ts'
import { searchEverybody, type Chunk } from '#app/duplicates/sweeping.ts'
import type { Db } from '#db/connection.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'
import { populationOf, type Entry } from '#test/support/labelled.ts'

export type Measured = { people: number, pairs: number, found: number, precision: number, recall: number, seconds: number, wrong: [number, number][] }

const HOUSEHOLDS_AT_ONCE = 200

// Searches a labelled population as the background does after a large import, and counts what is found. Everything is timed but
// the making of the people. The truth is kept as numbers alone, so that a million people fit.
export function measure(db: Db, { people: wanted, seed }: { people: number, seed: number }): Measured {
  const truths = new Map<number, number>()
  const makers = { ms: 0 }
  const begun = performance.now()
  const found = finished(searchEverybody(db, timed(chunksOf(randomFrom(seed), wanted, truths), makers)))
  const seconds = (performance.now() - begun - makers.ms) / 1000
  const alike = found.flatMap((common) => common.alike)
  const wrong = alike.filter(({ person, other }) => truths.get(person.member) !== truths.get(other.member)).map(({ person, other }): [number, number] => [person.member, other.member])
  const pairs = pairsIn(truths)
  const right = alike.length - wrong.length
  return { people: truths.size, pairs, found: alike.length, precision: right / alike.length, recall: right / pairs, seconds, wrong }
}

// What a search comes to, at once.
export function finished(search: Generator<void, Found>): Common[] {
  for (let step = search.next(); ; step = search.next()) {
    if (!step.done) continue
    const all = [...step.value.inOrder()]
    step.value.close()
    return all
  }
}

function* timed(chunks: Iterator<Chunk>, makers: { ms: number }): Generator<Chunk> {
  for (;;) {
    const begun = performance.now()
    const next = chunks.next()
    makers.ms += performance.now() - begun
    if (next.done) return
    yield next.value
  }
}

// As they come from the registry: some households at a time, in the order of their numbers.
export function* chunksOf(random: Random, wanted: number, truths = new Map<number, number>()): Generator<Chunk> {
  let household = 0
  let people: Person[] = []
  for (const entries of householdsFrom(random, wanted)) {
    household += 1
    entries.forEach((entry, i) => {
      people.push(personOf(entry, memberNumber(household, i + 1)))
      truths.set(memberNumber(household, i + 1), entry.truth)
    })
    if (household % HOUSEHOLDS_AT_ONCE !== 0) continue
    yield { upTo: household, people }
    people = []
  }
  yield { upTo: household, people }
}

// How many pairs of records in two households are of one person.
function pairsIn(truths: Map<number, number>): number {
  const homes = new Map<number, number[]>()
  for (const [member, truth] of truths) homes.set(truth, [...homes.get(truth) ?? [], householdOf(member)])
  return [...homes.values()].reduce((sum, { length }) => sum + length * (length - 1) / 2, 0)
}

const personOf = ({ name, sex, birthDate, nik, kkNumber, mother, regionCode }: Entry, member: number): Person =>
  ({ member, name: plainName(name), sex, birthDate, nik, kkNumber, mother: plainName(mother), regionCode })

// One household in seven is there twice, whole or one of its people in another; one in fifty has twins, one in twenty-five a
// namesake born the same day or the next.
function* householdsFrom(random: Random, wanted: number): Generator<Entry[]> {
  const population = populationOf(random, Math.max(20, Math.min(90, Math.round(wanted / 10_000))))
  for (let people = 0; people < wanted;) {
    const told: Entry[][] = random.chance(0.02) ? population.twins() : [population.household()]
    const [first] = told as [Entry[]]
    if (random.chance(0.14)) told.push(random.chance(0.4) ? first.map(population.again) : [population.again(random.pick(first)), ...population.household()])
    if (random.chance(0.04)) told.push([population.namesake(random.pick(first))])
    for (const entries of told) people += entries.length
    yield* told
  }
}
