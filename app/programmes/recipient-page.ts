import { asc, eq } from 'drizzle-orm'
import type { ChangeKind, Phase } from '#app/programmes/programme.ts'
import { getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { variantWord } from '#app/programmes/variants.ts'
import { openChangesOf } from '#app/programmes/steps.ts'
import { hideNumber, seesNumbers } from '#app/households/masking.ts'
import { demandReason, type Wish } from '#app/households/unmasking.ts'
import { pathTo } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, recipientEvents, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type RecipientPage = ReturnType<typeof describe>

// Reading a recipient leaves a line in the trail, once for each time it is opened. Whom the registry does not have is looked
// for by his numbers, so they stand open; everybody else's are shown for a reason alone, as on the page of a household.
export function openRecipient(tx: Tx, id: string, wish?: Wish): RecipientPage {
  demand(tx.actor, 'programme.read')
  if (wish) demandReason(tx, wish)
  const recipient = getRecipient(tx, id)
  tx.audit('recipient.opened', id, { programme: recipient.programme, state: recipient.state })
  if (wish) tx.audit('numbers.opened', id, wish)
  return describe(tx, recipient, seesNumbers(tx.actor) && (wish !== undefined || recipient.householdId === null))
}

function describe({ db, actor }: Tx, recipient: Recipient, full: boolean) {
  const programme = programmeOf(recipient.programme)
  const open = openChangesOf(db, actor, recipient)
  return {
    recipient: full ? recipient : { ...recipient, nik: recipient.nik && hideNumber(recipient.nik), kkNumber: recipient.kkNumber && hideNumber(recipient.kkNumber) },
    programme, full, mayUnmask: seesNumbers(actor), places: pathTo(db, recipient.regionCode).map(({ name }) => name).reverse(),
    category: variantWord(db, programme, recipient.variant), facts: factsOf(db, recipient),
    household: recipient.householdId ? homeOf(db, actor, recipient.householdId) : undefined,
    events: eventsOf(db, recipient), open, kinds: can(actor, 'programme.propose') && open.length === 0 ? kindsFor(recipient) : [],
  }
}

// A household elsewhere is named by nothing; the link to it is only for whose place it is.
const homeOf = (db: Db, actor: Actor, id: string) => {
  const found = db.select({ id: households.id, headName: households.headName, regionCode: households.regionCode }).from(households).where(eq(households.id, id)).get()
  return found && isWithin(found.regionCode, actor) ? found : undefined
}

type PossibleKind = { code: string, label: string, hint?: string, replaces: boolean }
const possible = ([code, { label, hint, replaces = false }]: [string, ChangeKind]): PossibleKind => ({ code, label, hint, replaces })

export const LEAVES_A_PLACE: readonly Phase[] = ['receiving', 'paused']

// What may be proposed of this recipient in his present state; and who may be proposed in his place.
export const kindsFor = ({ programme, state, phase }: Pick<Recipient, 'programme' | 'state' | 'phase'>): PossibleKind[] => Object.entries(programmeOf(programme).changes)
  .filter(([, { from, replaces }]) => from === 'nobody' ? replaces && LEAVES_A_PLACE.includes(phase) : from.includes(state)).map(possible)

// By which a family or person of the registry comes in.
export const entryKinds = (programme: Recipient['programme']): PossibleKind[] => Object.entries(programmeOf(programme).changes).filter(([, { from }]) => from === 'nobody').map(possible)

// What the fields of changes have told, in their words.
export function factsOf(db: Db, { programme, data }: Pick<Recipient, 'programme' | 'data'>): { label: string, value: string }[] {
  const fields = new Map(Object.values(programmeOf(programme).changes).flatMap(({ fields: own = [] }) => own).map((field) => [field.name, field]))
  return Object.entries(data).flatMap(([name, value]) => {
    const field = fields.get(name)
    if (!field || value === null || value === '') return []
    return [{ label: field.label, value: field.list ? wordFor(db, programme, field.list, String(value)) : String(value) }]
  })
}

const MOST_EVENTS = 200

const eventsOf = (db: Db, { id, programme }: Recipient) => {
  const { states, changes } = programmeOf(programme)
  const lists = [...new Set(Object.values(changes).flatMap(({ reasons }) => reasons ? [reasons] : []))]
  return db.select({ event: recipientEvents, by: users.name }).from(recipientEvents).leftJoin(users, eq(users.id, recipientEvents.actorId))
    .where(eq(recipientEvents.recipientId, id)).orderBy(asc(recipientEvents.id)).limit(MOST_EVENTS).all().map(({ event, by }) => ({
      ...event, by, label: states[event.toState]?.label ?? event.toState, reason: event.reasonCode && reasonWords(db, programme, lists, event.reasonCode),
    }))
}

// An event knows its reason, not the list it was chosen from.
export const reasonWords = (db: Db, programme: Recipient['programme'], lists: string[], code: string): string =>
  lists.map((list) => wordFor(db, programme, list, code)).find((label) => label !== code) ?? code
