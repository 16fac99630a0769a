import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { endAnnouncement, listAnnouncements, readAnnouncement, writeAnnouncement } from '#app/announcements/announcements.ts'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readForm, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { addDays, dayIn } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { ROLES } from '#app/users/permissions.ts'
import { chosenPlace } from '#app/users/scope.ts'
import { transact } from '#db/transaction.ts'
import { AnnouncementForm } from '#views/announcements/form.tsx'
import { AnnouncementListPage } from '#views/announcements/list.tsx'

const List = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) })
const Written = z.object({
  id: z.uuid(), title: z.string('Isi judulnya.').trim().min(3, 'Isi judulnya.').max(120, 'Paling banyak 120 huruf.'), text: z.string('Isi pengumumannya.').trim().min(3, 'Isi pengumumannya.').max(1500, 'Paling banyak 1.500 huruf.'),
  untilOn: z.iso.date('Isi tanggal terakhirnya.'), region: pickedRegion, role: z.preprocess((posted) => posted === undefined ? [] : [posted].flat(), z.array(z.enum(ROLES))),
})
const From = z.object({ from: z.literal('list').optional().catch(undefined) })
const WEEK = 7

export const announcementRoutes = ({ db }: Deps) => {
  const form = (c: Context<Env, any>, fields: Record<string, unknown>, problem?: Problem) => {
    if (problem && problem.code !== 'invalid') throw problem
    const today = dayIn(c.var.actor.regions[0] ?? '', new Date().toISOString())
    const typed: Record<string, string> = { untilOn: addDays(today, WEEK), ...texts(fields, 'region') }
    return page(c, 'Tulis pengumuman', <AnnouncementForm typed={typed} roles={[fields.role ?? []].flat().map(String)} today={today} places={placeChoices(db, c.var.actor, typed.region ?? '')} problem={problem} />, { status: problem?.status })
  }

  return new Hono<Env>()
    .get('/', (c) => page(c, 'Pengumuman', <AnnouncementListPage {...listAnnouncements({ db, actor: c.var.actor }, new Date().toISOString(), readQuery(c, List).before)} />))
    .get('/new', may('announcement.write'), (c) => form(c, { ...c.req.queries(), id: crypto.randomUUID() }))
    .post('/', may('announcement.write'), async (c) => {
      const fields = await c.req.parseBody({ all: true })
      const { problem } = await attempt(() => {
        const { region, role, ...fresh } = parse(Written, fields)
        return transact(db, c.var.actor, (tx) => writeAnnouncement(tx, { ...fresh, roles: role, regionCode: chosenPlace(region, c.var.actor) }))
      })
      return problem ? form(c, fields, problem) : changed(c, '/announcements', { message: 'Pengumuman ditampilkan di Beranda mereka yang dituju.' })
    })
    .post('/:id/reading', async (c) => {
      const { from } = await readForm(c, From)
      transact(db, c.var.actor, (tx) => readAnnouncement(tx, c.req.param('id')))
      return changed(c, from ? '/announcements' : '/', { message: 'Ditandai sudah dibaca.' })
    })
    .post('/:id/ending', may('announcement.write'), (c) => {
      transact(db, c.var.actor, (tx) => endAnnouncement(tx, c.req.param('id')))
      return changed(c, '/announcements', { message: 'Pengumuman tidak ditampilkan lagi.' })
    })
}
