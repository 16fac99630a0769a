import { takeBackMove } from '#app/households/moves.ts'
import type { BulkRun } from '#app/bulk/runs.ts'
import { candidatesAt } from '#app/bulk/candidates.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { withdrawApproval } from '#app/reviews/decisions.ts'
import type { bulkItems } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Item = typeof bulkItems.$inferSelect

const lastMove = statement<[string], { id: number, name: string | null }>(
  'SELECT t.id, u.name FROM transitions t LEFT JOIN users u ON u.id = t.actor_id WHERE t.household_id = ? ORDER BY t.id DESC LIMIT 1')
// Every change leaves a line with the household or its visit as subject; having been read is no change.
const laterLine = statement<[string, number], { name: string | null }>(`SELECT u.name FROM audit_entries a LEFT JOIN users u ON u.id = a.actor_id
  WHERE a.subject = ? AND a.seq > ? AND a.action NOT LIKE '%.opened' ORDER BY a.seq LIMIT 1`)

// Takes back one row as it was done, or tells why it stays: somebody has gone on with it.
export function undoItem(tx: Tx, { id, kind }: BulkRun, { householdId, visitId, fromStage, officerId, transitionId, auditSeq }: Item): string | undefined {
  const [row] = candidatesAt(tx, [householdId])
  if (!row) return 'tidak lagi dalam wilayah Anda'
  const move = lastMove(tx.db).get(householdId)
  if (move?.id !== transitionId) return `sudah diteruskan oleh ${move?.name ?? 'sistem'}, sekarang "${STAGE_WORDS[row.stage]}"`
  const later = [householdId, ...(row.visitId ? [row.visitId] : [])].map((subject) => laterLine(tx.db).get(subject, auditSeq ?? 0)).find(Boolean)
  if (later) return `sudah diubah oleh ${later.name ?? 'sistem'}`
  const subject = `undo:${id}`
  if (kind === 'approve') withdrawApproval(tx, { id: householdId, stage: row.stage, visitId: visitId! }, fromStage, subject)
  else takeBackMove(tx, row, fromStage, { note: 'Tindakan massal diurungkan.', subject, set: kind === 'publish' ? {} : { officerId } })
}
