import { demand } from '#app/users/permissions.ts'
import type { Tx } from '#db/transaction.ts'

// A table leaves as a file: who took it, and of which place.
export function recordTable(tx: Tx, table: string, details: Record<string, unknown>) {
  demand(tx.actor, 'dashboard.read')
  tx.audit('dashboard.downloaded', table, details)
}
