import { setImmediate as breathe } from 'node:timers/promises'
import type { Statement } from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import { projection } from '#app/households/records.ts'
import { addLines, startHash, type SnapshotRow } from '#app/periods/lines.ts'
import { writeStep } from '#app/periods/write-step.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { snapshots } from '#db/schema/index.ts'
import { openMoment } from '#db/moment.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// Some hundredths of a second each.
const CHUNK = 250

type Snapshot = typeof snapshots.$inferSelect
type Counts = { households: number, members: number }
type Villages = Map<string, Counts>

// Writes down every active, determined household of the place as it is at one moment. Broken off by a restart it begins
// anew, at the moment it is begun: what a half one holds is thrown away.
export async function takeSnapshot(db: Db, id: number, at = new Date()) {
  const snapshot = db.select().from(snapshots).where(eq(snapshots.id, id)).get()
  if (!snapshot || snapshot.status === 'ready') return
  await clear(db, id)
  const moment = openMoment(db)
  const villages: Villages = new Map()
  try {
    const { total } = moment.$client.prepare<[], { total: number }>('SELECT count(*) AS total FROM households').get()!
    transact(db, system, (tx) => begin(tx, id, total), at)
    await takeHouseholds(db, moment, snapshot, villages)
  } finally {
    moment.$client.close()
  }
  const hash = await hashSnapshot(db, id)
  transact(db, system, (tx) => finish(tx, snapshot, villages, hash), at)
}

const dropRows = statement<[number, number, number], unknown>(
  'DELETE FROM snapshot_rows WHERE snapshot_id = ? AND household_id IN (SELECT household_id FROM snapshot_rows WHERE snapshot_id = ? LIMIT ?)')

async function clear(db: Db, id: number) {
  while (dropRows(db).run(id, id, CHUNK).changes > 0) await breathe()
}

const begin = (tx: Tx, id: number, total: number) =>
  void tx.db.update(snapshots).set({ status: 'taking', takenAt: tx.now, total, done: 0 }).where(eq(snapshots.id, id)).run()

// The version that counts is the newest that a determination wrote or accepted: a household that is visited anew, or that a
// prelist has changed since, is still registered as it was determined.
const HOUSEHOLDS = `SELECT h.id AS householdId, h.region_code AS regionCode, h.version AS current, h.head_name AS headName, h.address,
    h.programmes, d.desil, (SELECT count(*) FROM members m WHERE m.household_id = h.id AND COALESCE(m.presence, 1) IN (1, 4)) AS memberCount,
    CASE WHEN h.stage = 'determined' THEN h.version ELSE (
      SELECT max(v.version) FROM household_versions v WHERE v.household_id = h.id AND (v.cause LIKE 'determination:%'
        OR v.created_at <= (SELECT max(t.at) FROM transitions t WHERE t.household_id = h.id AND t.to_stage = 'determined'))
    ) END AS version
  FROM households h LEFT JOIN household_desil d ON d.household_id = h.id
  WHERE h.id > ? AND h.id <= ? AND +h.region_code >= ? AND +h.region_code < ? AND h.stage <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id)
  ORDER BY h.id`

type Found = Omit<SnapshotRow, 'version'> & { current: number, version: number | null }

// In the order of the ids, which is the order of the table that is written: each of its pages is filled once.
async function takeHouseholds(db: Db, { $client }: Db, { id, regionCode }: Snapshot, villages: Villages) {
  const idsAfter = $client.prepare<[string, number], string>('SELECT id FROM households WHERE id > ? ORDER BY id LIMIT ?').pluck()
  const households = $client.prepare<[string, string, string, string], Found>(HOUSEHOLDS)
  const older = $client.prepare<[string, number], { record: string }>('SELECT record FROM household_versions WHERE household_id = ? AND version = ?')
  for (let after = '', ids: string[]; (ids = idsAfter.all(after, CHUNK)).length > 0; after = ids.at(-1)!) {
    const found = households.all(after, ids.at(-1)!, regionCode, `${regionCode}:`)
    const rows = found.flatMap((one) => one.version === null ? [] : [asDetermined({ ...one, version: one.version }, older)])
    writeStep(db, (tx) => keepRows(tx, id, rows, ids.length))
    for (const row of rows) count(villages, row)
    await breathe()
  }
}

function count(villages: Villages, { regionCode, memberCount }: SnapshotRow) {
  const { households, members } = villages.get(regionCode) ?? { households: 0, members: 0 }
  villages.set(regionCode, { households: households + 1, members: members + memberCount })
}

function keepRows(tx: Tx, id: number, rows: SnapshotRow[], looked: number) {
  for (const row of rows) {
    insertRow(tx.db).run(id, row.householdId, row.regionCode, row.version, row.memberCount, row.desil, row.programmes, row.headName, row.address)
  }
  tx.db.update(snapshots).set({ done: sql`done + ${looked}` }).where(eq(snapshots.id, id)).run()
}

const insertRow = statement<[number, string, string, number, number, number | null, string, string, string], unknown>(`INSERT INTO snapshot_rows
  (snapshot_id, household_id, region_code, version, member_count, desil, programmes, head_name, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)

// The columns tell of the newest version; an older one is read from its own record.
function asDetermined(found: SnapshotRow & { current: number }, older: Statement<[string, number], { record: string }>): SnapshotRow {
  if (found.version === found.current) return found
  const record = JSON.parse(older.get(found.householdId, found.version)!.record) as HouseholdRecord
  const { headName, address, programmes } = projection(record)
  return { ...found, headName, address, programmes, memberCount: presentMembers(record).length }
}

const rowsAfter = statement<[number, string, number], SnapshotRow>(`SELECT household_id AS householdId, region_code AS regionCode, version,
  member_count AS memberCount, desil, programmes, head_name AS headName, address
  FROM snapshot_rows WHERE snapshot_id = ? AND household_id > ? ORDER BY household_id LIMIT ?`)

// In the order of the ids, a chunk at a time.
export const readRows = (db: Db, id: number, after: string, limit: number): SnapshotRow[] => rowsAfter(db).all(id, after, limit)

const HASHED = 2000

export async function hashSnapshot(db: Db, id: number, told: (rows: number) => void = () => undefined): Promise<string> {
  const hash = startHash()
  for (let after = '', done = 0; ;) {
    const rows = readRows(db, id, after, HASHED)
    addLines(hash, rows)
    done += rows.length
    if (rows.length < HASHED) return hash.digest('hex')
    after = rows.at(-1)!.householdId
    told(done)
    await breathe()
  }
}

function finish(tx: Tx, { id, periodId }: Snapshot, villages: Villages, hash: string) {
  for (const [code, { households, members }] of villages) insertVillage(tx.db).run(id, code, households, members)
  const sums = [...villages.values()]
  const householdCount = sums.reduce((sum, { households }) => sum + households, 0)
  const memberCount = sums.reduce((sum, { members }) => sum + members, 0)
  tx.db.update(snapshots).set({ status: 'ready', householdCount, memberCount, hash, readyAt: tx.now }).where(eq(snapshots.id, id)).run()
  tx.audit('period.snapshot_taken', periodId, { households: householdCount, members: memberCount, hash })
}

const insertVillage = statement<[number, string, number, number], unknown>('INSERT INTO snapshot_villages (snapshot_id, region_code, households, members) VALUES (?, ?, ?, ?)')
