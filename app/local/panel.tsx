import { paymentsOfLocal } from '#app/local/payments.ts'
import { getLocal, monthsIn, owns } from '#app/local/programmes.ts'
import { mayStop, monthsFor, stoppingReasons } from '#app/local/recipients.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { LocalPanel } from '#views/local/panel.tsx'

export const localPanel = (db: Db, actor: Actor, recipient: Recipient, now: string) => {
  const local = getLocal({ db, actor }, recipient.variant)
  return <LocalPanel local={local} recipient={recipient} months={recipient.startedOn ? monthsFor(local, recipient) : monthsIn(local)} payments={paymentsOfLocal(db, recipient.id)}
    mayPay={owns(actor, local)} mayStop={mayStop(actor, local, recipient)} reasons={stoppingReasons(db, recipient.programme, dayOf(now))} stopKey={crypto.randomUUID()} />
}
