import { Hono } from 'hono'
import * as z from 'zod'
import { receiveFiles } from '#app/files/upload.ts'
import { changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { ratifyBatch } from '#app/programmes/applying.ts'
import { soonDone, workOnBatch } from '#app/programmes/applying-work.ts'
import { readBatch, readBatches, readManifest, readProgress } from '#app/programmes/batch-page.ts'
import { cancelBatch, freezeBatch, gather, getBatch, openBatch, removeFromBatch, removeUnfit } from '#app/programmes/batches.ts'
import { listPeriods } from '#app/programmes/periods.ts'
import { ProgrammeParam } from '#app/programmes/route-parts.ts'
import { freshSignIn, signInAgainHref } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { BatchPage, BatchProgress } from '#views/programmes/batch.tsx'
import { BatchList } from '#views/programmes/batches.tsx'
import { NAMES } from '#views/programmes/labels.ts'

const of = z.string('Pilih program dan kabupaten/kota.').regex(/^\w+~\d\d\.\d\d$/, 'Pilih program dan kabupaten/kota.')
const Opening = z.object({ id: z.uuid(), of, periodId: z.string().max(80).optional().transform((text) => text || null) })
const Note = z.object({ note: z.string().trim().min(1, 'Tuliskan alasannya.').max(500) })
const Letter = z.object({
  id: z.uuid(), letterNumber: z.string('Isi nomor surat pengesahan.').trim().min(3, 'Isi nomor surat pengesahan.').max(100), letterDate: z.iso.date('Isi tanggal surat.'), effectiveOn: z.iso.date('Isi tanggal berlakunya.'),
})
const older = z.string().regex(/^[^~]{1,40}~[\w-]{1,80}$/).transform((text) => ({ at: text.split('~')[0]!, id: text.split('~')[1]! })).optional().catch(undefined)
const further = z.string().regex(/^[\d.]{13}~[\w-]{1,80}$/).transform((text) => ({ regionCode: text.split('~')[0]!, id: text.split('~')[1]! })).optional().catch(undefined)

export const programmeBatchRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const { after } = readQuery(c, z.object({ after: older }))
    return page(c, 'Berkas pengesahan penerima', <BatchList {...readBatches(db, c.var.actor, after)} periods={listPeriods(db, c.var.actor).slice(0, 50)} newId={crypto.randomUUID()} actor={c.var.actor} />)
  })

  .post('/', may('programme.prepare'), async (c) => {
    const { of: chosen, ...form } = await readForm(c, Opening)
    const [programme, regionCode] = chosen.split('~')
    const batch = transact(db, c.var.actor, (tx) => openBatch(tx, { ...form, programme: parse(ProgrammeParam, programme), regionCode: regionCode!, note: '' }))
    return changed(c, `/programmes/batches/${batch.id}`, { message: `Berkas ${NAMES[batch.programme]} disiapkan dengan ${batch.changeCount} usulan.` })
  })

  .get('/:id', (c) => {
    const { after } = readQuery(c, z.object({ after: further }))
    const reading = transact(db, c.var.actor, (tx) => readBatch(tx, c.req.param('id'), after))
    return page(c, `Pengesahan ${NAMES[reading.batch.programme]}`, <BatchPage reading={reading} newId={crypto.randomUUID()} againHref={signInAgainHref(c, 'ratification')} />)
  })

  .get('/:id/progress', (c) => {
    const progress = readProgress({ db, actor: c.var.actor }, c.req.param('id'))
    const part = () => <BatchProgress {...progress} />
    return page(c, 'Penerapan berkas', part, { part })
  })

  .get('/:id/manifest.txt', (c) => {
    const text = readManifest({ db, actor: c.var.actor }, c.req.param('id'))
    return c.body(text, 200, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Disposition': 'attachment; filename="manifest.txt"', 'Cache-Control': 'no-store' })
  })

  .post('/:id/gathering', may('programme.prepare'), (c) => {
    const count = transact(db, c.var.actor, (tx) => gather(tx, c.req.param('id')))
    return changed(c, `/programmes/batches/${c.req.param('id')}`, { message: count ? `${count} usulan ditambahkan.` : 'Tidak ada usulan baru yang siap.' })
  })

  .post('/:id/changes/:change/removal', may('programme.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => removeFromBatch(tx, c.req.param('id'), c.req.param('change'), note))
    return changed(c, `/programmes/batches/${c.req.param('id')}`, { message: 'Usulan dikeluarkan dari berkas.' })
  })

  .post('/:id/unfit-removal', may('programme.prepare'), (c) => {
    const count = transact(db, c.var.actor, (tx) => removeUnfit(tx, c.req.param('id')))
    return changed(c, `/programmes/batches/${c.req.param('id')}`, { message: `${count} usulan dikembalikan ke Dinsos.` })
  })

  .post('/:id/freeze', may('programme.prepare'), (c) => {
    transact(db, c.var.actor, (tx) => freezeBatch(tx, c.req.param('id')))
    return changed(c, `/programmes/batches/${c.req.param('id')}`, { message: 'Berkas dibekukan. Sekarang menunggu pengesahan.' })
  })

  .post('/:id/cancellation', may('programme.prepare'), async (c) => {
    const { note } = await readForm(c, Note)
    transact(db, c.var.actor, (tx) => cancelBatch(tx, c.req.param('id'), note))
    return changed(c, '/programmes/batches', { message: 'Berkas dibatalkan. Semua usulannya kembali menunggu pengesahan.' })
  })

  .post('/:id/ratification', may('programme.ratify'), freshSignIn('ratification'), async (c) => {
    getBatch({ db, actor: c.var.actor }, c.req.param('id'))
    const { fields, files } = await receiveFiles(c, dataDirectory, { letter: 'document' })
    const { id, ...letter } = parse(Letter, fields)
    transact(db, c.var.actor, (tx) => ratifyBatch(tx, c.req.param('id'), letter, files[0] && { ...files[0], id }))
    workOnBatch(db, c.req.param('id'))
    await soonDone(db)
    const { applied, passed, left } = readProgress({ db, actor: c.var.actor }, c.req.param('id'))
    return changed(c, `/programmes/batches/${c.req.param('id')}`, { message: left ? `Disahkan. ${left} usulan masih diterapkan satu per satu; Anda boleh meninggalkan halaman ini.` : `Disahkan: ${applied} usulan diterapkan.${passed ? ` ${passed} tidak mungkin lagi diterapkan dan dicatat.` : ''}` })
  })
