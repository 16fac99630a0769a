import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { unread } from '#app/announcements/announcements.ts'
import { dueOf } from '#app/access/reviews.ts'
import { lastVerification, listAudit } from '#app/audit/audit.ts'
import { countMine as countRevisits } from '#app/backchecks/revisits.ts'
import { countHeld } from '#app/deliveries/held.ts'
import { countOpenPairs } from '#app/duplicates/list.ts'
import { countOverdue } from '#app/devices/ledger.ts'
import { countWaits } from '#app/numbers/waiting.ts'
import { countdownFor } from '#app/periods/countdown.ts'
import { countPrepared } from '#app/proposals/held.ts'
import { countWaiting as countProposals } from '#app/proposals/list.ts'
import { countInHand } from '#app/field/tasks.ts'
import { progressOf, totalOf, type StageCounts } from '#app/home/progress.ts'
import type { Stage } from '#app/households/stages.ts'
import { dayIn } from '#app/questionnaire/age.ts'
import { visibleTo } from '#app/ratification/batches.ts'
import { countWaiting as countReports } from '#app/reports/queue.ts'
import { oldestWaiting } from '#app/reviews/queue.ts'
import { myTasks } from '#app/tasks/list.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { auditEntries, batches, households, transitions, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

export type Task = { key: TaskKey, count: number, oldest?: string | null }
export type TaskKey =
  | 'returned' | 'new' | 'ready' | 'takeable' | 'submitted' | 'recheck' | 'checked' | 'refused' | 'unpublished' | 'unassigned'
  | 'doubles' | 'missing' | 'held' | 'reports' | 'proposals' | 'exclusions' | 'numbers' | 'batchable' | 'ratifiable' | 'dispatchable' | 'determinable' | 'invited' | 'suspended' | 'active' | 'revisits' | 'accessReview'
export type HomeView = ReturnType<typeof homeOf>

// What waits for this reader. Numbers come from the tables alone and stay within the reader's places.
export function homeOf(db: Db, actor: Actor) {
  const reads = can(actor, 'household.read')
  const progress = reads ? progressOf(db, actor) : []
  return {
    progress,
    announcements: unread({ db, actor }, new Date().toISOString()),
    cutoff: countdownFor(db, actor),
    given: myTasks(db, actor, dayIn(actor.regions[0] ?? '', new Date().toISOString())),
    tasks: [...tasksOf(db, actor, totalOf(progress)), ...casesFor(db, actor)].filter(({ count }, index) => index === 0 || count > 0),
    returned: reads ? listReturned(db, actor) : [],
    batches: can(actor, 'batch.read') ? listOpenBatches(db, actor) : [],
    signIns: can(actor, 'user.manage') ? listSignIns(db) : [],
    ...(actor.role === 'auditor' && { lines: listAudit(db, actor, { actor: '', action: '', subject: '' }).lines.slice(0, 10) }),
    ...(can(actor, 'audit.read') && { chain: { verification: lastVerification(db) } }),
  }
}

// The first is what the reader comes for, and is shown even when nothing waits.
function tasksOf(db: Db, actor: Actor, counts: StageCounts): Task[] {
  const of = (...stages: Stage[]) => stages.reduce((sum, stage) => sum + (counts[stage] ?? 0), 0)
  switch (actor.role) {
    case 'enumerator':
    case 'village_operator': return fieldTasks(db, actor, of('published'))
    case 'supervisor':
    case 'district_coordinator': return [
      { key: 'submitted', count: of('submitted'), oldest: oldestWaiting(db, actor) }, { key: 'recheck', count: of('recheck') },
      ...(actor.role === 'district_coordinator' ? [{ key: 'unassigned' as const, count: of('published') }] : []),
    ]
    case 'regency_officer': return [
      { key: 'checked', count: of('checked'), oldest: oldestWaiting(db, actor) },
      { key: 'refused', count: countRefused(db, actor) }, { key: 'batchable', count: Math.max(0, of('verified') - countWaits(db, actor)) },
      { key: 'dispatchable', count: countBatches(db, actor, 'ratified') },
      { key: 'unpublished', count: of('listed') }, { key: 'unassigned', count: of('published') },
    ]
    case 'regency_approver': return [{ key: 'ratifiable', count: countBatches(db, actor, 'frozen') }]
    case 'province_officer':
    case 'ministry_officer': return [{ key: 'determinable', count: countBatches(db, actor, 'dispatched') }]
    case 'administrator': return [...userTasks(db), { key: 'accessReview', count: dueOf(db, new Date().toISOString()).isDue ? 1 : 0 }]
    case 'auditor': return []
  }
}

