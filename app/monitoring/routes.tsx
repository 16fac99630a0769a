import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { streamed } from '#app/exports/streaming.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { FORMS } from '#app/monitoring/forms.ts'
import { listSheets, MONITORING_FORMS, MOST_PHOTOS, recordDownload, recordSheet, sheetRows, viewSheet, withdrawSheet } from '#app/monitoring/sheets.ts'
import { summarise } from '#app/monitoring/summary.ts'
import type { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { assigneesFor } from '#app/users/people.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { chosenPlace } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { sheetHead, sheetLines } from '#views/monitoring/csv.ts'
import { SheetPage } from '#views/monitoring/detail.tsx'
import { NewSheetPage } from '#views/monitoring/form.tsx'
import { SheetsPage } from '#views/monitoring/list.tsx'
import { SummaryPage } from '#views/monitoring/summary.tsx'

const day = z.union([z.iso.date(), z.literal('')]).catch('').default('')
const Filter = z.object({ form: z.enum(MONITORING_FORMS).optional().catch(undefined), region: pickedRegion, from: day, to: day })
const List = Filter.extend({ before: z.coerce.number().int().min(1).optional().catch(undefined) })
const Download = Filter.extend({ form: z.enum(MONITORING_FORMS).catch('bimtek') })
const Chosen = z.object({ form: z.enum(MONITORING_FORMS).catch('bimtek') })
const Filled = z.object({
  id: z.uuid(), form: z.enum(MONITORING_FORMS, 'Pilih formulirnya.'), region: pickedRegion, heldOn: z.iso.date('Isi tanggal pelaksanaan.'),
  place: z.string('Isi tempatnya.').trim().min(3, 'Isi tempatnya.').max(150, 'Paling banyak 150 huruf.'), subjectId: z.string().max(64).default(''),
  participants: z.string().trim().default('').refine((text) => /^\d{0,5}$/.test(text), 'Isi dengan angka.').transform((text) => text === '' ? undefined : Number(text)),
  finding: z.string().trim().max(2000, 'Paling banyak 2.000 huruf.').default(''),
})
const Withdrawn = z.object({ key: z.uuid(), note: z.string('Tuliskan alasannya.').trim().min(3, 'Tuliskan alasannya.').max(300, 'Paling banyak 300 huruf.') })
const PAPERS = { attendance: 'document', photo: 'photo' } as const

type Ctx = Context<Env, any>

export const monitoringRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/', may('monitoring.read'), (c) => {
    const { before, ...filter } = readQuery(c, List)
    const { actor } = c.var
    return page(c, 'Formulir pemantauan', <SheetsPage {...listSheets(db, actor, filter, before)} filter={filter} choices={placeChoices(db, actor, filter.region)} mayWrite={can(actor, 'monitoring.write')} />)
  })

  .get('/summary', may('monitoring.read'), (c) => {
    const filter = readQuery(c, Filter)
    return page(c, 'Ringkasan pemantauan', <SummaryPage summary={summarise(db, c.var.actor, filter)} filter={filter} choices={placeChoices(db, c.var.actor, filter.region)} />, { wide: true })
  })

  .get('/list.csv', may('monitoring.read'), (c) => {
    const filter = readQuery(c, Download)
    transact(db, c.var.actor, (tx) => recordDownload(tx, filter))
    return c.body(streamed(sheetHead(FORMS[filter.form]), sheetRows(db, c.var.actor, filter), sheetLines), 200, asCsv(`pemantauan-${filter.form}.csv`))
  })

  .get('/new', may('monitoring.write'), (c) => filling(c, db, {
    heldOn: dayOf(new Date().toISOString()), ...texts(c.req.queries(), 'region'), form: readQuery(c, Chosen).form, id: crypto.randomUUID(),
  }))

  .post('/', may('monitoring.write'), async (c) => {
    const { fields, files } = await receiveFiles(c, dataDirectory, PAPERS, { each: MOST_PHOTOS })
    const typed = texts(fields, 'region')
    const { problem, value } = await attempt(() => {
      const { region, ...sheet } = parse(Filled, fields)
      return transact(db, c.var.actor, (tx) => recordSheet(tx, { ...sheet, regionCode: chosenPlace(region, c.var.actor), fields: typed }, files))
    })
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? filling(c, db, { ...typed, form: parse(Chosen, typed).form }, problem) : changed(c, `/monitoring/${value!.id}`, { message: 'Formulir disimpan.' })
  })

  .get('/:id', may('monitoring.read'), (c) => show(c, db))

  .post('/:id/withdrawal', may('monitoring.write'), async (c) => {
    const { problem } = await attempt(async () => {
      const form = await readForm(c, Withdrawn)
      return transact(db, c.var.actor, (tx) => withdrawSheet(tx, c.req.param('id'), form))
    })
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? show(c, db, problem) : changed(c, `/monitoring/${c.req.param('id')}`, { message: 'Formulir ditarik. Isinya tetap tersimpan.' })
  })

function show(c: Ctx, db: Db, problem?: Problem) {
  const view = viewSheet(db, c.var.actor, c.req.param('id')!)
  return page(c, `Pemantauan ${view.sheet.number}`, <SheetPage view={view} form={FORMS[view.sheet.form]} formKey={crypto.randomUUID()} mayMakeTask={can(c.var.actor, 'task.write')} problem={problem} />, { status: problem?.status })
}

function filling(c: Ctx, db: Db, typed: Record<string, string>, problem?: Problem) {
  const form = FORMS[typed.form as keyof typeof FORMS]
  const people = form.subject ? assigneesFor(db, c.var.actor).filter(({ id, role }) => id !== c.var.actor.id && (role === 'enumerator' || role === 'village_operator')) : []
  return page(c, form.title, <NewSheetPage form={form} forms={Object.values(FORMS)} typed={typed} people={people} choices={placeChoices(db, c.var.actor, typed.region ?? '')} problem={problem} />, { status: problem?.status })
}
