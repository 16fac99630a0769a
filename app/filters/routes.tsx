import { Hono } from 'hono'
import * as z from 'zod'
import { removeFilter, renameFilter, saveFilter } from '#app/filters/filters.ts'
import { changed, readForm, type Deps, type Env } from '#app/http.tsx'
import { transact } from '#db/transaction.ts'

const name = z.string('Beri nama saringan ini.').trim().min(1, 'Beri nama saringan ini.').max(60, 'Nama paling panjang 60 huruf.')
const Saving = z.object({ key: z.uuid(), list: z.string().max(60), name, query: z.string().max(1000, 'Saringan terlalu panjang.').default('') })
const Naming = z.object({ name })

// A filter is its maker's own; who may open the list it is of is asked when it is saved, and by the list itself.
export const filterRoutes = ({ db }: Deps) => new Hono<Env>()
  .post('/', async (c) => {
    const { key, ...form } = await readForm(c, Saving)
    const back = transact(db, c.var.actor, (tx) => saveFilter(tx, { ...form, id: key }))
    return changed(c, back, { message: `Saringan "${form.name}" disimpan.` })
  })

  .post('/:id/name', async (c) => {
    const form = await readForm(c, Naming)
    const back = transact(db, c.var.actor, (tx) => renameFilter(tx, c.req.param('id'), form.name))
    return changed(c, back, { message: 'Nama saringan diganti.' })
  })

  .post('/:id/removal', (c) => {
    const back = transact(db, c.var.actor, (tx) => removeFilter(tx, c.req.param('id')))
    return changed(c, back, { message: 'Saringan dihapus.' })
  })
