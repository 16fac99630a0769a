import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { setActivity, viewActivity } from '#app/protection/activity-setting.ts'
import { MOST_DAYS, setRule, viewRule } from '#app/protection/rule-setting.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { freshForForm, freshSignIn } from '#app/sessions/step-up.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { ActivityPage } from '#views/protection/activity-form.tsx'
import { RulePage } from '#views/protection/rule-form.tsx'
import { MEASURES, RETENTION } from '#views/protection/words.ts'

const days = z.coerce.number('Isi jumlah hari.').int('Isi jumlah hari.').min(1, 'Isi jumlah hari.').max(MOST_DAYS, `Paling banyak ${MOST_DAYS} hari.`)
const validFrom = z.iso.date('Isi tanggal mulai berlaku.')
const source = z.string('Sebutkan dasarnya.').trim().min(5, 'Sebutkan dasarnya, misalnya nomor keputusan.').max(300, 'Paling banyak 300 huruf.')
const Rule = z.object({ days, validFrom, source })
const words = (message: string, most = 1000) => z.string(message).trim().min(3, message).max(most, `Paling banyak ${most} huruf.`)
const codes = (known: Record<string, unknown>, message: string) => z.array(z.string().refine((code) => Object.hasOwn(known, code), message)).min(1, message).transform((list) => list.join(', '))
const Activity = z.object({
  title: words('Isi nama kegiatannya.', 150), purpose: words('Isi tujuannya.'), legalBasis: words('Isi dasar hukumnya.'), subjects: words('Isi siapa subjek datanya.', 300), categories: words('Isi jenis datanya.'),
  special: words('Isi data spesifiknya, atau tulis: tidak ada.'), recipients: words('Isi siapa penerimanya.'), retention: codes(RETENTION, 'Pilih masa simpannya.'), measures: codes(MEASURES, 'Pilih langkah pelindungannya.'),
  source, validFrom, ended: z.literal('1').optional().transform((value) => value === '1'),
})
const NewCode = z.object({ code: z.uuid() })

type Ctx = Context<Env, any>
const today = () => dayOf(new Date().toISOString())
const onlyInvalid = (problem?: Problem) => {
  if (problem && problem.code !== 'invalid') throw problem
  return problem
}

const mine = may('protection.configure')

// How long what is kept, and the record of processing, set by the office as dated rows.
export const settingRoutes = (db: Db) => new Hono<Env>()
  .get('/retention/:kind', mine, freshForForm('retention'), async (c) => {
    const typed = texts(c.req.query())
    const { problem } = await attempt(() => typed.days === undefined ? undefined : parse(Rule.pick({ days: true }), typed))
    return showRule(c, db, typed, onlyInvalid(problem))
  })

  .post('/retention/:kind', mine, freshSignIn('retention'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => setRule(tx, c.req.param('kind'), parse(Rule, typed))))
    return onlyInvalid(problem) ? showRule(c, db, typed, problem) : changed(c, '/protection/retention', { message: 'Masa simpan disimpan.' })
  })

  .get('/register/new', mine, (c) => showActivity(c, db, undefined, { code: crypto.randomUUID() }))

  .post('/register', mine, async (c) => {
    const body = await c.req.parseBody({ all: true })
    const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => setActivity(tx, parse(NewCode, body).code, parse(Activity, listed(body)))))
    return onlyInvalid(problem) ? showActivity(c, db, undefined, typedIn(body), problem) : changed(c, '/protection/register', { message: 'Kegiatan dicatat.' })
  })

  .get('/register/:code', mine, (c) => showActivity(c, db, c.req.param('code')))

  .post('/register/:code', mine, async (c) => {
    const body = await c.req.parseBody({ all: true })
    const code = c.req.param('code')
    const { problem } = await attempt(() => {
      viewActivity(db, c.var.actor, code)
      transact(db, c.var.actor, (tx) => setActivity(tx, code, parse(Activity, listed(body))))
    })
    return onlyInvalid(problem) ? showActivity(c, db, code, typedIn(body), problem) : changed(c, '/protection/register', { message: 'Catatan diubah. Yang lama tetap tersimpan.' })
  })

// Boxes that are ticked come as one text or as several.
const listed = (body: Record<string, unknown>) => ({ ...body, retention: [body.retention ?? []].flat(), measures: [body.measures ?? []].flat() })
const typedIn = (body: Record<string, unknown>) => ({ ...texts(body), retention: [body.retention ?? []].flat().join(', '), measures: [body.measures ?? []].flat().join(', ') })

function showRule(c: Ctx, db: Db, typed: Record<string, string>, problem?: Problem) {
  const tried = days.safeParse(typed.days)
  const view = viewRule(db, c.var.actor, c.req.param('kind')!, tried.success ? tried.data : undefined)
  return page(c, 'Ubah masa simpan', <RulePage view={view} typed={typed} today={today()} problem={problem} />, { status: problem?.status })
}

function showActivity(c: Ctx, db: Db, code: string | undefined, typed: Record<string, string> = {}, problem?: Problem) {
  const view = viewActivity(db, c.var.actor, code)
  return page(c, view.activity?.title ?? 'Kegiatan baru', <ActivityPage view={view} typed={typed} today={today()} problem={problem} />, { status: problem?.status })
}
