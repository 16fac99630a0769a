import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { openQuestions, questionSheet, type FileFormat } from '#app/matching/exporting.ts'
import { openImport } from '#app/matching/imports.ts'
import { workOnAnswers } from '#app/matching/import-work.ts'
import { OUTCOMES } from '#app/matching/matcher.ts'
import { matchedPlaces, totalOf } from '#app/matching/overview.ts'
import { hurryRetries, workOnRetries } from '#app/matching/retrying.ts'
import { cancelRun, getRun, listRuns, readRun, startRun } from '#app/matching/runs.ts'
import { workOnRun } from '#app/matching/run-work.ts'
import { listPeople } from '#app/matching/work-list.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { invalid } from '#app/problems.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { can } from '#app/users/permissions.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { chosenPlace } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { NewRunPage } from '#views/matching/new.tsx'
import { OverviewPage } from '#views/matching/overview.tsx'
import { PeoplePage } from '#views/matching/people.tsx'
import { RunPage, RunState } from '#views/matching/run.tsx'
import { asFile } from '#views/dtsen/csv.ts'

const Overview = z.object({ region: pickedRegion, before: z.coerce.number().int().positive().optional().catch(undefined) })
const Region = z.object({ region: pickedRegion })
const oneOrMore = <T extends z.ZodType>(one: T) => z.union([one, z.array(one)]).optional().transform((posted) => [posted ?? []].flat() as z.output<T>[])
const Start = z.object({
  key: z.uuid(), region: pickedRegion, method: z.enum(['file', 'simulator'], 'Pilih cara memadankan.'),
  who: oneOrMore(z.enum(['never', 'changed', 'failed', 'everyone'])), letter: z.string().trim().max(100, 'Paling panjang 100 huruf.').default(''),
})
const People = z.object({
  outcome: z.enum(OUTCOMES).catch('tidak_padan_nama'), region: pickedRegion,
  after: z.string().regex(/^[\d.]{13}~[\w-]{1,64}~\d{1,3}$/).optional().catch(undefined),
})

const TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

const placeOf = (text: string | undefined) => {
  const [region, household, member] = text?.split('~') ?? []
  return region && household ? { region, household, member: Number(member) } : undefined
}

export const matchingRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/', may('matching.read'), (c) => {
    const { actor } = c.var
    const { region, before } = readQuery(c, Overview)
    const places = matchedPlaces(db, actor, region)
    return page(c, 'Pemadanan Dukcapil', <OverviewPage places={places} total={totalOf(places)} region={region} choices={placeChoices(db, actor, region)}
      {...listRuns(db, actor, { before })} mayRun={can(actor, 'matching.run')} now={new Date().toISOString()} />)
  })

  .get('/new', may('matching.run'), (c) => {
    const { region } = readQuery(c, Region)
    return page(c, 'Mulai pemadanan', <NewRunPage choices={placeChoices(db, c.var.actor, region)} runKey={crypto.randomUUID()} />)
  })

  .post('/', may('matching.run'), async (c) => {
    const { key, region, ...wanted } = await readForm(c, Start)
    const { id } = transact(db, c.var.actor, (tx) => startRun(tx, { id: key, regionCode: chosenPlace(region, c.var.actor), ...wanted }))
    workOnRun(db, id)
    return changed(c, `/matching/${id}`, { message: 'Pemadanan dimulai. Anda boleh meninggalkan halaman ini.' })
  })

  .get('/people', may('matching.read'), (c) => {
    const { actor } = c.var
    const { outcome, region, after } = readQuery(c, People)
    const list = listPeople(db, actor, { outcome, region, after: placeOf(after) })
    const counts = totalOf(matchedPlaces(db, actor, region))
    return page(c, 'Hasil pemadanan', <PeoplePage {...list} outcome={outcome} region={region} counts={counts}
      choices={placeChoices(db, actor, region)} mayRun={can(actor, 'matching.run')} mayRepair={can(actor, 'proposal.submit')} />)
  })

  .post('/retrying', may('matching.run'), (c) => {
    const people = transact(db, c.var.actor, hurryRetries)
    workOnRetries(db)
    return changed(c, '/matching/people?outcome=gangguan', { message: people ? `${people} orang sedang ditanyakan lagi. Muat ulang sebentar lagi.` : 'Tidak ada yang menunggu ditanyakan lagi secara langsung.' })
  })

  .get('/:id', may('matching.read'), (c) => {
    const props = { ...readRun(db, c.var.actor, c.req.param('id')), mayRun: can(c.var.actor, 'matching.run') }
    return page(c, `Putaran ${props.run.number}`, () => <RunPage {...props} />, { part: () => <RunState {...props} /> })
  })

  .get('/:id/questions.csv', may('matching.run'), freshSignIn('fullExport'), (c) => sendQuestions(c, db, c.req.param('id'), 'csv'))
  .get('/:id/questions.xlsx', may('matching.run'), freshSignIn('fullExport'), (c) => sendQuestions(c, db, c.req.param('id'), 'xlsx'))

  .post('/:id/answers', may('matching.run'), async (c) => {
    // Before anything is written to the disk: is there such a run for this person?
    getRun({ db, actor: c.var.actor }, c.req.param('id'))
    const { files: [file] } = await receiveFiles(c, dataDirectory, { file: 'table' })
    if (!file) throw invalid({ file: 'Pilih berkas CSV atau XLSX.' })
    const { id, known } = transact(db, c.var.actor, (tx) => openImport(tx, { id: crypto.randomUUID(), runId: c.req.param('id'), file }))
    workOnAnswers(db, dataDirectory, id)
    return changed(c, `/matching/answers/${id}`, { message: known ? 'Berkas yang sama sudah pernah diunggah. Ini hasilnya.' : 'Berkas diterima dan sedang dibaca.' })
  })

  .post('/:id/cancellation', may('matching.run'), (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => cancelRun(tx, id))
    return changed(c, `/matching/${id}`, { message: 'Putaran ditutup. Jawaban yang sudah masuk tetap berlaku.' })
  })

function sendQuestions(c: Context<Env>, db: Db, id: string, format: FileFormat) {
  const run = transact(db, c.var.actor, (tx) => openQuestions(tx, id, format))
  return c.body(Readable.toWeb(questionSheet(db, run, format)) as ReadableStream, 200, asFile(`pemadanan-${run.number}.${format}`, TYPES[format]))
}
