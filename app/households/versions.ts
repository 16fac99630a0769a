import { and, desc, eq, inArray } from 'drizzle-orm'
import { hideNumber, holdsNumber, seesNumbers } from '#app/households/masking.ts'
import { getHousehold } from '#app/households/records.ts'
import { notFound } from '#app/problems.ts'
import { diffRecords, type Difference } from '#app/questionnaire/diff.ts'
import { emptyRecord, type HouseholdRecord } from '#app/questionnaire/record.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { householdVersions, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

const SHOWN = 50

// What the household's record said in that version; undefined when there is none. The caller has read the household in its scope.
export const recordAt = (db: Db, householdId: string, version: number): HouseholdRecord | undefined => db.select({ record: householdVersions.record })
  .from(householdVersions).where(and(eq(householdVersions.householdId, householdId), eq(householdVersions.version, version))).get()?.record

export type ListedVersion = ReturnType<typeof listVersions>['versions'][number]

// The clock of each visit differs every time and says nothing of the household.
const isClock = ({ path }: Difference) => /(At|Ms)$/.test(path)
export const changesBetween = (before: HouseholdRecord, after: HouseholdRecord) => diffRecords(before, after).filter((difference) => !isClock(difference))

// Newest first. How much each one changed is told, not what: that is read in the version itself.
export function listVersions(db: Db, actor: Actor, householdId: string) {
  demand(actor, 'household.read')
  const { id, headName } = getHousehold({ db, actor }, householdId)
  const rows = db.select({
    version: householdVersions.version, cause: householdVersions.cause, createdAt: householdVersions.createdAt,
    record: householdVersions.record, by: users.name,
  }).from(householdVersions).leftJoin(users, eq(users.id, householdVersions.createdBy))
    .where(eq(householdVersions.householdId, id)).orderBy(desc(householdVersions.version)).limit(SHOWN + 1).all()
  return {
    id, headName,
    versions: rows.slice(0, SHOWN).map(({ record, ...version }, i) => {
      const before = rows[i + 1]?.record
      return { ...version, changes: before ? changesBetween(before, record).length : undefined }
    }),
  }
}

export type VersionView = ReturnType<typeof openVersion>

// One version beside the one before it. Both are personal data, so it is a reading like any other.
export function openVersion(tx: Tx, householdId: string, version: number, { numbers = false } = {}) {
  demand(tx.actor, 'household.read')
  const { id, headName, version: newest } = getHousehold(tx, householdId)
  const pair = tx.db.select({
    version: householdVersions.version, cause: householdVersions.cause, createdAt: householdVersions.createdAt,
    record: householdVersions.record, by: users.name,
  }).from(householdVersions).leftJoin(users, eq(users.id, householdVersions.createdBy))
    .where(and(eq(householdVersions.householdId, id), inArray(householdVersions.version, [version, version - 1])))
    .orderBy(desc(householdVersions.version)).limit(2).all()
  const [chosen, before] = pair
  if (chosen?.version !== version) throw notFound('Versi ini')
  tx.audit('household.opened', id, { version })
  const differences = changesBetween(before?.record ?? emptyRecord(), chosen.record)
  const { record: _, ...facts } = chosen
  return {
    id, headName, newest, ...facts, first: before === undefined, full: numbers, mayUnmask: seesNumbers(tx.actor),
    hidesNumbers: differences.some(({ path }) => holdsNumber(path)), changes: numbers ? differences : differences.map(masked),
  }
}

export const masked = (difference: Difference): Difference => holdsNumber(difference.path)
  ? { ...difference, before: hideNumber(difference.before), after: hideNumber(difference.after) } : difference
