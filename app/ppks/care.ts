import { ruleOf, sayRule } from '#app/ppks/categories.ts'
import { described, getServed, getService, servicesOf } from '#app/ppks/serving.ts'
import { referableFrom } from '#app/psks/psks.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { wordFor, wordsOn } from '#app/programmes/settings.ts'
import { conflict } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import type { Tx } from '#db/transaction.ts'

type Reader = Pick<Tx, 'db' | 'actor'>

// What the page of a person in PPKS says beyond what all programmes say. The caller has him in his scope and before his eyes.
export function careOf(db: Db, actor: Actor, recipient: Recipient) {
  const kind = wordsOn(db, 'ppks', 'category', dayOf(recipient.createdAt)).find(({ code }) => code === recipient.variant)?.kind ?? ''
  return {
    recipient, category: wordFor(db, 'ppks', 'category', recipient.variant), rule: sayRule(ruleOf(kind)),
    services: servicesOf(db, recipient.id).map((service) => described(db, service)), mayServe: can(actor, 'ppks.serve'),
  }
}

// All a form of a service is made from.
export function serving({ db, actor }: Reader, recipientId: string, now: string) {
  demand(actor, 'ppks.serve')
  const recipient = getServed({ db, actor }, recipientId)
  if (recipient.phase === 'ended') throw conflict('Penanganan orang ini sudah selesai.')
  const today = dayOf(now)
  const kinds = new Map(wordsOn(db, 'ppks', 'psks_kind', today).map(({ code, label }) => [code, label]))
  return {
    recipient, today, category: wordFor(db, 'ppks', 'category', recipient.variant), services: wordsOn(db, 'ppks', 'service', today),
    institutions: referableFrom(db, recipient.regionCode, today).map(({ id, name, kind }) => ({ id, label: `${name} · ${kinds.get(kind) ?? kind}` })),
  }
}
export type Serving = ReturnType<typeof serving>

export function viewService(reader: Reader, id: string) {
  const service = getService(reader, id)
  return { service: described(reader.db, service), recipient: getServed(reader, service.recipientId), mayServe: can(reader.actor, 'ppks.serve') }
}
export type ServiceView = ReturnType<typeof viewService>
