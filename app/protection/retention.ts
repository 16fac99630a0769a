import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { asc, desc, gte, sql } from 'drizzle-orm'
import { letOthers } from '#app/background.ts'
import { addDays, dayOf, startOf } from '#app/questionnaire/age.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { retentionRules, retentionRuns } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

// How long what is kept, as dated data; a nightly work deletes what is past its days. Some kinds have a work of their own (exports by their
// BAST, sessions, reporters): of those the page only tells.
const ORDER = ['households', 'audit', 'drafts', 'incoming', 'import_rows', 'exports', 'packages', 'cases', 'breach_lists', 'posts', 'sessions', 'sign_ins', 'lookups']
export type Rule = typeof retentionRules.$inferSelect

export function rulesOn(db: Db, day: string): Rule[] {
  const all = db.select().from(retentionRules).where(sql`${retentionRules.validFrom} <= ${day}`).orderBy(asc(retentionRules.validFrom)).all()
  return [...new Map(all.map((rule) => [rule.kind, rule])).values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

type Before = { before: string }
// due: how many are past their days; remove: some of them, so that nobody waits. Children first.
type Kind = { due: string, children?: string[], remove: string[] }
// Of deliveries only those count that wait: what was taken up is no draft any more.
const DRAFT = `SELECT v.id FROM visits v INDEXED BY visits_drafts CROSS JOIN households h ON h.id = v.household_id WHERE v.status = 'draft' AND v.submitted_at IS NULL AND v.submit_count = 0
  AND v.opened_at < @before AND h.officer_id IS NOT v.officer_id AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.visit_id = v.id AND d.status IN ('held', 'waiting_photos'))`
const SOME_DRAFTS = `${DRAFT} ORDER BY v.id LIMIT 200`
const ENDED_IMPORT = "SELECT id FROM prelist_imports WHERE status IN ('failed', 'discarded') AND uploaded_at < @before"
const ENDED_INTAKE = "SELECT id FROM intakes WHERE status IN ('failed', 'discarded') AND uploaded_at < @before"
const OLD_BREACH = "SELECT id FROM breaches WHERE status = 'closed' AND opened_at < @before"
const KINDS: Record<string, Kind> = {
  drafts: {
    due: `SELECT count(*) FROM (${DRAFT})`,
    children: ['visit_photos', 'visit_flags'].map((table) => `DELETE FROM ${table} WHERE visit_id IN (${SOME_DRAFTS})`), remove: [`DELETE FROM visits WHERE id IN (${SOME_DRAFTS})`],
  },
  import_rows: {
    due: `SELECT (SELECT count(*) FROM prelist_import_rows WHERE import_id IN (${ENDED_IMPORT})) + (SELECT count(*) FROM intake_rows WHERE intake_id IN (${ENDED_INTAKE}))`,
    remove: [`DELETE FROM prelist_import_rows WHERE rowid IN (SELECT rowid FROM prelist_import_rows WHERE import_id IN (${ENDED_IMPORT}) LIMIT 500)`,
      `DELETE FROM intake_rows WHERE rowid IN (SELECT rowid FROM intake_rows WHERE intake_id IN (${ENDED_INTAKE}) LIMIT 500)`],
  },
  // The oldest stand first, so nobody need look through all of them.
  posts: {
    due: 'SELECT count(*) FROM (SELECT received_at FROM received_posts ORDER BY rowid LIMIT 10000) WHERE received_at < @before',
    remove: ['DELETE FROM received_posts WHERE rowid IN (SELECT rowid FROM received_posts ORDER BY rowid LIMIT 500) AND received_at < @before'],
  },
  breach_lists: {
    due: `SELECT count(*) FROM breach_households WHERE breach_id IN (${OLD_BREACH})`,
    remove: [`DELETE FROM breach_households WHERE rowid IN (SELECT rowid FROM breach_households WHERE breach_id IN (${OLD_BREACH}) LIMIT 500)`],
  },
  cases: {
    due: "SELECT count(*) FROM subject_cases WHERE status <> 'open' AND closed_at < @before AND asker <> ''",
    remove: ["UPDATE subject_cases SET asker = '', identity = '', wish = '' WHERE status <> 'open' AND closed_at < @before AND asker <> ''"],
  },
}
const statements = Object.fromEntries(Object.entries(KINDS).map(([kind, { due, children = [], remove }]) => [kind, {
  due: statement<[Before], number>(due), children: children.map((sql) => statement<[Before], unknown>(sql)), remove: remove.map((sql) => statement<[Before], unknown>(sql)),
}]))

const beforeOf = (days: number, now: Date) => new Date(now.getTime() - days * 86_400_000).toISOString()

// Of how many it is time when they are kept for so many days; undefined where nothing counts them, such as pieces on the disk.
export const countDue = (db: Db, kind: string, days: number, now: Date) =>
  statements[kind]?.due(db).pluck().get({ before: beforeOf(days, now) }) as number | undefined

export type Deleted = Record<string, number>

// The nightly work. Broken off it is simply run again.
export async function applyRetention({ db, dataDirectory }: { db: Db, dataDirectory: string }, now = new Date()): Promise<Deleted> {
  const deleted: Deleted = {}
  for (const rule of rulesOn(db, dayOf(now.toISOString()))) {
    const count = rule.days === null ? 0 : rule.kind === 'incoming' ? sweepIncoming(dataDirectory, Date.parse(beforeOf(rule.days, now))) : await removeAll(db, rule, now)
    if (count === 0) continue
    deleted[rule.kind] = count
    transact(db, system, (tx) => noteRun(tx, rule.kind, count), now)
  }
  return deleted
}

async function removeAll(db: Db, rule: Rule, now: Date): Promise<number> {
  const kind = statements[rule.kind]
  let count = 0
  for (let n = 1; kind && n > 0; count += n) {
    n = transact(db, system, (tx) => removeSome(tx, kind, beforeOf(rule.days!, now)), now)
    await letOthers()
  }
  return count
}

function removeSome({ db }: Tx, { children, remove }: typeof statements[string], before: string): number {
  for (const child of children) child(db).run({ before })
  return remove.reduce((sum, one) => sum + one(db).run({ before }).changes, 0)
}

function noteRun(tx: Tx, kind: string, deleted: number) {
  tx.db.insert(retentionRuns).values({ kind, at: tx.now, deleted }).run()
  tx.audit('retention.deleted', kind, { deleted })
}

// Pieces of photos and posts whose sender never went on. Nothing that a row names lies there.
function sweepIncoming(directory: string, before: number): number {
  const folder = join(directory, 'incoming')
  const old = (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : []).filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name)).filter((path) => statSync(path).mtimeMs < before)
  for (const path of old) rmSync(path, { force: true })
  return old.length
}

