import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { filtersFor } from '#app/filters/filters.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { openProposal } from '#app/proposals/case.ts'
import { approveProposal, rejectProposal, returnProposal, tellFound, withdrawProposal } from '#app/proposals/decisions.ts'
import { described, draftingOf, findHouseholds, papersFor, readProposed, refilled, type Wanted } from '#app/proposals/drafting.ts'
import { listHeld } from '#app/proposals/held.ts'
import { PROPOSAL_KINDS, type ProposalKind } from '#app/proposals/kinds.ts'
import { countWaiting, listProposals, startingTab, TAB_NAMES } from '#app/proposals/list.ts'
import { MOST_EVIDENCE } from '#app/proposals/papers.ts'
import { getProposal, lastRemark, openProposalsOf } from '#app/proposals/proposals.ts'
import { reasonsInUse } from '#app/proposals/reasons.ts'
import { submitProposal } from '#app/proposals/submitting.ts'
import type { Problem } from '#app/problems.ts'
import { reportForProposal } from '#app/reports/reports.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { can } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { ProposalPage } from '#views/proposals/case.tsx'
import { ChooseProposal } from '#views/proposals/choose.tsx'
import { HeldPage, HeldRows } from '#views/proposals/held.tsx'
import { ProposalForm } from '#views/proposals/form.tsx'
import { KINDS } from '#views/proposals/labels.ts'
import { ProposalList, ProposalRows } from '#views/proposals/list.tsx'

const id = z.string().max(200).optional().transform((text) => text || undefined)
const kind = z.enum(PROPOSAL_KINDS)
const place = z.string().max(120).regex(/^[^~]{0,40}~[\w-]{1,64}$/).transform((text) => ({ at: text.split('~')[0]!, id: text.split('~')[1]! }))
const ListQuery = z.object({
  tab: z.enum(TAB_NAMES).optional().catch(undefined), region: pickedRegion, kind: kind.optional().catch(undefined),
  reason: z.string().max(60).optional().transform((text) => text || undefined), after: place.optional().catch(undefined),
})
const heldPlace = z.string().max(120).regex(/^[\d.]{13}~[^~]{1,40}~[\w-]{1,64}$/).transform((text) => { const [region, since, id] = text.split('~') as [string, string, string]; return { region, since, id } })
const HeldQuery = z.object({ region: pickedRegion, after: heldPlace.optional().catch(undefined) })
const Choosing = z.object({ q: z.string().trim().max(100).default(''), household: id, report: id, kind: kind.optional().catch(undefined) })
const begun = z.string().trim().max(200).optional()
const Starting = z.object({ q: z.string().trim().max(100).default(''), household: id, other: id, reached: id, of: id, report: id, village: id, pick: id, comes: id, target: pickedRegion, name: begun, on: begun })

const optional = (longest: number) => z.string().trim().max(longest, `Paling banyak ${longest} huruf.`).default('').transform((text) => text || null)
const Common = z.object({
  id: z.uuid(), key: z.uuid(), kind, action: z.enum(['submit', 'draft']).default('submit'), reasonCode: z.string('Pilih alasan.').min(1, 'Pilih alasan.').max(60),
  note: z.string().trim().max(1000, 'Paling banyak 1.000 huruf.').default(''), musdesId: optional(64), minutesNumber: optional(100),
  minutesDate: z.union([z.literal(''), z.iso.date('Isi tanggal berita acara.')]).optional().transform((text) => text || null), report: optional(100), reached: z.string().max(100).optional(),
})
const note = z.string().trim().max(1000, 'Catatan paling panjang 1.000 huruf.').default('')
const Deciding = z.object({ key: z.uuid(), seen: z.string().max(2000).default(''), note })
const PAPERS = { evidence: 'document', minutes: 'document' } as const

