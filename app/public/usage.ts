import { desc, gte, sql, type AnyColumn } from 'drizzle-orm'
import { dayOf } from '#app/questionnaire/age.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { lookupCounts } from '#db/schema/index.ts'

const DAYS = 30
const MOST_VILLAGES = 30
const sum = (column: AnyColumn) => sql<number>`sum(${column})`
const COUNTS = { asked: sum(lookupCounts.asked), found: sum(lookupCounts.found), refused: sum(lookupCounts.refused) }

// How Cek Bansos is used: by day and by desa, never by name. A desa asked far more than others is worth a look.
export function lookupUsage(db: Db, actor: Actor, now = new Date()) {
  demand(actor, 'lookup.read')
  const since = dayOf(new Date(now.getTime() - (DAYS - 1) * 86_400_000).toISOString())
  const days = db.select({ day: lookupCounts.day, ...COUNTS }).from(lookupCounts).where(gte(lookupCounts.day, since))
    .groupBy(lookupCounts.day).orderBy(desc(lookupCounts.day)).limit(DAYS).all()
  const villages = db.select({ code: lookupCounts.regionCode, ...COUNTS }).from(lookupCounts).where(gte(lookupCounts.day, since))
    .groupBy(lookupCounts.regionCode).orderBy(desc(COUNTS.asked), lookupCounts.regionCode).limit(MOST_VILLAGES).all()
  const names = regionNames(db, villages.map(({ code }) => code))
  return { days, villages: villages.map((row) => ({ ...row, name: names.get(row.code)! })) }
}
