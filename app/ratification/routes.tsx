import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { listAttachments } from '#app/files/attachments.ts'
import { changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { getBatch, listBatches, listItems, openBatch, removeFromBatch } from '#app/ratification/batches.ts'
import { takeAnswer, textOf } from '#app/ratification/answering.ts'
import { publicMinistryKey } from '#app/ratification/ministry-key.ts'
import { acceptAll, returnAll } from '#app/ratification/deciding.ts'
import { acceptRecords, returnRecords } from '#app/ratification/determination.ts'
import { batchProposalRoutes } from '#app/ratification/proposal-routes.tsx'
import { listedProposals, summariseProposals } from '#app/ratification/proposal-summary.ts'
import { askDispatch } from '#app/ratification/dispatch.ts'
import { cancelBatch, removeFailing } from '#app/ratification/emptying.ts'
import { freezeBatch } from '#app/ratification/freezing.ts'
import { beginGathering, reopenGathering } from '#app/ratification/gathering.ts'
import { ratifyBatch } from '#app/ratification/signing.ts'
import { soonDone, workOnStep } from '#app/ratification/step-work.ts'
import { continueStep, stepOf } from '#app/ratification/steps.ts'
import { periodNames } from '#app/periods/filing.ts'
import { readBatch, regencyChoices, regencyName } from '#app/ratification/reading.ts'
import { readRecord } from '#app/ratification/record-reading.ts'
import { listedRecords, summariseVillages } from '#app/ratification/summary.ts'
import { freshSignIn, signInAgainHref } from '#app/sessions/step-up.ts'
import { transact } from '#db/transaction.ts'
import { BatchList } from '#views/ratification/list.tsx'
import { BatchPage } from '#views/ratification/batch.tsx'
import { BatchItems } from '#views/ratification/items.tsx'
import { tellStep } from '#views/ratification/labels.ts'
import { RecordPage } from '#views/ratification/record.tsx'
import { minutes, nameList } from '#views/ratification/papers.ts'
import { StepPart } from '#views/ratification/step.tsx'
import { may } from '#app/users/may.ts'

const Opening = z.object({
  id: z.uuid(), regionCode: z.string().min(1, 'Pilih kabupaten/kota.'),
  title: z.string().trim().min(3, 'Beri nama berkas, misalnya "Pengesahan Maret 2026".').max(100),
})
const Note = z.object({ note: z.string().trim().min(1, 'Tuliskan alasannya.').max(500) })
const LetterForm = z.object({
  id: z.uuid(),
  letterNumber: z.string().trim().min(3, 'Isi nomor surat pengesahan.').max(100),
  letterDate: z.iso.date('Isi tanggal surat.'),
  signatory: z.string().trim().min(3, 'Isi nama dan jabatan penanda tangan.').max(120),
})
const many = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat())
const Decision = z.object({ scope: z.enum(['all', 'chosen']).default('chosen'), household: many.optional(), reason: z.string().trim().max(500).default('') })
const ItemQuery = z.object({ after: z.string().optional(), show: z.enum(['all', 'failing', 'pending']).catch('all') })

// The rows of the batch follow behind the request; the page tells how far they are.
const followedIn = ({ db, dataDirectory }: Pick<Deps, 'db' | 'dataDirectory'>) => async (c: Context<Env>, id: string, said = '') => {
  workOnStep({ db, dataDirectory }, id)
  await soonDone(db)
  const step = stepOf(db, id)
  const isOver = step?.finishedAt !== null
  const to = isOver && step?.kind === 'cancel' ? '/batches' : isOver && (step?.kind === 'accept' || step?.kind === 'return') ? `/batches/${id}/items?show=pending` : `/batches/${id}`
  return changed(c, to, { message: [said, step ? tellStep(step) : ''].filter(Boolean).join(' ') })
}

