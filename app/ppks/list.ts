import { and, desc, eq, gte, lte, sql } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { described, shownServices } from '#app/ppks/serving.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { ppksServices, recipients } from '#db/schema/index.ts'
import type { SERVICE_MODES } from '#db/schema/ppks.ts'

export type Mode = typeof SERVICE_MODES[number]
export type ServiceFilter = { region: string, mode?: Mode, kind?: string, category?: string, from?: string, to?: string, open?: 'yes' }
export type ServicePlace = { servedOn: string, id: string }
export type ListedService = ReturnType<typeof listServices>['rows'][number]

const PAGE = 50

// The newest first. open: referred, and nobody has said yet what came of it.
export function listServices(db: Db, actor: Actor, { region, mode, kind, category, from, to, open }: ServiceFilter, after?: ServicePlace, limit = PAGE) {
  demand(actor, 'programme.read')
  const rows = db.select({ service: ppksServices, name: recipients.name, nik: recipients.nik }).from(ppksServices).innerJoin(recipients, eq(recipients.id, ppksServices.recipientId))
    .where(and(
      within(ppksServices.regionCode, { regions: regionsIn(actor, region) }), shownServices(actor),
      mode && eq(ppksServices.mode, mode), kind ? eq(ppksServices.kind, kind) : undefined, category ? eq(ppksServices.variant, category) : undefined,
      from ? gte(ppksServices.servedOn, from) : undefined, to ? lte(ppksServices.servedOn, to) : undefined,
      open && and(eq(ppksServices.mode, 'referred'), eq(ppksServices.result, '')),
      after && sql`(${ppksServices.servedOn}, ${ppksServices.id}) < (${after.servedOn}, ${after.id})`,
    )).orderBy(desc(ppksServices.servedOn), desc(ppksServices.id)).limit(limit + 1).all()
  const shown = rows.slice(0, limit)
  const names = regionNames(db, shown.map(({ service }) => service.regionCode))
  const last = shown.at(-1)?.service
  return {
    rows: shown.map(({ service, name, nik }) => ({ ...described(db, service), name, nik, village: names.get(service.regionCode)! })),
    next: rows.length > limit && last ? { servedOn: last.servedOn, id: last.id } : null,
  }
}
