import { Hono } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { changed, page, parse, readForm, readQuery, showProblem, type Deps, type Env } from '#app/http.tsx'
import type { Country } from '#app/national/acting.ts'
import { listArrivals, listNationBatches, listProposals, listRecords, readNationBatch, SHOWS } from '#app/national/batches.ts'
import { answerOf, decide, type Kind } from '#app/national/determining.ts'
import { listKeys, makeKey, revokeKey } from '#app/national/keys.ts'
import { publicPem } from '#app/ratification/ministry-key.ts'
import { readOverview } from '#app/national/overview.ts'
import { regenciesOf } from '#app/national/places.ts'
import { receive } from '#app/national/receiving.ts'
import { listDoubles, readHousehold, searchPeople } from '#app/national/searching.ts'
import { invalid } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { asUnavailable } from '#db/postgres/connection.ts'
import { ArrivalsPage } from '#views/national/arrivals.tsx'
import { BatchesPage, BatchPage } from '#views/national/batches.tsx'
import { DoublesPage } from '#views/national/doubles.tsx'
import { HouseholdPage } from '#views/national/household.tsx'
import { KeysPage } from '#views/national/keys.tsx'
import { OverviewPage } from '#views/national/overview.tsx'
import { ProposalsPage, RecordsPage } from '#views/national/records.tsx'
import { SearchPage } from '#views/national/search.tsx'

const Place = z.object({ region: z.string().regex(/^\d\d(\.\d\d)?$/).catch(''), q: z.string().trim().max(100).catch(''), after: z.string().max(64).catch(''), before: z.string().max(64).optional() })
const Shown = z.object({ show: z.enum(SHOWS).catch('all'), after: z.coerce.number().int().min(0).catch(0) })
const many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
const Decision = z.object({ scope: z.enum(['chosen', 'clean', 'rest']).default('chosen'), id: many.default([]), reason: z.string().trim().max(500).default('') })
const NewKey = z.object({ id: z.uuid(), regencyCode: z.string().min(1, 'Pilih kabupaten/kota.'), note: z.string().trim().min(3, 'Tuliskan kepada siapa kunci ini diberikan.').max(100) })
const DECIDED = { accepted: 'ditetapkan', returned: 'dikembalikan ke kabupaten/kota' }

