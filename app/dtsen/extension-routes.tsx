import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { listExtensions, switchOff, switchOn } from '#app/dtsen/extension.ts'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion, pickerLevels } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'
import { ExtensionPage, type ExtensionTyped } from '#views/dtsen/extension.tsx'

const NewPeriod = z.object({
  key: z.uuid(), region: pickedRegion, validFrom: z.iso.date('Isi tanggal mulai.'),
  validTo: z.union([z.literal('').transform(() => null), z.iso.date('Tanggal berakhir tidak terbaca.')]).default(null),
  source: z.string().trim().min(3, 'Tuliskan dasar pemberlakuannya, misalnya nomor surat.').max(200, 'Paling banyak 200 huruf.'),
})
const Query = z.object({ region: pickedRegion })

function extensionPage(c: Context<Env>, db: Db, typed: ExtensionTyped, problem?: Problem) {
  const today = dayOf(new Date().toISOString())
  const props = { periods: listExtensions(db, c.var.actor, today), levels: pickerLevels(db, { chosen: typed.region, deepest: 2 }), key: crypto.randomUUID(), typed, problem, today }
  return page(c, 'Isian tambahan DTSEN', <ExtensionPage {...props} />, { status: problem?.status })
}

// In which kabupaten the optional questions are asked, and when.
export const extensionRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('extension.manage'))
  .get('/', (c) => extensionPage(c, db, readQuery(c, Query)))

  .post('/', async (c) => {
    const fields = await c.req.parseBody({ all: true })
    const { problem } = await attempt(() => {
      const { key, region, ...period } = parse(NewPeriod, fields)
      transact(db, c.var.actor, (tx) => switchOn(tx, { id: key, regionCode: region, ...period }))
    })
    if (problem?.code === 'forbidden') throw problem
    if (problem) return extensionPage(c, db, { ...fields, region: pickedRegion.safeParse(fields.region).data ?? '' } as ExtensionTyped, problem)
    return changed(c, '/dtsen/extension', { message: 'Isian tambahan diberlakukan. Kunjungan yang dimulai pada masa itu memuatnya.' })
  })

  .post('/:id/ending', (c) => {
    transact(db, c.var.actor, (tx) => switchOff(tx, c.req.param('id')))
    return changed(c, '/dtsen/extension', { message: 'Isian tambahan diakhiri. Kunjungan yang sudah dimulai tetap memuatnya.' })
  })
