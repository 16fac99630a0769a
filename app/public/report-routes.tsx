import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { reasonsFor } from '#app/proposals/reasons.ts'
import { openDoor, showOpenProblem } from '#app/public/open-routes.tsx'
import { countSending, follow, sendMessage, sendReport, withdraw } from '#app/public/reporting.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { pathTo } from '#app/regions/regions.ts'
import { readCode } from '#app/reports/codes.ts'
import { MOST_PHOTOS, RELATIONS } from '#app/reports/submitting.ts'
import { promiseAt } from '#app/reports/terms.ts'
import { texts } from '#app/typed.ts'
import type { Db } from '#db/connection.ts'
import { FollowPage } from '#views/public/follow.tsx'
import { ReportFormPage } from '#views/public/report-form.tsx'
import { ReportPlacePage } from '#views/public/report-place.tsx'
import { ReportStartPage } from '#views/public/report-start.tsx'

const kind = z.enum(['usul', 'sanggah'], 'Pilih usul atau sanggah.')
const said = (words: string, longest = 100) => z.string(words).trim().min(1, words).max(longest, `Paling banyak ${longest} huruf.`)
const checked = z.string().optional().transform((value) => value === '1')

const New = z.object({ kind: kind.catch('sanggah'), region: pickedRegion })
const Report = z.object({
  key: z.uuid(), kind, region: z.string().max(13),
  subjectName: said('Isi nama orang yang dilaporkan.'), subjectAddress: said('Isi alamat atau patokan rumahnya.', 200),
  reasonCode: said('Pilih alasan laporan.', 40),
  statement: z.string('Ceritakan keadaannya.').trim().min(20, 'Ceritakan keadaannya, paling sedikit satu kalimat.').max(2000, 'Paling banyak 2.000 huruf.'),
  reporterName: said('Isi nama Anda.'), relation: z.enum(RELATIONS, 'Pilih hubungan Anda dengan orang itu.'),
  contact: z.string().trim().max(100, 'Paling banyak 100 huruf.').default(''), anonymous: checked,
  consent: checked.refine(Boolean, 'Centang tanda setuju supaya laporan bisa dikirim.'),
}).transform(({ region, contact, consent: _consent, ...report }) => ({ ...report, regionCode: region, reporterContact: contact }))
const Code = z.object({ code: z.string().trim().max(40).default('') })
const Message = z.object({ key: z.uuid(), text: said('Tulis pesan Anda.', 2000) })

const PHOTOS = Object.fromEntries(Array.from({ length: MOST_PHOTOS }, (_, i) => [`photo${i + 1}`, 'photo' as const]))
const ONE_PHOTO = { photo1: 'photo' } as const

// Usul and sanggah without an account. Nothing here reads or writes a household.
export const citizenReportRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .onError(showOpenProblem)
  .use(openDoor)
  .get('/', (c) => page(c, 'Usul dan sanggah', <ReportStartPage />))

  .get('/new', (c) => {
    const chosen = readQuery(c, New)
    const levels = pickerLevels(db, { chosen: chosen.region })
    if (!levels.at(-1)!.chosen) return page(c, 'Pilih tempat', <ReportPlacePage kind={chosen.kind} levels={levels} tried={chosen.region !== ''} />)
    return page(c, 'Isi laporan', form(db, { key: crypto.randomUUID(), ...chosen }))
  })

  .post('/', async (c) => {
    countSending({ db, address: c.var.address })
    const { fields, files } = await receiveFiles(c, dataDirectory, PHOTOS)
    const { value: code, problem } = await attempt(() => sendReport({ db, address: c.var.address }, { id: crypto.randomUUID(), ...parse(Report, fields) }, files))
    if (problem?.code === 'invalid') return page(c, 'Isi laporan', form(db, texts(fields), problem), { status: problem.status })
    if (problem) throw problem
    return changed(c, `/lapor/${code}`, { message: 'Laporan diterima. Simpan kode di bawah ini.' })
  })

  .post('/tracking', async (c) => {
    const { code } = await readForm(c, Code)
    const { problem } = await attempt(() => follow({ db, address: c.var.address }, code))
    return problem ? wrongCode(c, problem) : c.redirect(`/lapor/${readCode(code)!}`, 303)
  })

  .get('/:code', async (c) => {
    const { value, problem } = await attempt(() => follow({ db, address: c.var.address }, c.req.param('code')))
    return value ? page(c, 'Laporan Anda', <FollowPage report={value} formKey={crypto.randomUUID()} />) : wrongCode(c, problem!)
  })

  .post('/:code/messages', async (c) => {
    const code = c.req.param('code')
    countSending({ db, address: c.var.address })
    const report = follow({ db, address: c.var.address }, code)
    const { fields, files } = await receiveFiles(c, dataDirectory, ONE_PHOTO)
    const { problem } = await attempt(() => sendMessage({ db, address: c.var.address }, code, parse(Message, fields), files))
    if (problem?.code === 'invalid') return page(c, 'Laporan Anda', <FollowPage report={report} formKey={texts(fields).key ?? crypto.randomUUID()} typed={texts(fields)} problem={problem} />, { status: problem.status })
    if (problem) throw problem
    return changed(c, `/lapor/${report.code}`, { message: 'Pesan Anda sudah disimpan dan bisa dibaca petugas.' })
  })

  .post('/:code/withdrawal', async (c) => {
    withdraw({ db, address: c.var.address }, c.req.param('code'))
    return changed(c, `/lapor/${readCode(c.req.param('code'))!}`, { message: 'Laporan ditarik. Petugas tidak memeriksanya lagi.' })
  })

function form(db: Db, typed: Record<string, string>, problem?: Problem) {
  const today = dayOf(new Date().toISOString())
  const chosen = typed.kind === 'usul' ? 'usul' : 'sanggah'
  return <ReportFormPage typed={typed} kind={chosen} place={pathTo(db, typed.region ?? '').map(({ name }) => name).reverse().join(', ')}
    reasons={reasonsFor(db, chosen, today)} promise={promiseAt(db, today)} problem={problem} />
}

// A code that does not exist, was mistyped or is no code at all: one and the same answer.
function wrongCode(c: Context<Env, any, any>, problem: Problem) {
  if (problem.code !== 'not_found') throw problem
  return page(c, 'Kode tidak ditemukan', <ReportStartPage wrongCode />, { status: 404 })
}
