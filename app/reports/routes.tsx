import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { placeChoices } from '#app/households/place-choices.ts'
import type { Problem } from '#app/problems.ts'
import { lookupUsage } from '#app/public/usage.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { answerReport, askReporter, beginExamination, closeReport, linkHousehold, noteReport, raiseReport } from '#app/reports/answering.ts'
import { openReport } from '#app/reports/case.ts'
import { readPicture } from '#app/reports/picture.ts'
import { countShows, listReports, SHOWS } from '#app/reports/queue.ts'
import { replyTimes } from '#app/reports/times.ts'
import { can } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import type { Db } from '#db/connection.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { UsagePage } from '#views/public/usage.tsx'
import { ReportCasePage } from '#views/reports/case.tsx'
import { QueuePage } from '#views/reports/queue.tsx'
import { TimesPage } from '#views/reports/times.tsx'

const List = z.object({
  show: z.enum(SHOWS).catch('mine'), kind: z.enum(['usul', 'sanggah']).optional().catch(undefined), region: pickedRegion,
  after: z.string().regex(/^\d{4}-\d{2}-\d{2}~\d{1,12}$/).optional().catch(undefined).transform((text) => {
    const [dueOn = '', number = ''] = text?.split('~') ?? []
    return text ? { dueOn, number: Number(number) } : undefined
  }),
})
const words = (missing: string) => z.string(missing).trim().min(1, missing).max(2000, 'Paling banyak 2.000 huruf.')
const act = { key: z.uuid(), revision: z.coerce.number().int().min(1) }
const Begin = z.object(act)
const Question = z.object({ ...act, text: words('Tuliskan pertanyaan untuk pelapor.') })
const Answer = z.object({
  ...act, text: words('Tuliskan jawaban untuk pelapor.'), outcome: z.enum(['accepted', 'refused'], 'Pilih diterima atau tidak.'), refusalCode: z.string().max(40).default(''),
})
const Closing = z.object({ ...act, text: words('Tuliskan alasan penutupan.') })
const Raising = z.object({ ...act, text: words('Tuliskan mengapa laporan ini diteruskan.') })
const Note = z.object({ key: z.uuid(), text: words('Tuliskan catatannya.') })
const Household = z.object({ ...act, householdId: z.string().max(64).default('') })
const Photo = z.object({ position: z.coerce.number().int().min(1).max(99) })

// The office's side of usul and sanggah. Nothing here changes a household: it ends in a reply and, at most, a proposal.
export const reportRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('report.read'), (c) => {
    const { after, ...filter } = readQuery(c, List)
    const today = dayOf(new Date().toISOString())
    return page(c, 'Laporan warga', <QueuePage {...listReports(db, c.var.actor, filter, after, { today })} filter={filter} counts={countShows(db, c.var.actor, today)}
      place={placeChoices(db, c.var.actor, filter.region)} today={today} exportable={can(c.var.actor, 'export.make')} />)
  })

  .get('/times', may('report.read'), (c) => page(c, 'Waktu jawab laporan', <TimesPage villages={replyTimes(db, c.var.actor)} />))
  .get('/usage', may('lookup.read'), (c) => page(c, 'Pemakaian Cek Bansos', <UsagePage {...lookupUsage(db, c.var.actor)} />))
  .get('/:id', may('report.read'), (c) => showCase(c, db))

  .post('/:id/examination', may('report.answer'), async (c) => done(c, db, Begin, beginExamination, 'Pemeriksaan dimulai. Pelapor bisa melihatnya.'))
  .post('/:id/question', may('report.answer'), async (c) => done(c, db, Question, askReporter, 'Pertanyaan dikirim kepada pelapor.'))
  .post('/:id/answer', may('report.answer'), async (c) => done(c, db, Answer, answerReport, 'Jawaban dikirim kepada pelapor. Data rumah tangga tidak berubah.'))
  .post('/:id/closing', may('report.answer'), async (c) => done(c, db, Closing, closeReport, 'Laporan ditutup.'))
  .post('/:id/raising', may('report.answer'), async (c) => done(c, db, Raising, raiseReport, 'Laporan diteruskan ke atas.'))
  .post('/:id/notes', may('report.answer'), async (c) => done(c, db, Note, noteReport, 'Catatan disimpan. Pelapor tidak melihatnya.'))
  .post('/:id/household', may('report.answer'), async (c) => done(c, db, Household, linkHousehold, 'Rumah tangga yang dimaksud dicatat.'))

// Reached through the report, like every file through its row.
export const reportFileRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/:id/:position', may('report.read'), async (c) => {
    const { position } = parse(Photo, c.req.param())
    const bytes = await readPicture({ db, actor: c.var.actor }, dataDirectory, c.req.param('id'), position)
    return c.body(new Uint8Array(bytes), 200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'private, no-store', 'X-Content-Type-Options': 'nosniff' })
  })

type Ctx = Context<Env, '/:id'> | Context<Env, any>

async function done<S extends z.ZodType>(c: Ctx, db: Db, schema: S, operation: (tx: Tx, id: string, form: z.output<S>) => unknown, message: string) {
  const id = c.req.param('id')!
  const typed = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value)]))
  const { problem } = await attempt(async () => {
    const form = await readForm(c, schema)
    transact(db, c.var.actor, (tx) => operation(tx, id, form))
  })
  if (problem?.code === 'invalid') return showCase(c, db, { typed, problem })
  if (problem) throw problem
  return changed(c, `/reports/${id}`, { message })
}

function showCase(c: Ctx, db: Db, refused: { typed?: Record<string, string>, problem?: Problem } = {}) {
  const found = transact(db, c.var.actor, (tx) => openReport(tx, c.req.param('id')!))
  return page(c, `Laporan ${found.report.number}`, <ReportCasePage found={found} formKey={crypto.randomUUID()} {...refused} template={c.req.query('template')} mayPropose={can(c.var.actor, 'proposal.submit')} />, { status: refused.problem?.status })
}
