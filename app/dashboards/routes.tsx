import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { standingOf } from '#app/dashboards/counts.ts'
import { recordTable } from '#app/dashboards/downloads.ts'
import { listsOfficers, pageOfOfficers, readOfficer, readOfficers } from '#app/dashboards/officers.ts'
import { placeFor } from '#app/dashboards/places.ts'
import { readProgress, type Asked } from '#app/dashboards/progress.ts'
import { rangeOf } from '#app/dashboards/ranges.ts'
import { readResults } from '#app/dashboards/results.ts'
import { readReturns } from '#app/dashboards/returns.ts'
import { listLacking, listRemarked, listWaiting } from '#app/dashboards/rows.ts'
import { readWaiting } from '#app/dashboards/waiting.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { STAGES } from '#app/households/stages.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { notFound } from '#app/problems.ts'
import { dayOf, isDate } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { completenessCsv, daysCsv, officersCsv, outcomesCsv, progressCsv, reasonsCsv, returnsCsv, stagesCsv } from '#views/dashboards/csv.ts'
import type { FrameProps } from '#views/dashboards/frame.tsx'
import { OfficerPage, OfficersPage } from '#views/dashboards/officers.tsx'
import { ProgressPage } from '#views/dashboards/progress.tsx'
import { ResultsPage } from '#views/dashboards/results.tsx'
import { ReturnsPage } from '#views/dashboards/returns.tsx'
import { RowsPage, type Behind } from '#views/dashboards/rows.tsx'
import { StagesPage } from '#views/dashboards/stages.tsx'
import { asCsv } from '#views/dtsen/csv.ts'

const day = z.string().trim().default('').refine((text) => text === '' || isDate(text), 'Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-11-30.')
const Where = z.object({ region: pickedRegion, period: z.string().max(80, 'Waktu ini tidak dikenal.').default(''), from: day, to: day })
const After = z.object({ after: z.string().max(100).default('') })
const Rows = Where.extend({
  stage: z.enum(STAGES, 'Tahap tidak dikenal.').optional(), days: z.coerce.number().int().min(0).max(3650).default(7), lack: z.string().regex(/^[a-z]{1,20}$/, 'Blok tidak dikenal.').optional(),
  question: z.string().regex(/^(household|families|members|children|businesses)\.\w{1,60}$/, 'Isian tidak dikenal.').optional(), after: z.string().max(60).default(''),
})

// How far the work is, and what it waits for: counted behind the requests, read here.
export const dashboardRoutes = ({ db }: Deps) => {
  const ask = (c: Context<Env>): FrameProps & { asked: Asked } => {
    const where = readQuery(c, Where)
    const now = new Date().toISOString()
    const place = placeFor(db, c.var.actor, where.region)
    const today = dayOf(now, zoneOf(place.codes[0] ?? ''))
    const range = rangeOf(db, place.codes[0] ?? '', where, today)
    const standing = standingOf(db, now)
    return { where, place, range, standing, choices: placeChoices(db, c.var.actor, where.region), asked: { round: standing.round, place, range, today } }
  }

  const tables = new Map<string, (asked: Asked, c: Context<Env>) => string | Promise<string>>([
    ['progress', (asked) => progressCsv(readProgress(db, asked).parts)], ['stages', (asked) => stagesCsv(readWaiting(db, asked).waiting)],
    ['days', (asked, c) => daysCsv(c.req.query('officer') ? readOfficer(db, c.var.actor, asked, c.req.query('officer')!).days : readProgress(db, asked).days)],
    ['outcomes', (asked) => outcomesCsv(readResults(db, asked).rows)], ['completeness', (asked) => completenessCsv(readResults(db, asked).rows)],
    ['returns', (asked) => returnsCsv(readReturns(db, asked).parts)], ['reasons', (asked) => reasonsCsv(readReturns(db, asked).reasons)],
    ['officers', async (asked, c) => officersCsv(await readOfficers(db, c.var.actor, asked))],
  ])

  return new Hono<Env>()
    .use(may('dashboard.read'))

    .get('/', async (c) => {
      const { asked, ...frame } = ask(c)
      const officers = asked.place.isVillage ? await readOfficers(db, c.var.actor, asked) : []
      return page(c, `Dasbor ${frame.place.name}`, <ProgressPage frame={frame} data={{ ...readProgress(db, asked), officers }} />, { wide: true })
    })

    .get('/stages', (c) => {
      const { asked, ...frame } = ask(c)
      return page(c, `Tahap ${frame.place.name}`, <StagesPage frame={frame} {...readWaiting(db, asked)} actor={c.var.actor} />, { wide: true })
    })

    .get('/results', (c) => {
      const { asked, ...frame } = ask(c)
      return page(c, `Hasil ${frame.place.name}`, <ResultsPage frame={frame} {...readResults(db, asked)} />, { wide: true })
    })

    .get('/returns', async (c) => {
      const { asked, ...frame } = ask(c)
      const officers = await readOfficers(db, c.var.actor, asked)
      return page(c, `Pengembalian ${frame.place.name}`, <ReturnsPage frame={frame} {...readReturns(db, asked)} officers={officers} />, { wide: true })
    })

    .get('/officers', async (c) => {
      const { asked, ...frame } = ask(c)
      const shown = pageOfOfficers(await readOfficers(db, c.var.actor, asked), readQuery(c, After).after)
      return page(c, `Petugas ${frame.place.name}`, <OfficersPage frame={frame} {...shown} isListed={listsOfficers(asked.place)} />, { wide: true })
    })

    .get('/officers/:id', (c) => {
      const { asked, ...frame } = ask(c)
      const found = readOfficer(db, c.var.actor, asked, c.req.param('id'))
      return page(c, found.officer.name, <OfficerPage frame={frame} {...found} />, { wide: true })
    })

    .get('/rows', (c) => {
      const { stage, days, lack, question, after } = readQuery(c, Rows)
      const { asked: { place, range, today }, where } = ask(c)
      if (!place.isVillage) throw notFound('Desa')
      const behind: Behind | undefined = stage ? { stage, days } : lack ? { lack } : question ? { question } : undefined
      if (!behind) throw notFound('Daftar')
      const found = 'stage' in behind ? listWaiting(db, place.code, behind.stage, { days, today, after })
        : 'lack' in behind ? listLacking(db, place.code, behind.lack, { ...range, after }) : listRemarked(db, place.code, behind.question, { ...range, after })
      return page(c, 'Rumah tangga di balik angka', <RowsPage {...found} where={{ ...where, region: place.code }} behind={behind} village={place.name} actor={c.var.actor} />)
    })

    .get('/:table{[a-z]{1,20}\\.csv}', async (c) => {
      const { asked } = ask(c)
      const name = c.req.param('table').replace('.csv', '')
      const make = tables.get(name)
      if (!make) throw notFound('Tabel')
      transact(db, c.var.actor, (tx) => recordTable(tx, name, { region: asked.place.code, from: asked.range.from, to: asked.range.to }))
      return c.body(await make(asked, c), 200, asCsv(`dasbor-${name}.csv`))
    })
}
