import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { explainFamily } from '#app/eligibility/explaining.ts'
import { ruleRoutes } from '#app/eligibility/rule-routes.tsx'
import { RULED, rulesFor, type Ruled, type Trial } from '#app/eligibility/rules.ts'
import { exitsIn, listRows, readResult } from '#app/eligibility/results.ts'
import { soonDone, workOnRuns } from '#app/eligibility/run-work.ts'
import { askForRun, cancelRun, listRuns, resumeRun } from '#app/eligibility/runs.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Problem } from '#app/problems.ts'
import { endingsOf } from '#app/programmes/endings.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { chosenPlace } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { ExplainPage } from '#views/eligibility/explain.tsx'
import { NewRunPage, type Typed } from '#views/eligibility/new.tsx'
import { RowsPage } from '#views/eligibility/rows.tsx'
import { RunPage, RunState } from '#views/eligibility/run.tsx'
import { RunsPage } from '#views/eligibility/runs.tsx'

const number = (most: number, wrong: string) => z.string().trim().regex(/^\d{0,9}$/, wrong).refine((text) => Number(text) <= most, wrong).default('').transform((text) => text === '' ? null : Number(text))
const Asked = z.object({
  key: z.uuid(), programme: z.enum(RULED, 'Pilih program.'), region: pickedRegion, name: z.string().trim().min(3, 'Beri nama perhitungan, paling pendek tiga huruf.').max(80, 'Paling panjang 80 huruf.'),
  mode: z.enum(['real', 'trial'], 'Pilih aturan yang dipakai.'), desilMax: number(10, 'Desil 1 sampai 10.'), ageMin: number(120, 'Umur 0 sampai 120.'), ageMax: number(120, 'Umur 0 sampai 120.'),
  needsComponent: z.string().optional(), excludesOccupations: z.string().optional(), quotaRegency: number(99_999_999, 'Isi dengan angka.'), quotaVillage: number(9_999_999, 'Isi dengan angka.'),
})
const Start = z.object({ programme: z.enum(RULED).catch('pkh'), region: pickedRegion })
const After = z.object({ after: z.string().regex(/^[\d:TZ.-]{20,30}~[\w-]{1,64}$/).optional().catch(undefined) })
const Region = z.object({ region: z.string().max(13).default('') })
const Rows = Region.extend({ reasons: z.string().regex(/^[a-z_,]{0,100}$/).default('').catch(''), kind: z.enum(['entry', 'exit']).catch('entry'), after: z.string().regex(/^[\d.]{13}~\d{1,9}$/).optional().catch(undefined) })

export const eligibilityRoutes = ({ db }: Deps) => new Hono<Env>()
  .route('/rules', ruleRoutes({ db }))
  .get('/', may('programme.simulate'), (c) => {
    const [askedAt, id] = readQuery(c, After).after?.split('~') ?? []
    return page(c, 'Kelayakan & simulasi', <RunsPage {...listRuns(db, c.var.actor, askedAt && id ? { askedAt, id } : undefined)} />)
  })

  .get('/new', may('programme.simulate'), (c) => {
    const { programme, region } = readQuery(c, Start)
    return newPage(c, db, programme, region, crypto.randomUUID())
  })

  .post('/runs', may('programme.simulate'), async (c) => {
    const typed = await readForm(c, z.looseObject({ key: z.uuid(), region: pickedRegion }))
    const { value, problem } = await attempt(() => {
      const { key, region, programme, name, mode, needsComponent, excludesOccupations, ...limits } = parse(Asked, typed)
      const trial: Trial = { ...limits, needsComponent: needsComponent === '1', excludesOccupations: excludesOccupations === '1' }
      return transact(db, c.var.actor, (tx) => askForRun(tx, { id: key, programme, region: chosenPlace(region, c.var.actor), name, ...(mode === 'trial' && { trial }) }))
    })
    if (problem?.code === 'invalid') return newPage(c, db, RULED.find((code) => code === typed.programme) ?? 'pkh', typed.region, typed.key, typed as Typed, problem)
    if (problem) throw problem
    workOnRuns(db)
    await soonDone(db)
    return changed(c, `/eligibility/runs/${value!.id}`)
  })

  .get('/runs/:id', may('programme.simulate'), (c) => {
    const result = readResult({ db, actor: c.var.actor }, c.req.param('id'), readQuery(c, Region).region)
    return page(c, result.run.name, () => <RunPage result={result} />, { part: () => <RunState result={result} />, wide: true })
  })

  .get('/runs/:id/rows', may('programme.simulate'), (c) => {
    const { kind, region, reasons, after } = readQuery(c, Rows)
    const [at, position] = after?.split('~') ?? []
    const rows = listRows({ db, actor: c.var.actor }, c.req.param('id'), { kind, region, reasons }, at ? { region: at, position: Number(position) } : undefined)
    return page(c, kind === 'entry' ? 'Yang masuk' : 'Yang keluar', <RowsPage {...rows} exits={kind === 'exit' ? exitsIn(db, rows.run, rows.place) : []} formKey={crypto.randomUUID()} endings={can(c.var.actor, 'programme.propose') ? endingsOf(db, rows.run.programme, dayOf(new Date().toISOString())) : undefined} />)
  })

  .post('/runs/:id/cancellation', may('programme.simulate'), (c) => {
    transact(db, c.var.actor, (tx) => cancelRun(tx, c.req.param('id')))
    return changed(c, `/eligibility/runs/${c.req.param('id')}`, { message: 'Perhitungan dihentikan. Kabupaten/kota yang sudah selesai tetap tersimpan.' })
  })

  .post('/runs/:id/resumption', may('programme.simulate'), (c) => {
    transact(db, c.var.actor, (tx) => resumeRun(tx, c.req.param('id')))
    workOnRuns(db)
    return changed(c, `/eligibility/runs/${c.req.param('id')}`, { message: 'Perhitungan dilanjutkan.' })
  })

  .get('/families/:household/:family{[0-9]{1,2}}', may('programme.read'), (c) => {
    const explanation = transact(db, c.var.actor, (tx) => explainFamily(tx, c.req.param('household'), Number(c.req.param('family'))))
    return page(c, 'Kelayakan keluarga', <ExplainPage explanation={explanation} />)
  })

function newPage(c: Context<Env>, db: Db, programme: Ruled, region: string, formKey: string, typed?: Typed, problem?: Problem) {
  const rules = rulesFor(db, programme, dayOf(new Date().toISOString()), chosenPlace(region, c.var.actor))
  return page(c, 'Hitung kelayakan', <NewRunPage programme={programme} rules={rules} choices={choicesFor(db, c.var.actor, region)} region={region} formKey={formKey} typed={typed} problem={problem} />,
    problem && { status: problem.status })
}

// Down to the kabupaten/kota: a quota is shared among its desa.
function choicesFor(db: Db, { regions }: Actor, chosen: string): PlaceChoices {
  const [own, ...more] = regions
  if (own !== undefined && more.length === 0) return { within: own, levels: own.length >= REGENCY ? [] : pickerLevels(db, { chosen, within: own, deepest: 2 }) }
  const names = regionNames(db, regions)
  return { own: regions.map((code) => ({ code, name: names.get(code)! })) }
}