// The ministry's collecting side: batches of every kabupaten arrive, are looked at together, and are answered.
export const nationalRoutes = ({ db, dataDirectory, nation }: Deps & Pick<Country, 'nation'>) => {
  const country: Country = { nation, db, dataDirectory }
  const decides = (path: string, kind: Kind) => new Hono<Env>()
    .post(`/:root/${path}acceptance`, may('national.determine'), freshSignIn('determination'), (c) => decided(c, kind, 'accepted'))
    .post(`/:root/${path}return`, may('national.determine'), (c) => decided(c, kind, 'returned'))
  const decided = async (c: Parameters<typeof changed>[0], kind: Kind, decision: 'accepted' | 'returned') => {
    const { scope, id, reason } = await readForm(c, Decision)
    const root = c.req.param('root')!
    const count = await decide(country, c.get('actor'), root, { kind, scope, ids: id, decision, reason })
    return changed(c, kind === 'records' && scope === 'chosen' ? `/national/batches/${root}/records?show=pending` : `/national/batches/${root}`, { message: `${count} ${kind === 'records' ? 'rumah tangga' : 'usulan'} ${DECIDED[decision]}.` })
  }

  const routes = new Hono<Env>()
  routes.onError((error, c) => showProblem(asUnavailable(error), c))
  return routes
    .get('/', may('national.read'), async (c) => {
      const { region } = readQuery(c, Place)
      return page(c, 'Data nasional', <OverviewPage {...await readOverview(country, c.var.actor, region)} region={region} actor={c.var.actor} newId={crypto.randomUUID()} />, { wide: true })
    })

    .get('/arrivals', may('national.read'), async (c) => {
      const arrivals = await listArrivals(country, c.var.actor, readQuery(c, Place).before)
      return page(c, 'Berkas masuk', <ArrivalsPage arrivals={arrivals} names={regionNames(db, arrivals.flatMap(({ regencyCode }) => regencyCode ?? []))} actor={c.var.actor} newId={crypto.randomUUID()} />)
    })

    .post('/arrivals', may('national.receive'), async (c) => {
      const { fields, files: [file] } = await receiveFiles(c, dataDirectory, { package: 'table' })
      const { id } = parse(z.object({ id: z.uuid() }), fields)
      if (!file) throw invalid({ package: 'Pilih arsip (ZIP) dari kabupaten/kota.' })
      const { outcome, problem, root } = await receive(country, { id: c.var.actor.id, actor: c.var.actor }, file, id)
      if (outcome === 'refused') throw invalid({ package: problem })
      return changed(c, `/national/batches/${root}`, { message: outcome === 'taken' ? 'Arsip diterima, semua hash cocok.' : 'Arsip ini sudah pernah diterima; tidak ada yang berubah.' })
    })

    .get('/batches', may('national.read'), async (c) => {
      const { region, before } = readQuery(c, Place)
      const waiting = c.req.query('waiting') === '1'
      const batches = await listNationBatches(country, c.var.actor, { region, before, waiting })
      return page(c, 'Berkas kabupaten/kota', <BatchesPage batches={batches} region={region} waiting={waiting} names={regionNames(db, batches.map(({ regencyCode }) => regencyCode))} regencies={regenciesOf(db, c.var.actor)} />)
    })

    .get('/batches/:root', may('national.read'), async (c) => {
      const reading = await readNationBatch(country, c.var.actor, c.req.param('root'))
      return page(c, reading.batch.title, <BatchPage {...reading} actor={c.var.actor} names={regionNames(db, reading.villages.map(({ villageCode }) => villageCode))} />)
    })

    .get('/batches/:root/records', may('national.read'), async (c) => {
      const { show, after } = readQuery(c, Shown)
      const { batch, records } = await listRecords(country, c.var.actor, c.req.param('root'), { show, after })
      return page(c, `Isi ${batch.title}`, <RecordsPage batch={batch} records={records} show={show} actor={c.var.actor} names={regionNames(db, records.map(({ villageCode }) => villageCode))} />)
    })

    .get('/batches/:root/proposals', may('national.read'), async (c) => {
      const { batch, proposals } = await listProposals(country, c.var.actor, c.req.param('root'), readQuery(c, Shown).after)
      return page(c, `Usulan ${batch.title}`, <ProposalsPage batch={batch} proposals={proposals} actor={c.var.actor} />)
    })

    .post('/batches/:root/answer', may('national.determine'), async (c) => {
      const { name, text } = await answerOf(country, c.var.actor, c.req.param('root'))
      return c.body(text, 200, { 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"` })
    })

    .route('/batches', decides('', 'records'))
    .route('/batches', decides('proposals/', 'proposals'))

    .get('/search', may('national.read'), async (c) => {
      const { q, region } = readQuery(c, Place)
      const found = q ? await searchPeople(country, c.var.actor, { q, region }) : []
      return page(c, 'Cari orang', <SearchPage q={q} region={region} found={found} regencies={regenciesOf(db, c.var.actor)} names={regionNames(db, found.flatMap(({ regencyCode, villageCode }) => [regencyCode, villageCode]))} />)
    })

    .get('/doubles', may('national.read'), async (c) => {
      const { region, after } = readQuery(c, Place)
      const doubles = await listDoubles(country, c.var.actor, { region, after })
      return page(c, 'NIK di dua kabupaten', <DoublesPage doubles={doubles} region={region} regencies={regenciesOf(db, c.var.actor)} names={regionNames(db, doubles.flatMap(({ regencies }) => regencies))} actor={c.var.actor} />)
    })

    .get('/households/:regency/:id', may('national.read'), async (c) => {
      const reading = await readHousehold(country, c.var.actor, c.req.param('regency'), c.req.param('id'))
      return page(c, reading.sent[0]!.headName, <HouseholdPage {...reading} names={regionNames(db, [...reading.sent.map(({ villageCode }) => villageCode), ...reading.twins.map(({ regencyCode }) => regencyCode)])} actor={c.var.actor} />)
    })

    .get('/keys', may('national.keys'), async (c) => page(c, 'Kunci pengiriman', <KeysPage keys={await listKeys(country, c.var.actor)} regencies={regenciesOf(db, c.var.actor)} newId={crypto.randomUUID()} pem={publicPem(dataDirectory)} />))

    .post('/keys', may('national.keys'), async (c) => {
      const form = await readForm(c, NewKey)
      const made = await makeKey(country, c.var.actor, form)
      return page(c, 'Kunci pengiriman', <KeysPage made={made} keys={await listKeys(country, c.var.actor)} regencies={regenciesOf(db, c.var.actor)} newId={crypto.randomUUID()} pem={publicPem(dataDirectory)} />)
    })

    .post('/keys/:id/revocation', may('national.keys'), async (c) => {
      await revokeKey(country, c.var.actor, c.req.param('id'))
      return changed(c, '/national/keys', { message: 'Kunci dicabut. Kiriman dengan kunci itu ditolak mulai sekarang.' })
    })
}
