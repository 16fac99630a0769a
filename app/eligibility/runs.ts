import { and, desc, eq, inArray, lt, or } from 'drizzle-orm'
import { rulesFor, tried, type Ruled, type Trial } from '#app/eligibility/rules.ts'
import { conflict, invalid, notFound } from '#app/problems.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import { REGENCY } from '#app/regions/levels.ts'
import { isPresent } from '#app/regions/picker.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { isWithin, within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { eligibilityRuns, users } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type Run = typeof eligibilityRuns.$inferSelect
type Reader = Pick<Tx, 'db' | 'actor'>

// Scoped: a run of another kabupaten, or over more than one's own, is not found.
export function getRun({ db, actor }: Reader, id: string): Run {
  demand(actor, 'programme.simulate')
  const found = db.select().from(eligibilityRuns).where(and(eq(eligibilityRuns.id, id), within(eligibilityRuns.regionCode, actor))).get()
  if (!found) throw notFound('Perhitungan')
  return found
}

const PAGE = 20
export type ListedRun = Pick<Run, 'id' | 'programme' | 'name' | 'trial' | 'status' | 'askedAt'> & { by: string, regionName: string }
export type RunPlace = { askedAt: string, id: string }

// The newest first.
export function listRuns(db: Db, actor: Actor, after?: RunPlace): { runs: ListedRun[], next?: RunPlace } {
  demand(actor, 'programme.simulate')
  const rows = db.select({ run: eligibilityRuns, by: users.name }).from(eligibilityRuns).leftJoin(users, eq(users.id, eligibilityRuns.askedBy))
    .where(and(within(eligibilityRuns.regionCode, actor),
      after && or(lt(eligibilityRuns.askedAt, after.askedAt), and(eq(eligibilityRuns.askedAt, after.askedAt), lt(eligibilityRuns.id, after.id)))))
    .orderBy(desc(eligibilityRuns.askedAt), desc(eligibilityRuns.id)).limit(PAGE + 1).all()
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ run }) => run.regionCode))
  const last = shown.at(-1)?.run
  return {
    runs: shown.map(({ run: { id, programme, name, trial, status, askedAt, regionCode }, by }) =>
      ({ id, programme, name, trial, status, askedAt, by: by ?? 'Sistem', regionName: regionCode ? names.get(regionCode)! : 'Seluruh Indonesia' })),
    ...(rows.length > PAGE && last && { next: { askedAt: last.askedAt, id: last.id } }),
  }
}

const households = statement<[string, string], number>('SELECT count(*) FROM households WHERE region_code >= ? AND region_code < ?')
export type Asked = { id: string, programme: Ruled, region: string, name: string, trial?: Trial }

// id comes from the form: twice is one run. Without a trial it asks what is set today.
export function askForRun(tx: Tx, { id, programme, region, name, trial }: Asked): Run {
  demand(tx.actor, 'programme.simulate')
  if (tx.db.select({ id: eligibilityRuns.id }).from(eligibilityRuns).where(eq(eligibilityRuns.id, id)).get()) return getRun(tx, id)
  if (!isWithin(region, tx.actor)) throw notFound('Wilayah')
  if (region !== '' && !isPresent(tx.db, region)) throw invalid({ region: 'Pilih wilayah yang dihitung.' })
  if (region.length > REGENCY) throw invalid({ region: 'Hitung paling sempit satu kabupaten/kota, sebab kuotanya dibagi antar desa.' })
  const rules = rulesFor(tx.db, programme, dayOf(tx.now), region)
  tx.db.insert(eligibilityRuns).values({
    id, programme, regionCode: region, name, trial: trial !== undefined, status: 'queued', rules: trial ? tried(rules, trial) : rules,
    total: households(tx.db).pluck().get(region, `${region}:`) as unknown as number, askedBy: tx.actor.id, askedAt: tx.now,
  }).run()
  tx.audit('eligibility.run_asked', id, { programme, region, trial: trial ?? null })
  return getRun(tx, id)
}

// What is through stays; it can go on from there.
export function cancelRun(tx: Tx, id: string) {
  const { status } = getRun(tx, id)
  if (status === 'cancelled') return
  if (status !== 'queued' && status !== 'running') throw conflict('Perhitungan ini sudah berakhir.')
  tx.db.update(eligibilityRuns).set({ status: 'cancelled', finishedAt: tx.now }).where(eq(eligibilityRuns.id, id)).run()
  tx.audit('eligibility.run_cancelled', id)
}

export function resumeRun(tx: Tx, id: string) {
  const { status } = getRun(tx, id)
  if (status === 'queued' || status === 'running') return
  if (status === 'ready') throw conflict('Perhitungan ini sudah selesai.')
  tx.db.update(eligibilityRuns).set({ status: 'queued', finishedAt: null }).where(and(eq(eligibilityRuns.id, id), inArray(eligibilityRuns.status, ['cancelled', 'failed']))).run()
  tx.audit('eligibility.run_resumed', id)
}