// Single cases that wait for this reader, whatever the role's main work is: usulan, visits that have not come from the phones
// of the reader's officers or came and are held, pairs that may be the same people, reports of citizens.
const casesFor = (db: Db, actor: Actor): Task[] => [
  ...(can(actor, 'backcheck.visit') ? [{ key: 'revisits' as const, count: countRevisits(db, actor) }] : []),
  ...(can(actor, 'proposal.read') ? [{ key: 'proposals' as const, count: countProposals(db, actor) }] : []),
  ...(can(actor, 'proposal.submit') || can(actor, 'proposal.check') ? [{ key: 'exclusions' as const, count: countPrepared(db, actor) }] : []),
  ...(can(actor, 'number.read') ? [{ key: 'numbers' as const, count: countWaits(db, actor) }] : []),
  ...(can(actor, 'device.read') ? [{ key: 'missing' as const, count: countOverdue(db, actor, new Date().toISOString()) }] : []),
  ...(can(actor, 'delivery.settle') ? [{ key: 'held' as const, count: countHeld(db, actor) }] : []),
  ...(can(actor, 'duplicate.settle') ? [{ key: 'doubles' as const, count: countOpenPairs(db, actor) }] : []),
  ...(can(actor, 'report.answer') ? [{ key: 'reports' as const, count: countReports(db, actor) }] : []),
]

function fieldTasks(db: Db, actor: Actor, takeable: number): Task[] {
  const held: StageCounts = Object.fromEntries(countInHand(db, actor).map(({ stage, n }) => [stage, n]))
  return [
    { key: 'returned', count: held.returned ?? 0 },
    { key: 'new', count: (held.assigned ?? 0) + (held.downloaded ?? 0) },
    { key: 'ready', count: held.deliberated ?? 0 },
    { key: 'takeable', count: takeable },
  ]
}

function userTasks(db: Db): Task[] {
  const rows = db.select({ status: users.status, count: count() }).from(users).groupBy(users.status).all()
  return (['invited', 'suspended', 'active'] as const).map((key) => ({ key, count: rows.find(({ status }) => status === key)?.count ?? 0 }))
}

const countBatches = (db: Db, actor: Actor, status: typeof batches.$inferSelect.status) =>
  db.select({ n: count() }).from(batches).where(and(eq(batches.status, status), within(batches.regionCode, actor))).get()!.n

// Back from the ministry: at the Dinsos's queue again, with a reason in the batch that carried it. Few are, of the many that wait.
const refusedIn = statement<[string, string], number>(`SELECT count(DISTINCT i.household_id) FROM batches b CROSS JOIN batch_items i INDEXED BY batch_items_by_decision ON i.batch_id = b.id AND i.decision = 'returned'
  CROSS JOIN households h ON h.id = i.household_id AND h.stage = 'checked' WHERE b.region_code >= ? AND b.region_code < ?`)
const countRefused = (db: Db, { regions }: Actor) => regions.reduce((sum, code) => sum + (refusedIn(db).pluck().get(code, `${code}:`) as unknown as number), 0)

const SHOWN = 10

// Sent back and not yet mended, newest first, each with the words it came back with. A field officer sees the own ones he has to mend.
// The newest are chosen on the index alone, before any record or note is read.
function listReturned(db: Db, actor: Actor) {
  const own = can(actor, 'visit.submit') ? eq(households.officerId, actor.id) : undefined
  const newest = db.select({ number: households.number }).from(households)
    .where(and(inArray(households.stage, own ? ['returned'] : ['returned', 'recheck']), within(households.regionCode, actor), own))
    .orderBy(desc(households.stageAt)).limit(SHOWN)
  const lastMove = db.select({ id: sql`max(${transitions.id})` }).from(transitions).where(eq(transitions.householdId, households.id))
  return db.select({
    id: households.id, headName: households.headName, regionCode: households.regionCode, stage: households.stage,
    at: households.stageAt, note: transitions.note,
  }).from(households).leftJoin(transitions, eq(transitions.id, lastMove))
    .where(inArray(households.number, newest)).orderBy(desc(households.stageAt)).all()
}

// On their way: frozen waits for the signature, ratified for dispatch, dispatched for the ministry.
const listOpenBatches = (db: Db, actor: Actor) => db.select({
  id: batches.id, title: batches.title, status: batches.status, itemCount: batches.itemCount, preparedAt: batches.preparedAt,
}).from(batches).where(and(inArray(batches.status, ['open', 'frozen', 'ratified', 'dispatched']), within(batches.regionCode, actor), visibleTo(actor)))
  .orderBy(asc(batches.preparedAt)).limit(SHOWN).all()

const listSignIns = (db: Db) => db.select({ at: auditEntries.at, userId: users.id, name: users.name, role: users.role })
  .from(auditEntries).innerJoin(users, eq(users.id, auditEntries.actorId))
  .where(eq(auditEntries.action, 'session.started')).orderBy(desc(auditEntries.seq)).limit(SHOWN).all()
