import { eq } from 'drizzle-orm'
import type { DeliveryText } from '#app/deliveries/format.ts'
import type { Household } from '#app/households/records.ts'
import { recordAt } from '#app/households/versions.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { mergeRecords, type Merged } from '#app/questionnaire/merge.ts'
import { emptyRecord, type HouseholdRecord } from '#app/questionnaire/record.ts'
import { withAges } from '#app/visits/answers.ts'
import { readWhole } from '#app/visits/whole.ts'
import type { Db } from '#db/connection.ts'
import { users, visits } from '#db/schema/index.ts'

// What can be done with a delivery as things stand now, whatever they were when it came: two visits put together answer by
// answer, taken up for its officer, or only closed.
export type Way = 'choose' | 'use' | 'close'

export const wayOf = (household: Household | undefined, first: First | undefined): Way => {
  if (!household) return 'close'
  if (household.stage === 'submitted' && first?.status === 'submitted') return 'choose'
  return FREE.includes(household.stage) ? 'use' : 'close'
}

// No visit of it stands: an officer holds it, or nobody does.
const FREE: readonly string[] = ['published', 'assigned', 'downloaded', 'deliberated', 'returned']

export type First = NonNullable<ReturnType<typeof firstVisit>>

// The visit that came first and stands for the household.
export const firstVisit = (db: Db, { visitId }: Pick<Household, 'visitId'>) => visitId === null ? undefined : db
  .select({ id: visits.id, regionCode: visits.regionCode, status: visits.status, revision: visits.revision, record: visits.record, submittedAt: visits.submittedAt, version: visits.questionnaireVersion, officerName: users.name })
  .from(visits).innerJoin(users, eq(users.id, visits.officerId)).where(eq(visits.id, visitId)).get()

// Both visits against the master version the delivery began from; the first is `ours`.
export function meet(db: Db, first: First, { householdId, baseVersion, visit }: DeliveryText, now: string): Merged {
  const base = recordAt(db, householdId, baseVersion)
  const ours = withAges(first.record, dayIn(first.regionCode, now))
  return mergeRecords(base ? withoutOutcome(base) : emptyRecord(), ours, readWhole(visit, first.regionCode, now))
}

// A visit begins without the outcome of the one before it.
function withoutOutcome(record: HouseholdRecord): HouseholdRecord {
  const { hasilVerivali: _before, ...household } = record.household
  return { ...record, household }
}

// What a person has seen when deciding; another state of things is another stamp.
export const stampOf = (way: Way, household: Household | undefined, first: First | undefined) =>
  [way, household?.stage ?? '', household?.officerId ?? '', way === 'choose' ? `${first!.id}:${first!.revision}` : ''].join('|')
