import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { csvHead, csvLines } from '#app/exports/csv-lines.ts'
import { recordTable } from '#app/dashboards/downloads.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { serving, viewService } from '#app/ppks/care.ts'
import { isSensitive } from '#app/ppks/categories.ts'
import { countCategories, FEW } from '#app/ppks/counts.ts'
import { listServices } from '#app/ppks/list.ts'
import { recordResult, recordService } from '#app/ppks/serving.ts'
import { wordsOn } from '#app/programmes/settings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { can } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { CountsPage } from '#views/ppks/counts.tsx'
import { ServiceForm } from '#views/ppks/serving-form.tsx'
import { ServicePage } from '#views/ppks/served.tsx'
import { ServicesPage } from '#views/ppks/served-list.tsx'

const Where = z.object({ region: pickedRegion })
const code = z.string().max(40).optional().transform((text) => text || undefined)
const day = z.iso.date().optional().catch(undefined)
const List = z.object({
  region: pickedRegion, mode: z.enum(['given', 'referred']).optional().catch(undefined), kind: code, category: code, from: day, to: day, open: z.enum(['yes']).optional().catch(undefined),
  after: z.string().regex(/^\d{4}-\d{2}-\d{2}~[\w-]{1,64}$/).optional().catch(undefined).transform((text) => text ? { servedOn: text.slice(0, 10), id: text.slice(11) } : undefined),
})
const New = z.object({ recipient: z.string().max(64) })
const words = (longest: number) => z.string().trim().max(longest, `Paling banyak ${longest} huruf.`).default('')
const Service = z.object({
  key: z.uuid(), recipient: z.string().max(64), mode: z.enum(['given', 'referred'], 'Pilih caranya.'), kind: z.string('Pilih jenis layanan.').max(40).default(''),
  servedOn: z.iso.date('Isi tanggalnya.'), givenBy: words(120), psksId: z.string().max(64).default('').transform((text) => text || null), institution: words(150), result: words(1000), note: words(1000),
})
const Result = z.object({ key: z.uuid(), result: z.string().trim().min(1, 'Tuliskan hasilnya.').max(1000, 'Paling banyak 1.000 huruf.') })
const now = () => new Date().toISOString()

export const ppksRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('programme.read'), (c) => {
    const { region } = readQuery(c, Where)
    const { actor } = c.var
    return page(c, 'PPKS per kategori', <CountsPage counts={countCategories(db, actor, region, now())} region={region} few={FEW} place={placeChoices(db, actor, region)}
      placeName={findRegionName(db, region || (actor.regions.length === 1 ? actor.regions[0]! : '-')) ?? 'Wilayah kerja saya'} />)
  })

  .get('/counts.csv', may('programme.read'), (c) => {
    const counts = countCategories(db, c.var.actor, readQuery(c, Where).region, now())
    const rows = counts.map(({ code: number, label, open, parts }) => [number, label, parts?.registered ?? '', parts?.served ?? '', parts?.referred ?? '', open ?? `<${FEW}`, parts?.ended ?? ''])
    transact(db, c.var.actor, (tx) => recordTable(tx, 'ppks-counts', { region: readQuery(c, Where).region, rows: rows.length }))
    return c.body(csvHead(['no', 'kategori', 'terdaftar', 'dilayani', 'dirujuk', 'belum_selesai', 'selesai']) + csvLines(rows), 200, asCsv('ppks-per-kategori.csv'))
  })

  .get('/services', may('programme.read'), (c) => {
    const { after, ...filter } = readQuery(c, List)
    const { actor } = c.var
    const categories = wordsOn(db, 'ppks', 'category', dayOf(now())).filter((one) => can(actor, 'ppks.sensitive') || !isSensitive(one.code))
    return page(c, 'Layanan PPKS', <ServicesPage {...listServices(db, actor, filter, after)} filter={filter} place={placeChoices(db, actor, filter.region)}
      kinds={wordsOn(db, 'ppks', 'service', dayOf(now()))} categories={categories} exportable={can(actor, 'export.make')} />)
  })

  .get('/services/new', may('ppks.serve'), (c) => {
    const { recipient } = readQuery(c, New)
    return page(c, 'Catat layanan', <ServiceForm serving={serving({ db, actor: c.var.actor }, recipient, now())} typed={{ key: crypto.randomUUID(), servedOn: dayOf(now()) }} />)
  })

  .post('/services', may('ppks.serve'), async (c) => {
    const typed = await typedIn(c)
    const { problem, value } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const { recipient, ...service } = parse(Service, typed)
      return recordService(tx, { ...service, recipientId: recipient })
    }))
    if (!problem) return changed(c, `/programmes/ppks/recipients/${value.recipientId}`, { message: value.mode === 'given' ? 'Layanan dicatat.' : 'Rujukan dicatat. Catat hasilnya setelah ada kabar.' })
    if (problem.code !== 'invalid') throw problem
    return page(c, 'Catat layanan', <ServiceForm serving={serving({ db, actor: c.var.actor }, typed.recipient ?? '', now())} typed={typed} problem={problem} />, { status: problem.status })
  })

  .get('/services/:id', may('programme.read'), (c) => page(c, 'Layanan', <ServicePage view={viewService({ db, actor: c.var.actor }, c.req.param('id'))} formKey={crypto.randomUUID()} />))

  .post('/services/:id/result', may('ppks.serve'), async (c) => {
    const id = c.req.param('id')
    const { problem } = await attempt(async () => {
      const result = await readForm(c, Result)
      transact(db, c.var.actor, (tx) => recordResult(tx, id, result))
    })
    if (!problem) return changed(c, `/ppks/services/${id}`, { message: 'Hasil dicatat.' })
    if (problem.code !== 'invalid') throw problem
    return page(c, 'Layanan', <ServicePage view={viewService({ db, actor: c.var.actor }, id)} formKey={crypto.randomUUID()} typed={await typedIn(c)} problem={problem} />, { status: problem.status })
  })

const typedIn = async (c: Context<Env>): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value)]))
