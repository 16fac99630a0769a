import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { addWord, endSetting, endWord, setSetting } from '#app/programmes/configuring.ts'
import { readPeriods, readSettings } from '#app/programmes/configuration-page.ts'
import { closePeriod, moveCutoff, planPeriod } from '#app/programmes/periods.ts'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import { ProgrammeParam, ProgrammeQuery } from '#app/programmes/route-parts.ts'
import type { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { PeriodsPage } from '#views/programmes/periods.tsx'
import { SettingsPage } from '#views/programmes/settings.tsx'

const said = (words: string, longest: number) => z.string(words).trim().min(1, words).max(longest, `Paling banyak ${longest} huruf.`)
const Period = z.object({
  id: z.uuid(), programme: z.enum(ProgrammeParam.options, 'Pilih program.'), regionCode: z.string().max(5).default(''), name: said('Beri nama periode.', 80),
  startsOn: z.iso.date('Isi hari pertama.'), endsOn: z.iso.date('Isi hari terakhir.'), cutoffOn: z.iso.date('Isi batas perubahan.'),
})
const Cutoff = z.object({ cutoffOn: z.iso.date('Isi batas perubahan.') })
const value = said('Isi nilainya.', 15).transform((text) => text.replace(',', '.')).refine((text) => /^\d{1,12}(\.\d{1,4})?$/.test(text), 'Isi angka tanpa titik ribuan.').transform(Number)
const Setting = z.object({
  programme: ProgrammeParam, key: said('Pilih ketentuan.', 60), value, validFrom: z.iso.date('Isi hari mulai berlakunya.'), regionCode: z.string().trim().max(13).default(''), source: said('Tuliskan sumbernya.', 300),
})
const code = said('Isi kodenya.', 40).refine((text) => /^[a-z0-9_]+$/.test(text), 'Pakai huruf kecil, angka, dan garis bawah.')
const Word = z.object({ programme: ProgrammeParam, list: said('Pilih daftar.', 60), code, label: said('Isi katanya.', 100), validFrom: z.iso.date('Isi hari mulai berlakunya.'), source: said('Tuliskan sumbernya.', 300) })
const Ending = z.object({ programme: ProgrammeParam, list: z.string().max(60), code: z.string().max(60), validFrom: z.iso.date() })

const SettingsQuery = z.object({ programme: ProgrammeQuery, list: z.string().max(60).optional() })
const SettingEnding = z.object({ programme: ProgrammeParam, key: z.string().max(60), regionCode: z.string().max(13).default(''), validFrom: z.iso.date(), validTo: z.iso.date('Isi hari berakhirnya.') })

const now = () => new Date().toISOString()
const plain = (form: Record<string, unknown>) => Object.fromEntries(Object.entries(form).map(([name, one]) => [name, String(one)]))

// Periods and what programmes are made of. Whoever reads programmes may look; the administrator too, though he reads no recipients.
export const programmeSettingRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/periods', may('programme.read', 'programme.configure'), (c) => periodsPage(c, db))

  .post('/periods', may('programme.prepare', 'programme.configure'), async (c) => {
    const form = await c.req.parseBody()
    const { value: made, problem } = await attempt(() => transact(db, c.var.actor, (tx) => planPeriod(tx, parse(Period, form))))
    if (problem?.code === 'invalid') return periodsPage(c, db, plain(form), problem)
    if (problem) throw problem
    return changed(c, '/programmes/periods', { message: `${made.name} dibuat.` })
  })

  .post('/periods/:id/cutoff', may('programme.prepare', 'programme.configure'), async (c) => {
    const { cutoffOn } = await readForm(c, Cutoff)
    transact(db, c.var.actor, (tx) => moveCutoff(tx, c.req.param('id'), cutoffOn))
    return changed(c, '/programmes/periods', { message: 'Batas perubahan digeser.' })
  })

  .post('/periods/:id/closing', may('programme.prepare', 'programme.configure'), (c) => {
    transact(db, c.var.actor, (tx) => closePeriod(tx, c.req.param('id')))
    return changed(c, '/programmes/periods', { message: 'Periode ditutup.' })
  })

  .get('/settings', may('programme.read', 'programme.configure'), (c) => {
    const { programme = 'pkh', list } = readQuery(c, SettingsQuery)
    return settingsPage(c, db, programme, list ? { list } : {})
  })

  .post('/settings', may('programme.configure'), async (c) => {
    const form = plain(await c.req.parseBody())
    return kept(c, db, form, () => transact(db, c.var.actor, (tx) => setSetting(tx, parse(Setting, form))), 'Nilai ditetapkan.')
  })

  .post('/settings/ending', may('programme.configure'), async (c) => {
    const { validTo, ...setting } = await readForm(c, SettingEnding)
    transact(db, c.var.actor, (tx) => endSetting(tx, setting, validTo))
    return changed(c, `/programmes/settings?programme=${setting.programme}`, { message: 'Nilai diakhiri. Yang sudah memakainya tetap terbaca.' })
  })

  .post('/settings/words', may('programme.configure'), async (c) => {
    const form = plain(await c.req.parseBody())
    return kept(c, db, form, () => transact(db, c.var.actor, (tx) => addWord(tx, parse(Word, form))), 'Kata ditambahkan.')
  })

  .post('/settings/words/ending', may('programme.configure'), async (c) => {
    const form = await readForm(c, Ending)
    transact(db, c.var.actor, (tx) => endWord(tx, form))
    return changed(c, `/programmes/settings?programme=${form.programme}&list=${form.list}`, { message: 'Kata diakhiri. Yang sudah memakainya tetap terbaca.' })
  })

async function kept(c: Context<Env>, db: Db, form: Record<string, string>, work: () => void, message: string) {
  const { problem } = await attempt(work)
  const chosen = ProgrammeQuery.parse(form.programme)
  if (problem?.code === 'invalid' && chosen) return settingsPage(c, db, chosen, form, problem)
  if (problem) throw problem
  return changed(c, `/programmes/settings?programme=${chosen}`, { message })
}

const periodsPage = (c: Context<Env>, db: Db, typed: Record<string, string> = { id: crypto.randomUUID() }, problem?: Problem) =>
  page(c, 'Periode program', <PeriodsPage {...readPeriods(db, c.var.actor)} typed={typed} today={dayOf(now())} problem={problem} />, problem && { status: problem.status })

const settingsPage = (c: Context<Env>, db: Db, programme: ProgrammeCode, typed: Record<string, string> = {}, problem?: Problem) =>
  page(c, 'Ketentuan program', <SettingsPage readsProgrammes={can(c.var.actor, 'programme.read')} {...readSettings(db, c.var.actor, programme)} list={typed.list} today={dayOf(now())} typed={typed} problem={problem} />, problem && { status: problem.status })
