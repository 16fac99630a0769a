import { accountOf } from '#app/payments/accounts.ts'
import { paymentsOf } from '#app/payments/lines.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { PaymentsPanel } from '#views/payments/panel.tsx'

export const paymentsPanel = (db: Db, actor: Actor, recipient: Recipient, now: string) =>
  <PaymentsPanel account={accountOf(db, recipient, dayOf(now))} payments={paymentsOf(db, actor, recipient.id)} />
