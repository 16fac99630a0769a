import { Hono } from 'hono'
import * as z from 'zod'
import { importColumns, templateRows } from '#app/assignments/import-columns.ts'
import { workOnImport } from '#app/assignments/import-work.ts'
import {
  confirmImport, discardImport, errorRows, listImports, openErrorReport, openImport, previewImport, readAgain,
} from '#app/assignments/imports.ts'
import { streamed } from '#app/exports/streaming.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { regionNames } from '#app/regions/regions.ts'
import { demand } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { csvTemplate, errorHeading, errorLines } from '#views/assignments/import-csv.ts'
import { ImportListPage } from '#views/assignments/import-list.tsx'
import { ImportPage, ImportState } from '#views/assignments/import-preview.tsx'
import { ImportUploadPage } from '#views/assignments/import-upload.tsx'
import { asCsv } from '#views/dtsen/csv.ts'

const Upload = z.object({ region: pickedRegion })
const Again = z.object({ key: z.uuid() })
const ListQuery = z.object({ before: z.string().max(40).optional() })


export const importRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('prelist.import'))
  .get('/', (c) => {
    const list = listImports(db, c.var.actor, readQuery(c, ListQuery))
    return page(c, 'Impor prelist', <ImportListPage {...list} now={new Date().toISOString()} />)
  })

  .get('/new', (c) => {
    const { actor } = c.var
    demand(actor, 'prelist.import')
    const { region } = readQuery(c, Upload)
    const own = [...regionNames(db, actor.regions.filter((code) => code.length === 5))].map(([code, name]) => ({ code, name }))
    const levels = own.length ? [] : pickerLevels(db, { chosen: region, deepest: 2 })
    return page(c, 'Unggah prelist', <ImportUploadPage own={own} levels={levels} columns={importColumns()} />)
  })

  .get('/template.csv', (c) => {
    demand(c.var.actor, 'prelist.import')
    return c.body(csvTemplate(templateRows()), 200, asCsv('contoh-prelist.csv'))
  })

  .post('/', async (c) => {
    demand(c.var.actor, 'prelist.import')
    const { fields, files: [file] } = await receiveFiles(c, dataDirectory, { file: 'table' })
    const { region } = parse(Upload, fields)
    if (!file) throw invalid({ file: 'Pilih berkas CSV atau XLSX.' })
    const { id, known } = transact(db, c.var.actor, (tx) => openImport(tx, { id: crypto.randomUUID(), file, regionCode: region }))
    workOnImport(db, dataDirectory, id)
    return changed(c, `/imports/${id}`, { message: known ? 'Berkas yang sama sudah pernah diimpor. Ini hasilnya.' : 'Berkas diterima dan sedang dibaca.' })
  })

  .get('/:id', (c) => {
    const preview = previewImport(db, c.var.actor, c.req.param('id'))
    const props = { ...preview, againKey: crypto.randomUUID() }
    return page(c, `Impor ${preview.imported.fileName}`, () => <ImportPage {...props} />, { part: () => <ImportState {...props} /> })
  })

  .get('/:id/errors.csv', (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => openErrorReport(tx, id))
    return c.body(streamed(errorHeading(), errorRows(db, id), errorLines), 200, asCsv(`kesalahan-impor-${id.slice(0, 8)}.csv`))
  })

  .post('/:id/confirmation', (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => confirmImport(tx, id))
    workOnImport(db, dataDirectory, id)
    return changed(c, `/imports/${id}`, { message: 'Impor berjalan. Anda boleh meninggalkan halaman ini.' })
  })

  .post('/:id/discard', (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => discardImport(tx, id))
    workOnImport(db, dataDirectory, id)
    return changed(c, '/imports', { message: 'Impor dibatalkan. Tidak ada rumah tangga yang berubah.' })
  })

  .post('/:id/rereading', async (c) => {
    const { key } = await readForm(c, Again)
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => readAgain(tx, id, key))
    workOnImport(db, dataDirectory, key)
    return changed(c, `/imports/${key}`, { message: 'Berkas sedang dibaca ulang.' })
  })
