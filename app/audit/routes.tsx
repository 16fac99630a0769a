import { Hono } from 'hono'
import * as z from 'zod'
import { actionsDone, lastVerification, listAudit, verifyAudit } from '#app/audit/audit.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { AuditPage, AuditTable } from '#views/audit/audit.tsx'
import { VerdictPage } from '#views/audit/verdict.tsx'

const day = z.iso.date().optional().or(z.literal('').transform(() => undefined)).catch(undefined)
const Search = z.object({
  actor: z.string().trim().max(60).default(''), action: z.string().max(60).default(''), subject: z.string().trim().max(80).default(''),
  from: day, to: day, before: z.coerce.number().int().positive().optional().catch(undefined),
})

export const auditRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', (c) => {
    const filter = readQuery(c, Search)
    const { lines, next } = listAudit(db, c.var.actor, filter)
    const nextHref = next === undefined ? undefined : olderPage(c.req.url, next)
    return page(c, 'Jejak audit',
      <AuditPage lines={lines} nextHref={nextHref} filter={filter} actions={actionsDone(db)} verification={lastVerification(db)} />,
      { part: <AuditTable lines={lines} nextHref={nextHref} />, wide: true })
  })

  .post('/verification', async (c) => {
    const verdict = await verifyAudit(db, c.var.actor)
    return page(c, 'Pemeriksaan rantai', <VerdictPage verdict={verdict} />)
  })

function olderPage(url: string, before: number) {
  const { searchParams } = new URL(url)
  searchParams.set('before', String(before))
  return `/audit?${searchParams}`
}
