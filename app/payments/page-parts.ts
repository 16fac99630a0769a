import { regencyChoices } from '#app/intake/page-parts.ts'
import { listLines, nextAfter, type LineFilter } from '#app/payments/lines.ts'
import { waysOn } from '#app/payments/ways-on.ts'
import { accountOf } from '#app/payments/accounts.ts'
import { eventsOf, getPayment, statusWords } from '#app/payments/payments.ts'
import { listPeriods, findPeriod } from '#app/programmes/periods.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { recipientOf } from '#app/programmes/recipients.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { wordFor, wordsOn } from '#app/programmes/settings.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'

const options = (words: { code: string, label: string }[]) => words.map(({ code, label }) => ({ value: code, label }))

// One payment with everything its page shows and asks.
export function openPayment(db: Db, actor: Actor, id: string, day: string) {
  const payment = getPayment({ db, actor }, id)
  const { programme } = payment
  const recipient = recipientOf(db, payment.recipientId)!
  const word = (code: string) => wordFor(db, programme, 'payment', code)
  const reason = (code: string) => code && wordFor(db, programme, 'payment_reason', code)
  return {
    payment, word: word(payment.status), reason: reason(payment.reasonCode), village: findRegionName(db, payment.regionCode) ?? payment.regionCode, period: findPeriod(db, payment.periodId)?.name ?? '',
    events: eventsOf(db, id).map((event) => ({ ...event, word: word(event.to), reason: reason(event.reasonCode) })),
    account: accountOf(db, recipient, day), recipientVersion: recipient.version, seesRecipient: isWithin(recipient.regionCode, actor),
    standsNow: recipient.phase === 'receiving' ? undefined : programmeOf(programme).states[recipient.state]?.label ?? recipient.state,
    ways: payment.kind === 'failed' ? waysOn(db, actor, { ...payment, next: nextAfter(db, payment) }) : [], mayPay: can(actor, 'programme.pay'), mayPropose: can(actor, 'programme.propose'),
    statuses: options(statusWords(db, programme, day)), reasons: options(wordsOn(db, programme, 'payment_reason', day)), banks: options(wordsOn(db, programme, 'bank', day)), checks: options(wordsOn(db, programme, 'account', day)),
  }
}

// Lines with their words beside their codes.
export function readLines(db: Db, actor: Actor, listId: string, filter: LineFilter, after?: { regionCode: string, name: string, id: string }) {
  const { rows, next } = listLines(db, actor, listId, filter, after)
  return { rows: rows.map((row) => ({ ...row, word: wordFor(db, row.programme, 'payment', row.status), bankName: row.bank ? wordFor(db, row.programme, 'bank', row.bank) : '' })), next }
}

// The kabupaten/kota a payer may make a list for, and the periods there are.
export function makingChoices(db: Db, actor: Actor, programme: ProgrammeCode) {
  return {
    periods: listPeriods(db, actor, programme).map(({ id, name }) => ({ value: id, label: name })), regencies: regencyChoices(db, actor),
  }
}
