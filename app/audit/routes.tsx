import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import * as z from 'zod'
import { anchorLines, compareAnchors, everyAnchor, listAnchors, readAnchors, takeTrail } from '#app/audit/anchors.ts'
import { actionsDone, lastVerification, listAudit, verifyAudit } from '#app/audit/audit.ts'
import { streamed } from '#app/exports/streaming.ts'
import { attempt, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { AnchorsPage } from '#views/audit/anchors.tsx'
import { AuditPage, AuditTable } from '#views/audit/audit.tsx'
import { VerdictPage } from '#views/audit/verdict.tsx'
import { asFile } from '#views/dtsen/csv.ts'

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
      () => <AuditPage lines={lines} nextHref={nextHref} filter={filter} actions={actionsDone(db)} verification={lastVerification(db)} />,
      { part: () => <AuditTable lines={lines} nextHref={nextHref} />, wide: true })
  })

  .post('/verification', async (c) => {
    const verdict = await verifyAudit(db, c.var.actor)
    return page(c, 'Pemeriksaan rantai', <VerdictPage verdict={verdict} />)
  })

  .get('/anchors', (c) => page(c, 'Segel harian', <AnchorsPage {...listAnchors(db, c.var.actor, readQuery(c, Older).before)} mayTake={can(c.var.actor, 'audit.export')} />))

  .post('/anchors', may('audit.read'), async (c) => {
    const { anchors: typed } = await readForm(c, Kept)
    const { value: compared, problem } = await attempt(() => compareAnchors(db, c.var.actor, readAnchors(typed)))
    return page(c, 'Segel harian', <AnchorsPage {...listAnchors(db, c.var.actor)} mayTake={can(c.var.actor, 'audit.export')} compared={compared} typed={typed} problem={problem} />, { status: problem?.status })
  })

  .get('/anchors.txt', (c) => c.body(streamed('', everyAnchor(db, c.var.actor), anchorLines), 200, asFile('segel.txt', 'text/plain; charset=utf-8')))

  .get('/trail.jsonl', may('audit.export'), (c) => {
    const lines = transact(db, c.var.actor, takeTrail)
    return c.body(streamed('', lines, (line) => `${JSON.stringify(line)}\n`), 200, asFile('jejak-audit.jsonl', 'application/jsonl'))
  })

  .get('/periksa-jejak.js', may('audit.read'), (c) => c.body(readFileSync('app/audit/standalone.js', 'utf8'), 200, asFile('periksa-jejak.js', 'text/javascript; charset=utf-8')))

// Thirty years of them.
const Kept = z.object({ anchors: z.string().max(1_000_000, 'Terlalu panjang. Tempel paling banyak 1.000.000 huruf sekaligus.') })
const Older = z.object({ before: day })

function olderPage(url: string, before: number) {
  const { searchParams } = new URL(url)
  searchParams.set('before', String(before))
  return `/audit?${searchParams}`
}
