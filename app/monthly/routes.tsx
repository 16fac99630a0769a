import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { recordTable } from '#app/dashboards/downloads.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { readMonth } from '#app/monthly/monthly.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { asCsv } from '#views/dtsen/csv.ts'
import { monthlyCsv } from '#views/monthly/csv.ts'
import { MonthlyPage } from '#views/monthly/page.tsx'

const Asked = z.object({ region: pickedRegion, month: z.string().default('').refine((text) => text === '' || /^20\d\d-(0[1-9]|1[0-2])$/.test(text), 'Pilih bulan dari daftar.') })

// What an office reports each month: sums only, nobody by name.
export const monthlyRoutes = ({ db }: Deps) => {
  const read = (c: Context<Env>) => readMonth(db, c.var.actor, readQuery(c, Asked))
  // A sheet to sign and a file to send on leave the house: both are on record.
  const record = (c: Context<Env>, { place, month, rows }: ReturnType<typeof read>, as: string) =>
    transact(db, c.var.actor, (tx) => recordTable(tx, 'monthly', { region: place.code, month, rows: rows.length, as }))
  return new Hono<Env>()
    .use(may('monthly.read'))
    .get('/', (c) => {
      const report = read(c)
      record(c, report, 'sheet')
      return page(c, 'Laporan bulanan', <MonthlyPage report={report} choices={placeChoices(db, c.var.actor, report.place.code)} />, { wide: true })
    })
    .get('/report.csv', (c) => {
      const report = read(c)
      record(c, report, 'csv')
      return c.body(monthlyCsv(report), 200, asCsv(`laporan-bulanan-${report.month}.csv`))
    })
}
