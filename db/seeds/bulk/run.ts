import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { dropAnchors } from '#app/audit/anchors.ts'
import { newTally } from '#app/dashboards/tally.ts'
import { recognise } from '#app/files/kinds.ts'
import { keep, spool as spoolFile, type StoredFile } from '#app/files/store.ts'
import { gatherSome } from '#app/households/words-gathering.ts'
import { judgeHousehold } from '#app/integrity/judging.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { hashPassword } from '#app/sessions/passwords.ts'
import { system } from '#app/users/actor.ts'
import type { Link } from '#db/audit-chain.ts'
import type { Client, Db } from '#db/connection.ts'
import { dress, undress } from '#db/seeds/bulk/bare-tables.ts'
import { Batches } from '#db/seeds/bulk/batches.ts'
import { BEGUN, DAY_MS, partsFor } from '#db/seeds/bulk/calendar.ts'
import { BEGINNING, linesByWeek, type Chained } from '#db/seeds/bulk/lines.ts'
import { oneself, type Makers } from '#db/seeds/bulk/makers.ts'
import type { Making, Some } from '#db/seeds/bulk/making.ts'
import { REGENCIES, villagesOf, type Village } from '#db/seeds/bulk/places.ts'
import { TABLES, type TableName, type Value } from '#db/seeds/bulk/tables.ts'
import { Spool } from '#db/seeds/bulk/spool.ts'
import { staffOf, writeStaff } from '#db/seeds/bulk/staff.ts'
import { addTally, sumUp } from '#db/seeds/bulk/sums.ts'
import { DEMO_PASSWORD } from '#db/seeds/demo-users.ts'
import { randomFrom } from '#db/seeds/random.ts'
import { loadRegions } from '#db/seeds/regions.ts'
import { transact } from '#db/transaction.ts'

export type Wanted = { households: number, seed: number, regions?: readonly string[], today: string, dataDirectory: string }
export type Progress = (step: string, done: number, total: number) => void
type How = { tell?: Progress, makers?: (making: Making) => Makers }

const SUMMED = ['household_counts', 'recipient_counts', 'map_cells', 'map_unplaced_counts', 'evidence_groups', 'gate_counts', 'dashboard_counts', 'dashboard_officers', 'dashboard_places']
const BARE = [...Object.keys(TABLES), ...SUMMED, 'audit_entries', 'transitions']
// A key that points at a column needs its index, and that is built last; nothing is lost but time if this is broken off.
const LOADING = ['foreign_keys = OFF', 'synchronous = OFF', 'journal_mode = OFF', 'cache_size = -1000000', 'threads = 2']
const USUAL = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'cache_size = -65536', 'threads = 0']

// A register as three years of work leave it, in a database that has none yet: told by story.ts, written table by table without
// the operations, and equal to what those would have made (test/seeds-bulk.test.ts).
export async function seedBulk(db: Db, { households, seed, regions = REGENCIES, today, dataDirectory }: Wanted, { tell = () => {}, makers: make = oneself }: How = {}) {
  const { $client: client } = db
  if (client.prepare('SELECT 1 FROM households LIMIT 1').get()) throw new Error('There are households already: seed into an empty SIKS_DATA.')
  for (const pragma of LOADING) client.pragma(pragma)
  loadRegions(db)
  const villages = villagesOf(db, randomFrom(seed), { households, regions })
  const now = `${today}T00:00:00.000Z`
  const before = new Date(Date.parse(now) + (BEGUN - 1) * DAY_MS).toISOString()
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  inOne(client, () => writeStaff(db, staffOf(villages), { passwordHash, at: before, seed }))
  const { photos, papers } = await keepFiles(db, dataDirectory, before)
  const bare = undress(client, BARE)
  const makers = make({ seed, today, now, photos })
  const spool = new Spool(client.memory ? tmpdir() : dirname(client.name))
  try {
    const told = await writeHouseholds(client, makers, { villages, households, spool, tell })
    spool.add(linesByWeek(told.batches.write(client, today, papers)))
    await writeTrail(client, makers, spool, tell)
    dress(client, bare.filter(({ type }) => type === 'index'), tell)
    tell('sums', 0, 0)
    inOne(client, () => sumUp(db, told.tally, now))
    while (gatherSome(db, now));
    dress(client, bare.filter(({ type }) => type === 'trigger'))
    tell('households with something amiss', 0, told.gaps.length)
    inOne(client, () => judgeAmiss(db, told.gaps, now))
    transact(db, system, dropAnchors, new Date(now))
  } finally {
    spool.close()
    await makers.close()
    for (const pragma of USUAL) client.pragma(pragma)
  }
}

type Writing = { villages: readonly Village[], households: number, spool: Spool, tell: Progress }

