import { Hono, type Context } from 'hono'
import * as z from 'zod'
import type { Kind, Wanted } from '#app/bulk/kinds.ts'
import { soonDone, workOnRun } from '#app/bulk/run-work.ts'
import { confirmRun, listRuns, openRun, undoRun, viewRun } from '#app/bulk/runs.ts'
import { STAGES } from '#app/households/stages.ts'
import { changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { may } from '#app/users/may.ts'
import type { Verb } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { RunListPage } from '#views/bulk/list.tsx'
import { RunPage, RunState } from '#views/bulk/run.tsx'

const blank = (value: unknown) => value === '' ? undefined : value
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())
const many = (item: z.ZodType<string>) => z.preprocess((value) => value === undefined ? undefined : [value].flat(), z.array(item).optional())
const village = z.string().regex(/^[\d.]{2,13}$/, 'Pilih desa/kelurahan.')

// scope: 'chosen' needs the boxes that were ticked; 'all' is everything that fits the rest of the form.
const Form = z.object({
  key: z.uuid(), scope: z.enum(['all', 'chosen']).default('chosen'), village: many(village), stage: optional(z.enum(STAGES)), officer: optional(z.string().max(100)), holder: optional(z.string().max(100)),
  count: optional(z.coerce.number('Isi dengan angka.').int('Isi dengan bilangan bulat.').min(1, 'Paling sedikit 1.').max(100_000, 'Paling banyak 100.000.')),
  note: optional(z.string().trim().max(500, 'Alasan paling panjang 500 huruf.')), household: many(z.string().max(64)), visit: many(z.string().regex(/^[^:]{1,64}:\d{1,9}$/)),
  outcome: optional(z.coerce.number().int().min(1).max(6)), flags: optional(z.enum(['yes', 'no'])),
})

const KINDS: Record<string, Kind> = { publication: 'publish', assignment: 'assign', revocation: 'revoke', approval: 'approve' }
const ANY: Verb[] = ['prelist.publish', 'prelist.assign', 'prelist.revoke', 'visit.check', 'visit.verify']
const VERBS: Record<Kind, Verb[]> = { publish: ['prelist.publish'], assign: ['prelist.assign'], revoke: ['prelist.revoke'], approve: ['visit.check', 'visit.verify'] }

export const bulkRoutes = ({ db }: Deps) => {
  const routes = new Hono<Env>()
  for (const [noun, kind] of Object.entries(KINDS)) routes.post(`/${noun}`, may(...VERBS[kind]), preview(db, kind))
  return routes.use(may(...ANY))
    .get('/', (c) => page(c, 'Tindakan massal', <RunListPage {...listRuns(db, c.var.actor, c.req.query('before')?.slice(0, 90))} now={new Date().toISOString()} />))

    .get('/:id', (c) => {
      const shown = viewRun({ db, actor: c.var.actor }, c.req.param('id'))
      return page(c, 'Tindakan massal', () => <RunPage shown={shown} />, { part: () => <RunState shown={shown} /> })
    })

    .post('/:id/confirmation', async (c) => {
      const id = c.req.param('id')
      transact(db, c.var.actor, (tx) => confirmRun(tx, id))
      workOnRun(db, id)
      await soonDone(db)
      return changed(c, `/bulk/${id}`)
    })

    .post('/:id/undo', async (c) => {
      const id = c.req.param('id')
      transact(db, c.var.actor, (tx) => undoRun(tx, id))
      workOnRun(db, id)
      await soonDone(db)
      return changed(c, `/bulk/${id}`)
    })
}

// The forms of a page share their fields; what an act does not ask for is not its own.
const ASKED: Record<Kind, (keyof Wanted)[]> = {
  publish: ['village'], assign: ['village', 'officer', 'count', 'household'], revoke: ['village', 'stage', 'holder', 'note', 'household'], approve: ['village', 'holder', 'outcome', 'flags', 'visit'],
}

// Nothing is changed yet: what would be is gathered and shown.
const preview = (db: Deps['db'], kind: Kind) => async (c: Context<Env>) => {
  const { key, scope, household = [], visit = [], ...rest } = await readForm(c, Form)
  const form: Wanted = scope === 'all' ? rest : { ...rest, household, visit }
  const wanted = Object.fromEntries(ASKED[kind].map((name) => [name, form[name]]).filter(([, value]) => value !== undefined)) as Wanted
  const fresh = transact(db, c.var.actor, (tx) => openRun(tx, key, kind, wanted))
  if (fresh) workOnRun(db, key)
  await soonDone(db)
  return changed(c, `/bulk/${key}`)
}
