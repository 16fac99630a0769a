import { Hono } from 'hono'
import * as z from 'zod'
import { changeRoutes } from '#app/exchange/change-routes.tsx'
import { findOrigin } from '#app/exchange/changes.ts'
import { packageRoutes } from '#app/exchange/package-routes.tsx'
import { beginRun } from '#app/exchange/run-work.ts'
import { listRuns, reportOf } from '#app/exchange/runs.ts'
import { receiveFiles } from '#app/files/upload.ts'
import { changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import { invalid } from '#app/problems.ts'
import { may } from '#app/users/may.ts'
import { ReportPage, ReportState } from '#views/exchange/report.tsx'
import { TakePage } from '#views/exchange/take.tsx'

const Taking = z.object({ passphrase: z.string().trim().max(200).default('') })
const ListQuery = z.object({ before: z.string().max(90).optional() })
const ReportQuery = z.object({
  outcome: z.enum(['new', 'updated', 'same', 'held', 'refused']).optional(), after: z.coerce.number().int().min(0).optional(),
})

export const exchangeRoutes = (deps: Deps) => new Hono<Env>()
  .use(may('exchange.take'))
  .route('/packages', packageRoutes(deps))
  .route('/changes', changeRoutes(deps))
  .get('/', (c) => {
    const list = listRuns(deps.db, c.var.actor, readQuery(c, ListQuery))
    return page(c, 'Tukar berkas', <TakePage {...list} isCopy={findOrigin(deps.db) !== undefined} now={new Date().toISOString()} />)
  })

  .post('/', async (c) => {
    const id = await beginRun(deps, c.var.actor, async (folder) => {
      const { fields, files: [file] } = await receiveFiles(c, folder, { file: 'exchange' })
      const { passphrase } = parse(Taking, fields)
      if (!file) throw invalid({ file: 'Pilih berkas .siks.' })
      return { file, passphrase }
    })
    return changed(c, `/exchange/runs/${id}`, { message: 'Berkas terbuka dan sedang diterima.' })
  })

  .get('/runs/:id', (c) => {
    const report = reportOf(deps.db, c.var.actor, c.req.param('id'), readQuery(c, ReportQuery))
    return page(c, `Laporan ${report.run.fileName}`, () => <ReportPage {...report} />, { part: () => <ReportState {...report} /> })
  })
