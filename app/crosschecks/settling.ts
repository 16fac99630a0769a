import { turnFinding } from '#app/crosschecks/keeping.ts'
import { getFinding, printOf, worded } from '#app/crosschecks/work-list.ts'
import { conflict } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import type { FindingStatus } from '#db/schema/crosschecks.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// Set aside with a reason: remembered as long as the facts stay. seen: the facts that were on the screen.
export function dismissFinding(tx: Tx, id: number, { key, note, seen }: { key: string, note: string, seen: string }): FindingStatus {
  demand(tx.actor, 'crosscheck.settle')
  const finding = getFinding(tx, id)
  if (!isFirstTime(tx, key)) return finding.status
  if (finding.status !== 'open') throw conflict(finding.status === 'settled' ? 'Temuan ini sudah selesai dengan sendirinya.' : 'Temuan ini sudah dikesampingkan.')
  if (printOf(finding) !== seen) throw conflict('Keadaannya sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  turnFinding(tx.db, { id, from: 'open', to: 'dismissed', now: tx.now, actorId: tx.actor.id, note, facts: finding.facts })
  tx.audit('crosscheck.dismissed', String(id), { kind: finding.kind, recipient: finding.recipientId, household: finding.householdId, note })
  return 'dismissed'
}

// Takes a dismissal back.
export function reopenFinding(tx: Tx, id: number, { key, note }: { key: string, note: string }): FindingStatus {
  demand(tx.actor, 'crosscheck.settle')
  const finding = getFinding(tx, id)
  if (!isFirstTime(tx, key)) return finding.status
  if (finding.status !== 'dismissed') throw conflict('Hanya temuan yang dikesampingkan yang dapat dibuka kembali.')
  turnFinding(tx.db, { id, from: 'dismissed', to: 'open', now: tx.now, actorId: tx.actor.id, note, facts: finding.facts })
  tx.audit('crosscheck.reopened', String(id), { kind: finding.kind, recipient: finding.recipientId, household: finding.householdId, note })
  return 'open'
}

export type FindingEvent = { toStatus: FindingStatus, at: string, by: string | null, note: string }
const eventsOf = statement<[number], FindingEvent>(`SELECT e.to_status AS toStatus, e.at, u.name AS by, e.note FROM crosscheck_events e LEFT JOIN users u ON u.id = e.actor_id
  WHERE e.finding_id = ? ORDER BY e.id DESC LIMIT 100`)

// One finding in full, with everything that became of it.
export function openFinding({ db, actor }: Pick<Tx, 'actor'> & { db: Db }, id: number) {
  const stored = getFinding({ db, actor }, id)
  return { finding: worded(db, actor)(stored), events: eventsOf(db).all(id) }
}
