import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { CASE_KINDS, closeCase, countCases, listCases, openCase, release, restrictAgain, viewCase } from '#app/protection/cases.ts'
import { makeFile } from '#app/protection/subject-file.ts'
import { hourOf, momentOf } from '#app/protection/typed-time.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { CasePage } from '#views/protection/case.tsx'
import { CasesPage } from '#views/protection/cases.tsx'
import { FilePaper } from '#views/protection/file.tsx'
import { NewCasePage } from '#views/protection/new-case.tsx'

const List = z.object({
  show: z.enum(['open', 'closed', 'restricted']).catch('open'),
  after: z.string().regex(/^[\d\-T:.Z]{24}~\d{1,12}$/).optional().catch(undefined).transform((text) => {
    const [dueAt = '', number = ''] = text?.split('~') ?? []
    return text ? { dueAt, number: Number(number) } : undefined
  }),
})
const words = (message: string, most = 300) => z.string(message).trim().min(3, message).max(most, `Paling banyak ${most} huruf.`)
const Asked = z.object({
  id: z.uuid(), kind: z.enum(CASE_KINDS, 'Pilih permohonannya.'), nik: z.string('Isi NIK.').trim().regex(/^\d{16}$/, 'NIK terdiri dari 16 angka.'),
  asker: words('Isi nama pemohon.', 120), relation: z.enum(['self', 'family', 'proxy'], 'Pilih siapa pemohonnya.'), identity: words('Tuliskan bagaimana identitasnya diperiksa.'), wish: z.string().trim().max(2000, 'Paling banyak 2.000 huruf.').default(''),
})
const ticked = z.string().optional().transform((value) => value === '1')
const Holding = { exports: ticked, programmes: ticked, untilOn: z.string().trim().max(10).default('') }
const Reply = z.object({ revision: z.coerce.number().int().min(1), reply: z.string().trim().max(4000, 'Paling banyak 4.000 huruf.').default(''), status: z.enum(['answered', 'refused'], 'Pilih jawabannya.'), ...Holding })
const Restricting = z.object({ reply: Reply.shape.reply, ...Holding })
const heldOf = ({ exports, programmes, untilOn }: { exports: boolean, programmes: boolean, untilOn: string }) => ({ exports, programmes, untilOn })

const Release = z.object({ note: z.string().trim().max(1000, 'Paling banyak 1.000 huruf.').default('') })

type Ctx = Context<Env, any>
const now = () => new Date().toISOString()

export const caseRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('subject_case.read'), (c) => {
    const { actor } = c.var
    const { show, after } = readQuery(c, List)
    const counts = countCases(db, actor, now())
    const found = can(actor, 'subject_case.answer') ? listCases(db, actor, show, after) : undefined
    return page(c, 'Permohonan warga', <CasesPage counts={counts} found={found} show={show} now={now()} />)
  })

  .get('/new', may('subject_case.answer'), (c) => making(c, { id: crypto.randomUUID(), receivedOn: dayOf(now()), receivedTime: hourOf(new Date()) }))

  .post('/', may('subject_case.answer'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem, value } = await attempt(() => {
      const asked = { ...parse(Asked, typed), receivedAt: momentOf(typed.receivedOn, typed.receivedTime, 'receivedOn') }
      transact(db, c.var.actor, (tx) => openCase(tx, asked))
      return asked.id
    })
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? making(c, typed, problem) : changed(c, `/protection/cases/${value}`, { message: 'Permohonan dicatat. Jawab dalam 3 × 24 jam.' })
  })

  .get('/:id', may('subject_case.answer'), (c) => show(c, db))
  // What the register holds of a person, put together for them: read under POST, since it leaves a line each time.
  .post('/:id/file', may('subject_case.answer'), freshSignIn('protection'), (c) => {
    const file = transact(db, c.var.actor, (tx) => makeFile(tx, c.req.param('id')))
    return page(c, 'Salinan data pribadi', <FilePaper file={file} officer={c.var.actor.name} />)
  })

  .post('/:id/reply', may('subject_case.answer'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const reply = parse(Reply, typed)
      closeCase(tx, c.req.param('id'), { ...reply, held: heldOf(reply) })
    }))
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? show(c, db, typed, problem) : changed(c, `/protection/cases/${c.req.param('id')}`, { message: 'Jawaban dicatat.' })
  })

  // What was granted before, or has ended, is held back anew; and let go.
  .post('/:id/restriction', may('subject_case.answer'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const wanted = parse(Restricting, typed)
      restrictAgain(tx, c.req.param('id'), heldOf(wanted), wanted.reply)
    }))
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? show(c, db, typed, problem) : changed(c, `/protection/cases/${c.req.param('id')}`, { message: 'Pemrosesan dibatasi.' })
  })

  .post('/:id/release', may('subject_case.answer'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => release(tx, c.req.param('id'), parse(Release, typed).note)))
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? show(c, db, typed, problem) : changed(c, `/protection/cases/${c.req.param('id')}`, { message: 'Pembatasan diakhiri.' })
  })

function show(c: Ctx, db: Db, typed: Record<string, string> = {}, problem?: Problem) {
  const view = viewCase(db, c.var.actor, c.req.param('id')!)
  return page(c, `Permohonan ${view.case.number}`, <CasePage view={view} now={now()} typed={typed} problem={problem} />, { status: problem?.status })
}

const making = (c: Ctx, typed: Record<string, string>, problem?: Problem) =>
  page(c, 'Catat permohonan', <NewCasePage typed={typed} problem={problem} />, { status: problem?.status })
