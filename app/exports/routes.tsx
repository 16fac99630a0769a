import { existsSync, rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { exportPath, soonDone, workOnExport } from '#app/exports/export-work.ts'
import { beginExport, fetchExport, listExports, openExport, removeExport, viewExport } from '#app/exports/exports.ts'
import { openKept } from '#app/files/opened.ts'
import { exportableFor } from '#app/exports/lists.ts'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { conflict } from '#app/problems.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { demandFresh, signInAgainHref } from '#app/sessions/step-up.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { HandOverPaper } from '#views/exports/hand-over.tsx'
import { ExportPage, ExportState } from '#views/exports/export.tsx'
import { ExportListPage } from '#views/exports/list.tsx'
import { NewExportPage } from '#views/exports/new.tsx'

const words = (what: string, most: number) => z.string(`Isi ${what}.`).trim().min(3, `Isi ${what}.`).max(most, `Paling panjang ${most} huruf.`)
const Form = z.object({
  key: z.uuid(), list: z.string().max(60), query: z.string().max(2000, 'Saringan terlalu panjang.').default(''), format: z.enum(['csv', 'xlsx'], 'Pilih jenis berkas.'),
  recipientName: words('nama penerima', 120), recipientInstitution: words('instansi penerima', 160), purpose: words('tujuan penggunaan', 500), legalBasis: words('dasar hukum', 500),
  expiresOn: z.iso.date('Isi tanggal.'), full: z.literal('1').optional().transform(Boolean), fullReason: z.string().trim().max(500, 'Paling panjang 500 huruf.').default(''),
})
const List = z.object({ before: z.string().max(90).optional() })

const SHORT_DAYS = 14
const MIME = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

export const exportRoutes = (deps: Deps) => new Hono<Env>()
  .use(may('export.make', 'export.register'))
  .get('/', (c) => {
    const { actor } = c.var
    const { files, next } = listExports(deps.db, actor, readQuery(c, List).before)
    return page(c, 'Ekspor data', <ExportListPage files={files} next={next} lists={exportableFor(actor)} actor={actor} now={new Date().toISOString()} />)
  })

  .get('/new', may('export.make'), (c) => {
    const { list = '', query } = wantedOf(c)
    const begun = beginExport({ db: deps.db, actor: c.var.actor }, list, query)
    const today = dayOf(new Date().toISOString())
    return page(c, `Ekspor ${begun.list.title}`, <NewExportPage {...begun} query={query} formKey={crypto.randomUUID()} today={today} expiresOn={addDays(today, SHORT_DAYS)}
      againHref={signInAgainHref(c, 'fullExport', pathOf(c.req.url))} />)
  })

  .post('/', may('export.make'), async (c) => {
    const { key, ...form } = await readForm(c, Form)
    if (form.full) demandFresh(c, 'fullExport')
    const fresh = transact(deps.db, c.var.actor, (tx) => openExport(tx, { ...form, id: key }))
    if (fresh) workOnExport(deps, key)
    await soonDone(deps.db)
    return changed(c, `/exports/${key}`)
  })

  .get('/:id', (c) => {
    const shown = viewExport({ db: deps.db, actor: c.var.actor }, c.req.param('id'))
    return page(c, `Ekspor ${shown.title}`, () => <ExportPage shown={shown} />, { part: () => <ExportState shown={shown} /> })
  })

  .get('/:id/record', (c) => {
    const shown = viewExport({ db: deps.db, actor: c.var.actor }, c.req.param('id'))
    return page(c, `Berita acara ${shown.file.number}`, <HandOverPaper shown={shown} />)
  })

  .get('/:id/file', may('export.make'), async (c) => {
    const file = transact(deps.db, c.var.actor, (tx) => {
      const found = fetchExport(tx, c.req.param('id'))
      // Nothing is given out, so nothing is on record.
      if (!existsSync(exportPath(deps.dataDirectory, found))) throw conflict('Berkas ini sudah tidak ada di server. Buat ekspor baru.')
      return found
    })
    const kept = await openKept(deps.dataDirectory, exportPath(deps.dataDirectory, file))
    return c.body(Readable.toWeb(kept.stream()) as ReadableStream, 200, {
      'Content-Type': MIME[file.format], 'Content-Length': String(file.bytes), 'Cache-Control': 'no-store',
      'Content-Disposition': `attachment; filename="siks-${file.list}-${file.number.replace(/\W+/g, '-')}.${file.format}"`,
    })
  })

  .post('/:id/removal', may('export.make'), (c) => {
    const id = c.req.param('id')
    const file = transact(deps.db, c.var.actor, (tx) => removeExport(tx, id))
    rmSync(exportPath(deps.dataDirectory, file), { force: true })
    return changed(c, `/exports/${id}`, { message: 'Berkas dihapus dari server. Catatan serah terimanya tetap tersimpan.' })
  })

const pathOf = (url: string) => new URL(url).pathname + new URL(url).search

// The list, and its page's filter as the address had it.
function wantedOf(c: Context<Env>) {
  const { searchParams } = new URL(c.req.url)
  const list = searchParams.get('list') ?? undefined
  for (const name of ['list', 'after', 'before']) searchParams.delete(name)
  return { list, query: searchParams.toString() }
}
