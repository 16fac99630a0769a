import { Hono } from 'hono'
import * as z from 'zod'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { KINDS, readOverview } from '#app/integrity/overview.ts'
import { lastJudged, listFailing } from '#app/integrity/work-list.ts'
import { pathTo } from '#app/regions/regions.ts'
import { can } from '#app/users/permissions.ts'
import { isWithin } from '#app/users/scope.ts'
import { may } from '#app/users/may.ts'
import { FailingPage } from '#views/integrity/work-list.tsx'
import { IntegrityPage, JudgedPart, listHref } from '#views/integrity/overview.tsx'

const CODE = /^(\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?)?$/
const region = z.string().regex(CODE, 'Kode wilayah tidak dikenal.').default('')
const Overview = z.object({ region })
const List = z.object({
  region, gate: z.enum(KINDS).optional().or(z.literal('').transform(() => undefined)).catch(undefined),
  after: z.string().regex(/^[\d.]{2,13}~\d{1,12}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [code = '', number = '0'] = text.split('~')
    return { region: code, number: Number(number) }
  }).optional(),
})

// The five criteria, live: counts per place and the work list behind every count.
export const integrityRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('integrity.read'))

  .get('/', (c) => {
    const overview = readOverview(db, c.var.actor, readQuery(c, Overview).region)
    return page(c, 'Integritas data', <IntegrityPage overview={overview} lastJudged={lastJudged(db)} now={new Date().toISOString()} />, { wide: true })
  })

  .get('/progress', (c) => {
    const overview = readOverview(db, c.var.actor, '')
    const part = () => <JudgedPart overview={overview} lastJudged={lastJudged(db)} now={new Date().toISOString()} />
    return page(c, 'Kemajuan penilaian', part, { part })
  })

  .get('/households', (c) => {
    const { region: code, gate, after } = readQuery(c, List)
    const { next, ...found } = listFailing(db, c.var.actor, { region: code, kind: gate }, after)
    const nextHref = next && `${listHref(code, gate)}&after=${next.region}~${next.number}`
    const trail = pathTo(db, code).slice(0, -1).filter((place) => isWithin(place.code, c.var.actor)).map((place) => ({ href: `/integrity?region=${place.code}`, label: place.name }))
    return page(c, `Daftar kerja ${found.name}`, <FailingPage {...found} region={code} kind={gate} nextHref={nextHref} trail={trail}
      proposes={can(c.var.actor, 'proposal.submit')} now={new Date().toISOString()} />, { wide: true })
  })
