import { Hono } from 'hono'
import * as z from 'zod'
import { csvHead, csvLines } from '#app/exports/csv-lines.ts'
import { recordTable } from '#app/dashboards/downloads.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { newbornPage } from '#app/pbi/newborns.ts'
import { readQuota } from '#app/pbi/quota.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { NewbornView } from '#views/pbi/newborn.tsx'
import { QuotaView } from '#views/pbi/quota.tsx'

const Where = z.object({ region: pickedRegion })
const Asked = z.object({ name: z.string().trim().max(100, 'Paling banyak 100 huruf.').default(''), birthDate: z.string().trim().max(10).default('') })
const now = () => new Date().toISOString()

export const pbiRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/quota', may('programme.read'), (c) => {
    const { region } = readQuery(c, Where)
    return page(c, 'Kuota PBI-JK', <QuotaView quota={readQuota(db, c.var.actor, region, now())} place={placeChoices(db, c.var.actor, region)} query={region && `?region=${region}`} />)
  })

  .get('/quota.csv', may('programme.read'), (c) => {
    const { regencies, villages } = readQuota(db, c.var.actor, readQuery(c, Where).region, now())
    const rows = [...regencies, ...villages].map(({ code, name, quota, used, waiting, free }) => [code, name, quota ?? null, used, waiting, free ?? null])
    transact(db, c.var.actor, (tx) => recordTable(tx, 'pbi-quota', { region: readQuery(c, Where).region, rows: rows.length }))
    return c.body(csvHead(['kode', 'wilayah', 'kuota', 'aktif', 'menunggu', 'tersedia']) + csvLines(rows), 200, asCsv('kuota-pbi-jk.csv'))
  })

  .get('/newborns/:recipient', may('programme.propose'), (c) => {
    const found = newbornPage({ db, actor: c.var.actor }, c.req.param('recipient'), readQuery(c, Asked), now())
    return page(c, 'Usulkan bayi peserta', <NewbornView found={found} />)
  })
