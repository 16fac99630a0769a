import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { filtersFor } from '#app/filters/filters.ts'
import { NumbersForm } from '#app/households/unmasking-form.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { programmeBatchRoutes } from '#app/programmes/batch-routes.tsx'
import { readsBatches } from '#app/programmes/batches.ts'
import { changeRoutes } from '#app/programmes/change-routes.tsx'
import { countByPhase, listRecipients } from '#app/programmes/list.ts'
import { readOverview } from '#app/programmes/overview.ts'
import { PANELS } from '#app/programmes/panels.tsx'
import { listPeriods } from '#app/programmes/periods.ts'
import { printRecipients } from '#app/programmes/printing.ts'
import { newChangeRoutes } from '#app/programmes/new-change-routes.tsx'
import { openRecipient, type RecipientPage as OpenedRecipient } from '#app/programmes/recipient-page.ts'
import { getRecipient, type Recipient } from '#app/programmes/recipients.ts'
import { NamePlace, PROGRAMME, ProgrammeParam } from '#app/programmes/route-parts.ts'
import { programmeOf } from '#app/programmes/registry.ts'
import { programmeSettingRoutes } from '#app/programmes/setting-routes.tsx'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { freshSignIn, signInAgainHref } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { RecipientList, RecipientRows } from '#views/programmes/list.tsx'
import { OverviewPage } from '#views/programmes/overview.tsx'
import { RecipientPaper } from '#views/programmes/paper.tsx'
import { RecipientPage } from '#views/programmes/recipient.tsx'

const optional = z.string().max(60).optional().transform((text) => text || undefined)
const ListQuery = z.object({
  q: z.string().trim().max(100, 'Pencarian paling panjang 100 huruf.').default(''), region: pickedRegion, state: optional, variant: optional, period: optional,
  phase: z.enum(['waiting', 'receiving', 'paused', 'ended']).optional().catch(undefined), after: NamePlace,
})
const Region = z.object({ region: pickedRegion })

const now = () => new Date().toISOString()

export const programmeRoutes = (deps: Deps) => {
  const { db } = deps
  return new Hono<Env>()
    .route('/', programmeSettingRoutes(deps))
    .use(may('programme.read'))
    .route('/changes', changeRoutes(deps))
    .route('/batches', programmeBatchRoutes(deps))
    .get('/', (c) => {
      const { region } = readQuery(c, Region)
      return page(c, 'Program bansos', <OverviewPage overview={readOverview(db, c.var.actor, region, now())} region={region} places={placeChoices(db, c.var.actor, region)} seesBatches={readsBatches(c.var.actor)} />)
    })

    .route('/', newChangeRoutes(deps))

    .get(`/${PROGRAMME}`, (c) => {
      const programme = programmeOf(ProgrammeParam.parse(c.req.param('programme')))
      const { after, ...wanted } = readQuery(c, ListQuery)
      const filter = { ...wanted, programme: programme.code }
      const shown = { ...listRecipients(db, c.var.actor, filter, after), programme, filter, categories: programme.variants ? wordsOn(db, programme.code, programme.variants, dayOf(now())) : [] }
      return page(c, `Penerima ${programme.name}`, () => <RecipientList {...shown} actor={c.var.actor} counts={countByPhase(db, c.var.actor, programme.code, filter.region)}
        places={placeChoices(db, c.var.actor, filter.region)} periods={listPeriods(db, c.var.actor, programme.code)}
        filters={filtersFor(db, c.var.actor, `recipients-${programme.code}`, c.req.url)} />, { part: () => <RecipientRows {...shown} /> })
    })

    .get(`/${PROGRAMME}/print`, (c) => {
      const { after: _, ...wanted } = readQuery(c, ListQuery)
      const programme = ProgrammeParam.parse(c.req.param('programme'))
      const paper = transact(db, c.var.actor, (tx) => printRecipients(tx, { ...wanted, programme }))
      return page(c, `Cetak penerima ${paper.programme.name}`, <RecipientPaper paper={paper} actor={c.var.actor} />)
    })

    .get(`/${PROGRAMME}/recipients/:id`, (c) => {
      const id = c.req.param('id')
      const whole = getRecipient({ db, actor: c.var.actor }, id)
      const { programme } = whole
      if (programme !== c.req.param('programme')) return c.redirect(`/programmes/${programme}/recipients/${id}`, 303)
      return showRecipient(c, whole, transact(db, c.var.actor, (tx) => openRecipient(tx, id)))
    })

    .post(`/${PROGRAMME}/recipients/:id/numbers`, freshSignIn('numbers'), async (c) => {
      const wish = await readForm(c, NumbersForm)
      const whole = getRecipient({ db, actor: c.var.actor }, c.req.param('id'))
      return showRecipient(c, whole, transact(db, c.var.actor, (tx) => openRecipient(tx, whole.id, wish)))
    })

  function showRecipient(c: Context<Env>, whole: Recipient, found: OpenedRecipient) {
    const panels = PANELS[whole.programme].map((panel) => panel(db, c.var.actor, whole, now()))
    const againHref = signInAgainHref(c, 'numbers', `/programmes/${whole.programme}/recipients/${whole.id}`)
    return page(c, found.recipient.name, <RecipientPage page={found} panels={panels} mayPropose={can(c.var.actor, 'programme.propose')} againHref={againHref} />)
  }
}
