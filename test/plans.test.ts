import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded } from '#app/crosschecks/scope.ts'
import { steady } from '#db/connection.ts'
import { regions } from '#db/schema/index.ts'
import { BESIDE, ELSEWHERE, EXCUSED, SMALL } from '#test/support/plan-exceptions.ts'
import { planOf, scannedBy } from '#test/support/plans.ts'
import type { Prepared } from '#test/support/statements.ts'
import { freshDatabase } from '#test/support/world.ts'

const db = freshDatabase()
const client = db.$client
const judged = (sql: string) => scannedBy(client, sql)

const judge = suite('a plan that reads a table whole')

judge('is seen whatever the table is called in it', () => {
  assert.equal(judged('SELECT h.id FROM households h WHERE h.address = ?'), ['households'])
  assert.equal(judged('SELECT min(member_count) FROM households'), ['households'])
  assert.equal(judged('SELECT count(*) FROM members'), ['members'])
  assert.equal(judged('SELECT rowid FROM household_search'), ['household_search'])
  assert.equal(judged('SELECT id FROM households ORDER BY number LIMIT 10 OFFSET ?'), ['households'])
  assert.equal(judged('SELECT id FROM households WHERE address = ? ORDER BY number LIMIT 10'), ['households'])
})

judge('is seen in the checks of a foreign key and behind a trigger', () => {
  assert.ok(judged('DELETE FROM households WHERE id = ?').includes('backchecks'))
  const { $client } = freshDatabase()
  $client.exec('CREATE TRIGGER slow AFTER INSERT ON tasks BEGIN UPDATE members SET presence = 1 WHERE name = NEW.id; END')
  assert.ok(scannedBy($client, 'INSERT INTO tasks DEFAULT VALUES').includes('members'))
})

judge('is not one that seeks, stops at its limit or reads only an end', () => {
  for (const sql of [
    'SELECT id FROM households WHERE id = ?', 'SELECT id FROM households WHERE region_code >= ? AND region_code < ?', 'SELECT max(seq) FROM audit_entries',
    'SELECT seq FROM audit_entries ORDER BY seq DESC LIMIT 1', 'SELECT seq FROM audit_entries WHERE seq > ? ORDER BY seq DESC LIMIT ?', 'SELECT EXISTS (SELECT 1 FROM households)',
    'SELECT rowid FROM household_search WHERE household_search MATCH ?', 'SELECT value FROM json_each(?)', 'INSERT INTO households (id) VALUES (?)',
  ]) assert.equal(judged(sql), [], sql)
})

judge.run()

const limit = suite('what is bound to a limit')

// Else SQLite compiles the statement anew for each value; nothing but its time would tell.
limit('decides how many rows come, and no plan', () => {
  assert.equal(['FROM a LIMIT ?', 'FROM a limit @most) FROM b LIMIT 3 OFFSET ?'].map(steady), ['FROM a LIMIT +?', 'FROM a limit +@most) FROM b LIMIT 3 OFFSET ?'])
  assert.is(client.prepare('SELECT 1 LIMIT ?').source, 'SELECT 1 LIMIT +?')
  const rows = (most: number) => client.prepare('SELECT value FROM json_each(?) LIMIT ?').pluck().all('[1, 2, 3]', most)
  assert.equal([rows(0), rows(2), rows(-1)], [[], [1, 2], [1, 2, 3]])
  assert.is(db.select().from(regions).limit(2).all().length, 2)
})

limit.run()

// What the other tests made the program prepare; this file is run when they are through.
const FEWEST = 1200
const folder = process.env.SIKS_STATEMENTS ?? ''
// No question, or one of an empty list, which is answered without looking.
const PASSED_BY = /^\s*(EXPLAIN|PRAGMA|ATTACH|DETACH|CREATE|DROP|ALTER|VACUUM|BEGIN|COMMIT|SAVEPOINT|ROLLBACK|RELEASE)\b|\bwhere \(*false\b/i

function collected(): { sql: string, places: string[] }[] {
  const found = new Map<string, { sql: string, places: string[] }>()
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
      // The last line of a process that was killed may be half.
      if (!line.endsWith('}')) continue
      const { sql, frames } = JSON.parse(line) as Prepared
      const places = frames.map(placeOf).filter((place) => !HANDS_ON.test(place))
      if (isOurs(places) && !PASSED_BY.test(sql)) found.set(sql.replace(/\bin \(\?(, \?)+\)/gi, 'in (?, ?)'), { sql, places })
    }
  }
  return [...found.values()]
}

// Between who asks and SQLite.
const HANDS_ON = /(?:^|\/)db\/(statements|connection|prepared-queries)\.ts/
// Not what a test asks by itself, nor what fills a demo or brings a database up to date: those run once, on little or on purpose.
const isOurs = ([first = 'test/']: string[]) => !/^(test\/|db\/(seeds|migrate|upgrade|drift))/.test(first) && !BESIDE.test(first)

const maps = new Map<string, SourceMap | undefined>()
function placeOf(frame: string): string {
  const [, url, line, column] = /^(.*):(\d+):(\d+)$/.exec(frame)!
  const file = url!.startsWith('file:') ? fileURLToPath(url!) : url!
  if (!maps.has(file)) maps.set(file, existsSync(`${file}.map`) ? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8'))) : undefined)
  const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1)
  return entry && 'originalSource' in entry ? `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}` : frame
}

const whole = suite('every statement of the suite')

whole('finds what it wants by an index', () => {
  // The tables in memory that a cross-check reads from.
  loaded('SELECT 1')(db)
  const all = collected()
  const slow = all.flatMap(({ sql, places }) => {
    if (ELSEWHERE.some((table) => table.test(sql)) || EXCUSED.some(([text]) => sql.replace(/\s+/g, ' ').includes(text))) return []
    const by = `by ${places.slice(0, 2).join(' < ')}\n  ${sql.replace(/\s+/g, ' ').slice(0, 600)}`
    try {
      const tables = judged(sql).filter((table) => !(table in SMALL))
      return tables.length > 0 ? [`${tables.join(', ')} is read whole ${by}\n  ${planOf(client, sql).join(' | ')}`] : []
    } catch (error) {
      return [`${(error as Error).message} ${by}`]
    }
  })
  console.log(`${all.length} statements, ${slow.length} read a large table whole`)
  assert.equal(slow, [], slow.join('\n\n'))
  if (process.env.SIKS_WHOLE_SUITE) assert.ok(all.length >= FEWEST, `only ${all.length} statements were seen: the collecting is broken`)
})

whole.run()
