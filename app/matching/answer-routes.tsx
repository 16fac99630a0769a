import { Hono } from 'hono'
import { streamed } from '#app/exports/streaming.ts'
import { changed, page, type Deps, type Env } from '#app/http.tsx'
import { confirmImport, discardImport, openErrorReport, previewImport, wrongLines } from '#app/matching/imports.ts'
import { workOnAnswers } from '#app/matching/import-work.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { AnswersPage, AnswersState } from '#views/matching/answers.tsx'
import { wrongHeading, wrongText } from '#views/matching/answers-csv.ts'
import { asCsv } from '#views/dtsen/csv.ts'

// A file of answers on its way in.
export const answerRoutes = ({ db, dataDirectory }: Deps) => new Hono<Env>()
  .use(may('matching.run'))
  .get('/:id', (c) => {
    const preview = previewImport(db, c.var.actor, c.req.param('id'))
    return page(c, `Jawaban ${preview.imported.fileName}`, () => <AnswersPage {...preview} />, { part: () => <AnswersState {...preview} /> })
  })

  .get('/:id/errors.csv', (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => openErrorReport(tx, id))
    return c.body(streamed(wrongHeading(), wrongLines(db, id), wrongText), 200, asCsv(`kesalahan-jawaban-${id.slice(0, 8)}.csv`))
  })

  .post('/:id/confirmation', (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => confirmImport(tx, id))
    workOnAnswers(db, dataDirectory, id)
    return changed(c, `/matching/answers/${id}`, { message: 'Jawaban sedang dimasukkan. Anda boleh meninggalkan halaman ini.' })
  })

  .post('/:id/discard', (c) => {
    const id = c.req.param('id')
    transact(db, c.var.actor, (tx) => discardImport(tx, id))
    workOnAnswers(db, dataDirectory, id)
    return changed(c, '/matching', { message: 'Berkas jawaban dibatalkan. Tidak ada hasil yang berubah.' })
  })
