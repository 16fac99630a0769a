import { and, asc, count, desc, eq, inArray, lt, sql, type SQL } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import { isGiver, getTask, isOpen, readable, stepsOpen } from '#app/tasks/tasks.ts'
import { findSubject, type Subject } from '#app/tasks/subjects.ts'
import { assigneesFor, userNames } from '#app/users/people.ts'
import { Problem } from '#app/problems.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { tasks, taskSteps } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export const SHOWS = ['mine', 'made', 'place', 'done'] as const
export type Show = typeof SHOWS[number]
export type TaskFilter = { show: Show, region: string }
export type TaskPlace = { dueOn: string, number: number }
export type ListedTask = ReturnType<typeof listTasks>['tasks'][number]

const PAGE = 50
const OPEN = inArray(tasks.status, ['new', 'working'])

// What is due first stands first; of what is done, the newest.
export function listTasks(db: Db, actor: Actor, { show, region }: TaskFilter, after?: TaskPlace, today = '') {
  demand(actor, 'task.read')
  const done = show === 'done'
  const place = sql`(${tasks.dueOn}, ${tasks.number})`
  const rows = db.select().from(tasks)
    .where(and(shown(show, actor), region ? within(tasks.regionCode, { regions: regionsIn(actor, region) }) : undefined,
      after && (done ? sql`${place} < (${after.dueOn}, ${after.number})` : sql`${place} > (${after.dueOn}, ${after.number})`)))
    .orderBy(...(done ? [desc(tasks.dueOn), desc(tasks.number)] : [asc(tasks.dueOn), asc(tasks.number)])).limit(PAGE + 1).all()
  const page = rows.slice(0, PAGE)
  const names = userNames(db, page.map(({ assigneeId }) => assigneeId))
  const places = regionNames(db, page.map(({ regionCode }) => regionCode))
  return {
    tasks: page.map((task) => ({ ...task, assignee: names.get(task.assigneeId)!, place: places.get(task.regionCode)!, overdue: isOpen(task) && task.dueOn < today })),
    next: rows.length > PAGE ? page.at(-1)! : undefined,
  }
}

function shown(show: Show, actor: Actor): SQL | undefined {
  switch (show) {
    case 'mine': return and(eq(tasks.assigneeId, actor.id), OPEN)
    case 'made': return and(eq(tasks.madeBy, actor.id), OPEN)
    case 'place': return and(readable(actor), OPEN)
    case 'done': return and(readable(actor), inArray(tasks.status, ['done', 'cancelled']))
  }
}

const openMine = statement<[string], { n: number }>("SELECT count(*) AS n FROM tasks WHERE assignee_id = ? AND status IN ('new', 'working')")
export const countMine = (db: Db, actor: Actor): number => can(actor, 'task.read') ? openMine(db).get(actor.id)!.n : 0

const ON_HOME = 5

// For the home page: how many, how many of them late, and those that are due first.
export function myTasks(db: Db, actor: Actor, today: string) {
  if (!can(actor, 'task.read')) return undefined
  const mine = and(eq(tasks.assigneeId, actor.id), OPEN)
  return {
    count: countMine(db, actor),
    overdue: db.select({ n: count() }).from(tasks).where(and(mine, lt(tasks.dueOn, today))).get()!.n,
    rows: db.select({ id: tasks.id, title: tasks.title, dueOn: tasks.dueOn, status: tasks.status }).from(tasks).where(mine).orderBy(asc(tasks.dueOn), asc(tasks.number)).limit(ON_HOME).all()
      .map((task) => ({ ...task, overdue: task.dueOn < today })),
  }
}

export type TaskView = ReturnType<typeof viewTask>

// One task with its history and what the reader may do with it.
export function viewTask(db: Db, actor: Actor, id: string) {
  demand(actor, 'task.read')
  const task = getTask({ db, actor }, id)
  const steps = db.select().from(taskSteps).where(eq(taskSteps.taskId, id)).orderBy(asc(taskSteps.id)).limit(300).all()
  const names = userNames(db, [task.assigneeId, task.madeBy, ...steps.flatMap(({ actorId, assigneeId }) => [actorId, assigneeId])])
  return {
    task, assignee: names.get(task.assigneeId)!, maker: names.get(task.madeBy)!, place: regionNames(db, [task.regionCode]).get(task.regionCode)!,
    steps: steps.map((one) => ({ ...one, by: names.get(one.actorId)!, to: names.get(one.assigneeId)! })),
    about: task.subject && task.subjectId ? aboutOf(db, actor, { kind: task.subject, id: task.subjectId }) : undefined,
    next: stepsOpen(actor, task), assignees: isGiver(actor, task) && isOpen(task) ? assigneesFor(db, actor, task.regionCode) : [],
  }
}

// What it is about may have moved to where this reader does not look any more.
function aboutOf(db: Db, actor: Actor, about: Pick<Subject, 'kind' | 'id'>): Subject | undefined {
  try {
    return findSubject({ db, actor }, about)
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined
    throw error
  }
}
