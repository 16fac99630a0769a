import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { mayIssueFor } from '#app/certificates/certificates.ts'
import { desilHistoryOf } from '#app/dtsen/desil.ts'
import { filtersFor } from '#app/filters/filters.ts'
import { openHousehold, type HouseholdDetail } from '#app/households/detail.ts'
import { HouseholdFilter, type Filter } from '#app/households/filter.ts'
import { listHouseholds, officersIn } from '#app/households/households.ts'
import { NumbersForm } from '#app/households/unmasking-form.ts'
import { showNumbers, showVersionNumbers } from '#app/households/unmasking.ts'
import { listVersions, openVersion, type VersionView } from '#app/households/versions.ts'
import { matchesOf } from '#app/matching/history.ts'
import { page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { waitFor } from '#app/numbers/waiting.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { programmesOfHousehold } from '#app/programmes/household-card.ts'
import { standingOf } from '#app/proposals/standing.ts'
import { freshSignIn, signInAgainHref } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { DetailPage } from '#views/households/detail.tsx'
import { ListPage, ListPart } from '#views/households/list.tsx'
import { VersionPage, VersionsPage } from '#views/households/versions.tsx'

const number = z.coerce.number().int().positive().optional().catch(undefined)
const Search = HouseholdFilter.extend({ after: number, before: number })
const Version = z.coerce.number().int().min(1).max(100_000).catch(0)

export const householdRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { after, before, ...filter } = readQuery(c, Search)
    const shown = listHouseholds(db, c.var.actor, filter, { after, before })
    return page(c, 'Rumah tangga', () => <ListPage {...shown} {...choices(c, db, filter)} />, { part: () => <ListPart {...shown} appended={after !== undefined} /> })
  })

  .get('/:id', (c) => {
    const found = transact(db, c.var.actor, (tx) => openHousehold(tx, c.req.param('id')))
    return showHousehold(c, db, found)
  })

  .post('/:id/numbers', may('household.read'), freshSignIn('numbers'), async (c) => {
    const wish = await readForm(c, NumbersForm)
    return showHousehold(c, db, transact(db, c.var.actor, (tx) => showNumbers(tx, c.req.param('id'), wish)))
  })

  .get('/:id/versions', (c) => {
    const found = listVersions(db, c.var.actor, c.req.param('id'))
    return page(c, `Riwayat versi ${found.headName}`, <VersionsPage {...found} />)
  })

  .get('/:id/versions/:version', (c) => {
    const version = Version.parse(c.req.param('version'))
    return showVersion(c, transact(db, c.var.actor, (tx) => openVersion(tx, c.req.param('id'), version)))
  })

  .post('/:id/versions/:version/numbers', may('household.read'), freshSignIn('numbers'), async (c) => {
    const version = Version.parse(c.req.param('version'))
    const wish = await readForm(c, NumbersForm)
    return showVersion(c, transact(db, c.var.actor, (tx) => showVersionNumbers(tx, c.req.param('id'), version, wish)))
  })

const showHousehold = (c: Context<Env>, db: Db, found: HouseholdDetail) => page(c, found.headName,
  <DetailPage household={found} wait={waitFor(db, found.id)} waitHref={can(c.var.actor, 'number.give') ? `/numbers/${found.id}` : undefined} standing={standingOf(db, c.var.actor, found.id)} desil={desilHistoryOf(db, found.id)} matches={matchesOf(db, found.id)}
    programmes={programmesOfHousehold(db, c.var.actor, found.id)} mayIssue={mayIssueFor({ db, actor: c.var.actor }, found)} againHref={signInAgainHref(c, 'numbers', `/households/${found.id}`)} />)

const showVersion = (c: Context<Env>, found: VersionView) => page(c, `${found.headName}, versi ${found.version}`,
  <VersionPage version={found} mayPropose={can(c.var.actor, 'proposal.submit')} readsBatches={can(c.var.actor, 'batch.read')} againHref={signInAgainHref(c, 'numbers', `/households/${found.id}/versions/${found.version}`)} />)

const choices = (c: Context<Env>, db: Db, filter: Filter) => ({
  officers: officersIn(db, c.var.actor, filter), places: placeChoices(db, c.var.actor, filter.region),
  filters: filtersFor(db, c.var.actor, 'households', c.req.url), mayExport: can(c.var.actor, 'export.make'),
})
