import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { countedSoon, workOnBreach } from '#app/protection/breach-work.ts'
import { BREACH_STEPS, listBreaches, listConcerned, openBreach, printLetters, stepBreach, viewBreach } from '#app/protection/breaches.ts'
import { subjectChoices } from '#app/protection/breach-subjects.ts'
import { hourOf, momentOf } from '#app/protection/typed-time.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { BreachPage, BreachState } from '#views/protection/breach.tsx'
import { ConcernedPage } from '#views/protection/concerned.tsx'
import { BreachesPage, ChooseKindPage } from '#views/protection/breaches.tsx'
import { LettersPage } from '#views/protection/letters.tsx'
import { NewBreachPage } from '#views/protection/new-breach.tsx'

const kind = z.enum(['device', 'export', 'account'], 'Pilih jenis kejadian.')
const words = (message: string) => z.string(message).trim().min(10, message).max(2000, 'Paling banyak 2.000 huruf.')
const Reported = z.object({
  id: z.uuid(), kind, subject: z.string('Isi bagian ini.').trim().min(1, 'Isi bagian ini.').max(200), happened: words('Tuliskan apa yang terjadi, sedikitnya 10 huruf.'),
  data: words('Tuliskan data apa yang terkena, sedikitnya 10 huruf.'), remedy: z.string().trim().max(2000).default(''), contact: z.string().trim().max(200).default(''),
})
const Stepped = z.object({ kind: z.enum(BREACH_STEPS, 'Pilih langkahnya.'), note: z.string().trim().max(2000, 'Paling banyak 2.000 huruf.').default(''), revision: z.coerce.number().int().min(1) })
const Before = z.object({ before: z.coerce.number().int().min(1).optional().catch(undefined) })
const Place = z.object({ region: z.string().regex(/^\d{2}\.\d{2}\.\d{2}\.\d{4}$/, 'Pilih desanya.'), after: z.string().max(64).optional() })

type Ctx = Context<Env, any>

export const breachRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('breach.read'))
  .get('/', (c) => {
    const { actor } = c.var
    return page(c, 'Kegagalan pelindungan', <BreachesPage {...listBreaches(db, actor, readQuery(c, Before).before)} actor={actor} now={now()} />)
  })

  .get('/new', may('breach.manage'), (c) => {
    const chosen = kind.safeParse(c.req.query('kind'))
    if (!chosen.success) return page(c, 'Catat kejadian', <ChooseKindPage />)
    return making(c, db, { kind: chosen.data, subject: c.req.query('subject') ?? '', id: crypto.randomUUID(), knownOn: dayOf(now()), knownTime: hourOf(new Date()) })
  })

  .post('/', may('breach.manage'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem, value } = await attempt(() => {
      const told = parse(Reported, typed)
      const knownAt = momentOf(typed.knownOn, typed.knownTime, 'knownOn')
      const fromAt = told.kind === 'account' ? momentOf(typed.fromOn, typed.fromTime, 'fromOn') : knownAt
      const untilAt = told.kind === 'account' ? momentOf(typed.untilOn, typed.untilTime || '23:59', 'untilOn') : knownAt
      return { id: told.id, fresh: transact(db, c.var.actor, (tx) => openBreach(tx, { ...told, knownAt, fromAt, untilAt })) }
    })
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return making(c, db, typed, problem)
    if (value!.fresh) workOnBreach(db, value!.id)
    await countedSoon(db)
    return changed(c, `/protection/breaches/${value!.id}`, { message: 'Kejadian dicatat. Waktu 3 × 24 jam berjalan.' })
  })

  .get('/:id', (c) => show(c, db))
  .get('/:id/people', may('breach.people'), freshSignIn('protection'), (c) => {
    const { region, after } = readQuery(c, Place)
    return page(c, 'Orang yang terdampak', <ConcernedPage {...listConcerned(db, c.var.actor, c.req.param('id'), region, after)} region={region} />)
  })
  .get('/:id/letters', may('breach.people'), freshSignIn('protection'), (c) => {
    const { region, after } = readQuery(c, Place)
    const found = transact(db, c.var.actor, (tx) => printLetters(tx, c.req.param('id'), region, after))
    return page(c, 'Surat pemberitahuan', <LettersPage {...found} region={region} today={now()} />)
  })

  .post('/:id/steps', may('breach.manage'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => stepBreach(tx, c.req.param('id'), parse(Stepped, typed))))
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? show(c, db, typed, problem) : changed(c, `/protection/breaches/${c.req.param('id')}`, { message: 'Langkah dicatat.' })
  })

const now = () => new Date().toISOString()

function show(c: Ctx, db: Db, typed: Record<string, string> = {}, problem?: Problem) {
  const view = viewBreach(db, c.var.actor, c.req.param('id')!)
  return page(c, view.about, () => <BreachPage view={view} now={now()} typed={typed} problem={problem} />, { part: () => <BreachState view={view} />, status: problem?.status })
}

function making(c: Ctx, db: Db, typed: Record<string, string>, problem?: Problem) {
  const chosen = kind.catch('device').parse(typed.kind)
  return page(c, 'Catat kejadian', <NewBreachPage kind={chosen} typed={typed} choices={subjectChoices(db, chosen)} problem={problem} />, { status: problem?.status })
}
