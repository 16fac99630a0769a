import { Hono } from 'hono'
import * as z from 'zod'
import { openHeldCase } from '#app/deliveries/case.ts'
import { countHeld, listHeld } from '#app/deliveries/held.ts'
import { settleDelivery } from '#app/deliveries/settling.ts'
import { changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import { optional } from '#app/optional.ts'
import { parsePath } from '#app/questionnaire/record.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { HeldCasePage } from '#views/deliveries/case.tsx'
import { HeldPage } from '#views/deliveries/list.tsx'

const List = z.object({
  after: optional(z.string().regex(/^[\d:.TZ-]{1,30}~[\w-]{1,64}$/, 'Tempat dalam daftar tidak dikenal.').transform((text) => {
    const [receivedAt = '', id = ''] = text.split('~')
    return { receivedAt, id }
  })),
})
const Basis = z.object({
  key: z.uuid(), decision: z.enum(['choose', 'use', 'close'], 'Pilih keputusan.'), seen: z.string().max(300),
  note: z.string().trim().min(1, 'Tuliskan alasan keputusan ini. Petugas akan membacanya.').max(1000, 'Alasan paling panjang 1.000 huruf.'),
})
const Choices = z.record(z.string().refine((path) => parsePath(path), 'Isian tidak dikenal.'), z.enum(['ours', 'theirs'], 'Pilih salah satu jawaban.'))

// For people. The same address serves the phones (routes.ts), so the right stands at each route.
export const heldRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('delivery.settle'), (c) => {
    const { after } = readQuery(c, List)
    return page(c, 'Kiriman ditahan', <HeldPage {...listHeld(db, c.var.actor, after)} waiting={countHeld(db, c.var.actor)} now={new Date().toISOString()} />)
  })

  .get('/:id/case', may('delivery.settle'), (c) => {
    const found = transact(db, c.var.actor, (tx) => openHeldCase(tx, c.req.param('id')))
    return page(c, found.headName, <HeldCasePage found={found} formKey={crypto.randomUUID()} />, { wide: true })
  })

  .post('/:id/settlement', may('delivery.settle'), async (c) => {
    const form = Object.entries(await readForm(c, z.record(z.string(), z.any()))).map(([name, value]) => [name, [value].flat()[0]] as const)
    const choices = form.flatMap(([name, value]) => name.startsWith('choice.') ? [[name.slice('choice.'.length), value]] : [])
    const settlement = { ...parse(Basis, Object.fromEntries(form)), choices: parse(Choices, Object.fromEntries(choices)) }
    const { status } = transact(db, c.var.actor, (tx) => settleDelivery(tx, c.req.param('id'), settlement))
    return changed(c, '/deliveries', { message: status === 'closed' ? 'Kiriman ditutup tanpa dipakai. Isinya tetap tersimpan.' : 'Kiriman diterima dan menunggu pemeriksaan.' })
  })