export const batchRoutes = ({ db, dataDirectory, ministryKey, nation }: Deps, followed = followedIn({ db, dataDirectory })) => new Hono<Env>()
  .use(may('batch.read'))
  .route('/', batchProposalRoutes({ db }))
  .get('/', (c) => {
    const batches = listBatches(db, c.var.actor)
    return page(c, 'Pengesahan', <BatchList batches={batches} periods={periodNames(db, batches.map(({ id }) => id))} actor={c.var.actor} newId={crypto.randomUUID()}
      regencies={regencyChoices(db, c.var.actor)} />)
  })

  .post('/', may('batch.prepare'), async (c) => {
    const form = await readForm(c, Opening)
    const batch = transact(db, c.var.actor, (tx) => {
      const opened = openBatch(tx, form)
      if (opened.status === 'gathering') beginGathering(tx, opened)
      return opened
    })
    return followed(c, batch.id, 'Berkas dibuka.')
  })

  .get('/:id', (c) => {
    const batch = readBatch(db, c.var.actor, c.req.param('id'))
    return page(c, batch.batch.title, <BatchPage {...batch} actor={c.var.actor} newId={crypto.randomUUID()} againHref={signInAgainHref(c, 'ratification')}
      attachments={listAttachments(db, c.var.actor, `batch:${batch.batch.id}`)} />)
  })

  .get('/:id/progress', (c) => {
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const part = () => <StepPart batch={batch} step={stepOf(db, batch.id)} />
    return page(c, batch.title, part, { part })
  })

  .post('/:id/continuation', (c) => {
    transact(db, c.var.actor, (tx) => continueStep(tx, getBatch(tx, c.req.param('id')).id))
    return followed(c, c.req.param('id'))
  })

  .get('/:id/items', (c) => {
    const { after, show } = readQuery(c, ItemQuery)
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const items = listItems(db, c.var.actor, batch.id, { after, failing: show === 'failing', pending: show === 'pending' })
    return page(c, `Isi ${batch.title}`, <BatchItems batch={batch} items={items} show={show} actor={c.var.actor} />)
  })

  .get('/:id/items/:household', (c) => {
    const reading = transact(db, c.var.actor, (tx) => readRecord(tx, c.req.param('id'), c.req.param('household')))
    return page(c, reading.headName, <RecordPage {...reading} actor={c.var.actor} />, { wide: true })
  })

  .post('/:id/gathering', may('batch.prepare'), async (c) => {
    transact(db, c.var.actor, (tx) => reopenGathering(tx, c.req.param('id')))
    return followed(c, c.req.param('id'))
  })

  .post('/:id/items/:household/removal', may('batch.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => removeFromBatch(tx, c.req.param('id'), c.req.param('household'), note))
    return changed(c, `/batches/${c.req.param('id')}/items`, { message: 'Rumah tangga dikeluarkan dari berkas.' })
  })

  .post('/:id/failing-removal', may('batch.prepare'), async (c) => {
    transact(db, c.var.actor, (tx) => removeFailing(tx, c.req.param('id')))
    return followed(c, c.req.param('id'))
  })

  .post('/:id/freeze', may('batch.prepare'), async (c) => {
    transact(db, c.var.actor, (tx) => freezeBatch(tx, c.req.param('id')))
    return followed(c, c.req.param('id'))
  })

  .post('/:id/cancellation', may('batch.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => cancelBatch(tx, c.req.param('id'), note))
    return followed(c, c.req.param('id'))
  })

  .post('/:id/ratification', may('batch.ratify'), freshSignIn('ratification'), async (c) => {
    getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const { fields, files } = await receiveFiles(c, dataDirectory, { letter: 'document' })
    const form = parse(LetterForm, fields)
    if (!files[0]) throw invalid({ letter: 'Unggah surat pengesahan (PDF atau foto).' })
    transact(db, c.var.actor, (tx) => ratifyBatch(tx, c.req.param('id'), form, { ...files[0]!, id: form.id }))
    return followed(c, c.req.param('id'), 'Berkas disahkan.')
  })

  .post('/:id/dispatch', may('batch.dispatch'), async (c) => {
    transact(db, c.var.actor, (tx) => askDispatch(tx, c.req.param('id')))
    return followed(c, c.req.param('id'))
  })

  .post('/:id/answer', may('batch.answer'), async (c) => {
    getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const { files: [file] } = await receiveFiles(c, dataDirectory, { answer: 'table' })
    if (!file) throw invalid({ answer: 'Pilih berkas jawaban dari Kemensos.' })
    const text = await textOf(dataDirectory, file)
    const key = ministryKey ?? (nation && publicMinistryKey(dataDirectory))
    transact(db, c.var.actor, (tx) => takeAnswer(tx, c.req.param('id'), file, text, { key, attachmentId: crypto.randomUUID() }))
    return followed(c, c.req.param('id'), 'Jawaban Kemensos dibaca.')
  })

  .post('/:id/acceptance', may('batch.determine'), freshSignIn('determination'), async (c) => {
    const { scope, household } = await readForm(c, Decision)
    if (scope === 'all') {
      transact(db, c.var.actor, (tx) => acceptAll(tx, c.req.param('id')))
      return followed(c, c.req.param('id'))
    }
    const { accepted, stale } = transact(db, c.var.actor, (tx) => acceptRecords(tx, c.req.param('id'), household ?? []))
    const left = stale.length ? ` ${stale.length} tidak bisa ditetapkan karena data induknya sudah berubah.` : ''
    return changed(c, `/batches/${c.req.param('id')}/items?show=pending`, { message: `${accepted} rumah tangga ditetapkan.${left}` })
  })

  .post('/:id/return', may('batch.determine'), async (c) => {
    const { scope, household, reason } = await readForm(c, Decision)
    if (scope === 'all') {
      transact(db, c.var.actor, (tx) => returnAll(tx, c.req.param('id'), reason))
      return followed(c, c.req.param('id'))
    }
    const count = transact(db, c.var.actor, (tx) => returnRecords(tx, c.req.param('id'), household ?? [], reason))
    return changed(c, `/batches/${c.req.param('id')}/items?show=pending`, { message: `${count} data dikembalikan ke kabupaten/kota.` })
  })

  .get('/:id/minutes.pdf', (c) => {
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    return pdf(minutes({ batch, regencyName: regencyName(db, batch), villages: summariseVillages(db, batch.id), proposals: summariseProposals(db, batch.id) }))
  })

  .get('/:id/names.pdf', (c) => {
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    transact(db, c.var.actor, (tx) => tx.audit('batch.names_printed', batch.id, { items: batch.itemCount }))
    return pdf(nameList({ batch, regencyName: regencyName(db, batch), records: listedRecords(db, batch.id), changes: listedProposals(db, batch.id) }))
  })

const pdf = (paper: PDFKit.PDFDocument) =>
  new Response(Readable.toWeb(Readable.from(paper)) as ReadableStream, { headers: { 'Content-Type': 'application/pdf', 'Cache-Control': 'no-store' } })