async function writeHouseholds(client: Client, makers: Makers, { villages, households, spool, tell }: Writing) {
  const [batches, tally, gaps] = [new Batches(), newTally(), [] as string[]]
  const put = (Object.keys(TABLES) as TableName[]).map((name) => [name, inserter(client, name, TABLES[name])] as const)
  client.exec(`${SEARCH_MEMORY(SEARCH_AT_ONCE)}; BEGIN`)
  let done = 0
  for await (const { rows, weeks, tally: some, leaves, gaps: lacking, batches: known } of makers.chunks(jobsFor(villages))) {
    batches.know(known)
    batches.place(rows.batch_items, leaves)
    for (const [name, insert] of put) insert(rows[name])
    spool.add(weeks)
    addTally(tally, some)
    gaps.push(...lacking)
    tell('households', done += rows.households.length / TABLES.households.length, households)
  }
  client.exec(`COMMIT; ${SEARCH_MEMORY(SEARCH_USUAL)}`)
  return { batches, tally, gaps }
}

// How much of the search index is gathered in memory before it is written.
const [SEARCH_AT_ONCE, SEARCH_USUAL] = [64 * 1024 * 1024, 1024 * 1024]
const SEARCH_MEMORY = (bytes: number) => `INSERT INTO household_search (household_search, rank) VALUES ('hashsize', ${bytes})`

const AT_ONCE = 250

function* jobsFor(villages: readonly Village[]): Generator<Some> {
  const sizes = new Map<string, number>()
  for (const { code, households } of villages) sizes.set(code.slice(0, REGENCY), (sizes.get(code.slice(0, REGENCY)) ?? 0) + households)
  for (const village of villages) {
    const [parts, end] = [partsFor(sizes.get(village.code.slice(0, REGENCY))!), village.first + village.households]
    for (let from = village.first; from < end; from += AT_ONCE) yield { kind: 'households', village, parts, from, to: Math.min(from + AT_ONCE, end) }
  }
}

const LINE = ['seq', 'at', 'actor_id', 'action', 'subject', 'details', 'previous_hash', 'hash']
const MOVE = ['household_id', 'from_stage', 'to_stage', 'at', 'actor_id', 'note', 'subject']

// While one week is written the next is put in order and chained.
async function writeTrail(client: Client, makers: Makers, spool: Spool, tell: Progress) {
  const [putLines, putMoves, weeks] = [inserter(client, 'audit_entries', LINE), inserter(client, 'transitions', MOVE), spool.inOrder()]
  const ask = (i: number, last: Link) => i < weeks.length ? makers.week({ kind: 'week', file: weeks[i]!, last }) : undefined
  client.exec('BEGIN')
  let chained = await ask(0, BEGINNING)
  for (let i = 0; chained; i += 1) {
    const { lines, moves, last }: Chained = chained
    const next = ask(i + 1, last)
    putLines(lines)
    putMoves(moves)
    rmSync(weeks[i]!)
    tell('weeks of the trail', i + 1, weeks.length)
    chained = await next
  }
  client.exec('COMMIT')
}

// Some rows with each call, because calling costs as much as a row does.
const TOGETHER = 16

function inserter(client: Client, table: string, columns: readonly string[]) {
  const row = `(${columns.map(() => '?').join(', ')})`
  const insert = (rows: number) => ({ width: rows * columns.length, statement: client.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${Array<string>(rows).fill(row).join(', ')}`) })
  const sizes = [insert(TOGETHER), insert(1)]
  return (values: readonly Value[]) => {
    let done = 0
    for (const { width, statement } of sizes) for (; done + width <= values.length; done += width) statement.run(values.slice(done, done + width))
  }
}

const inOne = (client: Client, work: () => void) => client.transaction(work).immediate()

const sharing = `SELECT household_id FROM members WHERE nik IN (SELECT nik FROM members WHERE nik IS NOT NULL GROUP BY nik HAVING count(*) > 1)
  UNION SELECT household_id FROM families WHERE kk_number IN (SELECT kk_number FROM families WHERE kk_number IS NOT NULL GROUP BY kk_number HAVING count(*) > 1)`

// Nearly everybody passes; whoever lacks a number or shares one is judged as always.
function judgeAmiss(db: Db, gaps: readonly string[], now: string) {
  const ids = new Set([...gaps, ...db.$client.prepare<[], string>(sharing).pluck().all() as string[]])
  for (const id of ids) judgeHousehold(db, id, now)
  db.$client.exec('DELETE FROM check_queue')
}

const FOLDER = 'db/seeds/photos'

export async function keepFiles(db: Db, directory: string, at: string) {
  const put = (file: StoredFile) => db.$client.prepare('INSERT INTO files (sha256, mime, bytes, width, height, stored_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(file.sha256, file.mime, file.bytes, file.width ?? null, file.height ?? null, at)
  const photos: Record<string, string> = {}
  for (const { code } of PHOTO_KINDS) {
    const incoming = await spoolFile(directory, Readable.from([readFileSync(join(FOLDER, `${code}.jpg`))]))
    const file = await keep(directory, incoming, recognise(code, 'photo', incoming))
    put(file)
    photos[code] = file.sha256
  }
  const paper = async (text: string, mime: string) => {
    const file = await keep(directory, await spoolFile(directory, Readable.from([Buffer.from(text)])), { mime })
    put(file)
    return file.sha256
  }
  return { photos, papers: { letter: await paper('%PDF-1.4\n% surat contoh\n', 'application/pdf'), archive: await paper('paket contoh\n', 'application/zip') } }
}
