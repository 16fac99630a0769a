import { eq } from 'drizzle-orm'
import { attach } from '#app/files/attachments.ts'
import type { ReceivedFile } from '#app/files/upload.ts'
import { changesAfter, changesIn, demandStatus, getBatch, type BatchPlace } from '#app/programmes/batches.ts'
import { problemIn } from '#app/programmes/bulk.ts'
import { kindOf, refuseUnfit } from '#app/programmes/judging.ts'
import { rootOf } from '#app/programmes/manifest.ts'
import type { ChangeKind } from '#app/programmes/programme.ts'
import { createRecipient, moveRecipient, recipientOf, type Recipient, type RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { moveChange } from '#app/programmes/steps.ts'
import { findSubject } from '#app/programmes/subjects.ts'
import { conflict, forbidden } from '#app/problems.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { recipientBatches } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Letter = { letterNumber: string, letterDate: string, effectiveOn: string }
// left: those the signature covers that are still to be written.
export type Ratified = { applied: number, passed: number, left: number }

// The bupati's or walikota's letter, by somebody else than who prepared or froze it. With the signature the first of what it says is
// written; the rest of a big batch follows in its frozen order (applying-work.ts). What has meanwhile become impossible is
// passed over, ended, and named.
export function ratifyBatch(tx: Tx, id: string, letter: Letter, file?: ReceivedFile & { id: string }): Ratified {
  demand(tx.actor, 'programme.ratify')
  const batch = getBatch(tx, id)
  if (batch.status === 'ratified' && batch.letterNumber === letter.letterNumber) return outcomeOf(tx.db, id)
  demandStatus(batch, 'frozen')
  if ([batch.preparedBy, batch.frozenBy].includes(tx.actor.id)) throw forbidden('Pengesahan harus dilakukan oleh orang lain daripada yang menyiapkan.')
  if (rootOf(changesIn(tx.db, id)) !== batch.root) throw conflict('Isi berkas tidak lagi sama dengan manifesnya. Batalkan berkas ini dan siapkan yang baru.')
  if (file) attach(tx, file.id, file, { subject: `recipient-batch:${id}`, regionCode: batch.regionCode })
  tx.db.update(recipientBatches).set({ ...letter, status: 'ratified', ratifiedBy: tx.actor.id, ratifiedAt: tx.now }).where(eq(recipientBatches.id, id)).run()
  tx.audit('recipient_batch.ratified', id, { ...letter, root: batch.root, ...(file && { letterSha256: file.sha256 }) })
  applySome(tx, id, letter)
  return outcomeOf(tx.db, id)
}

const counted = statement<[string], { status: RecipientChange['status'], n: number }>('SELECT status, count(*) AS n FROM recipient_changes WHERE batch_id = ? GROUP BY status')

export function outcomeOf(db: Db, id: string): Ratified {
  const counts = new Map(counted(db).all(id).map(({ status, n }) => [status, n]))
  return { applied: counts.get('ratified') ?? 0, passed: counts.get('rejected') ?? 0, left: counts.get('batched') ?? 0 }
}

// What one transaction writes: so few that a page asked for in between does not wait for it.
const AT_ONCE = 100

// The next of a signed batch. Each change is written whole with its step and its lines of audit, so whoever looks between
// finds it either done or waiting. Answers where to go on; undefined: all is written.
export function applySome(tx: Tx, id: string, letter: Letter, after?: BatchPlace): BatchPlace | undefined {
  const changes = changesAfter(tx.db, id, AT_ONCE, after)
  for (const change of changes) if (change.status === 'batched') applyOrEnd(tx, change, letter)
  const last = changes.at(-1)
  if (last && changes.length === AT_ONCE && changesAfter(tx.db, id, 1, last).length > 0) return { regionCode: last.regionCode, id: last.id }
  tx.db.update(recipientBatches).set({ appliedAt: tx.now }).where(eq(recipientBatches.id, id)).run()
  tx.audit('recipient_batch.applied', id, { ...outcomeOf(tx.db, id) })
  return undefined
}

function applyOrEnd(tx: Tx, change: RecipientChange, letter: Letter) {
  const trouble = problemIn(() => tx.db.$client.transaction(() => apply(tx, change, letter))())
  if (trouble) moveChange(tx, change, 'rejected', { note: `Tidak diterapkan saat pengesahan: ${trouble} Ajukan lagi bila masih perlu.` })
}

function apply(tx: Tx, change: RecipientChange, letter: Letter) {
  refuseUnfit(tx, change)
  const programme = programmeOf(change.programme)
  const kind = kindOf(programme, change.kind)
  const recipient = kind.from === 'nobody' ? enter(tx, change, kind, letter) : move(tx, change, kind, letter)
  const replaced = recipientOf(tx.db, change.replacedId)
  if (replaced) moveRecipient(tx, replaced, programme.endState, { cause: `change:${change.id}`, reasonCode: change.reasonCode, note: `Diganti ${change.name}` }, { endedOn: letter.effectiveOn })
  moveChange(tx, change, 'ratified', { note: letter.letterNumber, set: { recipientId: recipient.id } })
}

const why = ({ id, reasonCode }: RecipientChange, { letterNumber }: Letter) => ({ cause: `change:${id}`, reasonCode, note: letterNumber })

// Whom an entry makes carries the id of the change, so nobody is made twice.
function enter(tx: Tx, change: RecipientChange, { to }: ChangeKind, letter: Letter): Recipient {
  const { id, programme, variant, householdId, familySeq, memberSeq, data } = change
  const { regionCode, name, nik, kkNumber, address } = findSubject(tx, { householdId: householdId!, familySeq, memberSeq })
  const startedOn = programmeOf(programme).states[to]!.phase === 'receiving' ? letter.effectiveOn : null
  return createRecipient(tx, { id, programme, variant, regionCode, householdId, familySeq, memberSeq, name, nik, kkNumber, address, state: to, startedOn, data }, why(change, letter))
}

function move(tx: Tx, change: RecipientChange, { to, sets }: ChangeKind, letter: Letter): Recipient {
  const recipient = recipientOf(tx.db, change.recipientId)!
  const state = to || recipient.state
  const { phase } = programmeOf(change.programme).states[state]!
  const { data, ...set } = sets?.(change, recipient) ?? {}
  return moveRecipient(tx, recipient, state, why(change, letter), {
    ...(phase === 'receiving' && !recipient.startedOn && { startedOn: letter.effectiveOn }), ...(phase === 'ended' && recipient.phase !== 'ended' && { endedOn: letter.effectiveOn }),
    ...set, data: { ...change.data, ...data },
  })
}
