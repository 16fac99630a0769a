import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { wordFor, wordsOn } from '#app/programmes/settings.ts'
import { listPsks, printPsks } from '#app/psks/list.ts'
import { addPsks, editPsks, endPsks, getPsks, viewPsks } from '#app/psks/psks.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { can, demand } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import { chosenPlace } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { PsksPage } from '#views/psks/detail.tsx'
import { PsksForm } from '#views/psks/form.tsx'
import { PsksList } from '#views/psks/list.tsx'
import { PsksPaperPage } from '#views/psks/paper.tsx'

const List = z.object({
  q: z.string().trim().max(100).default(''), region: pickedRegion, kind: z.string().max(40).optional().transform((text) => text || undefined), show: z.enum(['active', 'ended', 'all']).catch('active'),
  after: z.string().max(220).regex(/^[\w-]{1,64}~/).optional().catch(undefined).transform((text) => text ? { id: text.slice(0, text.indexOf('~')), name: text.slice(text.indexOf('~') + 1) } : undefined),
})
const words = (longest: number) => z.string().trim().max(longest, `Paling banyak ${longest} huruf.`).default('')
const facts = {
  key: z.uuid(), kind: z.string('Pilih jenis PSKS.').max(40).default(''), region: pickedRegion, name: z.string('Isi namanya.').trim().min(3, 'Isi namanya.').max(150, 'Paling banyak 150 huruf.'),
  contactName: words(100), phone: z.string().default('').transform((text) => text.replace(/[\s().-]/g, '')).pipe(z.string().regex(/^(\+?\d{5,15})?$/, 'Nomor telepon terdiri atas 5–15 angka.')),
  address: words(200), certificate: words(100), activeFrom: z.iso.date('Isi tanggal mulai aktif.'), note: words(1000),
}
const Added = z.object(facts)
const revision = z.coerce.number().int().min(1)
const Edited = z.object({ ...facts, revision })
const Ended = z.object({ key: z.uuid(), revision, activeTo: z.iso.date('Isi hari terakhirnya.'), endReason: z.string().trim().min(3, 'Tuliskan alasannya.').max(200, 'Paling banyak 200 huruf.') })
const today = () => dayOf(new Date().toISOString())

const posted = (c: Context<Env, any>) => c.req.parseBody({ all: true })

export const psksRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('programme.read'), (c) => {
    const { after, ...filter } = readQuery(c, List)
    const { actor } = c.var
    return page(c, 'PSKS', <PsksList {...listPsks(db, actor, filter, after, today())} filter={filter} place={placeChoices(db, actor, filter.region)} kinds={kindsNow(db)}
      mayManage={can(actor, 'psks.manage')} exportable={can(actor, 'export.make')} />)
  })

  .get('/print', may('programme.read'), (c) => {
    const { after: _, ...filter } = readQuery(c, List)
    return page(c, 'Cetak PSKS', <PsksPaperPage paper={transact(db, c.var.actor, (tx) => printPsks(tx, filter))} printedBy={c.var.actor.name} />)
  })

  .get('/new', may('psks.manage'), (c) => form(c, db, { ...texts(c.req.queries(), 'region'), key: crypto.randomUUID() }))

  .post('/', may('psks.manage'), async (c) => {
    const fields = await posted(c)
    const { problem, value } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const { region, ...added } = parse(Added, fields)
      return addPsks(tx, { ...added, regionCode: chosenPlace(region, c.var.actor) })
    }))
    return problem ? form(c, db, texts(fields, 'region'), { problem }) : changed(c, `/psks/${value.id}`, { message: 'PSKS ditambahkan.' })
  })

  .get('/:id', may('programme.read'), (c) => show(c, db, c.req.param('id')))

  .get('/:id/edit', may('psks.manage'), (c) => {
    const { id, name, regionCode, kind, contactName, phone, address, certificate, activeFrom, note, revision: seen } = getPsks({ db, actor: c.var.actor }, c.req.param('id'))
    const stored = { kind, name, region: regionCode, contactName, phone, address, certificate, activeFrom, note, revision: String(seen) }
    return form(c, db, { ...stored, ...texts(c.req.queries(), 'region'), key: crypto.randomUUID() }, { id, name })
  })

  .post('/:id', may('psks.manage'), async (c) => {
    const fields = await posted(c)
    const { id, name } = getPsks({ db, actor: c.var.actor }, c.req.param('id'))
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const { region, ...edited } = parse(Edited, fields)
      return editPsks(tx, id, { ...edited, regionCode: chosenPlace(region, c.var.actor) })
    }))
    return problem ? form(c, db, texts(fields, 'region'), { id, name, problem }) : changed(c, `/psks/${id}`, { message: 'Perubahan disimpan.' })
  })

  .post('/:id/ending', may('psks.manage'), async (c) => {
    const fields = texts(await posted(c), 'region')
    const id = c.req.param('id')
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => endPsks(tx, id, parse(Ended, fields))))
    if (problem) return show(c, db, id, { typed: fields, problem })
    return changed(c, `/psks/${id}`, { message: 'PSKS diakhiri.' })
  })

const kindsNow = (db: Db) => wordsOn(db, 'ppks', 'psks_kind', today())

function form(c: Context<Env, any>, db: Db, typed: Record<string, string>, { id, name, problem }: { id?: string, name?: string, problem?: Problem } = {}) {
  demand(c.var.actor, 'psks.manage')
  if (problem && problem.code !== 'invalid') throw problem
  return page(c, id ? 'Ubah PSKS' : 'Tambah PSKS', <PsksForm id={id} name={name} typed={typed} problem={problem} kinds={kindsNow(db)} place={placeChoices(db, c.var.actor, typed.region ?? '')} />, { status: problem?.status })
}

function show(c: Context<Env, any>, db: Db, id: string, { typed, problem }: { typed?: Record<string, string>, problem?: Problem } = {}) {
  if (problem && problem.code !== 'invalid') throw problem
  const view = viewPsks({ db, actor: c.var.actor }, id)
  return page(c, view.found.name, <PsksPage view={view} kindLabel={wordFor(db, 'ppks', 'psks_kind', view.found.kind)} today={today()} formKey={crypto.randomUUID()}
    mayManage={can(c.var.actor, 'psks.manage')} typed={typed} problem={problem} />, { status: problem?.status })
}
