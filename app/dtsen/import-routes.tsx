import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { isStopped, workOnSnapshot } from '#app/dtsen/snapshot-work.ts'
import { confirmSnapshot, discardSnapshot, errorRows, listImports, openErrorReport, openSnapshot, previewSnapshot } from '#app/dtsen/snapshots.ts'
import { streamed } from '#app/exports/streaming.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import { invalid, type Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { regionNames } from '#app/regions/regions.ts'
import { may } from '#app/users/may.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { asCsv, errorHeading, errorLines, snapshotTemplate } from '#views/dtsen/csv.ts'
import { SnapshotListPage } from '#views/dtsen/snapshot-list.tsx'
import { SnapshotPage, SnapshotState } from '#views/dtsen/snapshot-preview.tsx'
import { SnapshotUploadPage, type Typed } from '#views/dtsen/snapshot-upload.tsx'

const Upload = z.object({
  region: pickedRegion,
  label: z.string().trim().regex(/^v\d{1,3}(\.\d{1,2})?$/, 'Tulis versinya seperti v1, v2 atau v3.1.'),
  source: z.string().trim().min(3, 'Tuliskan dari mana berkas ini, misalnya "BPS, DTSEN triwulan III".').max(200, 'Paling banyak 200 huruf.'),
  effectiveOn: z.iso.date('Isi tanggal data.'),
})
const NewQuery = z.object({ region: pickedRegion })
const ListQuery = z.object({ before: z.string().max(40).optional() })

const idOf = (c: Context<Env>) => c.req.param('id')!

function uploadPage(c: Context<Env>, db: Db, typed: Typed, problem?: Problem) {
  const { actor } = c.var
  const own = [...regionNames(db, actor.regions.filter((code) => code.length === 5))].map(([code, name]) => ({ code, name }))
  const levels = own.length ? [] : pickerLevels(db, { chosen: typed.region, deepest: 2 })
  return page(c, 'Unggah potret desil', <SnapshotUploadPage own={own} levels={levels} typed={typed} problem={problem} today={dayOf(new Date().toISOString())} />, { status: problem?.status })
}

export const snapshotRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('dtsen.import'))
  .get('/', (c) => {
    const list = listImports(db, c.var.actor, readQuery(c, ListQuery))
    return page(c, 'Potret desil', <SnapshotListPage {...list} now={new Date().toISOString()} />)
  })

  .get('/new', (c) => uploadPage(c, db, readQuery(c, NewQuery)))

  .get('/template.csv', (c) => c.body(snapshotTemplate(), 200, asCsv('contoh-desil.csv')))

  .post('/', async (c) => {
    const { fields, files: [file] } = await receiveFiles(c, dataDirectory, { file: 'table' })
    const { value, problem } = await attempt(() => {
      const facts = parse(Upload, fields)
      if (!file) throw invalid({ file: 'Pilih berkas CSV atau XLSX.' })
      const { region: regionCode, ...rest } = facts
      return transact(db, c.var.actor, (tx) => openSnapshot(tx, { id: crypto.randomUUID(), file, regionCode, ...rest }))
    })
    if (problem?.code === 'invalid') return uploadPage(c, db, fields as Typed, problem)
    if (problem) throw problem
    workOnSnapshot(db, dataDirectory, value.id)
    return changed(c, `/dtsen/snapshots/${value.id}`, { message: value.known ? 'Berkas yang sama sudah pernah diimpor. Ini hasilnya.' : 'Berkas diterima dan sedang dibaca.' })
  })

  .get('/:id', (c) => {
    const found = previewSnapshot(db, c.var.actor, idOf(c))
    const preview = { ...found, stopped: isStopped(db, found.snapshot) }
    return page(c, `Potret desil ${preview.snapshot.label}`, () => <SnapshotPage {...preview} />, { part: () => <SnapshotState {...preview} /> })
  })

  .get('/:id/errors.csv', (c) => {
    const id = idOf(c)
    transact(db, c.var.actor, (tx) => openErrorReport(tx, id))
    return c.body(streamed(errorHeading(), errorRows(db, id), errorLines), 200, asCsv(`kesalahan-desil-${id.slice(0, 8)}.csv`))
  })

  .post('/:id/confirmation', (c) => {
    const id = idOf(c)
    transact(db, c.var.actor, (tx) => confirmSnapshot(tx, id))
    workOnSnapshot(db, dataDirectory, id)
    return changed(c, `/dtsen/snapshots/${id}`, { message: 'Snapshot berlaku. Desil setiap rumah tangga sedang diperbarui; Anda boleh meninggalkan halaman ini.' })
  })

  .post('/:id/discard', (c) => {
    const id = idOf(c)
    transact(db, c.var.actor, (tx) => discardSnapshot(tx, id))
    workOnSnapshot(db, dataDirectory, id)
    return changed(c, '/dtsen/snapshots', { message: 'Impor dibatalkan. Tidak ada desil yang berubah.' })
  })
