import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { snapshotRoutes } from '#app/dtsen/import-routes.tsx'
import { extensionRoutes } from '#app/dtsen/extension-routes.tsx'
import { findComparison, readMovement, requestComparison } from '#app/dtsen/movement.ts'
import { coverageOf, distributionOf, lengthBelow, nameOf, placeOf, recordTable, snapshotFor } from '#app/dtsen/reports.ts'
import { listMissing, listMoved, listRows } from '#app/dtsen/rows.ts'
import { workOnComparison } from '#app/dtsen/snapshot-work.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { asCsv, coverageCsv, distributionCsv, movementCsv } from '#views/dtsen/csv.ts'
import { CoveragePage, MissingPage } from '#views/dtsen/coverage.tsx'
import { DistributionPage } from '#views/dtsen/distribution.tsx'
import { MovementPage, MovementState } from '#views/dtsen/movement.tsx'
import { MovedPage, RowsPage } from '#views/dtsen/rows.tsx'

const id = z.uuid().optional().catch(undefined)
const desil = (least: number) => z.coerce.number().int().min(least).max(10)
const Report = z.object({ region: pickedRegion, snapshot: id })
const Pair = z.object({ region: pickedRegion, from: id, to: id })
const AskedPair = z.object({ region: pickedRegion, from: z.uuid('Pilih potret.'), to: z.uuid('Pilih potret.') })

// Where a list goes on: "34.02.01.2001_3_118", as its own next link says.
const after = z.string().regex(/^[\d.]{0,13}_\d{1,9}(_\d{1,9})?$/).transform((text) => text.split('_')).optional().catch(undefined)
const inRows = (given?: string[]) => given && { region: given[0]!, desil: Number(given[1]), position: Number(given[2] ?? 0) }
const inHouseholds = (given?: string[]) => given && { region: given[0]!, number: Number(given[1]) }
const Rows = Report.extend({ desil: desil(1).optional().catch(undefined), kind: z.enum(['all', 'found', 'unknown']).catch('all'), after })
const Moved = AskedPair.extend({ was: desil(0), is: desil(0), after })
const Missing = z.object({ region: pickedRegion, after })

export const dtsenRoutes = (deps: Deps) => {
  const { db } = deps
  const where = (c: Context<Env>, chosen: string) => {
    const region = placeOf(c.var.actor, chosen)
    return { region, place: nameOf(db, region), places: placeChoices(db, c.var.actor, region) }
  }
  const distribution = (c: Context<Env>) => {
    const { region: chosen, snapshot: id } = readQuery(c, Report)
    const at = where(c, chosen)
    const found = snapshotFor(db, c.var.actor, at.region, id)
    return { ...at, ...found, distribution: found.snapshot && distributionOf(db, found.snapshot, at.region) }
  }
  const movement = (c: Context<Env>) => {
    const { region: chosen, from, to } = readQuery(c, Pair)
    const at = where(c, chosen)
    const { snapshots, current } = snapshotFor(db, c.var.actor, at.region)
    const later = to ?? snapshots.find((one) => current.includes(one.id))?.id ?? snapshots[0]?.id
    const earlier = from ?? snapshots[snapshots.findIndex((one) => one.id === later) + 1]?.id
    const read = later && earlier ? readMovement(db, c.var.actor, { fromId: earlier, toId: later }, at.region, lengthBelow(at.region)) : undefined
    return { ...at, snapshots, movement: read }
  }

  return new Hono<Env>()
    .route('/snapshots', snapshotRoutes(deps))
    .route('/extension', extensionRoutes(deps))
    // The administrator sees no family; what is his here is which questions are asked.
    .get('/', may('dtsen.read', 'extension.manage'), (c) => can(c.var.actor, 'dtsen.read')
      ? page(c, 'Desil DTSEN', <DistributionPage {...distribution(c)} mayImport={can(c.var.actor, 'dtsen.import')} />)
      : c.redirect('/dtsen/extension', 303))

    .use(may('dtsen.read'))
    .get('/distribution.csv', (c) => {
      const { snapshot, distribution: counts, region } = distribution(c)
      transact(db, c.var.actor, (tx) => recordTable(tx, 'distribution', { region, snapshot: snapshot?.id }))
      return c.body(distributionCsv(counts), 200, asCsv(`sebaran-desil-${snapshot?.label ?? 'kosong'}.csv`))
    })

    .get('/movement', (c) => {
      const props = movement(c)
      return page(c, 'Perpindahan desil', () => <MovementPage {...props} />, { part: () => <MovementState {...props} /> })
    })
    .post('/movement', async (c) => {
      const { region, from, to } = await readForm(c, AskedPair)
      placeOf(c.var.actor, region)
      const pair = transact(db, c.var.actor, (tx) => requestComparison(tx, { fromId: from, toId: to }))
      if (findComparison(db, pair)?.phase !== 'done') workOnComparison(db, pair)
      return changed(c, `/dtsen/movement?${new URLSearchParams({ region, from, to })}`, { message: 'Perpindahan sedang dihitung.' })
    })
    .get('/movement.csv', (c) => {
      const { movement: moves, region } = movement(c)
      transact(db, c.var.actor, (tx) => recordTable(tx, 'movement', { region, from: moves?.pair.from.id, to: moves?.pair.to.id }))
      return c.body(movementCsv(moves), 200, asCsv('perpindahan-desil.csv'))
    })
    .get('/movement/rows', (c) => {
      const { region: chosen, from, to, was, is, after: given } = readQuery(c, Moved)
      const at = where(c, chosen)
      const list = listMoved(db, c.var.actor, { fromId: from, toId: to }, { region: at.region, fromDesil: was, toDesil: is }, { after: inRows(given) })
      return page(c, 'Keluarga yang berpindah desil', <MovedPage {...list} place={at.place} query={{ region: at.region, from, to, was, is }} />)
    })

    .get('/coverage', (c) => {
      const at = where(c, readQuery(c, Missing).region)
      return page(c, 'Cakupan desil', <CoveragePage {...at} counts={coverageOf(db, c.var.actor, at.region)} {...snapshotFor(db, c.var.actor, at.region)} />)
    })
    .get('/coverage.csv', (c) => {
      const { region } = where(c, readQuery(c, Missing).region)
      const counts = coverageOf(db, c.var.actor, region)
      transact(db, c.var.actor, (tx) => recordTable(tx, 'coverage', { region }))
      return c.body(coverageCsv(counts), 200, asCsv('cakupan-desil.csv'))
    })
    .get('/missing', (c) => {
      const { region: chosen, after: given } = readQuery(c, Missing)
      const at = where(c, chosen)
      return page(c, 'Keluarga tanpa desil', <MissingPage {...listMissing(db, c.var.actor, at.region, { after: inHouseholds(given) })} {...at} mayExport={can(c.var.actor, 'export.make')} />)
    })

    .get('/rows', (c) => {
      const { region: chosen, snapshot: chosenId, desil: wanted, kind, after: given } = readQuery(c, Rows)
      const at = where(c, chosen)
      const found = snapshotFor(db, c.var.actor, at.region, chosenId)
      const list = found.snapshot ? listRows(db, c.var.actor, { snapshotId: found.snapshot.id, region: at.region, desil: wanted, kind }, { after: inRows(given) }) : { rows: [], next: undefined }
      return page(c, 'Keluarga dalam DTSEN', <RowsPage {...list} {...at} {...found} filter={{ desil: wanted, kind }} mayExport={can(c.var.actor, 'export.make')} />)
    })
}
