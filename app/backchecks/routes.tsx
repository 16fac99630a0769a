import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { isStopped, soonDrawn, workOnDrawing } from '#app/backchecks/drawing.ts'
import { frameRows, previewOf, repeatDrawing } from '#app/backchecks/frame.ts'
import type { ItemType } from '#app/backchecks/items.ts'
import { readResults, recordResults } from '#app/backchecks/results.ts'
import { askDrawing, endRound, getRound, listRounds, planRound } from '#app/backchecks/rounds.ts'
import { askedItems, listSettings, setItems } from '#app/backchecks/settings.ts'
import { isDrawing, isDrawn } from '#app/backchecks/standing.ts'
import { visitsOfRound } from '#app/backchecks/visits-of-round.ts'
import { streamed } from '#app/exports/streaming.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { notFound, type Problem } from '#app/problems.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { findRegionName } from '#app/regions/regions.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { chosenPlace, isWithin } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { frameHead, frameLines, TABLES } from '#views/backchecks/csv.ts'
import { DrawPage } from '#views/backchecks/draw.tsx'
import { ItemsPage } from '#views/backchecks/items.tsx'
import { RoundsPage } from '#views/backchecks/list.tsx'
import { PlanPage } from '#views/backchecks/plan.tsx'
import { ResultsPage } from '#views/backchecks/results.tsx'
import { RoundPage } from '#views/backchecks/round.tsx'
import { asCsv } from '#views/dtsen/csv.ts'
import { userNames } from '#app/users/people.ts'

const whole = z.coerce.number().int().min(0).max(1e9).optional().catch(undefined)
const List = z.object({ before: whole })
const One = z.object({ after: whole })
const Result = z.object({ region: pickedRegion, round: z.string().max(64).default('') })
const some = z.union([z.string(), z.array(z.string())]).optional().transform((given) => [given ?? []].flat())
const number = (words: string) => z.string(words).trim().transform((text) => Number(text.replace(',', '.'))).refine(Number.isFinite, words)
const Plan = z.object({
  id: z.uuid(), title: z.string('Isi nama putaran.').trim().min(3, 'Isi nama putaran.').max(100, 'Paling banyak 100 huruf.'), region: pickedRegion,
  fromDay: z.iso.date('Isi tanggal pertama.'), toDay: z.iso.date('Isi tanggal terakhir.'), sizeKind: z.enum(['share', 'count'], 'Pilih persen atau jumlah.'),
  size: number('Isi banyaknya dengan angka.'), riskShare: number('Pilih bobot tanda.'), dueOn: z.iso.date('Isi batas waktu.'), items: some,
})
const Drawing = z.object({ key: z.uuid() })
const Ending = z.object({ key: z.uuid(), status: z.enum(['closed', 'cancelled'], 'Pilih bagaimana diakhiri.'), note: z.string('Tuliskan alasannya.').trim().min(3, 'Tuliskan alasannya.').max(300, 'Paling banyak 300 huruf.') })
const Items = z.looseObject({ key: z.uuid(), items: some })

type Ctx = Context<Env, any>
const today = () => dayOf(new Date().toISOString())

