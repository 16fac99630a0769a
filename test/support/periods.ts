import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { addLines, startHash, type SnapshotRow } from '#app/periods/lines.ts'
import { cutOffPeriod, closePeriod, planPeriod, type NewPeriod } from '#app/periods/planning.ts'
import { periodsDone, workOnPeriods } from '#app/periods/work.ts'
import { openBatch } from '#app/ratification/batches.ts'
import { acceptRecords } from '#app/ratification/determination.ts'
import { askDispatch, putPackage } from '#app/ratification/dispatch.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { gather } from '#app/ratification/gathering.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import {
  comparisonReasons, comparisonRows, comparisons, comparisonVillages, inactiveHouseholds, periodBatches, periods, snapshotRows, snapshots, snapshotVillages, type RowFace,
} from '#db/schema/index.ts'
import { as, BANTUL, budi, hadi, mega, PONCOSARI, rina, siti, addHousehold, type Wanted } from '#test/support/world.ts'
import { addVerified } from '#test/support/visit.ts'

// Noon in Jakarta, on this day.
export const noon = (day: string) => `${day}T05:00:00.000Z`

// March 2026 unless told otherwise: opens on the 1st, cut-off on the 20th, closes on the 31st.
export function addPeriod(db: Db, id: string, { on = '2026-03-01', ...given }: Partial<NewPeriod> & { on?: string } = {}) {
  const period: NewPeriod = {
    id, regionCode: '', cadence: 'monthly', name: `Periode ${id}`, opensOn: '2026-03-01', cutoffOn: '2026-03-20', closesOn: '2026-03-31', ...given,
  }
  as(db, mega, (tx) => planPeriod(tx, period), noon(on))
  return id
}

const file = { sha256: 'aa'.repeat(32), mime: 'application/zip', bytes: 1 }

// A batch of these new households, ratified at this moment and ready to be sent.
export async function ratifiedBatch(db: Db, title: string, households: (string | [string, Wanted])[], at: string): Promise<string> {
  for (const one of households) {
    const [id, wanted] = typeof one === 'string' ? [one, { head: one }] : one
    addHousehold(db, id, wanted)
    addVerified(db, id, siti, budi)
  }
  const id = randomUUID()
  const batch = as(db, rina, (tx) => openBatch(tx, { id, regionCode: BANTUL, title }), at)
  await gather(db, rina, batch, new Date(at))
  as(db, rina, (tx) => freezeBatch(tx, id), at)
  as(db, hadi, (tx) => ratifyBatch(tx, id, { letterNumber: '460/1', letterDate: at.slice(0, 10), signatory: 'Bupati' }, { ...file, id: randomUUID(), field: 'letter', name: 's.pdf' }), at)
  return id
}

// The same, prepared and dispatched on the days named.
export async function sendBatch(db: Db, households: (string | [string, Wanted])[], { prepared, sent = prepared }: { prepared: string, sent?: string }): Promise<string> {
  const id = await ratifiedBatch(db, households.join(' '), households, noon(prepared))
  as(db, rina, (tx) => {
    askDispatch(tx, id)
    putPackage(tx, id, file, randomUUID())
  }, noon(sent))
  return id
}

export const accept = (db: Db, batchId: string, day: string, chosen: string[] | 'all' = 'all') => as(db, mega, (tx) => acceptRecords(tx, batchId, chosen), noon(day))

// Where a batch counts, as it went: [period, missed, reason, accepted].
export const wayOf = (db: Db, batchId: string) => db.select().from(periodBatches).where(eq(periodBatches.batchId, batchId)).orderBy(periodBatches.number).all()
  .map(({ periodId, missedId, reason, accepted }) => [periodId, missedId, reason, accepted])

// Cut off, closed, and its snapshot taken.
export async function closeNow(db: Db, id: string, day: string) {
  as(db, mega, (tx) => cutOffPeriod(tx, id), noon(day))
  as(db, mega, (tx) => closePeriod(tx, id), noon(day))
  workOnPeriods(db)
  await periodsDone(db)
}

