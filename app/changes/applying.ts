import { and, eq } from 'drizzle-orm'
import type { Plan } from '#app/changes/changes.ts'
import { refuseClashes } from '#app/changes/clashes.ts'
import { moveStage } from '#app/households/moves.ts'
import { createHousehold, getHousehold, reviseHousehold, type Household } from '#app/households/records.ts'
import type { Stage } from '#app/households/stages.ts'
import { conflict } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { households, householdVersions, inactiveHouseholds } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

// Writes a plan into the master: versions, places, who is active. baseVersions: the version of each household that was
// there when the plan was made; if one has moved on, nothing is written. The same plan for the same cause once more is a
// success that does nothing.
export function applyPlan(tx: Tx, plan: Plan, baseVersions: Record<string, number>, cause: string) {
  if (isWritten(tx.db, plan, baseVersions, cause)) return
  const touched = new Map(idsOf(plan).map((id) => [id, getHousehold(tx, id)]))
  for (const [id, { version }] of touched) if (version !== baseVersions[id]) throw conflict('Data rumah tangga ini sudah berubah sejak usulan dibuat. Periksa lagi usulannya.')
  refuseClashes(tx.db, plan)
  for (const { householdId, from, to } of plan.moved) moveRegion(tx, touched.get(householdId)!, from, to, cause)
  for (const [id, household] of touched) {
    const after = afterOf(plan, id, household)
    if (after) reviseHousehold(tx, household, baseVersions[id]!, after, cause)
  }
  for (const { id, regionCode, record } of plan.created) createHousehold(tx, { id, regionCode, prelistId: null, origin: 'new', record, cause, stage: 'published' })
  for (const { householdId, reason } of plan.deactivated) deactivate(tx, householdId, reason, cause)
  for (const { householdId } of plan.reactivated) reactivate(tx, householdId, cause)
}

const idsOf = ({ revised, moved, deactivated, reactivated }: Plan) =>
  [...new Set([...revised, ...moved, ...deactivated, ...reactivated].map(({ householdId }) => householdId))]

// Every household a plan names gets a version, also where its answers stay: the version is what a stale proposal is told by.
function afterOf({ revised }: Plan, id: string, { record }: Household): HouseholdRecord {
  return revised.find(({ householdId }) => householdId === id)?.after ?? record
}

// The officer of the desa that is left has nothing to do there any more, not even to mend.
const IN_THE_FIELD: readonly Stage[] = ['assigned', 'downloaded', 'deliberated', 'returned']

function moveRegion(tx: Tx, household: Household, from: string, to: string, cause: string) {
  if (household.regionCode !== from) throw conflict('Rumah tangga ini sudah tidak berada di desa asal yang disebut usulan.')
  if (IN_THE_FIELD.includes(household.stage)) moveStage(tx, household, 'published', { subject: cause, set: { officerId: null } })
  tx.db.update(households).set({ regionCode: to }).where(eq(households.id, household.id)).run()
  tx.audit('household.moved', household.id, { from, to, cause })
}

function deactivate(tx: Tx, householdId: string, reason: string, cause: string) {
  const done = tx.db.insert(inactiveHouseholds).values({ householdId, reason, since: dayOf(tx.now), cause }).onConflictDoNothing().run().changes
  if (done === 0) throw conflict('Rumah tangga ini sudah nonaktif.')
  tx.audit('household.deactivated', householdId, { reason, cause })
}

function reactivate(tx: Tx, householdId: string, cause: string) {
  const done = tx.db.delete(inactiveHouseholds).where(eq(inactiveHouseholds.householdId, householdId)).run().changes
  if (done === 0) throw conflict('Rumah tangga ini sudah aktif.')
  tx.audit('household.reactivated', householdId, { cause })
}

// Two proposals of one batch have one cause, so the text of the version decides, too.
function isWritten(db: Db, plan: Plan, baseVersions: Record<string, number>, cause: string): boolean {
  const has = (householdId: string, version: number, record?: HouseholdRecord) => {
    const found = db.select({ cause: householdVersions.cause, record: householdVersions.record }).from(householdVersions)
      .where(and(eq(householdVersions.householdId, householdId), eq(householdVersions.version, version))).get()
    return found?.cause === cause && (!record || JSON.stringify(found.record) === JSON.stringify(record))
  }
  return plan.created.every(({ id, record }) => has(id, 1, record))
    && idsOf(plan).every((id) => has(id, (baseVersions[id] ?? 0) + 1, plan.revised.find(({ householdId }) => householdId === id)?.after))
}
