import { Hono } from 'hono'
import * as z from 'zod'
import { controlsOf, countsOf } from '#app/compliance/compliance.ts'
import { STATES } from '#app/compliance/control.ts'
import { csvHead, csvLines } from '#app/exports/csv-lines.ts'
import { page, readQuery, type Env } from '#app/http.tsx'
import { may } from '#app/users/may.ts'
import { CompliancePage } from '#views/compliance/compliance.tsx'
import { STATE_WORDS } from '#views/compliance/words.ts'
import { asCsv } from '#views/dtsen/csv.ts'

const Query = z.object({ standard: z.enum(['iso', 'asvs']).default('iso').catch('iso'), state: z.enum(STATES).optional().catch(undefined) })

// What two standards ask for and what the product has for it. About the product alone: no data of anybody.
export const complianceRoutes = () => new Hono<Env>()
  .use(may('compliance.read'))
  .get('/', (c) => {
    const { standard, state } = readQuery(c, Query)
    return page(c, 'Peta kendali keamanan', <CompliancePage standard={standard} state={state} counts={countsOf(standard)} controls={controlsOf(standard, state)} />, { wide: true })
  })

  .get('/table.csv', (c) => {
    const { standard, state } = readQuery(c, Query)
    const rows = controlsOf(standard, state).map((one) => [one.code, one.title, STATE_WORDS[one.state], one.does, one.paths.join(' '), one.tests.join(' '), one.gap])
    return c.body(csvHead(['kode', 'kendali', 'keadaan', 'yang dilakukan', 'kode program', 'tes', 'kekurangan']) + csvLines(rows), 200, asCsv(`peta-kendali-${standard}.csv`))
  })
