import { and, asc, eq, like, sql } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { wordFor } from '#app/programmes/settings.ts'
import { activeThen, isActiveOn } from '#app/psks/psks.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { findRegionName, regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { psks } from '#db/schema/index.ts'
import type { Tx } from '#db/transaction.ts'

export type PsksFilter = { q: string, region: string, kind?: string, show: 'active' | 'ended' | 'all' }
export type PsksPlace = { name: string, id: string }
export type ListedPsks = ReturnType<typeof listPsks>['rows'][number]

const PAGE = 50

// By name.
export function listPsks(db: Db, actor: Actor, { q, region, kind, show }: PsksFilter, after: PsksPlace | undefined, today: string, limit = PAGE) {
  demand(actor, 'programme.read')
  const rows = db.select().from(psks).where(and(
    within(psks.regionCode, { regions: regionsIn(actor, region) }), kind ? eq(psks.kind, kind) : undefined,
    q ? sql`${like(psks.name, `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)} ESCAPE '\\'` : undefined,
    show === 'all' ? undefined : show === 'active' ? activeThen(today) : sql`NOT ${activeThen(today)}`,
    after && sql`(${psks.name}, ${psks.id}) > (${after.name}, ${after.id})`,
  )).orderBy(asc(psks.name), asc(psks.id)).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => ({ ...row, place: names.get(row.regionCode)!, kindLabel: wordFor(db, 'ppks', 'psks_kind', row.kind), active: isActiveOn(row, today) })),
    next: rows.length > limit && last ? { name: last.name, id: last.id } : null,
  }
}

// A paper longer than this is asked by kecamatan.
const MOST_PRINTED = 500

export function printPsks(tx: Tx, filter: PsksFilter) {
  const { rows, next } = listPsks(tx.db, tx.actor, filter, undefined, dayOf(tx.now), MOST_PRINTED)
  tx.audit('psks.printed', filter.region || tx.actor.regions.join(','), { rows: rows.length })
  return { rows, whole: next === null, place: (filter.region || tx.actor.regions.length === 1 ? findRegionName(tx.db, filter.region || tx.actor.regions[0]!) : undefined) ?? 'Semua wilayah kerja', printedAt: tx.now }
}
export type PsksPaper = ReturnType<typeof printPsks>
