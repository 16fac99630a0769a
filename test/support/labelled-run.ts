import { memberNumber, type Person } from '#app/duplicates/keys.ts'
import { plainName } from '#app/duplicates/names.ts'
import { findAlike, replacePeople } from '#app/duplicates/searching.ts'
import type { Db } from '#db/connection.ts'
import { randomFrom, type Random } from '#db/seeds/random.ts'
import { populationOf, type Entry } from '#test/support/labelled.ts'

export type Measured = { people: number, pairs: number, found: number, precision: number, recall: number, seconds: number, wrong: [number, number][] }

const HOUSEHOLDS_AT_ONCE = 200

// Enters a labelled population household by household, as the background worker would meet it, and counts what is found. Only
// the entering and searching is timed. The truth is kept as numbers alone, so that a million people fit.
export function measure(db: Db, { people: wanted, seed }: { people: number, seed: number }): Measured {
  const truths = new Map<number, number>()
  const entered = new Map<number, number[]>()
  const wrong: [number, number][] = []
  let [people, household, right, pairs, milliseconds] = [0, 0, 0, 0, 0]
  const enter = (entries: Entry[]) => {
    household += 1
    const persons = entries.map((entry, i) => personOf(entry, memberNumber(household, i + 1)))
    const begun = performance.now()
    replacePeople(db, household, persons)
    const alike = findAlike(db, persons)
    milliseconds += performance.now() - begun
    persons.forEach(({ member }, i) => truths.set(member, entries[i]!.truth))
    for (const { person, other } of alike) {
      if (truths.get(person.member) === truths.get(other.member)) right += 1
      else wrong.push([person.member, other.member])
    }
    for (const { truth } of entries) {
      const before = entered.get(truth) ?? []
      pairs += before.length
      entered.set(truth, [...before, household])
    }
    people += entries.length
  }
  const source = householdsFrom(randomFrom(seed), wanted)
  for (let done = false; !done;) {
    db.$client.transaction(() => {
      for (let i = 0; i < HOUSEHOLDS_AT_ONCE && !done; i += 1) {
        const next = source.next()
        if (next.done) done = true
        else enter(next.value)
      }
    })()
  }
  return { people, pairs, found: right + wrong.length, precision: right / (right + wrong.length), recall: right / pairs, seconds: milliseconds / 1000, wrong }
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
