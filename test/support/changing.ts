import { eq } from 'drizzle-orm'
import { applyPlan } from '#app/changes/applying.ts'
import { householdsOf, plan, type Change, type Plan } from '#app/changes/changes.ts'
import { Problem } from '#app/problems.ts'
import type { Undo } from '#app/proposals/kinds.ts'
import { householdsIn, planOf } from '#app/proposals/planning.ts'
import { presentMembers, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { households, householdVersions, inactiveHouseholds } from '#db/schema/index.ts'
import { transact } from '#db/transaction.ts'

// A small village that lives in a real database: changes are planned and written as the ministry's determination does.
export type Homes = Map<string, { record: HouseholdRecord, version: number, regionCode: string, active: boolean }>

export function homesIn(db: Db): Homes {
  const inactive = new Set(db.select().from(inactiveHouseholds).all().map(({ householdId }) => householdId))
  return new Map(db.select().from(households).all().map(({ id, record, version, regionCode }) => [id, { record, version, regionCode, active: !inactive.has(id) }]))
}

export const recordsIn = (homes: Homes) => new Map([...homes].map(([id, { record }]) => [id, record]))

// Written, or refused with nothing written.
export function happen(db: Db, change: Change | Undo, cause: string): Plan | undefined {
  const homes = homesIn(db)
  const ids = change.kind === 'undo' ? householdsIn(change) : householdsOf(change)
  if (change.kind !== 'undo' && ids.some((id) => homes.get(id)!.active === (change.kind === 'reactivation'))) return undefined
  try {
    const made = change.kind === 'undo' ? planOf(change, recordsIn(homes)) : plan(change, recordsIn(homes))
    const base = Object.fromEntries(ids.map((id) => [id, homes.get(id)!.version]))
    transact(db, system, (tx) => applyPlan(tx, made, base, cause), new Date('2026-03-02T03:00:00.000Z'))
    return made
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

export const undoOf = ({ revised, created, moved, deactivated, reactivated }: Plan): Undo => ({
  kind: 'undo', of: 'proposal:test', revised: revised.map(({ householdId, before }) => ({ householdId, record: before })),
  moved: moved.map(({ householdId, from, to }) => ({ householdId, from: to, to: from })), reactivated: deactivated.map(({ householdId }) => ({ householdId })),
  deactivated: [...created.map(({ id }) => id), ...reactivated.map(({ householdId }) => householdId)].map((householdId) => ({ householdId, reason: 'pembatalan' })),
})

// The same history once more, from the first versions and the changes alone.
export function replay(first: Map<string, HouseholdRecord>, changes: (Change | Undo)[]): Map<string, HouseholdRecord> {
  const records = new Map(first)
  for (const change of changes) {
    const { revised, created } = change.kind === 'undo' ? planOf(change, records) : plan(change, records)
    revised.forEach(({ householdId, after }) => records.set(householdId, after))
    created.forEach(({ id, record }) => records.set(id, record))
  }
  return records
}

export const versionsOf = (db: Db, id: string) => db.select({ version: householdVersions.version, record: householdVersions.record }).from(householdVersions)
  .where(eq(householdVersions.householdId, id)).orderBy(householdVersions.version).all()

// Who is where: by NIK, the active households somebody is present in.
export function presences(homes: Homes): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [id, { record, active }] of homes) {
    if (active) for (const { nik } of presentMembers(record)) if (nik) found.set(String(nik), [...found.get(String(nik)) ?? [], id])
  }
  return found
}
