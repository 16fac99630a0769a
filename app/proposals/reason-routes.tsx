import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, readForm, type Deps, type Env } from '#app/http.tsx'
import { PROPOSAL_KINDS } from '#app/proposals/kinds.ts'
import { addReason, endReason, listReasons, OTHER_REASON_KINDS } from '#app/proposals/reasons.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { ReasonsPage } from '#views/proposals/reasons.tsx'

const Added = z.object({
  kind: z.enum(['*', ...PROPOSAL_KINDS, ...OTHER_REASON_KINDS], 'Pilih jenisnya.'),
  code: z.string('Isi kode.').trim().regex(/^[a-z0-9_]{2,40}$/, 'Kode: 2–40 huruf kecil, angka, atau garis bawah.'),
  label: z.string('Isi alasan.').trim().min(3, 'Isi alasan.').max(120), validFrom: z.iso.date('Isi tanggal mulai berlaku.'),
  source: z.string('Isi sumbernya.').trim().min(3, 'Isi sumbernya: peraturan, surat, atau keputusan.').max(200),
})
const Ended = z.object({ kind: z.string().max(40), code: z.string().max(40), validFrom: z.string().max(10), validTo: z.iso.date('Isi tanggal akhir.') })

export const reasonRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('reason.manage'))
  .get('/', (c) => page(c, 'Alasan usulan', <ReasonsPage reasons={listReasons(db, c.var.actor)} today={today()} />))

  .post('/', async (c) => {
    const typed = Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, value]) => [name, String(value)]))
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => addReason(tx, parse(Added, typed))))
    if (problem) return page(c, 'Alasan usulan', <ReasonsPage reasons={listReasons(db, c.var.actor)} today={today()} typed={typed} problem={problem} />, { status: problem.status })
    return changed(c, '/reasons', { message: 'Alasan ditambahkan.' })
  })

  .post('/ending', async (c: Context<Env>) => {
    const { validTo, ...name } = await readForm(c, Ended)
    transact(db, c.var.actor, (tx) => endReason(tx, name, validTo))
    return changed(c, '/reasons', { message: 'Alasan diakhiri.' })
  })

const today = () => dayOf(new Date().toISOString())
