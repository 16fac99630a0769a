import type { MiddlewareHandler } from 'hono'
import { countMine as countRevisits } from '#app/backchecks/revisits.ts'
import { countHeld } from '#app/deliveries/held.ts'
import type { Env } from '#app/http.tsx'
import { countAgreed } from '#app/local/deciding.ts'
import { countToSign } from '#app/programmes/batches.ts'
import { countWaitingChanges } from '#app/programmes/queue.ts'
import { countWaiting as countReports } from '#app/reports/queue.ts'
import { countMine as countTasks } from '#app/tasks/list.ts'
import type { Actor } from '#app/users/actor.ts'
import { can, type Verb } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'

// What waits for this reader, beside the entry of the menu; for whoever has one of the rights.
const COUNTS: { href: string, verbs: Verb[], count: (db: Db, actor: Actor) => number }[] = [
  { href: '/deliveries', verbs: ['delivery.settle'], count: countHeld },
  { href: '/reports', verbs: ['report.answer'], count: countReports },
  { href: '/programmes', verbs: ['programme.check', 'programme.verify', 'programme.ratify'], count: (db, actor) => countWaitingChanges(db, actor) + countToSign(db, actor) },
  { href: '/local', verbs: ['local.grant'], count: countAgreed },
  { href: '/backchecks/mine', verbs: ['backcheck.visit'], count: countRevisits },
  { href: '/tasks', verbs: ['task.read'], count: countTasks },
]

// Counted only when a whole page is made.
export const countInMenu = (db: Db): MiddlewareHandler<Env> => async (c, next) => {
  const { actor } = c.var
  c.set('menuCounts', () => Object.fromEntries(COUNTS.filter(({ verbs }) => verbs.some((verb) => can(actor, verb))).map(({ href, count }) => [href, count(db, actor)])))
  await next()
}
