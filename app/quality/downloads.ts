import type { Tx } from '#db/transaction.ts'

// Work of named people leaves the house: who took it stands in the trail. The caller has read it in the reader's scope.
export const recordDownload = (tx: Tx, table: string, details: Record<string, unknown>) => tx.audit('quality.downloaded', table, details)
