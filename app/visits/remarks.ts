import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { followRow } from '#app/visits/following-rows.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

const remarksAt = statement<[string], { id: number, path: string }>('SELECT id, path FROM remarks WHERE visit_id = ? ORDER BY id')
const writePath = statement<[string, number], unknown>('UPDATE remarks SET path = ? WHERE id = ?')

// The answers of a visit were written anew: what checkers remarked stays with the person it was said of.
export function keepRemarksAtTheirRows(tx: Tx, visitId: string, before: HouseholdRecord, after: HouseholdRecord) {
  for (const { id, path } of remarksAt(tx.db).all(visitId)) {
    const now = followRow(path, before, after)
    if (now !== path) writePath(tx.db).run(now, id)
  }
}
