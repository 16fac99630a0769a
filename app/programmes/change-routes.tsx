import { Hono } from 'hono'
import * as z from 'zod'
import { filtersFor } from '#app/filters/filters.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { approveTicked, previewApproval } from '#app/programmes/bulk.ts'
import { openChange } from '#app/programmes/case.ts'
import { approveChange, rejectChange, returnChange, withdrawChange } from '#app/programmes/decisions.ts'
import { draftingOf, papersKept, refilled } from '#app/programmes/drafting.ts'
import { countWaitingChanges, listChanges, startingTab, TAB_NAMES } from '#app/programmes/queue.ts'
import { ProgrammeQuery } from '#app/programmes/route-parts.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { ApprovalPreview } from '#views/programmes/bulk.tsx'
import { ChangePage } from '#views/programmes/case.tsx'
import { ChangeForm } from '#views/programmes/form.tsx'
import { QueuePage, QueueRows } from '#views/programmes/queue.tsx'

const place = z.string().max(140).regex(/^[^~]{0,40}~[\w-]{1,80}$/).transform((text) => ({ at: text.split('~')[0]!, id: text.split('~')[1]! }))
const Query = z.object({
  tab: z.enum(TAB_NAMES).optional().catch(undefined), region: pickedRegion, programme: ProgrammeQuery, kind: z.string().max(60).optional().transform((text) => text || undefined), after: place.optional().catch(undefined),
})
const note = z.string().trim().max(1000, 'Catatan paling panjang 1.000 huruf.').default('')
const Deciding = z.object({ key: z.uuid(), seen: z.string().max(60).default(''), note })
const many = z.union([z.string(), z.array(z.string())]).optional().transform((value) => [value ?? []].flat())
const Ticking = z.object({ change: many })
const seen = z.string().regex(/^[\w-]{1,80}~[\d.]{1,40}$/).transform((text) => ({ id: text.split('~')[0]!, seen: text.split('~')[1]! }))
const Approving = z.object({ key: z.uuid(), note, ticked: z.union([seen.transform((one) => [one]), z.array(seen)]) })

const now = () => new Date().toISOString()
const QUEUE = '/programmes/changes?tab=mine'

export const changeRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { after, tab, ...wanted } = readQuery(c, Query)
    const filter = { ...wanted, tab: tab ?? startingTab(c.var.actor) }
    const shown = { ...listChanges(db, c.var.actor, filter, after), filter, actor: c.var.actor, now: now() }
    return page(c, 'Usulan penerima', () => <QueuePage {...shown} waiting={countWaitingChanges(db, c.var.actor)} filters={filtersFor(db, c.var.actor, 'recipient-changes', c.req.url)}
      places={placeChoices(db, c.var.actor, filter.region)} />, { part: () => <QueueRows {...shown} /> })
  })

  .get('/approval', may('programme.check', 'programme.verify'), (c) => {
    const { change } = readQuery(c, Ticking)
    if (change.length === 0) return changed(c, QUEUE, { message: 'Centang dahulu usulan yang akan disetujui.' })
    const changes = transact(db, c.var.actor, (tx) => previewApproval(tx, change))
    return page(c, 'Setujui beberapa usulan', <ApprovalPreview changes={changes} formKey={crypto.randomUUID()} />)
  })

  .post('/approval', may('programme.check', 'programme.verify'), async (c) => {
    const form = await readForm(c, Approving)
    const { approved, passed } = transact(db, c.var.actor, (tx) => approveTicked(tx, form))
    const [first] = passed
    return changed(c, QUEUE, { message: `${approved} usulan disetujui.${first ? ` ${passed.length} tidak: ${first.name}: ${first.trouble}` : ''}` })
  })

  .get('/:id', (c) => {
    const found = transact(db, c.var.actor, (tx) => openChange(tx, c.req.param('id')))
    return page(c, `${found.programme.name}: ${found.change.name}`, <ChangePage found={found} formKey={crypto.randomUUID()} />, { wide: true })
  })

  .get('/:id/edit', may('programme.propose'), (c) => {
    const reading = { db, actor: c.var.actor }
    const { programme, starting, typed, remark } = refilled(reading, c.req.param('id'))
    return page(c, 'Perbaiki usulan', <ChangeForm drafting={draftingOf(reading, programme, starting, now())} typed={{ ...typed, key: crypto.randomUUID() }} remark={remark} papers={papersKept(reading, c.req.param('id'))} />)
  })

  .post('/:id/approval', may('programme.check', 'programme.verify'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { name } = transact(db, c.var.actor, (tx) => approveChange(tx, c.req.param('id'), decision))
    return changed(c, QUEUE, { message: `${name}: disetujui.` })
  })

  .post('/:id/return', may('programme.check', 'programme.verify'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { name } = transact(db, c.var.actor, (tx) => returnChange(tx, c.req.param('id'), decision))
    return changed(c, QUEUE, { message: `${name}: dikembalikan ke pengusul.` })
  })

  .post('/:id/rejection', may('programme.check', 'programme.verify'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { name } = transact(db, c.var.actor, (tx) => rejectChange(tx, c.req.param('id'), decision))
    return changed(c, QUEUE, { message: `${name}: ditolak.` })
  })

  .post('/:id/withdrawal', may('programme.propose'), async (c) => {
    const decision = await readForm(c, Deciding)
    transact(db, c.var.actor, (tx) => withdrawChange(tx, c.req.param('id'), decision))
    return changed(c, `/programmes/changes/${c.req.param('id')}`, { message: 'Usulan ditarik.' })
  })
