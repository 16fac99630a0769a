import { and, desc, eq } from 'drizzle-orm'
import { findPeriod, openPeriod } from '#app/programmes/periods.ts'
import { kindOf, refuseUnfit } from '#app/programmes/judging.ts'
import { recipientOf, type RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { remarkIn } from '#app/proposals/decisions.ts'
import { getChange, moveChange } from '#app/programmes/steps.ts'
import { conflict, forbidden } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { recipientChangeSteps } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

// key: of the form, so that a form sent twice decides once. seen: what was on the screen.
export type Decision = { key: string, seen: string, note: string }
export type Turn = 'check' | 'verify'

// A decision is about this revision of the change, against this version of the recipient.
export const seenOf = (db: Db, { revision, recipientId, replacedId }: Pick<RecipientChange, 'revision' | 'recipientId' | 'replacedId'>): string =>
  [revision, recipientOf(db, recipientId)?.version ?? 0, recipientOf(db, replacedId)?.version ?? 0].join('.')

// Pengawas or kecamatan first, then Dinsos; never the proposer, and never one person twice. What few may see goes to another of
// those few at once.
export function turnOf(db: Db, actor: Actor, change: RecipientChange): Turn | undefined {
  const { status, proposedBy, sensitive } = change
  if (proposedBy === actor.id || hasChecked(db, actor, change)) return undefined
  if (status === 'submitted' && !sensitive && can(actor, 'programme.check')) return 'check'
  const verifiable = status === 'checked' || (status === 'submitted' && sensitive)
  return verifiable && can(actor, 'programme.verify') ? 'verify' : undefined
}

// Who would verify what they checked themselves: a koordinator may have come to Dinsos since.
export const hasChecked = (db: Db, actor: Actor, { id, status }: RecipientChange): boolean => status === 'checked' && can(actor, 'programme.verify')
  && db.select({ actorId: recipientChangeSteps.actorId }).from(recipientChangeSteps).where(and(eq(recipientChangeSteps.changeId, id), eq(recipientChangeSteps.toStatus, 'checked')))
    .orderBy(desc(recipientChangeSteps.id)).limit(1).get()?.actorId === actor.id

export function demandDecider({ actor }: Pick<Tx, 'actor'>) {
  if (!can(actor, 'programme.check') && !can(actor, 'programme.verify')) throw forbidden()
}

function demandTurn(tx: Tx, id: string): { change: RecipientChange, turn: Turn } {
  const { db, actor } = tx
  demandDecider(tx)
  const change = getChange(tx, id)
  if (change.proposedBy === actor.id) throw forbidden('Anda tidak dapat memutuskan usulan Anda sendiri. Petugas lain yang memeriksanya.')
  const turn = turnOf(db, actor, change)
  if (!turn && hasChecked(db, actor, change)) throw forbidden('Anda sudah memeriksa usulan ini pada tahap pertama. Petugas Dinsos lain yang harus memutuskan.')
  if (!turn) throw conflict('Usulan ini tidak sedang menunggu keputusan Anda. Muat ulang halaman.')
  return { change, turn }
}

// Approves what was on the screen and nothing else. The version of the recipient that was seen becomes the basis.
export function approveChange(tx: Tx, id: string, { key, seen, note }: Decision): RecipientChange {
  if (!isFirstTime(tx, key)) return getChange(tx, id)
  const { change, turn } = demandTurn(tx, id)
  if (seen !== seenOf(tx.db, change)) throw conflict('Data ini berubah sejak halaman dibuka. Muat ulang, periksa lagi, lalu putuskan.')
  refuseUnfit(tx, change)
  const basis = recipientOf(tx.db, change.recipientId)?.version ?? 0
  if (turn === 'check') moveChange(tx, change, 'checked', { note, set: { basis } })
  else verify(tx, change, note, basis)
  return getChange(tx, id)
}

function verify(tx: Tx, change: RecipientChange, note: string, basis: number) {
  kindOf(programmeOf(change.programme), change.kind).verifiable?.(tx.db, change, tx.now)
  const { periodId, rolled } = periodOnVerifying(tx.db, change, dayOf(tx.now))
  moveChange(tx, change, 'verified', { note: [note, rolled && `Batas ${rolled.from} sudah lewat; masuk ${rolled.to}.`].filter(Boolean).join(' '), set: { basis, periodId } })
}

// Past the last day of its period a change goes on in the next that is open; none open: it stands without one.
export function periodOnVerifying(db: Db, { programme, regionCode, periodId }: Pick<RecipientChange, 'programme' | 'regionCode' | 'periodId'>, today: string): { periodId: string | null, rolled?: { from: string, to: string } } {
  const own = findPeriod(db, periodId)
  if (own && own.cutoffOn >= today && !own.closedAt) return { periodId }
  const next = openPeriod(db, programme, regionCode, today)
  return { periodId: next?.id ?? null, ...(own && { rolled: { from: own.name, to: next?.name ?? 'periode berikutnya' } }) }
}

// Back to the proposer with what is to be mended.
export function returnChange(tx: Tx, id: string, { key, note }: Decision): RecipientChange {
  if (!isFirstTime(tx, key)) return getChange(tx, id)
  moveChange(tx, demandTurn(tx, id).change, 'returned', { note: remarkIn(note) })
  return getChange(tx, id)
}

export function rejectChange(tx: Tx, id: string, { key, note }: Decision): RecipientChange {
  if (!isFirstTime(tx, key)) return getChange(tx, id)
  moveChange(tx, demandTurn(tx, id).change, 'rejected', { note: remarkIn(note) })
  return getChange(tx, id)
}

// By whoever proposed it. What came back to somebody who does not mend it, because he has left, stands in the way of every other
// change of the same recipient: Dinsos takes it away, with a reason.
export const mayWithdraw = (actor: Actor, { proposedBy, status }: Pick<RecipientChange, 'proposedBy' | 'status'>): boolean =>
  proposedBy === actor.id ? WITHDRAWABLE.includes(status) : status === 'returned' && can(actor, 'programme.verify')
const WITHDRAWABLE: readonly RecipientChange['status'][] = ['submitted', 'checked', 'verified', 'returned']

// Taken back, until it lies in a batch.
export function withdrawChange(tx: Tx, id: string, { key, note }: Omit<Decision, 'seen'>): RecipientChange {
  demand(tx.actor, 'programme.propose')
  if (!isFirstTime(tx, key)) return getChange(tx, id)
  const change = getChange(tx, id)
  const isOwn = change.proposedBy === tx.actor.id
  if (!isOwn && !mayWithdraw(tx.actor, change)) throw forbidden('Hanya pengusul yang dapat menarik usulan.')
  if (!isOwn) remarkIn(note)
  if (change.status === 'batched') throw conflict('Usulan ini sudah masuk berkas pengesahan. Mintalah Dinsos mengeluarkannya dahulu.')
  moveChange(tx, change, 'withdrawn', { note })
  return getChange(tx, id)
}
