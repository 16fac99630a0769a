import { Hono } from 'hono'
import * as z from 'zod'
import { attempt, changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { reachHousehold } from '#app/proposals/reaching.ts'
import { invalid } from '#app/problems.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { LookupPage } from '#views/proposals/lookup.tsx'
import { newHref } from '#views/proposals/links.ts'

const id = z.string().max(200).optional().transform((text) => text || undefined)
const Wanted = z.object({ kind: z.enum(['marriage', 'member_move', 'household_move']).catch('household_move'), household: id, report: id, comes: z.enum(['', '1']).catch('') })
const Asking = Wanted.extend({ key: z.uuid(), number: z.string().max(60) })
const NOTHING = 'Tidak ada rumah tangga aktif dengan nomor ini, atau nomor ini tercatat di lebih dari satu rumah tangga. Periksa angkanya.'

// Beyond one's own places: by an exact number only.
export const householdLookupRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('proposal.reach'))
  .get('/', (c) => page(c, 'Cari rumah tangga di desa lain', <LookupPage {...readQuery(c, Wanted)} formKey={crypto.randomUUID()} />))

  .post('/', async (c) => {
    const { key, number, kind, household, report, comes } = await readForm(c, Asking)
    const { value, problem } = await attempt(() => {
      const found = transact(db, c.var.actor, (tx) => reachHousehold(tx, key, number))
      // Said after it was counted.
      if (!found) throw invalid({ number: NOTHING })
      return found
    })
    if (problem && problem.code !== 'invalid') throw problem
    if (problem) return page(c, 'Cari rumah tangga di desa lain', <LookupPage {...{ kind, household, report, comes, problem }} formKey={crypto.randomUUID()} />, { status: problem.status })
    return changed(c, newHref(kind, { household, report, ...formOf(kind, value, { household, comes }) }))
  })

// A household of one's own places needs no ticket; one that comes is then the first of the two.
function formOf(kind: string, found: { own: string } | { ticket: string }, { household, comes }: { household?: string, comes: string }): Record<string, string | undefined> {
  const coming = kind === 'marriage' && comes === '1'
  if ('ticket' in found) return { reached: found.ticket, ...(coming && { comes }) }
  if (kind === 'household_move') return { household: found.own }
  return coming ? { household: found.own, other: household } : { other: found.own }
}
