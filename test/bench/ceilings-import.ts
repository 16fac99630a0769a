import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { toBdtHousehold, toBdtMember } from '#app/assignments/bdt-profile.ts'
import { BDT_FLAT_COLUMNS, toFlatRow } from '#app/assignments/bdt-rows.ts'
import { workDone, workOnImport } from '#app/assignments/import-work.ts'
import { confirmImport, getImport, openImport } from '#app/assignments/imports.ts'
import { keep, spool } from '#app/files/store.ts'
import { newId } from '#app/ids.ts'
import type { Actor } from '#app/users/actor.ts'
import { openClient, openDatabase } from '#db/connection.ts'
import { migrate } from '#db/migrate.ts'
import { regions } from '#db/schema/index.ts'
import { makeHousehold } from '#db/seeds/people.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { transact } from '#db/transaction.ts'
import { profileHere } from '#test/bench/profile.ts'

// A prelist from file to households, beside what SQLite's own `.import` takes for the same lines into one bare table.
const dinsos: Actor = { id: 'dinsos', name: 'Dinsos', role: 'regency_officer', regions: ['99.01'] }
const VILLAGES = 20
const villageOf = (n: number) => `99.01.01.${2001 + n % VILLAGES}`

function prelist(households: number) {
  const random = randomFrom(7)
  const lines: string[][] = [[...BDT_FLAT_COLUMNS]]
  for (let serial = 0; serial < households; serial += 1) {
    const record = makeHousehold(random, { regionCode: '34.02.01.2001', serial, today: '2026-11-24' })
    const own = { ...toBdtHousehold(record, { regionCode: villageOf(serial), prelistId: `99${serial}` }), KODE_KEMENDAGRI: villageOf(serial) }
    for (const member of record.members) {
      const line = toFlatRow(own, toBdtMember(member, record))
      lines.push(BDT_FLAT_COLUMNS.map((column) => line[column] ?? ''))
    }
  }
  return { text: stringify(lines), lines: lines.length - 1 }
}

const hasShell = () => {
  try {
    execFileSync('sqlite3', ['-version'])
    return true
  } catch {
    return false
  }
}

// The shell where it is installed; where not, one prepared insert for every line of the same reader we use ourselves.
async function bareImport(file: string, into: string): Promise<{ seconds: number, by: string }> {
  const begin = performance.now()
  if (hasShell()) execFileSync('sqlite3', [into, 'PRAGMA journal_mode=WAL', 'PRAGMA synchronous=FULL', '.mode csv', `.import "${file}" lines`])
  else {
    const client = openClient(into)
    client.pragma('journal_mode = WAL')
    client.pragma('synchronous = FULL')
    client.exec(`CREATE TABLE lines (${BDT_FLAT_COLUMNS.map((column) => `"${column}" TEXT`).join(', ')})`)
    const insert = client.prepare(`INSERT INTO lines VALUES (${BDT_FLAT_COLUMNS.map(() => '?').join(', ')})`)
    client.exec('BEGIN')
    for await (const cells of createReadStream(file).pipe(parse({ from_line: 2 })) as AsyncIterable<string[]>) insert.run(...cells)
    client.exec('COMMIT')
    client.close()
  }
  return { seconds: (performance.now() - begin) / 1000, by: hasShell() ? 'sqlite3 .import' : 'csv-parse and one insert' }
}

function emptyRegistry(directory: string) {
  const db = openDatabase(join(directory, 'siks.db'))
  migrate(db)
  const add = (code: string) => db.insert(regions).values({ code, name: `Wilayah ${code}`, level: code.split('.').length, parentCode: code.split('.').slice(0, -1).join('.') || null, validFrom: '2026-01-01' }).run()
  for (const code of ['99', '99.01', '99.01.01', ...Array.from({ length: VILLAGES }, (_, i) => villageOf(i))]) add(code)
  db.$client.prepare(`INSERT INTO users (id, username, name, role, password_hash, status, created_at) VALUES ('dinsos', 'dinsos', 'Dinsos', 'regency_officer', '', 'active', '2026-01-01')`).run()
  return db
}

export async function measureImport(households: number) {
  const directory = mkdtempSync(join(process.env.SIKS_BENCH ?? tmpdir(), 'siks-import-'))
  try {
    const { text, lines } = prelist(households)
    const file = join(directory, 'prelist.csv')
    writeFileSync(file, text)
    const bare = await bareImport(file, join(directory, 'bare.db'))
    const opened = await openPrelist(directory, file)
    const { reading, applying } = await importAll(opened)
    const { status, appliedCount } = getImport({ db: opened.db, actor: dinsos }, opened.id)
    if (status !== 'applied' || appliedCount !== households) throw new Error(`${status}: ${appliedCount} of ${households}`)
    opened.db.$client.close()
    const sameRows = copyRows(directory)
    const looked = await lookAtImport(join(directory, 'looked'), file)
    return { lines, households, sameRows, megabytes: statSync(file).size / 1e6, bare, reading, applying, looked, sha: createHash('sha256').update(text).digest('hex').slice(0, 8) }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

type Opened = Awaited<ReturnType<typeof openPrelist>>

async function openPrelist(directory: string, file: string) {
  const db = emptyRegistry(directory)
  const stored = await keep(directory, await spool(directory, createReadStream(file)), { mime: 'text/csv' })
  const id = newId()
  transact(db, dinsos, (tx) => openImport(tx, { id, regionCode: '99.01', file: { ...stored, name: 'prelist.csv' } }))
  return { db, directory, id }
}

// Both in seconds.
async function importAll({ db, directory, id }: Opened) {
  const reading = await timed(() => {
    workOnImport(db, directory, id)
    return workDone(db)
  })
  const applying = await timed(() => {
    transact(db, dinsos, (tx) => confirmImport(tx, id))
    workOnImport(db, directory, id)
    return workDone(db)
  })
  return { reading, applying }
}

// Once more, and watched: that costs something, so what is timed is not.
async function lookAtImport(directory: string, file: string) {
  mkdirSync(directory)
  const opened = await openPrelist(directory, file)
  const looked = await profileHere(() => importAll(opened))
  opened.db.$client.close()
  return looked
}

// The rows that came of it, laid as they are into an empty registry in one commit, with every index and trigger but without the search index and
// the checks of keys: what SQLite itself needs for them.
function copyRows(directory: string) {
  const into = join(directory, 'copy')
  mkdirSync(into)
  const { $client: client } = emptyRegistry(into)
  client.prepare('ATTACH ? AS filled').run(join(directory, 'siks.db'))
  const names = client.prepare<[], string>(`SELECT name FROM filled.sqlite_master WHERE type = 'table' AND name NOT LIKE 'household_search%'
    AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'`).pluck().all()
  const filled = names.filter((name) => client.prepare(`SELECT 1 FROM filled."${name}" LIMIT 1`).get() && !client.prepare(`SELECT 1 FROM main."${name}" LIMIT 1`).get())
  const begin = performance.now()
  client.exec('PRAGMA foreign_keys = OFF; BEGIN')
  const rows = filled.reduce((sum, name) => sum + client.prepare(`INSERT OR IGNORE INTO main."${name}" SELECT * FROM filled."${name}"`).run().changes, 0)
  client.exec('COMMIT')
  const seconds = (performance.now() - begin) / 1000
  client.close()
  return { seconds, rows, tables: filled.length }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now()
  await work()
  return (performance.now() - begin) / 1000
}
