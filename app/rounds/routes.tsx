import { Hono } from 'hono'
import * as z from 'zod'
import { changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import { soonDone, workOnRound } from '#app/rounds/round-work.ts'
import { confirmRound, listRounds, openRound, undoRound, viewRound } from '#app/rounds/rounds.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { RoundListPage } from '#views/rounds/list.tsx'
import { RoundPage, RoundState } from '#views/rounds/round.tsx'

const ticked = z.union([z.string(), z.array(z.string())]).optional().transform((rows) => [rows ?? []].flat())
  .refine((rows) => rows.length <= 500 && rows.every((row) => /^[\d.]{13}~\d{1,9}$/.test(row)), 'Pilih dari daftar.')
// all: everything of the run in this region, else what was ticked.
const Form = z.object({
  key: z.uuid(), run: z.string().max(64), kind: z.enum(['entry', 'exit']), region: z.string().max(13).default(''), reasons: z.string().regex(/^[a-z_,]{0,100}$/, 'Pilih sebab dari daftar.').default(''), all: z.enum(['0', '1']).default('0'), row: ticked,
  change: z.string().max(130).default(''), note: z.string().trim().max(300, 'Paling panjang 300 huruf.').default(''),
})

export const roundRoutes = ({ db }: Deps) => new Hono<Env>().use(may('programme.propose'))
  .get('/', (c) => page(c, 'Usulan bersama', <RoundListPage {...listRounds(db, c.var.actor, c.req.query('before')?.slice(0, 90))} now={new Date().toISOString()} />))

  // Nothing is proposed yet: what would be is gathered and shown.
  .post('/', async (c) => {
    const { key, all, row, ...asked } = await readForm(c, Form)
    if (transact(db, c.var.actor, (tx) => openRound(tx, { ...asked, id: key, ...(all === '0' && { chosen: row }) }))) workOnRound(db, key)
    await soonDone(db)
    return changed(c, `/rounds/${key}`)
  })

  .get('/:id', (c) => {
    const shown = viewRound({ db, actor: c.var.actor }, c.req.param('id'))
    return page(c, 'Usulan bersama', () => <RoundPage shown={shown} />, { part: () => <RoundState shown={shown} /> })
  })

  .post('/:id/confirmation', async (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => confirmRound(tx, id))
    workOnRound(db, id)
    await soonDone(db)
    return changed(c, `/rounds/${id}`)
  })

  .post('/:id/undo', async (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => undoRound(tx, id))
    workOnRound(db, id)
    await soonDone(db)
    return changed(c, `/rounds/${id}`)
  })
