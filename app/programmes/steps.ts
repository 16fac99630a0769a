import { and, asc, desc, eq, inArray, ne, or } from 'drizzle-orm'
import { shown, type Recipient, type RecipientChange } from '#app/programmes/recipients.ts'
import { conflict, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { recipientChanges, recipientChangeSteps, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type ChangeStatus = RecipientChange['status']

export const OPEN_STATUSES = ['submitted', 'checked', 'verified', 'batched', 'returned'] as const satisfies readonly ChangeStatus[]

// submitted to verified: what few may see does not pass the kecamatan. batched to rejected: ratified, but no longer possible.
const NEXT: Record<ChangeStatus, readonly ChangeStatus[]> = {
  submitted: ['checked', 'verified', 'returned', 'rejected', 'withdrawn'],
  checked: ['verified', 'returned', 'rejected', 'withdrawn'],
  verified: ['batched', 'checked', 'withdrawn'],
  batched: ['verified', 'checked', 'ratified', 'rejected'],
  returned: ['submitted', 'withdrawn'],
  ratified: [], rejected: [], withdrawn: [],
}

// Scoped; out of scope or not for these eyes is not found.
export function getChange({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): RecipientChange {
  demand(actor, 'programme.read')
  const found = db.select().from(recipientChanges).where(and(eq(recipientChanges.id, id), within(recipientChanges.regionCode, actor), shown(actor))).get()
  if (!found) throw notFound('Usulan perubahan penerima')
  return found
}

type Step = { note?: string, set?: Partial<typeof recipientChanges.$inferInsert> }

// The one way a change reaches its next status: a row of who, when and why. It must come from a scoped read in this transaction.
export function moveChange(tx: Tx, { id, status }: Pick<RecipientChange, 'id' | 'status'>, to: ChangeStatus, { note = '', set = {} }: Step = {}) {
  if (!NEXT[status].includes(to)) throw conflict('Keadaan usulan ini sudah berubah. Muat ulang halaman.')
  const moved = tx.db.update(recipientChanges).set({ ...set, status: to, statusAt: tx.now }).where(and(eq(recipientChanges.id, id), eq(recipientChanges.status, status))).run()
  if (moved.changes !== 1) throw conflict('Keadaan usulan ini sudah berubah. Muat ulang halaman.')
  keepStep(tx, id, status, to, note)
}

// Thousands at once when a batch is signed: prepared, not built anew each time.
const insertStep = statement<[string, string | null, string, string, string, string], unknown>(
  'INSERT INTO recipient_change_steps (change_id, from_status, to_status, at, actor_id, note) VALUES (?, ?, ?, ?, ?, ?)')

export function keepStep(tx: Tx, changeId: string, fromStatus: ChangeStatus | null, toStatus: ChangeStatus, note = '') {
  insertStep(tx.db).run(changeId, fromStatus, toStatus, tx.now, tx.actor.id, note)
  tx.audit(`recipient_change.${toStatus}`, changeId, { ...(fromStatus && { from: fromStatus }), ...(note && { note }) })
}

const MOST_STEPS = 200

export const stepsOf = (db: Db, id: string) => db.select({
  from: recipientChangeSteps.fromStatus, to: recipientChangeSteps.toStatus, at: recipientChangeSteps.at, note: recipientChangeSteps.note, by: users.name,
}).from(recipientChangeSteps).leftJoin(users, eq(users.id, recipientChangeSteps.actorId)).where(eq(recipientChangeSteps.changeId, id))
  .orderBy(asc(recipientChangeSteps.id)).limit(MOST_STEPS).all()

// The words it came back with.
export const lastRemark = (db: Db, { id, status }: RecipientChange): string | undefined => status !== 'returned' ? undefined
  : stepsOf(db, id).filter(({ to }) => to === 'returned').at(-1)?.note

const MOST_OPEN = 20
type Brief = Pick<RecipientChange, 'id' | 'kind' | 'status' | 'statusAt' | 'variant' | 'programme' | 'name'>

// What is proposed about this recipient, or in whose favour he would go, and is not yet at its end.
export const openChangesOf = (db: Db, actor: Actor, { id }: Pick<Recipient, 'id'>): Brief[] => db.select().from(recipientChanges)
  .where(and(or(eq(recipientChanges.recipientId, id), eq(recipientChanges.replacedId, id)), inArray(recipientChanges.status, [...OPEN_STATUSES]), within(recipientChanges.regionCode, actor), shown(actor)))
  .orderBy(desc(recipientChanges.statusAt)).limit(MOST_OPEN).all()

// Another open change of the same recipient: two at once would decide on what the other is about to alter.
export const hasOpenChange = (db: Db, recipientId: string, except: string): boolean => db.select({ id: recipientChanges.id }).from(recipientChanges)
  .where(and(or(eq(recipientChanges.recipientId, recipientId), eq(recipientChanges.replacedId, recipientId)), ne(recipientChanges.id, except), inArray(recipientChanges.status, [...OPEN_STATUSES])))
  .limit(1).get() !== undefined
