import { Hono } from 'hono'
import * as z from 'zod'
import { streamed } from '#app/exports/streaming.ts'
import { attempt, changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { askForComparison, comparable, readComparison } from '#app/periods/comparisons.ts'
import { listDifferences, openDifferences } from '#app/periods/differences.ts'
import { filedRegions, readPeriod } from '#app/periods/period-page.ts'
import { getPeriod, listPeriods } from '#app/periods/periods.ts'
import { closePeriod, cutOffPeriod, planPeriod, setOwnCutoff } from '#app/periods/planning.ts'
import { isRevisable, revisePeriod } from '#app/periods/revising.ts'
import { askForCheck, readSnapshot, snapshotsOf } from '#app/periods/snapshots.ts'
import { suggestAfter } from '#app/periods/suggestion.ts'
import { workOnPeriods } from '#app/periods/work.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { ComparePage, ComparisonState } from '#views/periods/compare.tsx'
import { differenceHeading, differenceLines } from '#views/periods/csv.ts'
import { NewPeriod, RevisedPeriod } from '#views/periods/form.tsx'
import { suggestedName } from '#views/periods/labels.ts'
import { PeriodList } from '#views/periods/list.tsx'
import { PeriodPage, SnapshotLine } from '#views/periods/period.tsx'
import { DifferencesPage } from '#views/periods/rows.tsx'
import { Checks, SnapshotPage } from '#views/periods/snapshot.tsx'
import { asCsv } from '#views/dtsen/csv.ts'

const day = z.string().default('')
const cadence = z.enum(['monthly', 'quarterly'], 'Pilih jenis periode.')
const Typed = z.object({ cadence: cadence.catch('monthly'), name: z.string().optional(), opensOn: z.string().optional(), cutoffOn: z.string().optional(), closesOn: z.string().optional(), region: pickedRegion })
const Planned = z.object({
  id: z.uuid(), cadence, name: z.string().trim().min(3, 'Beri nama periode, misalnya "Desember 2026".').max(60), opensOn: day, cutoffOn: day, closesOn: day, region: pickedRegion,
})
const Revised = Planned.pick({ name: true, opensOn: true, cutoffOn: true, closesOn: true })
const OwnCutoff = z.object({ cutoffOn: day })
const Check = z.object({ key: z.uuid() })
const Pair = z.object({ from: z.string().min(1, 'Pilih periode lama.').max(60), to: z.string().min(1, 'Pilih periode baru.').max(60) })
const PairQuery = z.object({ from: z.string().max(60).default(''), to: z.string().max(60).default(''), region: z.string().max(13).default('') })
const RowsQuery = PairQuery.extend({
  kind: z.enum(['entry', 'exit', 'moved_in', 'moved_out', 'changed']).catch('entry'), name: z.string().max(200).optional(), id: z.string().max(60).optional(),
})
const PlaceQuery = z.object({ region: z.string().max(13).default('') })

const today = () => dayOf(new Date().toISOString())

export const periodRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('period.read'))
  .get('/', (c) => {
    const periods = listPeriods(db, c.var.actor, today())
    const snapshots = snapshotsOf(db, periods.map(({ id }) => id))
    const ready = periods.filter(({ id }) => snapshots.get(id)?.status === 'ready')
    return page(c, 'Periode penetapan', <PeriodList periods={periods} snapshots={snapshots} comparable={ready} manages={can(c.var.actor, 'period.manage')} />)
  })

  .get('/new', may('period.manage'), (c) => {
    const { region, ...typed } = readQuery(c, Typed)
    const suggested = suggestAfter(listPeriods(db, c.var.actor, today()), region, today(), typed.cadence)
    return page(c, 'Buat periode', <NewPeriod formKey={crypto.randomUUID()} levels={pickerLevels(db, { chosen: region, deepest: 2 })}
      typed={{ ...suggested, name: suggestedName(suggested.opensOn, suggested.cadence), ...given(typed) }} />)
  })

  .post('/', may('period.manage'), async (c) => {
    const { region, ...period } = await readForm(c, Planned)
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => planPeriod(tx, { ...period, regionCode: region })))
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) {
      return page(c, 'Buat periode', <NewPeriod formKey={period.id} typed={period} fields={problem.fields} levels={pickerLevels(db, { chosen: region, deepest: 2 })} />, { status: 422 })
    }
    return changed(c, `/periods/${period.id}`, { message: `Periode ${period.name} dibuat.` })
  })

  .get('/compare', (c) => {
    const { from, to, region } = readQuery(c, PairQuery)
    const view = from && to ? readComparison(db, c.var.actor, from, to, region) : undefined
    return page(c, 'Bandingkan dua periode', () => <ComparePage view={view} choices={comparable(db, c.var.actor, today())} />, { part: view && (() => <ComparisonState view={view} />), wide: true })
  })

  .post('/comparisons', async (c) => {
    const pair = await readForm(c, Pair)
    transact(db, c.var.actor, (tx) => askForComparison(tx, pair.from, pair.to))
    workOnPeriods(db)
    return changed(c, `/periods/compare?${new URLSearchParams(pair)}`)
  })

  .get('/compare/rows', (c) => {
    const { from, to, region, kind, name, id } = readQuery(c, RowsQuery)
    const view = listDifferences(db, c.var.actor, from, to, { village: region, kind, ...(name !== undefined && id && { after: { name, id } }) })
    return page(c, `Perubahan ${view.place.name}`, <DifferencesPage {...view} />)
  })

  .get('/compare/difference.csv', freshSignIn('difference'), (c) => {
    const { from, to, region } = readQuery(c, PairQuery)
    const { place, chunks } = transact(db, c.var.actor, (tx) => openDifferences(tx, from, to, region))
    return c.body(streamed(differenceHeading(), chunks(), differenceLines), 200, asCsv(`perubahan-${place.code || 'indonesia'}.csv`))
  })

  .get('/:id', (c) => {
    const view = readPeriod(db, c.var.actor, c.req.param('id'), today())
    return page(c, view.period.name, () => <PeriodPage {...view} regionNames={filedRegions(db, view)} />, { part: () => <SnapshotLine {...view} polled /> })
  })

  .get('/:id/edit', may('period.manage'), (c) => {
    const period = getPeriod({ db, actor: c.var.actor }, c.req.param('id'))
    return page(c, `Ubah ${period.name}`, <RevisedPeriod period={period} typed={{ ...period, cutoffOn: period.nationalCutoffOn }} revisable={isRevisable(period, today())} />)
  })

  .post('/:id/revision', may('period.manage'), async (c) => {
    const typed = await readForm(c, Revised)
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => revisePeriod(tx, c.req.param('id'), typed)))
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return page(c, 'Ubah periode', <RevisedPeriod period={getPeriod({ db, actor: c.var.actor }, c.req.param('id'))} typed={typed} fields={problem.fields} revisable />, { status: 422 })
    return changed(c, `/periods/${c.req.param('id')}`, { message: `Periode ${typed.name} disimpan.` })
  })

  .post('/:id/own-cutoff', may('period.cutoff'), async (c) => {
    const { cutoffOn } = await readForm(c, OwnCutoff)
    transact(db, c.var.actor, (tx) => setOwnCutoff(tx, c.req.param('id'), cutoffOn))
    return changed(c, `/periods/${c.req.param('id')}`, { message: 'Batas kirim kabupaten/kota Anda disimpan.' })
  })

  .post('/:id/cutting', may('period.manage'), (c) => {
    transact(db, c.var.actor, (tx) => cutOffPeriod(tx, c.req.param('id')))
    return changed(c, `/periods/${c.req.param('id')}`, { message: 'Penerimaan dihentikan. Berkas berikutnya masuk periode sesudahnya.' })
  })

  .post('/:id/closing', may('period.manage'), (c) => {
    transact(db, c.var.actor, (tx) => closePeriod(tx, c.req.param('id')))
    workOnPeriods(db)
    return changed(c, `/periods/${c.req.param('id')}`, { message: 'Periode ditutup. Data sedang dipotret.' })
  })

  .get('/:id/snapshot', (c) => {
    const view = readSnapshot(db, c.var.actor, c.req.param('id'), readQuery(c, PlaceQuery).region)
    const { snapshot } = view
    const part = () => snapshot?.status === 'ready' ? <Checks {...view} snapshot={snapshot} /> : <SnapshotLine {...view} polled />
    return page(c, `Potret data ${view.period.name}`, () => <SnapshotPage {...view} checkKey={crypto.randomUUID()} />, { part })
  })

  .post('/:id/snapshot/check', async (c) => {
    const { key } = await readForm(c, Check)
    transact(db, c.var.actor, (tx) => askForCheck(tx, c.req.param('id'), key))
    workOnPeriods(db)
    return changed(c, `/periods/${c.req.param('id')}/snapshot`, { message: 'Sidik sedang dihitung ulang.' })
  })

const given = <T extends object>(typed: T) => Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) as { [K in keyof T]: NonNullable<T[K]> }
