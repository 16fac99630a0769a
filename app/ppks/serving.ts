import { and, desc, eq, type SQL } from 'drizzle-orm'
import { findPsks } from '#app/psks/psks.ts'
import { getRecipient, moveRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { wordFor, wordsOn } from '#app/programmes/settings.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { ppksServices } from '#db/schema/index.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export type Service = typeof ppksServices.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// The same rule as for the people themselves: what was done for one of a sensitive category is not there for others.
export const shownServices = (actor: Actor): SQL | undefined => can(actor, 'ppks.sensitive') ? undefined : eq(ppksServices.sensitive, false)

export function getService({ db, actor }: Reader, id: string): Service {
  demand(actor, 'programme.read')
  const found = db.select().from(ppksServices).where(and(eq(ppksServices.id, id), within(ppksServices.regionCode, actor), shownServices(actor))).get()
  if (!found) throw notFound('Layanan')
  return found
}

export function getServed(reader: Reader, id: string): Recipient {
  const recipient = getRecipient(reader, id)
  if (recipient.programme !== 'ppks') throw notFound('Penerima')
  return recipient
}

// Of one person, the newest first. The caller has the person in his scope and before his eyes.
export const servicesOf = (db: Db, recipientId: string): Service[] =>
  db.select().from(ppksServices).where(eq(ppksServices.recipientId, recipientId)).orderBy(desc(ppksServices.servedOn), desc(ppksServices.recordedAt)).limit(100).all()

export type NewService = Pick<Service, 'mode' | 'kind' | 'servedOn' | 'givenBy' | 'psksId' | 'institution' | 'result' | 'note'> & { key: string, recipientId: string }

export function recordService(tx: Tx, { key, recipientId, ...service }: NewService): Service {
  demand(tx.actor, 'ppks.serve')
  const recipient = getServed(tx, recipientId)
  if (!isFirstTime(tx, key)) return getService(tx, key)
  if (recipient.phase === 'ended') throw conflict('Penanganan orang ini sudah selesai. Usulkan pencatatan baru bila ia memerlukan layanan lagi.')
  refuseMistakes(tx, service, recipient)
  tx.db.insert(ppksServices).values({
    ...service, id: key, recipientId, regionCode: recipient.regionCode, variant: recipient.variant, sensitive: recipient.sensitive,
    resultOn: service.result ? dayOf(tx.now) : null, recordedBy: tx.actor.id, recordedAt: tx.now,
  }).run()
  tx.audit('ppks.service_recorded', key, { recipient: recipientId, mode: service.mode })
  followLatest(tx, recipient, key)
  return getService(tx, key)
}

function refuseMistakes(tx: Tx, { mode, kind, servedOn, givenBy, psksId, institution }: Omit<NewService, 'key' | 'recipientId'>, { regionCode }: Recipient) {
  const today = dayOf(tx.now)
  const wrong: Record<string, string> = {}
  if (!wordsOn(tx.db, 'ppks', 'service', today).some(({ code }) => code === kind)) wrong.kind = 'Pilih jenis layanan.'
  if (servedOn > today) wrong.servedOn = 'Tanggal ini belum tiba.'
  if (mode === 'given' && !givenBy) wrong.givenBy = 'Isi siapa yang memberi layanan.'
  if (mode === 'referred' && !psksId && !institution) wrong.institution = 'Pilih lembaga dari daftar, atau tuliskan namanya.'
  if (psksId && !findPsks(tx.db, psksId, regionCode)) wrong.psksId = 'Pilih lembaga dari daftar.'
  if (Object.keys(wrong).length) throw invalid(wrong)
}

// Served or referred is what was done last by its own date, not what was written down last.
function followLatest(tx: Tx, recipient: Recipient, id: string) {
  const [latest] = servicesOf(tx.db, recipient.id)
  const state = latest?.mode === 'referred' ? 'referred' : 'served'
  if (state === recipient.state) return
  moveRecipient(tx, recipient, state, { cause: `service:${id}` }, { startedOn: recipient.startedOn ?? latest?.servedOn })
}

export type NewResult = { key: string, result: string }

// What came of it is often known later, above all of a referral.
export function recordResult(tx: Tx, id: string, { key, result }: NewResult): Service {
  demand(tx.actor, 'ppks.serve')
  const service = getService(tx, id)
  if (!isFirstTime(tx, key)) return service
  tx.db.update(ppksServices).set({ result, resultOn: dayOf(tx.now) }).where(eq(ppksServices.id, id)).run()
  tx.audit('ppks.service_result', id, { recipient: service.recipientId })
  return { ...service, result, resultOn: dayOf(tx.now) }
}

// How a service reads: its kind, its category, and by whom or to whom.
export function described(db: Db, service: Service) {
  const referredTo = service.psksId ? findPsks(db, service.psksId)?.name : undefined
  return {
    ...service, kindLabel: wordFor(db, 'ppks', 'service', service.kind), category: wordFor(db, 'ppks', 'category', service.variant),
    who: service.mode === 'given' ? service.givenBy : referredTo ?? service.institution,
  }
}

export type DescribedService = ReturnType<typeof described>
