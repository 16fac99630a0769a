import { and, eq } from 'drizzle-orm'
import { hasChecked, mayWithdraw, periodOnVerifying, seenOf, turnOf } from '#app/programmes/decisions.ts'
import { kindOf, refuseUnfit } from '#app/programmes/judging.ts'
import { readsBatches } from '#app/programmes/batches.ts'
import { problemIn } from '#app/programmes/bulk.ts'
import { papersOf } from '#app/programmes/papers.ts'
import { findPeriod } from '#app/programmes/periods.ts'
import { factsOf, reasonWords } from '#app/programmes/recipient-page.ts'
import { recipientOf, shown, type RecipientChange } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { getChange, OPEN_STATUSES, stepsOf, type ChangeStatus } from '#app/programmes/steps.ts'
import { seesNumbers } from '#app/households/masking.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pathTo } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { recipients, users } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type ChangeCase = ReturnType<typeof readCase>

// Reading a case is reading people's data in full, so it leaves a line in the trail.
export function openChange(tx: Tx, id: string): ChangeCase {
  const change = getChange(tx, id)
  tx.audit('recipient_change.opened', id, { programme: change.programme, kind: change.kind, status: change.status })
  return readCase(tx, change)
}

const isOpen = (status: ChangeStatus) => (OPEN_STATUSES as readonly ChangeStatus[]).includes(status)

function readCase(tx: Tx, change: RecipientChange) {
  const { db, actor, now } = tx
  const programme = programmeOf(change.programme)
  const kind = kindOf(programme, change.kind)
  const recipient = recipientOf(db, change.recipientId)
  const own = change.proposedBy === actor.id
  return {
    change, programme, kind, seen: seenOf(db, change), turn: turnOf(db, actor, change), own, checkedBefore: hasChecked(db, actor, change), places: pathTo(db, change.regionCode).map(({ name }) => name).reverse(),
    recipient: recipient && { id: recipient.id, state: programme.states[recipient.state]?.label ?? recipient.state },
    from: kind.from === 'nobody' ? 'Belum tercatat' : recipient ? programme.states[recipient.state]?.label ?? recipient.state : 'Tidak ditemukan', to: programme.states[kind.to]?.label,
    replaced: change.replacedId ? replacedFor(db, actor, change.replacedId) : undefined, facts: factsOf(db, change),
    category: programme.variants && wordFor(db, programme.code, programme.variants, change.variant), reason: change.reasonCode && reasonWords(db, programme.code, kind.reasons ? [kind.reasons] : [], change.reasonCode),
    papers: papersOf(db, actor, change), seesPapers: seesNumbers(actor), steps: stepsOf(db, change.id), proposer: db.select({ name: users.name }).from(users).where(eq(users.id, change.proposedBy)).get()?.name ?? change.proposedBy,
    household: change.householdId && isWithin(change.regionCode, actor) ? change.householdId : undefined,
    period: findPeriod(db, change.periodId)?.name, rolled: ['submitted', 'checked'].includes(change.status) ? periodOnVerifying(db, change, dayOf(now)).rolled : undefined,
    trouble: isOpen(change.status) ? problemIn(() => refuseUnfit(tx, change)) : undefined,
    late: isOpen(change.status) && change.dueOn !== null && change.dueOn < dayOf(now),
    batch: change.batchId && readsBatches(actor) ? change.batchId : undefined,
    mayEdit: own && change.status === 'returned' && can(actor, 'programme.propose'), mayWithdraw: mayWithdraw(actor, change),
  }
}

// In another desa he is named, and no more.
function replacedFor(db: Db, actor: Actor, id: string) {
  const found = db.select({ id: recipients.id, name: recipients.name, regionCode: recipients.regionCode }).from(recipients).where(and(eq(recipients.id, id), shown(actor))).get()
  return found && { name: found.name, id: isWithin(found.regionCode, actor) ? found.id : undefined }
}
