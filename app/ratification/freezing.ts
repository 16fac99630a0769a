import { and, asc, eq } from 'drizzle-orm'
import { conflict } from '#app/problems.ts'
import { countFailingItems, countItems, demandStatus, getBatch, manifestItems } from '#app/ratification/batches.ts'
import { rootOf } from '#app/ratification/manifest.ts'
import { countFailingProposals, countProposals, placeProposals, proposalLeaves } from '#app/ratification/proposals.ts'
import { advance, beginStep, inTwoParts, isUnderWay, SLICE, type Part, type Stepper } from '#app/ratification/steps.ts'
import { demand } from '#app/users/permissions.ts'
import { batches, batchItems } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// From here on nothing in the batch changes: order, hashes and root are fixed. Refused while any row fails a gate.
export function freezeBatch(tx: Tx, id: string) {
  demand(tx.actor, 'batch.prepare')
  const batch = getBatch(tx, id)
  if (batch.status === 'frozen' || isUnderWay(tx, id, 'freeze')) return
  demandStatus(tx, batch, 'open')
  const failing = countFailingItems(tx.db, id)
  if (failing > 0) throw conflict(`${failing} rumah tangga belum lolos kriteria integritas. Keluarkan dahulu dari berkas.`)
  const unfit = countFailingProposals(tx.db, id)
  if (unfit > 0) throw conflict(`${unfit} usulan belum lolos kriteria integritas. Keluarkan dahulu dari berkas.`)
  countItems(tx, id)
  const total = getBatch(tx, id).itemCount + countProposals(tx.db, id)
  if (total === 0) throw conflict('Berkas ini masih kosong.')
  beginStep(tx, id, 'freeze', { total })
  advance(tx, id, freezing)
}

export const freezing: Stepper = {
  some: (tx, step) => inTwoParts(step, (before) => placeItems(tx, step.batchId, Number(before)), (before) => placeProposals(tx, step.batchId, Number(before))),
  finish: (tx, { batchId: id, actorId }) => {
    const items = manifestItems(tx.db, id)
    const changes = proposalLeaves(tx.db, id)
    const rootHash = rootOf(items, changes)
    tx.db.update(batches).set({ status: 'frozen', frozenBy: actorId, frozenAt: tx.now, rootHash, itemCount: items.length })
      .where(eq(batches.id, id)).run()
    tx.audit('batch.frozen', id, { items: items.length, proposals: changes.length, rootHash })
  },
}

const place = statement<[number, string, string], unknown>('UPDATE batch_items SET position = ? WHERE batch_id = ? AND household_id = ?')

// The order of the signed list: by desa. before: how many have their place.
function placeItems({ db }: Tx, batchId: string, before: number): Part {
  const rows = db.select({ id: batchItems.householdId }).from(batchItems).where(and(eq(batchItems.batchId, batchId), eq(batchItems.position, 0)))
    .orderBy(asc(batchItems.regionCode), asc(batchItems.householdId)).limit(SLICE).all()
  rows.forEach(({ id }, i) => place(db).run(before + i + 1, batchId, id))
  return { done: rows.length, next: rows.length < SLICE ? undefined : before + rows.length }
}