export const proposalRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('proposal.read'))
  .get('/', (c) => {
    const { after, tab, ...wanted } = readQuery(c, ListQuery)
    const filter = { ...wanted, tab: tab ?? startingTab(c.var.actor) }
    const shown = { ...listProposals(db, c.var.actor, filter, after), filter, actor: c.var.actor, waiting: countWaiting(db, c.var.actor) }
    return page(c, 'Usulan perubahan', () => <ProposalList {...shown} filters={filtersFor(db, c.var.actor, 'proposals', c.req.url)} reasons={reasonsInUse(db, filter.kind)} places={placeChoices(db, c.var.actor, filter.region)} />, { part: () => <ProposalRows {...shown} /> })
  })

  .get('/held', (c) => {
    const { region, after } = readQuery(c, HeldQuery)
    const shown = { ...listHeld(db, c.var.actor, region, after), region }
    return page(c, 'Menunggu keputusan nonaktif', () => <HeldPage {...shown} places={placeChoices(db, c.var.actor, region)} />, { part: () => <HeldRows {...shown} /> })
  })

  .get('/new', may('proposal.submit'), (c) => {
    const { q, household, report, kind: chosen } = readQuery(c, Choosing)
    if (chosen && (household || chosen === 'new')) return c.redirect(`/proposals/new/${chosen}?${new URLSearchParams({ ...(household && { household }), ...(report && { report }) })}`, 303)
    const reading = { db, actor: c.var.actor }
    const answered = reportOf(c, db, report)
    const sought = q || (household ? '' : answered?.subjectName ?? '')
    return page(c, 'Ajukan usulan', <ChooseProposal mayReach={can(c.var.actor, 'proposal.reach')} q={sought} found={findHouseholds(reading, sought)} report={answered} kind={chosen}
      household={household ? described(reading, household) : undefined} open={household ? openProposalsOf(db, c.var.actor, household) : []} />)
  })

  .get('/new/:kind', may('proposal.submit'), (c) => {
    const { q, report = '', pick, name, on, ...wanted } = readQuery(c, Starting)
    const drafting = draftingOf({ db, actor: c.var.actor }, parse(kind, c.req.param('kind')), { ...wanted, picks: Boolean(pick) }, now())
    return page(c, KINDS[drafting.kind].label, <ProposalForm drafting={drafting} report={reportOf(c, db, report)} search={{ q, found: findHouseholds({ db, actor: c.var.actor }, q) }}
      typed={{ report, village: wanted.village ?? '', ...(name && { name }), ...(on && { on }), id: crypto.randomUUID(), key: crypto.randomUUID() }} />)
  })

  .post('/', may('proposal.submit'), async (c) => {
    const { fields, files } = await receiveFiles(c, dataDirectory, PAPERS, { each: MOST_EVIDENCE })
    const typed = texts(fields, 'target')
    const { value, problem } = await attempt(() => transact(db, c.var.actor, (tx) => {
      const { action, report, ...form } = parse(Common, typed)
      return submitProposal(tx, { ...form, reportId: report, draft: action === 'draft', change: readProposed(tx, form.kind, typed, tx.now) }, files)
    }))
    if (problem) return formAgain(c, db, typed, problem)
    return changed(c, `/proposals/${value.id}`, { message: value.status === 'submitted' ? 'Usulan diajukan.' : 'Usulan disimpan, belum diajukan.' })
  })

  .get('/:id', (c) => {
    const found = transact(db, c.var.actor, (tx) => openProposal(tx, c.req.param('id')))
    return page(c, `${KINDS[found.proposal.kind].label}: ${found.proposal.headName}`, <ProposalPage found={found} formKey={crypto.randomUUID()} />, { wide: true })
  })

  .get('/:id/edit', may('proposal.submit'), (c) => {
    const reading = { db, actor: c.var.actor }
    const proposal = getProposal(reading, c.req.param('id'))
    const { typed, wanted } = refilled(reading, proposal)
    return page(c, 'Perbaiki usulan', <ProposalForm drafting={draftingOf(reading, proposal.kind, wanted, now())} papers={papersFor(reading, proposal.id)}
      remark={lastRemark(db, proposal)} typed={{ ...typed, village: wanted.village ?? '', key: crypto.randomUUID() }} />)
  })

  .post('/:id/approval', may('proposal.check', 'proposal.verify', 'proposal.accept'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { status, headName } = transact(db, c.var.actor, (tx) => approveProposal(tx, c.req.param('id'), decision))
    return changed(c, status === 'listed' ? `/proposals/${c.req.param('id')}` : '/proposals?tab=mine', { message: `${headName}: disetujui.` })
  })

  .post('/:id/return', may('proposal.check', 'proposal.verify', 'proposal.accept'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { headName } = transact(db, c.var.actor, (tx) => returnProposal(tx, c.req.param('id'), decision))
    return changed(c, '/proposals?tab=mine', { message: `${headName}: dikembalikan ke pengusul.` })
  })

  .post('/:id/rejection', may('proposal.check', 'proposal.verify'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { headName } = transact(db, c.var.actor, (tx) => rejectProposal(tx, c.req.param('id'), decision))
    return changed(c, '/proposals?tab=mine', { message: `${headName}: ditolak.` })
  })

  .post('/:id/found', may('proposal.submit', 'proposal.check', 'proposal.verify'), async (c) => {
    const decision = await readForm(c, Deciding)
    const { headName } = transact(db, c.var.actor, (tx) => tellFound(tx, c.req.param('id'), decision))
    return changed(c, `/proposals/${c.req.param('id')}`, { message: `${headName}: ditemukan kembali, dikunjungi lagi.` })
  })

  .post('/:id/withdrawal', may('proposal.submit'), async (c) => {
    const { key, note: words } = await readForm(c, Deciding)
    transact(db, c.var.actor, (tx) => withdrawProposal(tx, c.req.param('id'), { key, note: words }))
    return changed(c, `/proposals/${c.req.param('id')}`, { message: 'Usulan ditarik.' })
  })

// The usul or sanggah this answers, for those who handle such reports.
const reportOf = (c: Context<Env>, db: Db, id?: string) => id && can(c.var.actor, 'report.read') ? reportForProposal({ db, actor: c.var.actor }, id) : undefined

const now = () => new Date().toISOString()

// What was typed is worth showing again only where it can be mended; everything else is said on a page of its own.
function formAgain(c: Context<Env>, db: Db, typed: Record<string, string>, problem: Problem) {
  const chosen = kind.safeParse(typed.kind)
  if (problem.code !== 'invalid' || !chosen.success) throw problem
  const drafting = draftingOf({ db, actor: c.var.actor }, chosen.data satisfies ProposalKind, typed satisfies Wanted, now())
  return page(c, KINDS[drafting.kind].label, <ProposalForm drafting={drafting} typed={{ ...typed, key: crypto.randomUUID() }} problem={problem}
    papers={papersFor({ db, actor: c.var.actor }, typed.id ?? '')} />, { status: problem.status })
}
