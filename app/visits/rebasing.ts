import { eq } from 'drizzle-orm'
import type { Household } from '#app/households/records.ts'
import { recordAt } from '#app/households/versions.ts'
import { mergeRecords } from '#app/questionnaire/merge.ts'
import { beginRecord } from '#app/visits/answers.ts'
import { keepRemarksAtTheirRows } from '#app/visits/remarks.ts'
import type { Visit } from '#app/visits/visits.ts'
import { visits } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

type Master = Pick<Household, 'id' | 'version' | 'record'>

export const isBehind = ({ baseVersion }: Pick<Visit, 'baseVersion'>, { version }: Pick<Master, 'version'>) => baseVersion !== version

// A visit can be determined only against the master it began from. Where a usulan has been determined meanwhile (a death, a new
// card), what that changed comes into a visit that goes back to its officer; what the officer found stays. Else it would be
// returned again and again, however often it is mended.
export function takeUpMaster(tx: Tx, { id, baseVersion, record, revision }: Visit, household: Master) {
  const base = recordAt(tx.db, household.id, baseVersion)
  if (!base) return
  const merged = mergeRecords(beginRecord(base), record, beginRecord(household.record))
  tx.db.update(visits).set({ record: merged.record, baseVersion: household.version, revision: revision + 1 }).where(eq(visits.id, id)).run()
  keepRemarksAtTheirRows(tx, id, record, merged.record)
  tx.audit('visit.rebased', id, { household: household.id, from: baseVersion, to: household.version })
}
