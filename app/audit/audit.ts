import { setImmediate } from 'node:timers/promises'
import { and, desc, eq, gte, like, lt, sql, type SQL } from 'drizzle-orm'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { checkChain, START, type Broken } from '#db/audit-chain.ts'
import type { Db } from '#db/connection.ts'
import { auditEntries, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

export type AuditFilter = { actor: string, action: string, subject: string, from?: string, to?: string, before?: number }
export type ShownLine = { seq: number, at: string, actor: string, action: string, subject: string, details: Record<string, unknown> }

const PAGE = 50

// Newest first; the next page holds what was written before the last row.
export function listAudit(db: Db, actor: Actor, filter: AuditFilter): { lines: ShownLine[], next?: number } {
  demand(actor, 'audit.read')
  const rows = db.select({
    seq: auditEntries.seq, at: auditEntries.at, actorId: auditEntries.actorId, name: users.name, username: users.username,
    action: auditEntries.action, subject: auditEntries.subject, details: auditEntries.details,
  }).from(auditEntries).leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(and(...conditions(db, filter))).orderBy(desc(auditEntries.seq)).limit(PAGE + 1).all()
  const lines = rows.slice(0, PAGE).map(({ actorId, name, username, details, ...line }) => ({
    ...line, actor: name ? `${name} (${username})` : actorId, details: withoutPersons(line.action, JSON.parse(details)),
  }))
  return { lines, next: rows.length > PAGE ? lines.at(-1)!.seq : undefined }
}

// Dates are days in Indonesia's west (UTC+7), as the page shows them.
const dayStart = (day: string, later = 0) => new Date(Date.parse(`${day}T00:00:00+07:00`) + later).toISOString()
const DAY = 24 * 60 * 60 * 1000

// The trail has no index of days; what is anchored says between which lines a day lies.
const afterDays = (day: string) => sql`${auditEntries.seq} > (SELECT coalesce(max(seq), 0) FROM audit_anchors WHERE day < ${day})`
const upToDay = (day: string) => sql`${auditEntries.seq} <= coalesce((SELECT min(seq) FROM audit_anchors WHERE day >= ${day}), ${Number.MAX_SAFE_INTEGER})`

const conditions = (db: Db, { actor, action, subject, from, to, before }: AuditFilter): (SQL | undefined)[] => [
  actor ? eq(auditEntries.actorId, idOf(db, actor)) : undefined,
  action ? (action.endsWith('.') ? like(auditEntries.action, `${action}%`) : eq(auditEntries.action, action)) : undefined,
  subject ? eq(auditEntries.subject, subject) : undefined,
  from ? and(afterDays(from), gte(auditEntries.at, dayStart(from))) : undefined,
  to ? and(upToDay(to), lt(auditEntries.at, dayStart(to, DAY))) : undefined,
  before ? lt(auditEntries.seq, before) : undefined,
]

const idOf = (db: Db, username: string) =>
  db.select({ id: users.id }).from(users).where(eq(users.username, username.toLowerCase())).get()?.id ?? username

// Lines hold ids, codes and versions. Free words (a note to an officer, what was searched for) may name people, and so may a part's
// mistake: none is shown, however deep it lies. An `address` is that of the network in a sign-in, of a house anywhere else.
const PERSONAL = /nik|kk|name|nama|alamat|address|phone|birth|note|reason|alasan|^q$/i
const IDENTITY_NUMBER = /\d{16}/
const HIDDEN = '(tidak ditampilkan)'

const withoutPersons = (action: string, details: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(
  Object.entries(details).filter(([, value]) => value !== null && value !== '').map(([key, value]) => {
    const isSafe = !PERSONAL.test(key) || (key === 'address' && action.startsWith('session.'))
    if (!isSafe || IDENTITY_NUMBER.test(JSON.stringify(value))) return [key, HIDDEN]
    return [key, typeof value === 'object' && !Array.isArray(value) ? withoutPersons(action, value as Record<string, unknown>) : value]
  }))

const distinctActions = statement<[], { action: string }>(`WITH RECURSIVE step(action) AS (
  SELECT min(action) FROM audit_entries UNION ALL
  SELECT (SELECT min(action) FROM audit_entries WHERE action > step.action) FROM step WHERE action IS NOT NULL)
  SELECT action FROM step WHERE action IS NOT NULL`)

// What has been done so far, for the filter: one index step per action, however long the trail.
export const actionsDone = (db: Db) => distinctActions(db).all().map(({ action }) => action)

export type Verdict = { count: number, lastHash: string, broken?: Broken }

const AT_ONCE = 5_000

// In steps, so that the server answers others while a long trail is read. Lines are only added, so the steps fit together.
export async function verifyChain(db: Db): Promise<Verdict> {
  for (let from = START; ;) {
    const { seq, hash, checked, broken } = checkChain(db, from, AT_ONCE)
    if (broken || checked < AT_ONCE) return { count: seq, lastHash: hash, ...(broken && { broken }) }
    from = { seq, hash }
    await setImmediate()
  }
}

export async function verifyAudit(db: Db, actor: Actor): Promise<Verdict> {
  demand(actor, 'audit.read')
  const verdict = await verifyChain(db)
  transact(db, actor, (tx) => rememberVerdict(tx, verdict))
  return verdict
}

// That somebody looked, and what was found, is itself a line.
const rememberVerdict = (tx: Tx, { count, broken }: Verdict) =>
  tx.audit('audit.verified', 'audit', { lines: count, broken: broken?.seq ?? null })

// The newest check of the chain, whoever made it.
export function lastVerification(db: Db) {
  const line = db.select({ at: auditEntries.at, details: auditEntries.details }).from(auditEntries)
    .where(eq(auditEntries.action, 'audit.verified')).orderBy(desc(auditEntries.seq)).limit(1).get()
  return line && { at: line.at, ...JSON.parse(line.details) as { lines: number, broken: number | null } }
}
