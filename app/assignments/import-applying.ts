import { eq, sql } from 'drizzle-orm'
import { findByPrelistId, isAtRest } from '#app/assignments/import-comparison.ts'
import { hasStatus } from '#app/assignments/import-reading.ts'
import { letOthers } from '#app/background.ts'
import { isInactive } from '#app/households/living.ts'
import { moveStage } from '#app/households/moves.ts'
import { newId } from '#app/ids.ts'
import { createHousehold, reviseHousehold } from '#app/households/records.ts'
import type { HouseholdRecord } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { prelistImports } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, transactSoon, type Tx } from '#db/transaction.ts'

const CHUNK = 100

type Waiting = { position: number, prelistId: string, regionCode: string, action: 'new' | 'changed', stored: string }
type Stored = { id?: string, version?: number, record: HouseholdRecord }

const waitingRows = statement<[string, Waiting['action'], number, number], Waiting>(`SELECT position, prelist_id AS prelistId, region_code AS regionCode,
  action, record AS stored FROM prelist_import_rows WHERE import_id = ? AND action = ? AND position > ? AND applied = 0 ORDER BY position LIMIT ?`)
const markApplied = statement<[string, string, number], unknown>(
  `UPDATE prelist_import_rows SET applied = 1, action = ?, record = 'null' WHERE import_id = ? AND position = ?`)

// Writes the confirmed rows, some in each transaction. A row is marked in the transaction that wrote it, so going on
// after a restart repeats nothing.
export async function applyImport(db: Db, id: string) {
  for (const action of ['new', 'changed'] as const) {
    for (let after: number | undefined = 0; after !== undefined;) {
      const from: number = after
      after = transactSoon(db, system, (tx) => hasStatus(db, id, 'applying') ? applyChunk(tx, id, action, from) : undefined)
      await letOthers()
    }
  }
  transact(db, system, (tx) => finish(tx, id))
}

// The position it came to; undefined when nothing is left.
function applyChunk(tx: Tx, importId: string, action: Waiting['action'], after: number): number | undefined {
  const rows = waitingRows(tx.db).all(importId, action, after, CHUNK)
  let written = 0
  for (const row of rows) {
    const done = applyRow(tx, row, `prelist:${importId}`)
    markApplied(tx.db).run(done ? action : 'busy', importId, row.position)
    if (done) written += 1
  }
  const late = rows.length - written
  tx.db.update(prelistImports).set({
    appliedCount: sql`applied_count + ${written}`, busyCount: sql`busy_count + ${late}`,
    ...(action === 'new' ? { newCount: sql`new_count - ${late}` } : { changedCount: sql`changed_count - ${late}` }),
  }).where(eq(prelistImports.id, importId)).run()
  return rows.at(-1)?.position
}

function finish(tx: Tx, id: string) {
  tx.db.update(prelistImports).set({ status: 'applied', finishedAt: tx.now }).where(eq(prelistImports.id, id)).run()
  const { appliedCount } = tx.db.select({ appliedCount: prelistImports.appliedCount }).from(prelistImports).where(eq(prelistImports.id, id)).get()!
  tx.audit('prelist.imported', id, { rows: appliedCount })
}

// False when somebody was faster since the preview: then the row is left alone and counted as busy.
function applyRow(tx: Tx, { prelistId, regionCode, action, stored }: Waiting, cause: string): boolean {
  const { version, record } = JSON.parse(stored) as Stored
  const known = findByPrelistId(tx.db, prelistId)
  if (action === 'new') {
    if (known) return false
    const orderNo = record.household.prelistOrderNo
    createHousehold(tx, {
      id: newId(), regionCode, prelistId, orderNo: orderNo ? String(orderNo) : null, origin: 'prelist', record, cause, stage: 'listed',
    })
    return true
  }
  if (!known || known.version !== version || !isAtRest(known)) return false
  reviseHousehold(tx, known, version, record, cause)
  // What was determined no longer is, once the list says otherwise: the household begins its round anew. Nobody is sent to one that
  // has left the registry.
  if (known.stage === 'determined' && !isInactive(tx.db, known.id)) moveStage(tx, known, 'listed', { subject: cause })
  return true
}
