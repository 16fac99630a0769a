import { and, asc, desc, eq, gte, isNull, lte, or } from 'drizzle-orm'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import type { ExtendedPeriod } from '#app/packs/schema.ts'
import { CURRENT, EXTENDED } from '#app/questionnaire/questionnaire.ts'
import { regencyOf } from '#app/regions/levels.ts'
import { findRegion, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { questionnaireExtensions, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

const asksMore = statement<{ regency: string, today: string }[], unknown>(`SELECT 1 FROM questionnaire_extensions
  WHERE region_code = @regency AND extension = 'dtsen' AND valid_from <= @today AND (valid_to IS NULL OR valid_to >= @today)`)

// The questionnaire of a visit that begins in this village today.
export const questionnaireVersionIn = (db: Db, regionCode: string, today: string) =>
  (asksMore(db).get({ regency: regencyOf(regionCode), today }) ? EXTENDED : CURRENT).version

const periodsIn = statement<[string], ExtendedPeriod>(`SELECT DISTINCT e.region_code AS regency, e.valid_from AS "from", e.valid_to AS "to"
  FROM json_each(?) r CROSS JOIN questionnaire_extensions e ON e.region_code = r.value AND e.extension = 'dtsen' ORDER BY 1, 2`)
// What a phone takes along to tell by itself, for visits that begin without a signal.
export const extendedIn = (db: Db, regions: readonly string[]): ExtendedPeriod[] => periodsIn(db).all(JSON.stringify(regions.map(regencyOf)))

export type Period = ReturnType<typeof listExtensions>[number]
const SHOWN = 200

// Where the optional block is, was or will be asked; the newest first.
export function listExtensions(db: Db, actor: Actor, today: string) {
  demand(actor, 'extension.manage')
  const rows = db.select({ period: questionnaireExtensions, by: users.name }).from(questionnaireExtensions)
    .leftJoin(users, eq(users.id, questionnaireExtensions.setBy))
    .orderBy(desc(questionnaireExtensions.validFrom), asc(questionnaireExtensions.regionCode), asc(questionnaireExtensions.id)).limit(SHOWN).all()
  const names = regionNames(db, rows.map(({ period }) => period.regionCode))
  return rows.map(({ period, by }) => ({
    ...period, setBy: by ?? period.setBy, regionName: names.get(period.regionCode)!,
    state: period.validFrom > today ? 'coming' as const : period.validTo && period.validTo < today ? 'over' as const : 'on' as const,
  }))
}

export type NewPeriod = { id: string, regionCode: string, validFrom: string, validTo: string | null, source: string }

// Switches the block on in a kabupaten for a time. Visits under way keep the questions they began with.
export function switchOn(tx: Tx, { id, regionCode, validFrom, validTo, source }: NewPeriod) {
  demand(tx.actor, 'extension.manage')
  const region = regionCode && findRegion(tx.db, regionCode)
  if (!region || region.level !== 2 || region.validTo) throw invalid({ region: 'Pilih kabupaten/kota.' })
  if (validFrom < dayOf(tx.now)) throw invalid({ validFrom: 'Mulai berlaku paling cepat hari ini.' })
  if (validTo !== null && validTo < validFrom) throw invalid({ validTo: 'Tanggal berakhir mendahului tanggal mulai.' })
  if (!isFirstTime(tx, id)) return
  const meets = tx.db.select({ from: questionnaireExtensions.validFrom }).from(questionnaireExtensions).where(and(
    eq(questionnaireExtensions.regionCode, regionCode), validTo ? lte(questionnaireExtensions.validFrom, validTo) : undefined,
    or(isNull(questionnaireExtensions.validTo), gte(questionnaireExtensions.validTo, validFrom)))).get()
  if (meets) throw conflict(`Isian tambahan di ${region.name} sudah berlaku pada waktu itu. Akhiri dahulu yang lama.`)
  tx.db.insert(questionnaireExtensions).values({ id, extension: 'dtsen', regionCode, validFrom, validTo, source, setBy: tx.actor.id, setAt: tx.now }).run()
  tx.audit('questionnaire.extension_set', regionCode, { extension: 'dtsen', validFrom, validTo, source })
}

// From now on no visit begins with the block. A period that began before today ended yesterday; one that did not is taken
// back whole, and the trail keeps it.
export function switchOff(tx: Tx, id: string) {
  demand(tx.actor, 'extension.manage')
  const period = tx.db.select().from(questionnaireExtensions).where(eq(questionnaireExtensions.id, id)).get()
  if (!period) throw notFound('Masa berlaku isian tambahan')
  const today = dayOf(tx.now)
  const yesterday = addDays(today, -1)
  if (period.validTo !== null && period.validTo < today) return
  if (period.validFrom >= today) tx.db.delete(questionnaireExtensions).where(eq(questionnaireExtensions.id, id)).run()
  else tx.db.update(questionnaireExtensions).set({ validTo: yesterday }).where(eq(questionnaireExtensions.id, id)).run()
  tx.audit('questionnaire.extension_ended', period.regionCode, { extension: 'dtsen', validFrom: period.validFrom, validTo: period.validFrom >= today ? null : yesterday })
}
