import { Hono } from 'hono'
import * as z from 'zod'
import { beginReview, closeReview, decideAccess, readOverview, readReview, takeReview } from '#app/access/reviews.ts'
import { attempt, changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { reviewCsv } from '#views/access/csv.ts'
import { AccessPage } from '#views/access/overview.tsx'
import { ReviewPage } from '#views/access/review.tsx'
import { asCsv } from '#views/dtsen/csv.ts'

const Shown = z.object({ show: z.enum(['waiting', 'remarkable', 'all']).catch('waiting'), after: z.coerce.number().int().min(0).optional().catch(undefined) })
const many = z.union([z.string(), z.array(z.string())]).optional().transform((users) => [users ?? []].flat())
const Decided = z.object({ user: many, decision: z.enum(['kept', 'suspended'], 'Pilih keputusannya.'), note: z.string().trim().max(300, 'Paling panjang 300 huruf.').default('') })

// Who may still do what: looked through every three months, and kept.
export const accessRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('access.read'))
  .get('/', (c) => {
    const now = new Date().toISOString()
    return page(c, 'Peninjauan akses', <AccessPage {...readOverview(db, c.var.actor, now)} now={now} newId={crypto.randomUUID()} mayReview={can(c.var.actor, 'access.review')} />)
  })

  .post('/reviews', may('access.review'), async (c) => {
    const { id } = await readForm(c, z.object({ id: z.uuid() }))
    return changed(c, `/access/reviews/${transact(db, c.var.actor, (tx) => beginReview(tx, id))}`)
  })

  .get('/reviews/:id', (c) => {
    const { show, after } = readQuery(c, Shown)
    return page(c, 'Peninjauan akses', <ReviewPage {...readReview(db, c.var.actor, c.req.param('id'), { show, after })} show={show} actor={c.var.actor} mayReview={can(c.var.actor, 'access.review')} />)
  })

  .post('/reviews/:id/decisions', may('access.review'), async (c) => {
    const id = c.req.param('id')
    const { user: users, ...decided } = await readForm(c, Decided)
    const { value: count, problem } = await attempt(() => transact(db, c.var.actor, (tx) => decideAccess(tx, id, { users, ...decided })))
    if (!problem) return changed(c, `/access/reviews/${id}`, { message: decided.decision === 'kept' ? `${count} akun tetap berhak.` : `${count} akun ditangguhkan.` })
    return page(c, 'Peninjauan akses', <ReviewPage {...readReview(db, c.var.actor, id, { show: 'waiting' })} show="waiting" actor={c.var.actor} mayReview problem={problem} chosen={users} note={decided.note} />, { status: problem.status })
  })

  .post('/reviews/:id/closing', may('access.review'), (c) => {
    transact(db, c.var.actor, (tx) => closeReview(tx, c.req.param('id')))
    return changed(c, '/access', { message: 'Peninjauan ditutup dan disimpan. Peninjauan berikutnya 90 hari lagi.' })
  })

  .get('/reviews/:id/rows.csv', (c) => {
    const taken = transact(db, c.var.actor, (tx) => takeReview(tx, c.req.param('id')))
    return c.body(reviewCsv(taken), 200, asCsv(`peninjauan-akses-${taken.review.openedAt.slice(0, 10)}.csv`))
  })
