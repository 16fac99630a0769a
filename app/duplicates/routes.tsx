import { Hono } from 'hono'
import * as z from 'zod'
import { openPair } from '#app/duplicates/case.ts'
import { countOpenPairs, listPairs } from '#app/duplicates/list.ts'
import { readRun, startRun } from '#app/duplicates/running.ts'
import { settlePair, type Settled } from '#app/duplicates/settling.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { changed, page, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import { transact } from '#db/transaction.ts'
import { PairPage } from '#views/duplicates/case.tsx'
import { PairsPage, pairsQuery, RunPart } from '#views/duplicates/list.tsx'

const List = z.object({
  status: z.enum(['open', 'returned', 'merging', 'apart', 'gone']).catch('open'),
  kind: z.enum(['nik', 'kk', 'person']).optional().catch(undefined), region: pickedRegion,
  after: z.string().regex(/^\d{1,3}~\d{1,12}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [score = 0, number = 0] = text.split('~').map(Number)
    return { score, number }
  }).optional(),
})
const side = z.enum(['one', 'other'], 'Pilih salah satu.').optional()
const Decision = z.object({
  key: z.uuid(), proposalId: z.uuid(), seen: z.string().max(300), decision: z.enum(['merge', 'apart', 'return'], 'Pilih keputusan.'), keep: side, to: side,
  member: z.string().regex(/^[\da-f]{0,16}$/, 'Pilih siapa yang ganda.').default(''),
  note: z.string().trim().min(1, 'Tuliskan alasan keputusan ini.').max(1000, 'Alasan paling panjang 1.000 huruf.'),
})
const Run = z.object({ key: z.uuid() })

// People and families that are in the register twice: found in the background, decided here.
export const duplicateRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('duplicate.read'))

  .get('/', (c) => {
    const { after, ...filter } = readQuery(c, List)
    const { pairs, next } = listPairs(db, c.var.actor, filter, after)
    return page(c, 'Data ganda', <PairsPage pairs={pairs} filter={filter} nextHref={next && `/duplicates${pairsQuery(filter, next)}`} waiting={countOpenPairs(db, c.var.actor)}
      places={placeChoices(db, c.var.actor, filter.region)} run={readRun(db, c.var.actor)} runs={can(c.var.actor, 'duplicate.run')} formKey={crypto.randomUUID()} now={new Date().toISOString()} />, { wide: true })
  })

  .get('/run', (c) => {
    const part = () => <RunPart run={readRun(db, c.var.actor)} now={new Date().toISOString()} />
    return page(c, 'Pencarian data ganda', part, { part })
  })

  .post('/run', may('duplicate.run'), async (c) => {
    const { key } = await readForm(c, Run)
    transact(db, c.var.actor, (tx) => startRun(tx, key))
    return changed(c, '/duplicates', { message: 'Seluruh data sedang diperiksa ulang di belakang layar.' })
  })

  .get('/:id', (c) => {
    const found = transact(db, c.var.actor, (tx) => openPair(tx, c.req.param('id')))
    return page(c, 'Dua data yang mirip', <PairPage found={found} formKey={crypto.randomUUID()} proposalId={crypto.randomUUID()} now={new Date().toISOString()} />, { wide: true })
  })

  .post('/:id/decision', may('duplicate.settle'), async (c) => {
    const settlement = await readForm(c, Decision)
    const settled = transact(db, c.var.actor, (tx) => settlePair(tx, c.req.param('id'), settlement))
    return changed(c, settled.proposalId ? `/proposals/${settled.proposalId}` : '/duplicates', { message: wordsOf(settled) })
  })

const wordsOf = ({ status, waitsForOther }: Settled) => waitsForOther ? 'Pendapat Anda disimpan. Pasangan ini terpisah setelah wilayah yang lain juga menyatakannya.' : DONE[status]

const DONE: Record<Settled['status'], string> = {
  apart: 'Disimpan: dua orang yang berbeda. Pasangan ini tidak diusulkan lagi.',
  returned: 'Dikembalikan ke desa dengan catatan Anda.',
  merging: 'Rancangan usulan dibuat. Lengkapi buktinya, lalu ajukan.',
  open: 'Keputusan disimpan.', gone: 'Keputusan disimpan.',
}