const NIGHT = { from: 0, until: 5 }
const lastRun = statement<[], string>('SELECT max(at) FROM retention_runs')

// Asked every hour; by night in Indonesia's west it is time. What was deleted already is not found again.
export const nightly = (place: { db: Db, dataDirectory: string }, now = new Date()) => {
  const hour = (now.getUTCHours() + 7) % 24
  return hour >= NIGHT.from && hour < NIGHT.until ? applyRetention(place, now) : undefined
}

const OWN_WORK: Record<string, string> = {
  exports: "SELECT count(*) FROM export_files WHERE status = 'removed' AND removed_at >= ?",
  reporters: 'SELECT count(*) FROM reports WHERE reporter_removed_at >= ?',
  packages: "SELECT count(*) FROM audit_entries WHERE action = 'exchange.package_removed' AND at >= ?",
}
const elsewhere = Object.fromEntries(Object.entries(OWN_WORK).map(([kind, sql]) => [kind, statement<[string], number>(sql)]))
const reporterMonths = statement<[string], { months: number, source: string }>(`SELECT retention_months AS months, source FROM report_terms WHERE valid_from <= ? ORDER BY valid_from DESC LIMIT 1`)

const SHOWN_DAYS = 30
export type RetentionView = ReturnType<typeof viewRetention>

export function viewRetention(db: Db, actor: Actor, now = new Date()) {
  demand(actor, 'protection.read')
  const [today, since] = [dayOf(now.toISOString()), startOf(addDays(dayOf(now.toISOString()), -SHOWN_DAYS))]
  const runs = db.select().from(retentionRuns).where(gte(retentionRuns.at, since)).orderBy(desc(retentionRuns.at)).limit(200).all()
  const recent = (kind: string) => elsewhere[kind] ? elsewhere[kind](db).pluck().get(since) as number : runs.filter((run) => run.kind === kind).reduce((sum, { deleted }) => sum + deleted, 0)
  const reporters = reporterMonths(db).get(today)
  const rules = rulesOn(db, today).map((rule) => ({
    ...rule, months: undefined as number | undefined, due: rule.days === null ? undefined : countDue(db, rule.kind, rule.days, now),
    deleted: rule.days !== null && (statements[rule.kind] ?? elsewhere[rule.kind] ?? rule.kind === 'incoming') ? recent(rule.kind) : undefined,
  }))
  const told = reporters ? [{ kind: 'reporters', validFrom: '', days: 0, months: reporters.months, source: reporters.source, setBy: '', setAt: '', due: undefined, deleted: recent('reporters') }] : []
  return { rules: [...rules, ...told], runs, last: lastRun(db).pluck().get() as string | undefined }
}
