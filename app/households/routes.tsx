import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { openHousehold } from '#app/households/detail.ts'
import { listHouseholds, officersIn, PROGRAMMES } from '#app/households/households.ts'
import { STAGES } from '#app/households/stages.ts'
import { listVersions, openVersion } from '#app/households/versions.ts'
import { isHtmx, page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { pickedRegion } from '#app/regions/picker.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { DetailPage } from '#views/households/detail.tsx'
import { ListPage, ListPart } from '#views/households/list.tsx'
import { VersionPage, VersionsPage } from '#views/households/versions.tsx'

// What an old bookmark asks that is no longer a choice is left out rather than refused.
const among = <T extends string>(values: readonly T[]) => z.enum(values).optional().catch(undefined)
const number = z.coerce.number().int().positive().optional().catch(undefined)

const Search = z.object({
  q: z.string().trim().max(100, 'Pencarian paling panjang 100 huruf.').default(''), region: pickedRegion, stage: among(STAGES),
  outcome: z.coerce.number().int().min(1).max(6).optional().catch(undefined), officer: z.string().max(100).transform((id) => id || undefined).optional(),
  programme: among(PROGRAMMES), flags: among(['yes']), after: number, before: number,
})
const Version = z.coerce.number().int().min(1).max(100_000).catch(0)

export const householdRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { after, before, ...filter } = readQuery(c, Search)
    const shown = { ...listHouseholds(db, c.var.actor, filter, { after, before }), filter }
    return page(c, 'Rumah tangga', isHtmx(c) ? null : <ListPage {...shown} {...choices(c, db, filter.region)} />, { part: <ListPart {...shown} appended={after !== undefined} /> })
  })

  .get('/:id', (c) => {
    const found = transact(db, c.var.actor, (tx) => openHousehold(tx, c.req.param('id')))
    return page(c, found.headName, <DetailPage household={found} />)
  })

  .get('/:id/versions', (c) => {
    const found = listVersions(db, c.var.actor, c.req.param('id'))
    return page(c, `Riwayat versi ${found.headName}`, <VersionsPage {...found} />)
  })

  .get('/:id/versions/:version', (c) => {
    const version = Version.parse(c.req.param('version'))
    const found = transact(db, c.var.actor, (tx) => openVersion(tx, c.req.param('id'), version))
    return page(c, `${found.headName}, versi ${found.version}`, <VersionPage version={found} />)
  })

const choices = (c: Context<Env>, db: Db, region: string) =>
  ({ officers: officersIn(db, c.var.actor, region), places: placeChoices(db, c.var.actor, region) })