// Rounds, their drawing and what came of them.
export const backcheckRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('backcheck.read'), (c) => page(c, 'Kunjungan ulang',
    <RoundsPage {...listRounds(db, c.var.actor, readQuery(c, List).before)} mayPlan={can(c.var.actor, 'backcheck.plan')} mayConfigure={can(c.var.actor, 'backcheck.configure')} />))

  .get('/new', may('backcheck.plan'), (c) => {
    const month = `${today().slice(0, 8)}01`
    return planning(c, db, { sizeKind: 'share', size: '5', riskShare: '50', fromDay: month, toDay: today(), dueOn: addDays(today(), 21), ...texts(c.req.queries(), 'region'), id: crypto.randomUUID() }, askedItems(db).map(({ key }) => key))
  })

  .post('/', may('backcheck.plan'), async (c) => {
    const fields = await c.req.parseBody({ all: true })
    const { problem, value } = await attempt(() => {
      const { region, items, ...round } = parse(Plan, fields)
      const asked = askedItems(db).filter(({ key }) => items.includes(key))
      return transact(db, c.var.actor, (tx) => planRound(tx, { ...round, regionCode: chosenPlace(region, c.var.actor), items: asked }))
    })
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return planning(c, db, texts(fields, 'region'), [fields.items ?? []].flat().map(String), problem)
    return changed(c, `/backchecks/${value!.id}`, { message: 'Rencana disimpan. Periksa pembagiannya, lalu undi.' })
  })

  .get('/results', may('backcheck.read'), (c) => {
    const filter = readQuery(c, Result)
    const { actor } = c.var
    return page(c, 'Hasil kunjungan ulang', <ResultsPage results={readResults(db, actor, filter)} filter={filter} choices={placeChoices(db, actor, filter.region)}
      rounds={listRounds(db, actor).rounds.filter(({ status }) => status === 'drawn' || status === 'closed')} />, { wide: true })
  })

  .get('/results/:table{(?:fields|officers|villages)\\.csv}', may('backcheck.read'), (c) => {
    const filter = readQuery(c, Result)
    const table = c.req.param('table').slice(0, -4) as keyof typeof TABLES
    const csv = TABLES[table](readResults(db, c.var.actor, filter))
    transact(db, c.var.actor, (tx) => recordResults(tx, table, filter))
    return c.body(csv, 200, asCsv(`kunjungan-ulang-${table}.csv`))
  })

  .get('/items', may('backcheck.configure'), (c) => itemsPage(c, db))

  .post('/items', may('backcheck.configure'), async (c) => {
    const { key, items, ...fields } = await readForm(c, Items)
    const chosen = items.map((item) => ({ key: item, type: typeOf(fields[`type.${item}`]), tolerance: toleranceOf(fields[`tolerance.${item}`]) }))
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => setItems(tx, key, chosen)))
    if (problem) return itemsPage(c, db, problem)
    return changed(c, '/backchecks/items', { message: 'Isian disimpan. Berlaku untuk putaran yang direncanakan sesudah ini.' })
  })

  .get('/:id', may('backcheck.read'), (c) => {
    const { actor } = c.var
    const round = getRound({ db, actor }, c.req.param('id'))
    const mayPlan = can(actor, 'backcheck.plan') && isWithin(round.regionCode, actor)
    const body = () => <RoundPage round={round} isDrawing={isDrawing(round)} isStopped={isStopped(db, round)} isDrawn={isDrawn(round)} place={findRegionName(db, round.regionCode) ?? round.regionCode} plannedBy={userNames(db, [round.plannedBy]).get(round.plannedBy)!} mayPlan={mayPlan}
      preview={round.status === 'planned' && !isDrawing(round) && mayPlan ? previewOf(db, round) : undefined} {...visitsOfRound(db, actor, round.id, readQuery(c, One).after)} formKey={crypto.randomUUID()} />
    return page(c, round.title, body, { part: isDrawing(round) ? body : undefined, wide: true })
  })

  .post('/:id/drawing', may('backcheck.plan'), async (c) => {
    const { key } = await readForm(c, Drawing)
    const { id } = transact(db, c.var.actor, (tx) => askDrawing(tx, c.req.param('id'), { key }))
    workOnDrawing(db, id)
    await soonDrawn(db)
    const { status, sampleCount } = getRound({ db, actor: c.var.actor }, id)
    return changed(c, `/backchecks/${id}`, { message: status === 'planned' ? 'Undian berjalan. Hasilnya tampil di halaman ini.' : `${sampleCount} kunjungan terundi dan dibagikan kepada petugas lain.` })
  })

  .post('/:id/ending', may('backcheck.plan'), async (c) => {
    const form = await readForm(c, Ending)
    const { id } = transact(db, c.var.actor, (tx) => endRound(tx, c.req.param('id'), form))
    return changed(c, `/backchecks/${id}`, { message: form.status === 'closed' ? 'Putaran ditutup.' : 'Putaran dibatalkan.' })
  })

  .get('/:id/draw', may('backcheck.read'), async (c) => {
    const round = getDrawn(c, db)
    const repeated = await repeatDrawing(db, round)
    return page(c, 'Periksa undian', <DrawPage round={round} repeated={repeated} drawnBy={userNames(db, [round.drawnBy!]).get(round.drawnBy!)!} mayDownload={isWithin(round.regionCode, c.var.actor)} />)
  })

  .get('/:id/frame.csv', may('backcheck.read'), (c) => {
    const round = getDrawn(c, db)
    if (!isWithin(round.regionCode, c.var.actor)) throw notFound('Daftar undian')
    transact(db, c.var.actor, (tx) => recordResults(tx, `frame:${round.id}`, { region: round.regionCode, round: round.id }))
    return c.body(streamed(frameHead(), frameRows(db, round), frameLines), 200, asCsv('daftar-undian.csv'))
  })

function getDrawn(c: Ctx, db: Db) {
  const round = getRound({ db, actor: c.var.actor }, c.req.param('id')!)
  if (!isDrawn(round)) throw notFound('Undian')
  return round
}

const itemsPage = (c: Ctx, db: Db, problem?: Problem) => page(c, 'Isian kunjungan ulang',
  <ItemsPage readsRounds={can(c.var.actor, 'backcheck.read')} settings={listSettings(db)} formKey={crypto.randomUUID()} problem={problem} />, { status: problem?.status })

const planning = (c: Ctx, db: Db, typed: Record<string, string>, chosen: string[], problem?: Problem) => page(c, 'Rencanakan putaran',
  <PlanPage place={placeChoices(db, c.var.actor, typed.region ?? '')} settings={listSettings(db)} typed={typed} chosen={chosen} problem={problem} />, { status: problem?.status })

const typeOf = (text: unknown): ItemType => text === '1' ? 1 : text === '3' ? 3 : 2
const toleranceOf = (text: unknown) => Math.min(1000, Math.max(0, Number(String(text ?? '').replace(',', '.')) || 0))
