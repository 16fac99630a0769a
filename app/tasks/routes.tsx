import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { placeChoices } from '#app/households/place-choices.ts'
import { attempt, changed, page, parse, readQuery, type Deps, type Env } from '#app/http.tsx'
import type { Problem } from '#app/problems.ts'
import { addDays, dayIn } from '#app/questionnaire/age.ts'
import { pickedRegion } from '#app/regions/picker.ts'
import { assigneesFor } from '#app/users/people.ts'
import { countMine, listTasks, SHOWS, viewTask } from '#app/tasks/list.ts'
import { findSubject, readAbout } from '#app/tasks/subjects.ts'
import { handOn, makeTask, moveTask, noteTask, TASK_STATUSES } from '#app/tasks/tasks.ts'
import { texts } from '#app/typed.ts'
import { may } from '#app/users/may.ts'
import { can } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { transact, type Tx } from '#db/transaction.ts'
import { TaskPage } from '#views/tasks/detail.tsx'
import { NewTaskPage } from '#views/tasks/form.tsx'
import { TasksPage } from '#views/tasks/list.tsx'

const List = z.object({
  show: z.enum(SHOWS).catch('mine'), region: pickedRegion,
  after: z.string().regex(/^\d{4}-\d{2}-\d{2}~\d{1,12}$/).optional().catch(undefined).transform((text) => {
    const [dueOn = '', number = ''] = text?.split('~') ?? []
    return text ? { dueOn, number: Number(number) } : undefined
  }),
})
const about = z.string().max(80).optional().transform(readAbout)
const note = z.string().trim().max(1000, 'Paling banyak 1.000 huruf.').default('')
const Made = z.object({
  id: z.uuid(), title: z.string('Isi tugasnya.').trim().min(3, 'Isi tugasnya.').max(120, 'Paling banyak 120 huruf.'), text: note, about,
  assigneeId: z.string('Pilih untuk siapa.').min(1, 'Pilih untuk siapa.').max(64), dueOn: z.iso.date('Isi tanggal selesai.'),
})
const act = { key: z.uuid(), revision: z.coerce.number().int().min(1), note }
const Moved = z.object({ ...act, status: z.enum(TASK_STATUSES, 'Pilih langkahnya.') })
const Handed = z.object({ ...act, assigneeId: z.string('Pilih untuk siapa.').min(1, 'Pilih untuk siapa.').max(64), dueOn: z.iso.date('Isi tanggal selesai.') })
const Noted = z.object(act)

type Ctx = Context<Env, any>
const today = (c: Ctx) => dayIn(c.var.actor.regions[0] ?? '', new Date().toISOString())

export const taskRoutes = ({ db }: Deps) => new Hono<Env>()
  .get('/', may('task.read'), (c) => {
    const { after, ...asked } = readQuery(c, List)
    const { actor } = c.var
    const mayGive = can(actor, 'task.write')
    const filter = { ...asked, show: !mayGive && (asked.show === 'made' || asked.show === 'place') ? 'mine' as const : asked.show }
    return page(c, 'Tugas', <TasksPage {...listTasks(db, actor, filter, after, today(c))} filter={filter} mine={countMine(db, actor)} place={placeChoices(db, actor, filter.region)} mayGive={mayGive} />)
  })

  .get('/new', may('task.write'), (c) => {
    const { for: assigneeId = '', ...typed } = c.req.query()
    return making(c, db, { dueOn: addDays(today(c), 7), ...typed, assigneeId, id: crypto.randomUUID() })
  })

  .post('/', may('task.write'), async (c) => {
    const typed = texts(await c.req.parseBody())
    const { problem, value } = await attempt(() => transact(db, c.var.actor, (tx) => makeTask(tx, parse(Made, typed))))
    if (problem && problem.code !== 'invalid') throw problem
    return problem ? making(c, db, typed, problem) : changed(c, `/tasks/${value!.id}`, { message: 'Tugas dibuat. Penerimanya melihatnya di beranda.' })
  })

  .get('/:id', may('task.read'), (c) => show(c, db))
  .post('/:id/step', may('task.read'), async (c) => done(c, db, Moved, moveTask, 'Keadaan tugas disimpan.'))
  .post('/:id/handing', may('task.write'), async (c) => done(c, db, Handed, handOn, 'Tugas diubah.'))
  .post('/:id/notes', may('task.read'), async (c) => done(c, db, Noted, noteTask, 'Catatan disimpan.'))

async function done<S extends z.ZodType>(c: Ctx, db: Db, schema: S, operation: (tx: Tx, id: string, form: z.output<S>) => unknown, message: string) {
  const id = c.req.param('id')!
  const typed = texts(await c.req.parseBody())
  const { problem } = await attempt(() => transact(db, c.var.actor, (tx) => operation(tx, id, parse(schema, typed))))
  if (problem && problem.code !== 'invalid') throw problem
  return problem ? show(c, db, problem) : changed(c, `/tasks/${id}`, { message })
}

function show(c: Ctx, db: Db, problem?: Problem) {
  const view = viewTask(db, c.var.actor, c.req.param('id')!)
  return page(c, view.task.title, <TaskPage view={view} formKey={crypto.randomUUID()} problem={problem} today={today(c)} isOwn={view.task.assigneeId === c.var.actor.id} />, { status: problem?.status })
}

// What it is about is looked up in the maker's places; what is not there is not found.
function making(c: Ctx, db: Db, typed: Record<string, string>, problem?: Problem) {
  const given = readAbout(typed.about)
  const subject = given && findSubject({ db, actor: c.var.actor }, given)
  return page(c, 'Buat tugas', <NewTaskPage typed={typed} subject={subject} assignees={assigneesFor(db, c.var.actor, subject?.regionCode)} problem={problem} />, { status: problem?.status })
}
