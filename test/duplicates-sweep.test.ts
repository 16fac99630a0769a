import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catchUp } from '#app/duplicates/checks.ts'
import { readRun } from '#app/duplicates/running.ts'
import { findAlike, replacePeople } from '#app/duplicates/searching.ts'
import { scanHousehold } from '#app/duplicates/scanning.ts'
import { householdOf, type Person } from '#app/duplicates/keys.ts'
import { startSweeps } from '#app/duplicates/sweep-work.ts'
import { searchEverybody, sweep, type Chunk } from '#app/duplicates/sweeping.ts'
import { restartRound } from '#app/integrity/following.ts'
import { lastRun } from '#app/operation/works.ts'
import { openDatabase, type Db } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { duplicateLater, duplicatePairs } from '#db/schema/index.ts'
import { addCouple, SUMIYATI } from '#test/support/alike.ts'
import { chunksOf, finished } from '#test/support/labelled-run.ts'
import { keepDatabase } from '#test/support/process.ts'
import { freshApp, freshDatabase, rina } from '#test/support/world.ts'

const all = (chunks: Chunk[]) => chunks.flatMap(({ people }) => people)
function households(chunks: Chunk[]): Map<number, Person[]> {
  const homes = new Map<number, Person[]>()
  for (const person of all(chunks)) homes.set(householdOf(person.member), [...homes.get(householdOf(person.member)) ?? [], person])
  return homes
}
const indexOf = ({ $client }: Db) => ['duplicate_keys ORDER BY key, member', 'duplicate_people ORDER BY member', 'duplicate_names WHERE people > 0 ORDER BY word'].map((what) => $client.prepare(`SELECT * FROM ${what}`).all())

const searching = suite('searching everybody at once')

searching('leaves the index and finds the pairs that entering and asking one household after the other do', () => {
  const chunks = [...chunksOf(randomFrom(7), 2500)]
  const [slow, fast] = [freshDatabase(), freshDatabase()]
  for (const [household, people] of households(chunks)) replacePeople(slow, household, people)
  const asked = [...households(chunks).values()].flatMap((people) => findAlike(slow, people)).map(({ person, other, judgement }) => [person.member, other.member, judgement] as const)
  const found = finished(searchEverybody(fast, chunks)).flatMap(({ alike }) => alike.flatMap(({ person, other, judgement }) => [[person.member, other.member, judgement] as const, [other.member, person.member, judgement] as const]))
  const inOrder = (pairs: (readonly [number, number, unknown])[]) => [...pairs].sort(([a, b], [c, d]) => a - c || b - d)
  assert.ok(asked.length > 60)
  assert.equal(inOrder(found), inOrder(asked))
  assert.equal(indexOf(fast), indexOf(slow))
})

searching('mends an index that is not what it should be, and writes nothing where it is', () => {
  const db = freshDatabase()
  const before: Chunk[] = [...chunksOf(randomFrom(7), 600)]
  finished(searchEverybody(db, before))
  const gone = (person: Person) => householdOf(person.member) % 5 !== 0
  const after = before.map(({ upTo, people }) => ({ upTo, people: people.filter(gone).map((person) => person.member % 7 === 0 ? { ...person, name: 'SITI BARU' } : person) }))
  finished(searchEverybody(db, after))
  const afresh = freshDatabase()
  finished(searchEverybody(afresh, after))
  assert.equal(indexOf(db), indexOf(afresh))
  const changes = () => db.$client.prepare('SELECT total_changes()').pluck().get()
  const still = changes()
  finished(searchEverybody(db, after))
  assert.is(changes(), still)
})

searching('meets a card written in the place of a NIK, from whichever side, also where nothing else is alike', () => {
  const one: Person = { member: 1001, name: 'SUMIYATI HANDAYANI', sex: 2, birthDate: '1984-08-20', nik: '9902016008840077', kkNumber: '9902011503100001', mother: '', regionCode: '34.02.01.2001' }
  const other: Person = { ...one, member: 2001, birthDate: '1971-03-05', nik: one.kkNumber, kkNumber: '9904014503100009', regionCode: '34.04.01.2001' }
  const db = freshDatabase()
  const found = finished(searchEverybody(db, [{ upTo: 2, people: [one, other] }])).flatMap(({ alike }) => alike.map((found) => `${found.person.member}-${found.other.member}`))
  assert.equal([found, ...[one, other].map((person) => findAlike(db, [person]).map(({ other: { member } }) => member))], [['1001-2001'], [2001], [1001]])
})

searching('finds the same whether all keys fit into memory or are put aside a few at a time, and leaves no file', () => {
  const chunks = [...chunksOf(randomFrom(11), 2500)]
  const directory = mkdtempSync(join(tmpdir(), 'siks-sweep-'))
  const [whole, parts] = [freshDatabase(), openDatabase(join(directory, 'siks.db'))]
  migrate(parts)
  const inMemory = finished(searchEverybody(whole, chunks, { atOnce: 100_000 }))
  assert.ok(inMemory.length > 30)
  assert.equal(finished(searchEverybody(parts, chunks, { atOnce: 4 })), inMemory)
  assert.equal(indexOf(parts), indexOf(whole))
  assert.equal(readdirSync(directory).filter((name) => !name.startsWith('siks.db')), [])
  parts.$client.close()
  rmSync(directory, { recursive: true })
})

