import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { householdOf } from '#app/duplicates/keys.ts'
import { findAlike, replacePeople } from '#app/duplicates/searching.ts'
import { knownBetween } from '#app/duplicates/stored-people.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { measure } from '#test/support/labelled-run.ts'

// How well and how fast one person entered twice is found. Prints JSON lines; `node --import tsx test/bench/dedup.ts [people]`.
const MANY = Number(process.argv[2] ?? 1_000_000)
const LABELLED = 100_000
const HOUSEHOLDS_CHANGED = 200

const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Number(value.toFixed(unit === 's' ? 1 : 4)), unit, ...more }))

function run<T>(people: number, also: (db: Db) => T) {
  const directory = mkdtempSync(join(tmpdir(), 'siks-dedup-'))
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  db.$client.pragma('synchronous = NORMAL')
  const cpu = process.cpuUsage()
  const found = measure(db, { people, seed: 2026 })
  const { user, system } = process.cpuUsage(cpu)
  const more = { ...found, cpuSeconds: (user + system) / 1e6, also: also(db) }
  db.$client.close()
  rmSync(directory, { recursive: true, force: true })
  return more
}

// What a change in one household costs among so many: everybody in it moves by a day, and is looked for again.
function changeSome(db: Db): number[] {
  const last = db.$client.prepare('SELECT max(member) FROM duplicate_people').pluck().get() as number
  return Array.from({ length: HOUSEHOLDS_CHANGED }, (_, i) => {
    const household = 1 + Math.floor(householdOf(last) * i / HOUSEHOLDS_CHANGED)
    const people = knownBetween(db, household * 1000, household * 1000 + 1000).map((person) => ({ ...person, birthDate: '1980-02-03' }))
    const begun = performance.now()
    db.$client.transaction(() => {
      replacePeople(db, household, people)
      findAlike(db, people)
    })()
    return performance.now() - begun
  }).sort((one, other) => one - other)
}

const labelled = run(LABELLED, () => undefined)
say('dedup_precision', labelled.precision, 'share', { n: labelled.found, people: labelled.people, bar: '>= 0.98' })
say('dedup_recall', labelled.recall, 'share', { n: labelled.pairs, people: labelled.people, bar: '>= 0.95' })

const many = run(MANY, changeSome)
say(MANY === 1_000_000 ? 'dedup_1m_members_s' : 'dedup_members_s', many.seconds, 's', {
  n: many.people, cpu_s: Math.round(many.cpuSeconds), precision: Number(many.precision.toFixed(4)), recall: Number(many.recall.toFixed(4)), rss_mb: Math.round(process.memoryUsage().rss / 1e6), bar: '<= 170',
})
say('dedup_changed_household_ms', many.also[Math.floor(HOUSEHOLDS_CHANGED * 0.95)]!, 'ms', { n: HOUSEHOLDS_CHANGED, p50_ms: Number(many.also[HOUSEHOLDS_CHANGED / 2]!.toFixed(1)), of: 'p95', people: many.people })
