import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { FINDING_KINDS, FINDING_STATUSES, PROGRAMME_CODES } from '#app/crosschecks/kinds.ts'
import { readOverview } from '#app/crosschecks/overview.ts'
import { soonDone, workOnRun } from '#app/crosschecks/run-work.ts'
import { lastRun, startRun } from '#app/crosschecks/runs.ts'
import { dismissFinding, openFinding, reopenFinding } from '#app/crosschecks/settling.ts'
import { listFindings, printFindings } from '#app/crosschecks/work-list.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { FindingPage } from '#views/crosschecks/finding.tsx'
import { OverviewPage, RunPart } from '#views/crosschecks/overview.tsx'
import { FindingsPaper } from '#views/crosschecks/paper.tsx'
import { FindingsPage } from '#views/crosschecks/work-list.tsx'
import { villageHref } from '#views/crosschecks/links.ts'

const programme = z.enum([...PROGRAMME_CODES, 'none']).optional().catch(undefined).transform((code) => code === 'none' ? '' as const : code)
const Overview = z.object({ region: pickedRegion, programme })
const List = z.object({
  show: z.enum(FINDING_STATUSES).catch('open'), kind: z.enum(FINDING_KINDS).optional().catch(undefined), programme,
  after: z.string().regex(/^\d{1,12}~.{0,200}$/).transform((text) => ({ id: Number(text.split('~')[0]), name: text.slice(text.indexOf('~') + 1) })).optional().catch(undefined),
})
const note = z.string().trim().min(1, 'Tuliskan alasannya.').max(500, 'Alasan paling panjang 500 huruf.')
const Dismissal = z.object({ key: z.uuid(), seen: z.string().max(64), note })
const Reopening = z.object({ key: z.uuid(), note })
const Run = z.object({ key: z.uuid() })
const DESA = ':desa{[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}}'
const FINDING = '/findings/:id{[0-9]{1,12}}'

// What does not agree between the lists of the programmes and the registry: counts per place, and the work list behind them.
export const crosscheckRoutes = ({ db }: Deps) => {
  const show = (c: Context<Env>, { note: typed, problem }: { note?: string, problem?: Parameters<typeof FindingPage>[0]['problem'] } = {}) => {
    const opened = openFinding({ db, actor: c.var.actor }, Number(c.req.param('id')))
    return page(c, 'Temuan pemeriksaan silang', <FindingPage {...opened} settles={can(c.var.actor, 'crosscheck.settle')} formKey={crypto.randomUUID()} note={typed} problem={problem} />, { status: problem?.status })
  }
  const decide = async (c: Context<Env>, work: () => Promise<string>) => {
    const typed = await c.req.parseBody()
    const { value, problem } = await attempt(work)
    return problem ? problem.status === 422 ? show(c, { note: String(typed.note ?? ''), problem }) : Promise.reject(problem) : changed(c, `/crosschecks/findings/${c.req.param('id')}`, { message: value })
  }

  return new Hono<Env>()
    .use(may('programme.read'))

    .get('/', (c) => {
      const { region, programme: chosen } = readQuery(c, Overview)
      const { actor } = c.var
      return page(c, 'Pemeriksaan silang', <OverviewPage overview={readOverview(db, actor, region, chosen)} region={region} choices={placeChoices(db, actor, region)} run={lastRun(db, actor, region)}
        runs={can(actor, 'crosscheck.run')} mayExport={can(actor, 'export.make')} formKey={crypto.randomUUID()} now={new Date().toISOString()} />, { wide: true })
    })

    .get('/run', (c) => {
      const part = () => <RunPart run={lastRun(db, c.var.actor, '')} now={new Date().toISOString()} />
      return page(c, 'Pemeriksaan silang sedang berjalan', part, { part })
    })

    .post('/run', may('crosscheck.run'), async (c) => {
      const { key } = await readForm(c, Run)
      for (const id of transact(db, c.var.actor, (tx) => startRun(tx, key))) workOnRun(db, id)
      await soonDone(db)
      return changed(c, '/crosschecks', { message: 'Semua penerima di wilayah Anda sedang diperiksa ulang di belakang layar.' })
    })

    .get(FINDING, (c) => show(c))

    .post(`${FINDING}/dismissal`, may('crosscheck.settle'), (c) => decide(c, async () => {
      const form = await readForm(c, Dismissal)
      transact(db, c.var.actor, (tx) => dismissFinding(tx, Number(c.req.param('id')), form))
      return 'Temuan dikesampingkan. Ia muncul lagi bila keadaannya berubah.'
    }))

    .post(`${FINDING}/reopening`, may('crosscheck.settle'), (c) => decide(c, async () => {
      const form = await readForm(c, Reopening)
      transact(db, c.var.actor, (tx) => reopenFinding(tx, Number(c.req.param('id')), form))
      return 'Temuan dibuka kembali.'
    }))

    .get(`/${DESA}`, (c) => {
      const { after, ...filter } = readQuery(c, List)
      const { next, ...list } = listFindings(db, c.var.actor, c.req.param('desa'), filter, after)
      return page(c, `Pemeriksaan silang ${list.village.name}`, <FindingsPage {...list} filter={filter} nextHref={next && villageHref(list.village.code, filter, next)}
        settles={can(c.var.actor, 'crosscheck.settle')} mayExport={can(c.var.actor, 'export.make')} />, { wide: true })
    })

    .get(`/${DESA}/print`, (c) => {
      const { after: _after, ...filter } = readQuery(c, List)
      const paper = transact(db, c.var.actor, (tx) => printFindings(tx, c.req.param('desa'), filter))
      return page(c, `Temuan ${paper.village.name}`, <FindingsPaper paper={paper} filter={filter} actor={c.var.actor} />)
    })
}
