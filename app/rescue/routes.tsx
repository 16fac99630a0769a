import { Hono } from 'hono'
import * as z from 'zod'
import { placeChoices } from '#app/households/place-choices.ts'
import { page, readQuery, type Deps, type Env } from '#app/http.tsx'
import { pickedRegion } from '#app/regions/picker.ts'
import { workOnRescue } from '#app/rescue/building.ts'
import { listCases, printCases } from '#app/rescue/cases.ts'
import { readRescue } from '#app/rescue/overview.ts'
import { can } from '#app/users/permissions.ts'
import { may } from '#app/users/may.ts'
import { transact } from '#db/transaction.ts'
import { RescuePage } from '#views/rescue/overview.tsx'
import { RescuePaper } from '#views/rescue/paper.tsx'
import { VillagePage } from '#views/rescue/village.tsx'
import { REASONS } from '#views/rescue/labels.ts'

const Where = z.object({ region: pickedRegion })
const List = z.object({
  show: z.enum(['open', 'saved']).catch('open'), reason: z.enum(REASONS).optional().catch(undefined), after: z.string().max(120).optional().catch(undefined),
})

export const rescueRoutes = ({ db }: Deps) => new Hono<Env>()
  .use(may('rescue.read'))
  .get('/', (c) => {
    const { actor } = c.var
    const { region } = readQuery(c, Where)
    const now = new Date().toISOString()
    const reading = readRescue(db, actor, region, now)
    // A cut-off nobody has looked at yet: the list begins with its first reader.
    if (reading.kind === 'list' && reading.list.status === 'building') workOnRescue(db)
    return page(c, 'Daftar penyelamatan', <RescuePage reading={reading} region={region} choices={placeChoices(db, actor, region)} now={now}
      mayExport={can(actor, 'export.make')} seesPeriods={can(actor, 'period.read')} />)
  })

  .get('/:desa{[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}}', (c) => {
    const filter = readQuery(c, List)
    const now = new Date().toISOString()
    const list = listCases(db, c.var.actor, c.req.param('desa'), now, filter)
    return page(c, `Penyelamatan ${list.village.name}`, <VillagePage {...list} filter={filter} actor={c.var.actor} now={now} />)
  })

  .get('/:desa{[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}}/print', (c) => {
    const paper = transact(db, c.var.actor, (tx) => printCases(tx, c.req.param('desa')))
    return page(c, `Daftar penyelamatan ${paper.village.name}`, <RescuePaper paper={paper} actor={c.var.actor} />)
  })
