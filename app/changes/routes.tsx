import { Hono } from 'hono'
import * as z from 'zod'
import { openLife } from '#app/changes/history.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { LifePage } from '#views/changes/life.tsx'

const Query = z.object({ member: z.coerce.number().int().min(1).max(98).optional().catch(undefined) })

export const changeRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/:id/life', (c) => {
    const { member } = readQuery(c, Query)
    const life = transact(db, c.var.actor, (tx) => openLife(tx, c.req.param('id'), member))
    return page(c, `Riwayat hidup ${life.person?.name ?? life.headName}`, <LifePage life={life} readsBatches={can(c.var.actor, 'batch.read')} />)
  })
