import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { filtersFor } from '#app/filters/filters.ts'
import { changed, isHtmx, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { optional } from '#app/optional.ts'
import { waitFor } from '#app/numbers/waiting.ts'
import { parsePath } from '#app/questionnaire/record.ts'
import { openCase } from '#app/reviews/case.ts'
import { approveVisit, returnVisit } from '#app/reviews/decisions.ts'
import { levelOf } from '#app/reviews/levels.ts'
import { countWaiting, nextWaiting, readQueue } from '#app/reviews/queue.ts'
import type { Db } from '#db/connection.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { CaseNext, CasePage } from '#views/reviews/case.tsx'
import { queueQuery } from '#views/reviews/links.ts'
import { QueuePage } from '#views/reviews/queue.tsx'

const Queue = z.object({
  village: optional(z.string().regex(/^[\d.]{2,13}$/, 'Desa tidak dikenal.')),
  officer: optional(z.string().max(100)),
  outcome: optional(z.coerce.number().int().min(1).max(6)),
  flags: optional(z.enum(['yes', 'no'])),
  order: optional(z.enum(['weight'])),
  after: optional(z.string().regex(/^[^~]{0,30}~\d{1,15}(~\d{1,6})?$/, 'Tempat dalam antrean tidak dikenal.').transform((text) => {
    const [stageAt = '', number = '0', weight] = text.split('~')
    return { stageAt, number: Number(number), ...(weight === undefined ? {} : { weight: Number(weight) }) }
  })),
})

const note = z.string().trim().max(2000, 'Catatan paling panjang 2.000 huruf.').default('')
const Basis = z.object({ key: z.uuid(), revision: z.coerce.number().int(), note, target: z.enum(['officer', 'checker']).default('officer') })
const Remarks = z.record(z.string().refine((path) => parsePath(path), 'Isian tidak dikenal.'), z.string().trim().max(500, 'Catatan paling panjang 500 huruf.'))
const Documents = z.record(z.string().regex(/^\d{1,3}$/), z.enum(['1', '2', '3'], 'Pilih hasil pencocokan.'))

export const reviewRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('visit.check', 'visit.verify'))
  .get('/', (c) => {
    const { after, ...filter } = readQuery(c, Queue)
    return page(c, 'Pemeriksaan', <QueuePage {...queueFor(c, db, filter, after)} />)
  })

  .get('/next', (c) => {
    const { after, ...filter } = readQuery(c, Queue)
    const next = nextWaiting(db, c.var.actor, filter, after)
    if (!next) return changed(c, `/reviews${queueQuery(filter)}`, { message: 'Sudah sampai akhir antrean.' })
    return c.redirect(`/reviews/${next.visitId}${queueQuery(filter)}`, 303)
  })

  .get('/:visitId', (c) => {
    const { after: _, ...filter } = readQuery(c, Queue)
    const found = transact(db, c.var.actor, (tx) => openCase(tx, c.req.param('visitId')))
    return page(c, found.household.headName, <CasePage found={found} filter={filter} formKey={crypto.randomUUID()} />, { wide: true })
  })

  .post('/:visitId/approval', async (c) => {
    const { target: _, ...decision } = await readDecision(c)
    const { household } = transact(db, c.var.actor, (tx) => approveVisit(tx, c.req.param('visitId'), decision))
    return goOn(c, db, `${household.headName}: disetujui${waitFor(db, household.id) ? ', lalu menunggu KK/NIK dari Dukcapil' : ''}.`)
  })

  .post('/:visitId/return', async (c) => {
    const { target, ...decision } = await readDecision(c)
    const { household } = transact(db, c.var.actor, (tx) => returnVisit(tx, c.req.param('visitId'), decision, target))
    return goOn(c, db, `${household.headName}: dikembalikan.`)
  })

type Ctx = Context<Env>
type Wanted = z.output<typeof Queue>

function queueFor(c: Ctx, db: Db, filter: Omit<Wanted, 'after'>, after?: Wanted['after']) {
  return {
    level: levelOf(c.var.actor), filter, ...readQueue(db, c.var.actor, filter, after),
    formKey: crypto.randomUUID(), filters: filtersFor(db, c.var.actor, 'reviews', c.req.url),
  }
}

// One form for both decisions: "documents.1", "remark.members.2.nik", and what belongs to the decision itself.
async function readDecision(c: Ctx) {
  const form = Object.entries(await readForm(c, z.record(z.string(), z.any()))).map(([name, value]) => [name, [value].flat()[0]] as const)
  const named = (prefix: string) => Object.fromEntries(form
    .filter(([name, value]) => name.startsWith(prefix) && String(value).trim() !== '').map(([name, value]) => [name.slice(prefix.length), value]))
  return { ...parse(Basis, Object.fromEntries(form)), documents: parse(Documents, named('documents.')), remarks: parse(Remarks, named('remark.')) }
}

// The next case of the same queue at once; at its end the queue itself.
function goOn(c: Ctx, db: Db, message: string) {
  const { after, ...filter } = readQuery(c, Queue)
  const next = nextWaiting(db, c.var.actor, filter, after)
  if (!next) return changed(c, `/reviews${queueQuery(filter)}`, { message: `${message} ${endWords(c, db, filter)}` })
  const location = `/reviews/${next.visitId}${queueQuery(filter)}`
  if (!isHtmx(c)) return changed(c, location, { message })
  const found = transact(db, c.var.actor, (tx) => openCase(tx, next.visitId))
  c.header('HX-Push-Url', location)
  return changed(c, location, { part: () => <CaseNext found={found} filter={filter} formKey={crypto.randomUUID()} done={message} /> })
}

const endWords = (c: Ctx, db: Db, filter: Omit<Wanted, 'after'>) =>
  countWaiting(db, c.var.actor, filter).waiting > 0 ? 'Sudah sampai akhir antrean; yang dilewati masih menunggu.' : 'Antrean selesai.'
