import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '#db/schema/one-of.ts'
import { users } from '#db/schema/users.ts'

export const TASK_STATUSES = ['new', 'working', 'done', 'cancelled'] as const
export const TASK_SUBJECTS = ['household', 'officer', 'region', 'visit', 'report', 'backcheck', 'monitoring'] as const
export type TaskStatus = typeof TASK_STATUSES[number]
export type TaskSubject = typeof TASK_SUBJECTS[number]

// What somebody asked somebody to do, and by when. regionCode: the place it is about, which the one who does it works in.
export const tasks = sqliteTable('tasks', {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  title: text().notNull(),
  text: text().notNull().default(''),
  regionCode: text('region_code').notNull(),
  subject: text({ enum: TASK_SUBJECTS }),
  subjectId: text('subject_id'),
  assigneeId: text('assignee_id').notNull().references(() => users.id),
  dueOn: text('due_on').notNull(),
  status: text({ enum: TASK_STATUSES }).notNull(),
  revision: integer().notNull().default(1),
  madeBy: text('made_by').notNull().references(() => users.id),
  madeAt: text('made_at').notNull(),
  changedAt: text('changed_at').notNull(),
}, (table) => [
  index('tasks_by_assignee').on(table.assigneeId, table.status, table.dueOn, table.number),
  index('tasks_by_maker').on(table.madeBy, table.status, table.dueOn, table.number),
  index('tasks_by_region').on(table.regionCode, table.status, table.dueOn, table.number),
  check('task_status_is_known', oneOf('status', TASK_STATUSES)),
  check('task_subject_is_known', oneOf('subject', TASK_SUBJECTS)),
  check('task_subject_is_whole', sql`(${table.subject} IS NULL) = (${table.subjectId} IS NULL)`),
])

// Every change and every note of a task: who, when, why. Append-only.
export const taskSteps = sqliteTable('task_steps', {
  id: integer().primaryKey(),
  taskId: text('task_id').notNull().references(() => tasks.id),
  at: text().notNull(),
  actorId: text('actor_id').notNull(),
  fromStatus: text('from_status').$type<TaskStatus>(),
  toStatus: text('to_status').$type<TaskStatus>().notNull(),
  assigneeId: text('assignee_id').notNull(),
  note: text().notNull().default(''),
}, (table) => [index('task_steps_by_task').on(table.taskId, table.id)])
