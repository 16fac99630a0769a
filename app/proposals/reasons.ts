import { and, asc, desc, eq, gt, inArray, isNull, lte, notInArray, or } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { reasons } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type Reason = typeof reasons.$inferSelect

// What may be chosen for this kind on this day. '*' holds for every kind. The last day is the first it no longer holds.
export const reasonsFor = (db: Db, kind: string, day: string): Reason[] => db.select().from(reasons)
  .where(and(inArray(reasons.kind, [kind, '*']), lte(reasons.validFrom, day), or(isNull(reasons.validTo), gt(reasons.validTo, day))))
  .orderBy(asc(reasons.label)).all()

// Other parts keep their reasons in the same table.
export const OTHER_REASON_KINDS = ['usul', 'sanggah', 'report_refusal'] as const

// What a list may be narrowed to: every code that was ever used for this kind, or for any kind of proposal.
export const reasonsInUse = (db: Db, kind?: string) => db.selectDistinct({ code: reasons.code, label: reasons.label }).from(reasons)
  .where(kind ? inArray(reasons.kind, [kind, '*']) : notInArray(reasons.kind, [...OTHER_REASON_KINDS])).orderBy(asc(reasons.label)).limit(200).all()

// A code keeps its words after it ended.
export const reasonLabel = (db: Db, kind: string, code: string): string => db.select({ label: reasons.label }).from(reasons)
  .where(and(inArray(reasons.kind, [kind, '*']), eq(reasons.code, code))).orderBy(desc(reasons.validFrom)).limit(1).get()?.label ?? code

export function demandReason(tx: Tx, kind: string, code: string) {
  if (reasonsFor(tx.db, kind, dayOf(tx.now)).some((reason) => reason.code === code)) return
  throw invalid({ reasonCode: 'Pilih alasan dari daftar.' })
}

export function listReasons(db: Db, actor: Actor): Reason[] {
  demand(actor, 'reason.manage')
  return db.select().from(reasons).orderBy(asc(reasons.kind), asc(reasons.label), asc(reasons.validFrom)).limit(500).all()
}

export type ReasonName = Pick<Reason, 'kind' | 'code' | 'validFrom'>

// The same form sent again is the same reason. A code that is still open is ended first: two labels on one day would be none.
export function addReason(tx: Tx, added: Omit<Reason, 'validTo'>) {
  demand(tx.actor, 'reason.manage')
  const known = tx.db.select().from(reasons).where(and(eq(reasons.kind, added.kind), eq(reasons.code, added.code))).all()
  if (known.some(({ validFrom, label }) => validFrom === added.validFrom && label === added.label)) return
  if (known.some(({ validTo }) => validTo === null || validTo > added.validFrom)) {
    throw conflict('Kode ini masih berlaku pada tanggal itu. Akhiri dahulu yang lama.')
  }
  tx.db.insert(reasons).values({ ...added, validTo: null }).run()
  tx.audit('reason.added', `${added.kind}:${added.code}`, { label: added.label, validFrom: added.validFrom, source: added.source })
}

// From this day on the code is no longer offered. What was proposed with it keeps it.
export function endReason(tx: Tx, { kind, code, validFrom }: ReasonName, validTo: string) {
  demand(tx.actor, 'reason.manage')
  const one = and(eq(reasons.kind, kind), eq(reasons.code, code), eq(reasons.validFrom, validFrom))
  const known = tx.db.select().from(reasons).where(one).get()
  if (!known) throw notFound('Alasan')
  if (known.validTo === validTo) return
  if (known.validTo !== null) throw conflict('Alasan ini sudah diakhiri.')
  if (validTo < validFrom) throw invalid({ validTo: 'Tanggal akhir tidak boleh sebelum tanggal mulai.' })
  tx.db.update(reasons).set({ validTo }).where(one).run()
  tx.audit('reason.ended', `${kind}:${code}`, { validTo })
}
