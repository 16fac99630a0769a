import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { listMoved, movementOf, stretchesOf } from '#app/pictures/movement.ts'
import { paymentsOf, PICTURED, placeName, reachOf, recordTable } from '#app/pictures/pictures.ts'
import { refreshReach } from '#app/pictures/reach.ts'
import { notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { movementCsv, paymentsCsv, reachCsv } from '#views/pictures/csv.ts'
import { MovedPage } from '#views/pictures/moved.tsx'
import { PicturesPage } from '#views/pictures/pictures.tsx'

const Where = z.object({ region: pickedRegion, programme: z.enum(PICTURED).catch('pkh'), by: z.enum(['month', 'period']).catch('month') })
const Moved = Where.extend({ key: z.string().max(80), way: z.enum(['in', 'out', 'paused']), after: z.coerce.number().int().min(0).optional().catch(undefined) })
const today = () => dayOf(new Date().toISOString())

// How far the programmes reach, who comes and goes, and what was paid: drawn, with the numbers under it.
export const pictureRoutes = ({ db }: Deps) => {
  const where = (c: Context<Env>) => readQuery(c, Where)
  const file = (c: Context<Env>, table: string, csv: string) => {
    const { region, programme } = where(c)
    transact(db, c.var.actor, (tx) => recordTable(tx, table, { region, programme }))
    return c.body(csv, 200, asCsv(`${table}-${programme}.csv`))
  }

  return new Hono<Env>()
    .use(may('programme.read'))

    .get('/', (c) => {
      const { actor } = c.var
      const asked = where(c)
      const reach = reachOf(db, actor, asked)
      if (reach.isStale) refreshReach(db)
      return page(c, 'Gambar program', <PicturesPage asked={asked} place={placeName(db, actor, asked.region)} choices={placeChoices(db, actor, asked.region)} reach={reach}
        movement={movementOf(db, actor, asked, asked.by, today())} payments={asked.programme === 'pbi' ? [] : paymentsOf(db, actor, asked)} now={new Date().toISOString()} />, { wide: true })
    })

    .get('/rows', (c) => {
      const { key, way, after, ...asked } = readQuery(c, Moved)
      const stretch = stretchesOf(db, c.var.actor, asked, asked.by, today()).find((one) => one.key === key)
      if (!stretch) throw notFound('Bulan atau periode')
      return page(c, 'Penerima yang masuk dan keluar', <MovedPage {...listMoved(db, c.var.actor, asked, stretch, way, after)} asked={asked} stretch={stretch} way={way} place={placeName(db, c.var.actor, asked.region)} />)
    })

    .get('/reach.csv', (c) => file(c, 'cakupan', reachCsv(reachOf(db, c.var.actor, where(c)))))
    .get('/movement.csv', (c) => file(c, 'masuk-keluar', movementCsv(movementOf(db, c.var.actor, where(c), where(c).by, today()))))
    .get('/payments.csv', (c) => file(c, 'penyaluran', paymentsCsv(paymentsOf(db, c.var.actor, where(c)))))
}
