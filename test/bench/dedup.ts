import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { measure } from '#test/support/labelled-run.ts'

// How well and how fast one person entered twice is found. Prints JSON lines; `node --import tsx test/bench/dedup.ts [people]`.
const MANY = Number(process.argv[2] ?? 1_000_000)
const LABELLED = 100_000

const say = (name: string, value: number, unit: string, more: Record<string, unknown> = {}) =>
  console.log(JSON.stringify({ name, value: Number(value.toFixed(unit === 's' ? 1 : 4)), unit, ...more }))

async function run(people: number) {
  const directory = mkdtempSync(join(tmpdir(), 'siks-dedup-'))
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  db.$client.pragma('synchronous = NORMAL')
  const found = measure(db, { people, seed: 2026 })
  db.$client.close()
  rmSync(directory, { recursive: true, force: true })
  return found
}

const labelled = await run(LABELLED)
say('dedup_precision', labelled.precision, 'share', { n: labelled.found, people: labelled.people, bar: '>= 0.98' })
say('dedup_recall', labelled.recall, 'share', { n: labelled.pairs, people: labelled.people, bar: '>= 0.95' })

const many = await run(MANY)
say('dedup_1m_members_s', many.seconds * 1_000_000 / many.people, 's', {
  n: many.people, precision: Number(many.precision.toFixed(4)), recall: Number(many.recall.toFixed(4)), rss_mb: Math.round(process.memoryUsage().rss / 1e6),
})
