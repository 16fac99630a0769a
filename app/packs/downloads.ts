import { demandDevice } from '#app/devices/contact.ts'
import { moveStage } from '#app/households/moves.ts'
import type { Stage } from '#app/households/stages.ts'
import { changesSince } from '#app/packs/changes.ts'
import { cutPack, type Pack } from '#app/packs/pack.ts'
import type { PackChanges } from '#app/packs/schema.ts'
import { IN_REGION, scopeOf, type Scope } from '#app/packs/tasks.ts'
import { demand } from '#app/users/permissions.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

// A whole pack for this phone. It holds personal data, so it leaves a line in the trail.
export function downloadPack(tx: Tx, device: string): Pack {
  demand(tx.actor, 'visit.submit')
  demandDevice(tx.db, tx.actor, device)
  takeAlong(tx, device)
  const pack = cutPack(tx.db, tx.actor, tx.now)
  remember(tx, device, pack.sequence)
  tx.audit('pack.downloaded', device, { sequence: pack.sequence, tasks: pack.tasks })
  return pack
}

// What is new since the pack this phone has. A phone that was never given one gets a whole one first.
export function downloadChanges(tx: Tx, device: string, { since, schema }: { since: number, schema: number }): PackChanges {
  demand(tx.actor, 'visit.submit')
  demandDevice(tx.db, tx.actor, device)
  const before = changesSince(tx.db, tx.actor, since, schema)
  if (before.full || packOf(tx.db).get(device, tx.actor.id) === undefined) return { sequence: before.sequence, full: true }
  const changes = takeAlong(tx, device) ? changesSince(tx.db, tx.actor, since, schema) : before
  if (changes.full) return changes
  remember(tx, device, changes.sequence)
  if (changes.sequence !== since) {
    tx.audit('pack.updated', device, { since, sequence: changes.sequence, tasks: changes.tasks.length, removed: changes.removed.length })
  }
  return changes
}

const packOf = statement<[string, string], unknown>('SELECT 1 FROM devices WHERE id = ? AND user_id = ? AND pack_sequence IS NOT NULL')
const writePack = statement<[number, string, string, string, string], unknown>(
  'UPDATE devices SET pack_sequence = ?, pack_at = ?, last_seen_at = ? WHERE id = ? AND user_id = ?')
const remember = ({ db, actor, now }: Tx, device: string, sequence: number) => writePack(db).run(sequence, now, now, device, actor.id)

type Assigned = { id: string, stage: Stage }
const assigned = statement<[Scope], Assigned>(`SELECT h.id, h.stage FROM households h WHERE h.officer_id = @officer AND h.stage = 'assigned'
  AND EXISTS (SELECT 1 FROM json_each(@regions) r WHERE ${IN_REGION}) ORDER BY h.number`)

// What leaves on the phone is from now on "on the device".
function takeAlong(tx: Tx, device: string): boolean {
  const leaving = assigned(tx.db).all(scopeOf(tx.actor))
  for (const household of leaving) moveStage(tx, household, 'downloaded', { subject: `device:${device}` })
  return leaving.length > 0
}
