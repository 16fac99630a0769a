import { and, eq, or, sql } from 'drizzle-orm'
import { conflict, forbidden, invalid, notFound } from '#app/problems.ts'
import { addDays, dayIn } from '#app/questionnaire/age.ts'
import { inWords } from '#app/questionnaire/display.ts'
import { mayGive } from '#app/users/people.ts'
import { findSubject } from '#app/tasks/subjects.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import { tasks, taskSteps } from '#db/schema/index.ts'
import type { TaskStatus, TaskSubject } from '#db/schema/tasks.ts'
import { isFirstTime, type Tx } from '#db/transaction.ts'

export { TASK_STATUSES } from '#db/schema/tasks.ts'
export type Task = typeof tasks.$inferSelect
export type NewTask = { id: string, title: string, text: string, about?: { kind: TaskSubject, id: string }, assigneeId: string, dueOn: string }

// Whoever has it, whoever made it, and those who give work in that place.
export const readable = (actor: Actor) => or(eq(tasks.assigneeId, actor.id), eq(tasks.madeBy, actor.id), can(actor, 'task.write') ? within(tasks.regionCode, actor) : sql`0`)!

export function getTask({ db, actor }: Pick<Tx, 'db' | 'actor'>, id: string): Task {
  const task = db.select().from(tasks).where(and(eq(tasks.id, id), readable(actor))).get()
  if (!task) throw notFound('Tugas')
  return task
}

export function makeTask(tx: Tx, { id, title, text, about, assigneeId, dueOn }: NewTask): Task {
  demand(tx.actor, 'task.write')
  const subject = about && findSubject(tx, about)
  const place = mayGive(tx.db, tx.actor, assigneeId, subject?.regionCode)
  if (!place) throw invalid({ assigneeId: 'Pilih orang yang bertugas di wilayah ini.' })
  demandDay(tx, dueOn)
  if (!isFirstTime(tx, `${id}:task`)) return getTask(tx, id)
  tx.db.insert(tasks).values({
    id, title, text, regionCode: subject?.regionCode ?? place, subject: about?.kind ?? null, subjectId: about?.id ?? null, assigneeId, dueOn,
    status: 'new', madeBy: tx.actor.id, madeAt: tx.now, changedAt: tx.now,
  }).run()
  step(tx, { id, status: null }, { status: 'new', assigneeId, note: '' })
  tx.audit('task.made', id, { assignee: assigneeId, dueOn, ...(about && { about: `${about.kind}:${about.id}` }) })
  return getTask(tx, id)
}

const demandDay = (tx: Tx, dueOn: string) => {
  const today = dayIn(tx.actor.regions[0] ?? '', tx.now)
  if (dueOn < today || dueOn > addDays(today, 366)) throw invalid({ dueOn: 'Pilih tanggal dari hari ini sampai setahun ke depan.' })
}

export const isOpen = ({ status }: Pick<Task, 'status'>) => status === 'new' || status === 'working'

// Who may do what with a task as it stands. The one who has it works on it; the one who gave it, or gives work there, may call it off.
const NEXT: Record<TaskStatus, { assignee: TaskStatus[], giver: TaskStatus[] }> = {
  new: { assignee: ['working', 'done'], giver: ['cancelled'] },
  working: { assignee: ['done', 'new'], giver: ['cancelled'] },
  done: { assignee: ['working'], giver: ['new'] },
  cancelled: { assignee: [], giver: ['new'] },
}

export const isGiver = (actor: Actor, task: Task) => can(actor, 'task.write') && (task.madeBy === actor.id || isWithin(task.regionCode, actor))

export const stepsOpen = (actor: Actor, task: Task): TaskStatus[] => {
  const { assignee, giver } = NEXT[task.status]
  return [...new Set([...(task.assigneeId === actor.id ? assignee : []), ...(isGiver(actor, task) ? giver : [])])]
}

type Act = { key: string, revision: number, note: string }

export const moveTask = (tx: Tx, id: string, { status, ...act }: Act & { status: TaskStatus }) => once(tx, id, 'move', act, (task) => {
  if (!stepsOpen(tx.actor, task).includes(status)) throw forbidden('Langkah ini bukan untuk Anda atau tugasnya sudah berpindah keadaan.')
  if (status === 'cancelled' && act.note === '') throw invalid({ note: 'Tuliskan mengapa tugas ini dibatalkan.' })
  change(tx, task, { status, assigneeId: task.assigneeId, note: act.note })
  tx.audit(`task.${status}`, id, { note: act.note })
})

// To somebody else, or to another day, or both.
export const handOn = (tx: Tx, id: string, { assigneeId, dueOn, ...act }: Act & { assigneeId: string, dueOn: string }) => once(tx, id, 'hand', act, (task) => {
  if (!isGiver(tx.actor, task)) throw forbidden()
  if (!isOpen(task)) throw conflict('Tugas ini sudah selesai. Buka lagi dahulu.')
  if (assigneeId !== task.assigneeId && !mayGive(tx.db, tx.actor, assigneeId, task.regionCode)) throw invalid({ assigneeId: 'Pilih orang yang bertugas di wilayah ini.' })
  if (dueOn !== task.dueOn) demandDay(tx, dueOn)
  const moved = [assigneeId !== task.assigneeId && 'Petugas diganti', dueOn !== task.dueOn && `Batas waktu menjadi ${inWords(dueOn)}`].filter(Boolean).join('. ')
  change(tx, task, { status: task.assigneeId === assigneeId ? task.status : 'new', assigneeId, note: [moved, act.note].filter(Boolean).join('. ') }, { dueOn })
  tx.audit('task.handed_on', id, { assignee: assigneeId, dueOn })
})

export const noteTask = (tx: Tx, id: string, act: Act) => once(tx, id, 'note', act, (task) => {
  if (act.note === '') throw invalid({ note: 'Tuliskan catatannya.' })
  step(tx, task, { status: task.status, assigneeId: task.assigneeId, note: act.note })
  tx.audit('task.noted', id)
})

// A note does not move a task, so it may be left on a page that has grown old.
function once(tx: Tx, id: string, deed: string, { key, revision }: Act, work: (task: Task) => void): Task {
  demand(tx.actor, 'task.read')
  const task = getTask(tx, id)
  if (!isFirstTime(tx, `${key}:${deed}`)) return task
  if (deed !== 'note' && task.revision !== revision) throw conflict('Tugas ini sudah berubah sejak Anda membukanya. Muat ulang, lalu coba lagi.')
  work(task)
  return getTask(tx, id)
}

type Change = { status: TaskStatus, assigneeId: string, note: string }

function change(tx: Tx, task: Task, { note, ...set }: Change, more: { dueOn?: string } = {}) {
  tx.db.update(tasks).set({ ...set, ...more, revision: task.revision + 1, changedAt: tx.now }).where(eq(tasks.id, task.id)).run()
  step(tx, task, { ...set, note })
}

const step = (tx: Tx, { id: taskId, status: fromStatus }: { id: string, status: TaskStatus | null }, { status: toStatus, assigneeId, note }: Change) =>
  void tx.db.insert(taskSteps).values({ taskId, at: tx.now, actorId: tx.actor.id, fromStatus, toStatus, assigneeId, note }).run()
