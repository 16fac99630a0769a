import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, readForm, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { addTemplate, listTemplates, retireTemplate } from '#app/reports/templates.ts'
import { listTerms, setTerms } from '#app/reports/terms.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { SettingsPage } from '#views/reports/settings.tsx'

const days = (most: number) => z.coerce.number('Isi jumlah hari.').int('Isi jumlah hari.').min(1, 'Paling sedikit 1 hari.').max(most, `Paling banyak ${most} hari.`)
const Terms = z.object({
  validFrom: z.iso.date('Isi tanggal mulai berlaku.'), villageDays: days(90), districtDays: days(90), regencyDays: days(90), waitDays: days(180),
  retentionMonths: z.coerce.number('Isi jumlah bulan.').int('Isi jumlah bulan.').min(1, 'Paling sedikit 1 bulan.').max(120, 'Paling banyak 120 bulan.'),
  source: z.string().trim().min(1, 'Sebutkan dasarnya.').max(200, 'Paling banyak 200 huruf.'),
})
const NewTemplate = z.object({
  code: z.uuid(), use: z.enum(['question', 'accepted', 'refused'], 'Pilih gunanya.'), label: z.string().trim().min(1, 'Isi nama singkatnya.').max(80, 'Paling banyak 80 huruf.'),
  text: z.string().trim().min(1, 'Isi kalimatnya.').max(2000, 'Paling banyak 2.000 huruf.'),
})

// Days and ready-made replies, for the administrator. Reasons are managed with the others on /reasons.
export const reportSettingsRoutes = ({ db }: Deps) => {
  const show = async (c: Context<Env, any, any>, { problem }: { problem?: Problem }) => {
    if (problem && problem.code !== 'invalid') throw problem
    const typed = problem ? Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value)])) : {}
    return page(c, 'Aturan laporan warga', <SettingsPage terms={listTerms(db, c.var.actor)} templates={listTemplates(db, c.var.actor)} today={dayOf(new Date().toISOString())}
      templateKey={crypto.randomUUID()} typed={typed} problem={problem} />, { status: problem?.status })
  }
  return new Hono<Env>()
    .get('/', may('report.configure'), (c) => show(c, {}))

    .post('/terms', may('report.configure'), async (c) => {
      const { problem } = await attempt(async () => {
        const terms = await readForm(c, Terms)
        transact(db, c.var.actor, (tx) => setTerms(tx, terms))
      })
      return problem ? show(c, { problem }) : changed(c, '/reports/settings', { message: 'Batas waktu disimpan. Laporan yang sudah masuk tidak berubah.' })
    })

    .post('/templates', may('report.configure'), async (c) => {
      const { problem } = await attempt(async () => {
        const template = await readForm(c, NewTemplate)
        transact(db, c.var.actor, (tx) => addTemplate(tx, template))
      })
      return problem ? show(c, { problem }) : changed(c, '/reports/settings', { message: 'Contoh jawaban ditambahkan.' })
    })

    .post('/templates/:code/retirement', may('report.configure'), (c) => {
      transact(db, c.var.actor, (tx) => retireTemplate(tx, c.req.param('code')))
      return changed(c, '/reports/settings', { message: 'Contoh jawaban tidak ditawarkan lagi.' })
    })
}
