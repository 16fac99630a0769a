import { Hono } from 'hono'
import * as z from 'zod'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { getBatch, removeProposal } from '#app/ratification/batches.ts'
import { acceptProposals, returnProposals } from '#app/ratification/proposal-determination.ts'
import { listBatchProposals } from '#app/ratification/proposal-summary.ts'
import { freshSignIn } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { BatchProposals } from '#views/ratification/proposals.tsx'

const Note = z.object({ note: z.string().trim().min(1, 'Tuliskan alasannya.').max(500) })
const many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
const Decision = z.object({ scope: z.enum(['all', 'chosen']).default('chosen'), proposal: many.optional(), reason: z.string().trim().max(500).default('') })
const Shown = z.object({ after: z.string().max(64).optional(), show: z.enum(['all', 'failing', 'pending']).catch('all') })

// The usulan of a batch: looked at, taken out, and determined one by one.
export const batchProposalRoutes = ({ db }: Pick<Deps, 'db'>) => new Hono<Env>()
  .get('/:id/proposals', (c) => {
    const { after, show } = readQuery(c, Shown)
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const items = listBatchProposals(db, c.var.actor, batch.id, { after, failing: show === 'failing', pending: show === 'pending' })
    return page(c, `Usulan dalam ${batch.title}`, <BatchProposals batch={batch} items={items} show={show} actor={c.var.actor} />)
  })

  .post('/:id/proposals/:proposal/removal', may('batch.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => removeProposal(tx, c.req.param('id'), c.req.param('proposal'), note))
    return changed(c, `/batches/${c.req.param('id')}/proposals`, { message: 'Usulan dikeluarkan dari berkas.' })
  })

  .post('/:id/proposals/acceptance', may('batch.determine'), freshSignIn('determination'), async (c) => {
    const { scope, proposal } = await readForm(c, Decision)
    const { accepted, stale } = transact(db, c.var.actor, (tx) => acceptProposals(tx, c.req.param('id'), scope === 'all' ? 'all' : proposal ?? []))
    const left = stale.length ? ` ${stale.length} tidak bisa ditetapkan karena data induknya sudah berubah.` : ''
    return changed(c, `/batches/${c.req.param('id')}/proposals?show=pending`, { message: `${accepted} usulan ditetapkan.${left}` })
  })

  .post('/:id/proposals/return', may('batch.determine'), async (c) => {
    const { scope, proposal, reason } = await readForm(c, Decision)
    const count = transact(db, c.var.actor, (tx) => returnProposals(tx, c.req.param('id'), scope === 'all' ? 'all' : proposal ?? [], reason))
    return changed(c, `/batches/${c.req.param('id')}/proposals?show=pending`, { message: `${count} usulan dikembalikan ke kabupaten/kota.` })
  })
