import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Facts, Phase, ProgrammeCode } from '#app/programmes/programme.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { conflict, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { recipientChanges, recipients } from '#db/schema/index.ts'
import { prepared, statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Recipient = typeof recipients.$inferSelect
export type RecipientChange = typeof recipientChanges.$inferSelect

// Few may see the sensitive categories of PPKS; for the others they are not there.
export const shown = (actor: Actor): SQL | undefined => can(actor, 'ppks.sensitive') ? undefined : sql`sensitive = 0`

// Scoped; out of scope or not for these eyes is not found.
export function getRecipient({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Recipient {
  const found = db.select().from(recipients).where(and(eq(recipients.id, id), within(recipients.regionCode, actor), shown(actor))).get()
  if (!found) throw notFound('Penerima')
  return found
}

// A batch asks for thousands of them, several times each.
const byId = prepared((db) => db.select().from(recipients).where(eq(recipients.id, sql.placeholder('id'))).prepare())
export const recipientOf = (db: Db, id: string | null): Recipient | undefined => id === null ? undefined : byId(db).get({ id })

const holder = statement<[string, string], string>('SELECT id FROM recipients WHERE programme = ? AND number = ?')

// Who carries a number: in one programme it is one recipient's in the whole country.
export const holderOf = (db: Db, programme: ProgrammeCode, number: string): string | undefined => holder(db).pluck().get(programme, number) as string | undefined

// By somebody else. A card is for life: who ended, and stands in the programme anew, has the one he had.
export const isTaken = (db: Db, programme: ProgrammeCode, number: string, recipientId: string | null): boolean => {
  const id = holderOf(db, programme, number)
  return id !== undefined && id !== recipientId && !isFormerSelf(recipientOf(db, id)!, recipientOf(db, recipientId))
}

function isFormerSelf(holder: Recipient, recipient: Recipient | undefined): boolean {
  if (!recipient || holder.phase !== 'ended' || holder.variant !== recipient.variant) return false
  const alike = (key: 'nik' | 'kkNumber' | 'householdId' | 'familySeq' | 'memberSeq') => holder[key] !== null && holder[key] === recipient[key]
  const [ofFamily, place] = programmeOf(recipient.programme).unit === 'family' ? [alike('kkNumber'), 'familySeq' as const] : [false, 'memberSeq' as const]
  return alike('nik') || ofFamily || (alike('householdId') && alike(place))
}

// The number goes from where he ended to where he stands now: one recipient carries it at a time.
function takeOver(tx: Tx, recipient: Recipient, number: string, { cause }: Why) {
  const holder = recipientOf(tx.db, holderOf(tx.db, recipient.programme, number) ?? null)
  if (holder && holder.id !== recipient.id && isFormerSelf(holder, recipient)) moveRecipient(tx, holder, holder.state, { cause, note: 'Nomornya dipakai lagi' }, { number: null, data: { formerNumber: number } })
}

export type NewRecipient = Pick<Recipient, 'id' | 'programme' | 'regionCode' | 'name' | 'state'>
  & Partial<Pick<Recipient, 'variant' | 'householdId' | 'familySeq' | 'memberSeq' | 'nik' | 'kkNumber' | 'address' | 'number' | 'startedOn' | 'endedOn' | 'reasonCode' | 'data'>>
export type Why = { cause: string, note?: string, reasonCode?: string }

const stateOf = (programme: ProgrammeCode, state: string): { phase: Phase } => {
  const found = programmeOf(programme).states[state]
  if (!found) throw new Error(`no state ${state} in ${programme}`)
  return found
}

// Writes a recipient and its first event. The caller has asked for the right and knows that the place is his.
export function createRecipient(tx: Tx, fresh: NewRecipient, why: Why): Recipient {
  const { phase } = stateOf(fresh.programme, fresh.state)
  const sensitive = programmeOf(fresh.programme).isSensitive?.(fresh.variant ?? '') ?? false
  const made = tx.db.insert(recipients).values({
    ...fresh, phase, sensitive, stateAt: tx.now, createdAt: tx.now, data: fresh.data ?? {}, reasonCode: why.reasonCode ?? fresh.reasonCode ?? '',
  }).returning().get()
  keepEvent(tx, made, null, why, made.data)
  return made
}

// The one way a recipient changes: to a state (or the same one), with its data merged. `seen`: the version it was decided on.
export function moveRecipient(tx: Tx, recipient: Recipient, state: string, why: Why, set: Partial<NewRecipient> = {}): Recipient {
  const { phase } = stateOf(recipient.programme, state)
  const data: Facts = set.data ?? {}
  if (set.number) takeOver(tx, recipient, set.number, why)
  const ended = phase === 'ended' ? recipient.endedOn ?? dayOf(tx.now) : null
  const moved = tx.db.update(recipients).set({
    endedOn: ended, ...set, state, phase, data: { ...recipient.data, ...data }, version: recipient.version + 1,
    ...(state === recipient.state ? {} : { stateAt: tx.now, reasonCode: why.reasonCode ?? '' }),
  }).where(and(eq(recipients.id, recipient.id), eq(recipients.version, recipient.version))).returning().get()
  if (!moved) throw conflict('Data penerima ini sudah berubah sejak dibuka. Muat ulang dan periksa lagi.')
  keepEvent(tx, moved, recipient, why, data)
  return moved
}

const insertEvent = statement<(string | null)[], unknown>(`INSERT INTO recipient_events (recipient_id, programme, region_code, from_state, from_phase, to_state, to_phase, at, actor_id, cause, note,
  reason_code, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

function keepEvent(tx: Tx, { id, programme, regionCode, state, phase }: Recipient, before: Recipient | null, { cause, note = '', reasonCode = '' }: Why, data: Facts) {
  insertEvent(tx.db).run(id, programme, regionCode, before?.state ?? null, before?.phase ?? null, state, phase, tx.now, tx.actor.id, cause, note, reasonCode, JSON.stringify(data))
  tx.audit(before ? 'recipient.changed' : 'recipient.created', id, { programme, from: before?.state, to: state, cause })
}
