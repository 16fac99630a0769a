import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { discrepanciesOf } from '#app/backchecks/results.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { optional } from '#app/optional.ts'
import { notFound, type Problem } from '#app/problems.ts'
import { recordDownload } from '#app/quality/downloads.ts'
import { answerFlag, type Answering } from '#app/quality/flag-answers.ts'
import { monthOf } from '#app/quality/keeping-officers.ts'
import { correctionsOf, durationsOf, flagsOf, viewOfficer } from '#app/quality/officer-page.ts'
import { countOfficers, listOfficers, OFFICER_SORTS } from '#app/quality/officers.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { can } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import { chosenPlace } from '#app/users/scope.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { durationsCsv, officersCsv } from '#views/quality/csv.ts'
import { OfficerPage } from '#views/quality/officer.tsx'
import { OfficersPage } from '#views/quality/officers.tsx'

const id = z.string().regex(/^[\w.-]{1,64}$/)
const List = z.object({
  region: pickedRegion, month: z.string().regex(/^(\d{4}-\d{2})?$/, 'Bulan tidak dikenal.').default(''),
  level: optional(z.enum(['look', 'fine', 'unknown'])), sort: z.enum(OFFICER_SORTS).catch('verdict'),
  after: optional(z.string().regex(/^.{1,120}~[\w.-]{1,64}~[\d.]{13}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [region = '', officerId = '', ...value] = text.split('~').reverse()
    return { region, officerId, value: value.reverse().join('~') }
  })),
})
const One = z.object({
  desa: optional(z.string().regex(/^[\d.]{13}$/, 'Desa tidak dikenal.')), flag: optional(z.string().regex(/^\w{1,40}$/, 'Tanda tidak dikenal.')),
  after: optional(z.string().regex(/^[\d:.TZ-]{20,30}~[\w.-]{1,64}~\w{1,40}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [at = '', visitId = '', code = ''] = text.split('~')
    return { at, visitId, code }
  })),
})
const Answer = z.object({
  key: z.uuid(), visit: id, code: z.string().regex(/^\w{1,40}$/, 'Tanda tidak dikenal.'),
  text: z.string().trim().min(1, 'Tuliskan penjelasan Anda.').max(500, 'Penjelasan paling panjang 500 huruf.'),
})
const MOST_LINES = 5000

// How officers work: the list for who leads them, and each one's page, which is also his own.
export const officerRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('quality.read'), (c) => {
    const { after, ...query } = readQuery(c, List)
    return page(c, 'Petugas', <OfficersPage {...listOfficers(db, c.var.actor, query, after)} query={query} counts={countOfficers(db, c.var.actor, query)}
      choices={placeChoices(db, c.var.actor, query.region)} thisMonth={monthOf(new Date().toISOString(), chosenPlace(query.region, c.var.actor))} />, { wide: true })
  })

  .get('/list.csv', may('quality.read'), (c) => {
    const { after: _, ...query } = readQuery(c, List)
    const { rows } = listOfficers(db, c.var.actor, query, undefined, MOST_LINES)
    transact(db, c.var.actor, (tx) => recordDownload(tx, 'petugas', query))
    return c.body(officersCsv(rows), 200, asCsv('petugas.csv'))
  })

  .get('/mine', may('visit.submit'), (c) => c.redirect(`/officers/${c.var.actor.id}`, 303))

  .post('/mine/answers', may('visit.submit'), async (c) => {
    const { value: form, problem: unread } = await attempt(() => readForm(c, Answer))
    const { problem = unread } = form ? await attempt(() => transact(db, c.var.actor, (tx) => answerFlag(tx, { key: form.key, visitId: form.visit, code: form.code, text: form.text }))) : {}
    if (!problem) return changed(c, `/officers/${c.var.actor.id}#tanda`, { message: 'Penjelasan tersimpan. Pemeriksa membacanya di samping tanda.' })
    if (problem.code !== 'invalid') throw problem
    return show(c, db, c.var.actor.id, { problem, typed: await typedIn(c) })
  })

  .get('/:id', may('quality.read', 'visit.submit'), (c) => show(c, db, c.req.param('id')))

  .get('/:id/durations.csv', may('quality.read', 'visit.submit'), (c) => {
    const { actor } = c.var
    const { officer, places } = viewOfficer(db, actor, c.req.param('id'))
    const place = placeIn(places, readQuery(c, One).desa)
    if (!place) throw notFound('Kunjungan')
    transact(db, actor, (tx) => recordDownload(tx, 'lama-wawancara', { officer: officer.id, region: place.regionCode }))
    return c.body(durationsCsv(durationsOf(db, officer.id, place.regionCode)), 200, asCsv('lama-wawancara.csv'))
  })

type Refused = { problem: Problem, typed: Partial<Answering> }

function show(c: Context<Env>, db: Deps['db'], officerId: string, refused?: Refused) {
  const { desa, flag, after } = c.req.method === 'GET' ? readQuery(c, One) : {}
  const { actor } = c.var
  const view = viewOfficer(db, actor, officerId)
  const place = placeIn(view.places, desa)
  return page(c, view.isOwn ? 'Kunjungan saya' : view.officer.name, <OfficerPage view={view} place={place} durations={place && durationsOf(db, officerId, place.regionCode)}
    flags={flagsOf(db, actor, officerId, { code: flag, after })} flag={flag} corrections={correctionsOf(db, actor, officerId)} revisits={!view.isOwn && can(actor, 'backcheck.read') ? discrepanciesOf(db, actor, officerId) : undefined} givesTasks={!view.isOwn && can(actor, 'task.write')} newKey={() => crypto.randomUUID()} refused={refused} />,
  { wide: !view.isOwn, status: refused?.problem.status })
}

// The desa asked for, or that with the most visits.
const placeIn = <P extends { regionCode: string, visits: number }>(places: P[], desa?: string) =>
  places.find(({ regionCode }) => regionCode === desa) ?? [...places].sort((a, b) => b.visits - a.visits)[0]

async function typedIn(c: Context<Env>): Promise<Partial<Answering>> {
  const { visit, code, text } = await c.req.parseBody()
  return { visitId: String(visit), code: String(code), text: String(text ?? '').slice(0, 2000) }
}
