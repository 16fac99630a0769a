import { Readable } from 'node:stream'
import { Hono } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { listAttachments } from '#app/files/attachments.ts'
import { changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import {
  cancelBatch, freezeBatch, getBatch, listBatches, listItems, openBatch, ratifyBatch, removeFailing, removeFromBatch,
} from '#app/ratification/batches.ts'
import { acceptRecords, returnRecords } from '#app/ratification/determination.ts'
import { batchProposalRoutes } from '#app/ratification/proposal-routes.tsx'
import { acceptProposals, returnProposals } from '#app/ratification/proposal-determination.ts'
import { listedProposals, summariseProposals } from '#app/ratification/proposal-summary.ts'
import { dispatchBatch, makePackage } from '#app/ratification/dispatch.ts'
import { gather, reopenGathering } from '#app/ratification/gathering.ts'
import { periodNames } from '#app/periods/filing.ts'
import { readBatch, regencyChoices, regencyName } from '#app/ratification/reading.ts'
import { readRecord } from '#app/ratification/record-reading.ts'
import { listedRecords, summariseVillages } from '#app/ratification/summary.ts'
import { demand } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { BatchList } from '#views/ratification/list.tsx'
import { BatchPage, BatchStatusPart } from '#views/ratification/batch.tsx'
import { BatchItems } from '#views/ratification/items.tsx'
import { RecordPage } from '#views/ratification/record.tsx'
import { minutes, nameList } from '#views/ratification/papers.ts'
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

export const batchRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('batch.read'))
  .route('/', batchProposalRoutes({ db }))
  .get('/', (c) => {
    const batches = listBatches(db, c.var.actor)
    return page(c, 'Pengesahan', <BatchList batches={batches} periods={periodNames(db, batches.map(({ id }) => id))} actor={c.var.actor} newId={crypto.randomUUID()}
      regencies={regencyChoices(db, c.var.actor)} />)
  })

  .post('/', may('batch.prepare'), async (c) => {
    const form = await readForm(c, Opening)
    const batch = transact(db, c.var.actor, (tx) => openBatch(tx, form))
    void gather(db, c.var.actor, batch).catch(console.error)
    return changed(c, `/batches/${batch.id}`, { message: 'Berkas dibuka. Data yang disetujui sedang dikumpulkan.' })
  })

  .get('/:id', (c) => {
    const batch = readBatch(db, c.var.actor, c.req.param('id'))
    return page(c, batch.batch.title, <BatchPage {...batch} actor={c.var.actor} newId={crypto.randomUUID()}
      attachments={listAttachments(db, c.var.actor, `batch:${batch.batch.id}`)} />, { part: <BatchStatusPart {...batch} /> })
  })

  .get('/:id/items', (c) => {
    const { after, show } = readQuery(c, ItemQuery)
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const items = listItems(db, c.var.actor, batch.id, { after, failing: show === 'failing', pending: show === 'pending' })
    return page(c, `Isi ${batch.title}`, <BatchItems batch={batch} items={items} show={show} actor={c.var.actor} />)
  })

  .get('/:id/items/:household', may('batch.read'), (c) => {
    const reading = transact(db, c.var.actor, (tx) => readRecord(tx, c.req.param('id'), c.req.param('household')))
    return page(c, reading.headName, <RecordPage {...reading} actor={c.var.actor} />, { wide: true })
  })

  .post('/:id/gathering', may('batch.prepare'), (c) => {
    const batch = transact(db, c.var.actor, (tx) => {
      demand(tx.actor, 'batch.prepare')
      const found = getBatch(tx, c.req.param('id'))
      reopenGathering(tx, found)
      return found
    })
    void gather(db, c.var.actor, batch).catch(console.error)
    return changed(c, `/batches/${batch.id}`, { message: 'Data yang baru disetujui sedang dikumpulkan.' })
  })

  .post('/:id/items/:household/removal', may('batch.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => removeFromBatch(tx, c.req.param('id'), c.req.param('household'), note))
    return changed(c, `/batches/${c.req.param('id')}/items`, { message: 'Rumah tangga dikeluarkan dari berkas.' })
  })

  .post('/:id/failing-removal', may('batch.prepare'), (c) => {
    const count = transact(db, c.var.actor, (tx) => removeFailing(tx, c.req.param('id')))
    return changed(c, `/batches/${c.req.param('id')}`, { message: `${count} rumah tangga dikeluarkan dari berkas.` })
  })

  .post('/:id/freeze', may('batch.prepare'), (c) => {
    transact(db, c.var.actor, (tx) => freezeBatch(tx, c.req.param('id')))
    return changed(c, `/batches/${c.req.param('id')}`, { message: 'Berkas dibekukan. Sekarang menunggu pengesahan.' })
  })

  .post('/:id/cancellation', may('batch.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => cancelBatch(tx, c.req.param('id'), note))
    return changed(c, '/batches', { message: 'Berkas dibatalkan. Semua datanya kembali ke antrean siap disahkan.' })
  })

  .post('/:id/ratification', may('batch.ratify'), async (c) => {
    getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const { fields, files } = await receiveFiles(c, dataDirectory, { letter: 'document' })
    const form = parse(LetterForm, fields)
    if (!files[0]) throw invalid({ letter: 'Unggah surat pengesahan (PDF atau foto).' })
    transact(db, c.var.actor, (tx) => ratifyBatch(tx, c.req.param('id'), form, { ...files[0]!, id: form.id }))
    return changed(c, `/batches/${c.req.param('id')}`, { message: 'Berkas disahkan.' })
  })

  .post('/:id/dispatch', may('batch.dispatch'), async (c) => {
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const file = await makePackage(db, dataDirectory, batch)
    transact(db, c.var.actor, (tx) => dispatchBatch(tx, batch.id, file, crypto.randomUUID()))
    return changed(c, `/batches/${batch.id}`, { message: 'Berkas dikirim ke Kemensos.' })
  })

  .post('/:id/acceptance', may('batch.determine'), async (c) => {
    const { scope, household } = await readForm(c, Decision)
    const { visits, changes } = transact(db, c.var.actor, (tx) => ({
      visits: acceptRecords(tx, c.req.param('id'), scope === 'all' ? 'all' : household ?? []),
      changes: scope === 'all' ? acceptProposals(tx, c.req.param('id'), 'all') : { accepted: 0, stale: [] },
    }))
    const stale = visits.stale.length + changes.stale.length
    const left = stale ? ` ${stale} tidak bisa ditetapkan karena data induknya sudah berubah.` : ''
    const also = changes.accepted ? ` dan ${changes.accepted} usulan` : ''
    return changed(c, `/batches/${c.req.param('id')}/items?show=pending`, { message: `${visits.accepted} rumah tangga${also} ditetapkan.${left}` })
  })

  .post('/:id/return', may('batch.determine'), async (c) => {
    const { scope, household, reason } = await readForm(c, Decision)
    const count = transact(db, c.var.actor, (tx) => returnRecords(tx, c.req.param('id'), scope === 'all' ? 'all' : household ?? [], reason)
      + (scope === 'all' ? returnProposals(tx, c.req.param('id'), 'all', reason) : 0))
    return changed(c, `/batches/${c.req.param('id')}/items?show=pending`, { message: `${count} data dikembalikan ke kabupaten/kota.` })
  })

  .get('/:id/minutes.pdf', (c) => {
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    return pdf(minutes({ batch, regencyName: regencyName(db, batch), villages: summariseVillages(db, batch.id), proposals: summariseProposals(db, batch.id) }))
  })

  .get('/:id/names.pdf', (c) => {
    const batch = getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    transact(db, c.var.actor, (tx) => tx.audit('batch.names_printed', batch.id))
    return pdf(nameList({ batch, regencyName: regencyName(db, batch), records: listedRecords(db, batch.id), changes: listedProposals(db, batch.id) }))
  })

const pdf = (paper: PDFKit.PDFDocument) =>
  new Response(Readable.toWeb(Readable.from(paper)) as ReadableStream, { headers: { 'Content-Type': 'application/pdf', 'Cache-Control': 'no-store' } })