searching.run()

const meanwhile = suite('a household that changes while everybody is searched')

meanwhile('waits, is looked at when that is over, and keeps what was decided about it', async () => {
  const { db } = freshApp()
  addCouple(db, 'asep', { wife: SUMIYATI })
  addCouple(db, 'tuti', { wife: SUMIYATI })
  await catchUp(db)
  db.update(duplicatePairs).set({ status: 'returned' }).run()
  restartRound(db, '2026-03-02T03:00:00.000Z')
  const begun = sweep(db, '2026-03-02T03:00:00.000Z')
  begun.next()
  assert.is(readRun(db, rina)!.finishedAt, null)
  scanHousehold(db, 'tuti', '2026-03-02T03:00:01.000Z')
  assert.equal(db.select().from(duplicateLater).all(), [{ householdId: 'tuti' }])
  for (const _ of begun) { /* to its end */ }
  assert.equal(db.select().from(duplicateLater).all(), [])
  assert.equal(db.$client.prepare('SELECT household_id FROM check_queue').pluck().all(), ['tuti'])
  assert.ok(readRun(db, rina)!.finishedAt)
  await catchUp(db)
  assert.equal(db.select({ status: duplicatePairs.status }).from(duplicatePairs).all(), [{ status: 'returned' }])
})

meanwhile('has everybody searched once more where the search was cut short', async () => {
  const { db } = freshApp()
  addCouple(db, 'asep', { wife: SUMIYATI })
  await catchUp(db)
  restartRound(db, '2026-03-02T03:00:00.000Z')
  sweep(db, '2026-03-02T03:00:00.000Z').next()
  addCouple(db, 'tuti', { wife: SUMIYATI })
  await catchUp(db)
  assert.is(db.select().from(duplicatePairs).all().length, 1)
  assert.ok(readRun(db, rina)!.finishedAt)
})

meanwhile.run()

const beside = suite('everybody searched by a process of its own')
const until = async (met: () => boolean) => { while (!met()) await pause(20) }

function onDisk() {
  const directory = mkdtempSync(join(tmpdir(), 'siks-sweep-'))
  keepDatabase(freshDatabase(), directory)
  const db = openDatabase(join(directory, 'siks.db'))
  addCouple(db, 'asep', { wife: SUMIYATI })
  addCouple(db, 'tuti', { wife: SUMIYATI })
  restartRound(db, '2026-03-02T03:00:00.000Z')
  return { db, end: () => { db.$client.close(); rmSync(directory, { recursive: true }) } }
}

beside('leaves what it found in the database, and the work noted as done', async () => {
  const { db, end } = onDisk()
  const stop = startSweeps(db)
  await until(() => typeof readRun(db, rina)?.finishedAt === 'string' && lastRun(db, 'duplicates') !== undefined)
  stop()
  assert.is(db.select().from(duplicatePairs).all().length, 1)
  assert.is(lastRun(db, 'duplicates')!.failure, null)
  end()
})

beside('says in the notes of the server why it ended, where it could not work', async () => {
  const { db, end } = onDisk()
  db.$client.exec('DROP TABLE duplicate_names')
  const { error } = console
  console.error = () => {}
  const stop = startSweeps(db)
  await until(() => lastRun(db, 'duplicates') !== undefined)
  stop()
  console.error = error
  assert.is(lastRun(db, 'duplicates')!.failure, 'SqliteError SQLITE_ERROR')
  end()
})

beside('searches all others where one household cannot be read, and names that one', async () => {
  const { db, end } = onDisk()
  addCouple(db, 'ujang', { wife: SUMIYATI })
  db.$client.prepare("UPDATE households SET record = '{}' WHERE id = 'ujang'").run()
  const [{ error }, told] = [console, [] as string[]]
  console.error = (words: string) => { told.push(words) }
  const stop = startSweeps(db)
  await until(() => typeof readRun(db, rina)?.finishedAt === 'string' || typeof lastRun(db, 'duplicates')?.failure === 'string')
  stop()
  console.error = error
  assert.is(db.select().from(duplicatePairs).all().length, 1)
  assert.equal(told, ['Rumah tangga ujang tidak dapat dibaca untuk pencarian data ganda.'])
  end()
})

beside('ends with the server, and is begun anew by the next', async () => {
  const { db, end } = onDisk()
  const stop = startSweeps(db)
  stop()
  await pause(50)
  assert.is(lastRun(db, 'duplicates')?.failure ?? null, null)
  const again = startSweeps(db)
  await until(() => typeof readRun(db, rina)?.finishedAt === 'string')
  again()
  assert.is(db.select().from(duplicatePairs).all().length, 1)
  end()
})

beside.run()
