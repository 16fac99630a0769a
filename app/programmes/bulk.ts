import { approveChange, demandDecider, hasChecked, seenOf, turnOf } from '#app/programmes/decisions.ts'
import { kindOf, refuseUnfit } from '#app/programmes/judging.ts'
import type { RecipientChange } from '#app/programmes/recipients.ts'
import { namesOf, programmeOf } from '#app/programmes/registry.ts'
import { getChange } from '#app/programmes/steps.ts'
import { invalid, Problem } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export const MOST_TICKED = 50
export type Ticked = RecipientChange & ReturnType<typeof namesOf> & { village: string, seen: string, trouble?: string }

// What approving the ticked ones would do, one by one, before it is done. It is asked in a transaction, writes nothing.
export function previewApproval(tx: Tx, ids: string[]): Ticked[] {
  demandDecider(tx)
  if (ids.length === 0) throw invalid({ change: 'Centang dahulu usulan yang akan disetujui.' })
  const changes = [...new Set(ids)].slice(0, MOST_TICKED).map((id) => getChange(tx, id))
  const names = regionNames(tx.db, changes.map(({ regionCode }) => regionCode))
  return changes.map((change) => ({ ...change, ...namesOf(change), village: names.get(change.regionCode)!, seen: seenOf(tx.db, change), trouble: troubleWith(tx, change) }))
}

function troubleWith(tx: Tx, change: RecipientChange): string | undefined {
  const turn = turnOf(tx.db, tx.actor, change)
  if (!turn && hasChecked(tx.db, tx.actor, change)) return 'Sudah Anda periksa pada tahap pertama; petugas Dinsos lain yang memutuskan.'
  if (!turn) return change.proposedBy === tx.actor.id ? 'Usulan Anda sendiri; petugas lain yang memeriksanya.' : 'Tidak sedang menunggu keputusan Anda.'
  return problemIn(() => {
    refuseUnfit(tx, change)
    if (turn === 'verify') kindOf(programmeOf(change.programme), change.kind).verifiable?.(tx.db, change, tx.now)
  })
}

// The words of what stands against it; anything that is no problem of the user is a bug and goes on.
export function problemIn(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [...(error.code === 'invalid' ? [] : [error.message]), ...Object.values(error.fields)].join(' ') || error.message
  }
}

export type Approved = { approved: number, passed: { name: string, trouble: string }[] }

// Each for itself: one that cannot be approved any more leaves the others their approval.
export function approveTicked(tx: Tx, { key, ticked, note }: { key: string, ticked: { id: string, seen: string }[], note: string }): Approved {
  demandDecider(tx)
  if (!isFirstTime(tx, key)) return { approved: 0, passed: [] }
  const passed: Approved['passed'] = []
  const chosen = ticked.slice(0, MOST_TICKED)
  for (const { id, seen } of chosen) {
    const { name } = getChange(tx, id)
    const trouble = problemIn(() => tx.db.$client.transaction(() => approveChange(tx, id, { key: `${key}:${id}`, seen, note }))())
    if (trouble) passed.push({ name, trouble })
  }
  return { approved: chosen.length - passed.length, passed }
}