export const periodNamed = (db: Db, id: string) => db.select().from(periods).where(eq(periods.id, id)).get()!

// A household the registry holds as determined.
export const addDetermined = (db: Db, id: string, given: Wanted = {}) => addHousehold(db, id, { head: id, ...given, stage: 'determined' })

export const revise = (db: Db, id: string, change: (record: HouseholdRecord) => HouseholdRecord, cause = 'determination:b', at = noon('2026-04-05')) => as(db, system, (tx) => {
  const known = getHousehold(tx, id)
  reviseHousehold(tx, known, known.version, change(known.record), cause)
}, at)

export const deactivate = (db: Db, id: string, reason = 'mampu') =>
  db.insert(inactiveHouseholds).values({ householdId: id, reason, since: noon('2026-04-05'), cause: 'determination:b' }).run()

// Bantul with two closed periods, compared, and one that is open: without waiting for the background.
export function addPeriodsOfAllKinds(db: Db) {
  const stretch = { regionCode: BANTUL, cadence: 'monthly' as const, madeBy: mega.id, madeAt: noon('2026-01-01') }
  db.insert(periods).values([
    { ...stretch, id: 'before', name: 'Januari 2026', opensOn: '2026-01-01', cutoffOn: '2026-01-20', closesOn: '2026-01-31', closedBy: mega.id, closedAt: noon('2026-01-31') },
    { ...stretch, id: 'after', name: 'Februari 2026', opensOn: '2026-02-01', cutoffOn: '2026-02-20', closesOn: '2026-02-28', closedBy: mega.id, closedAt: noon('2026-02-28') },
    { ...stretch, id: 'open', name: 'Panjang', opensOn: '2026-03-01', cutoffOn: '2126-03-20', closesOn: '2126-03-31' },
  ]).run()
  for (const [id, periodId, at] of [[1, 'before', noon('2026-01-31')], [2, 'after', noon('2026-02-28')]] as const) {
    db.insert(snapshots).values({ id, periodId, regionCode: BANTUL, status: 'taking', requestedAt: at, takenAt: at }).run()
    db.insert(snapshotRows).values({ snapshotId: id, householdId: `asep-${id}`, regionCode: PONCOSARI, version: 2, memberCount: 2, programmes: '', headName: 'Asep', address: 'Jl. Melati' }).run()
    db.insert(snapshotVillages).values({ snapshotId: id, regionCode: PONCOSARI, households: 1, members: 2 }).run()
    db.update(snapshots).set({ status: 'ready', householdCount: 1, memberCount: 2, hash: 'ab'.repeat(32), readyAt: at }).where(eq(snapshots.id, id)).run()
  }
  db.insert(comparisons).values({ id: 1, fromId: 1, toId: 2, regionCode: BANTUL, status: 'ready', total: 2, done: 2, askedBy: rina.id, askedAt: noon('2026-03-01'), readyAt: noon('2026-03-01') }).run()
  db.insert(comparisonVillages).values({ comparisonId: 1, regionCode: PONCOSARI, before: 1, after: 1, entries: 1, exits: 1, movedIn: 0, movedOut: 0, members: 0, head: 0, address: 0 }).run()
  db.insert(comparisonReasons).values({ comparisonId: 1, regionCode: PONCOSARI, reason: 'undetermined', count: 1 }).run()
  const face: RowFace = ['Asep', 'Jl. Melati', 2, PONCOSARI]
  const row = { comparisonId: 1, regionCode: PONCOSARI, headName: 'Asep' }
  db.insert(comparisonRows).values([
    { ...row, kind: 'entry', householdId: 'asep-2', after: face }, { ...row, kind: 'exit', householdId: 'asep-1', reason: 'undetermined', before: face },
  ]).run()
}

// The hash a snapshot must have, however its rows come.
export const hashOf = (rows: SnapshotRow[]) =>
  addLines(startHash(), [...rows].sort((one, other) => (one.householdId < other.householdId ? -1 : 1))).digest('hex')
