import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { runsDone, workOnRuns } from '#app/eligibility/run-work.ts'
import type { Ruled, Trial } from '#app/eligibility/rules.ts'
import { askForRun } from '#app/eligibility/runs.ts'
import { createRecipient } from '#app/programmes/recipients.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Answers } from '#app/questionnaire/record.ts'
import type { Db } from '#db/connection.ts'
import { householdDesil, households, programmePeriods, programmeSettings, rounds } from '#db/schema/index.ts'
import { aRecord } from '#test/support/records.ts'
import { addHousehold, as, BANTUL, PONCOSARI, rina } from '#test/support/world.ts'

type Given = { desil?: number | null, region?: string, wife?: Answers, husband?: Answers }

// A couple with a desil; by default the wife is pregnant, asked today, so that PKH finds a component.
export function addCouple(db: Db, id: string, { desil = 1, region = PONCOSARI, wife = { pregnant: true }, husband = {} }: Given = {}) {
  const record = aRecord({ head: id })
  record.members = [{ ...record.members[0]!, ...husband }, { ...record.members[1]!, ...wife }]
  if (wife.pregnant === true) record.household = { ...record.household, visitDate: dayOf(new Date().toISOString()) }
  addHousehold(db, id, { record, regionCode: region })
  const { number } = db.select({ number: households.number }).from(households).where(eq(households.id, id)).get()!
  if (desil !== null) db.insert(householdDesil).values({ householdId: id, number, regionCode: region, desil, familyCount: 1, desilCount: 1 }).run()
}

export const addPkh = (db: Db, id: string, household: string | null, state = 'active', regionCode = PONCOSARI) => as(db, rina, (tx) =>
  createRecipient(tx, { id, programme: 'pkh', regionCode, householdId: household, familySeq: household === null ? null : 1, name: `PKH ${id}`, state }, { cause: 'import:test' }))

export const setQuota = (db: Db, regionCode: string, value: number) => void db.insert(programmeSettings).values({
  programme: 'pkh', key: 'quota', regionCode, validFrom: '2026-01-01', value, source: 'uji', setBy: 'mega', setAt: '2026-01-01T00:00:00.000Z',
}).run()

export const addPkhPeriod = (db: Db) => void db.insert(programmePeriods).values({
  id: 'pkh-period', programme: 'pkh', regionCode: BANTUL, name: 'PKH triwulan I', startsOn: '2026-01-01', endsOn: '2126-03-31', cutoffOn: '2126-03-20', madeBy: 'rina', madeAt: '2026-01-01T00:00:00.000Z',
}).run()

export async function runRules(db: Db, given: { programme?: Ruled, region?: string, trial?: Trial } = {}): Promise<string> {
  const id = randomUUID()
  as(db, rina, (tx) => askForRun(tx, { id, programme: given.programme ?? 'pkh', region: given.region ?? BANTUL, name: 'Uji', ...(given.trial && { trial: given.trial }) }))
  workOnRuns(db)
  await runsDone(db)
  return id
}

// One family in PKH, a run that has ended with an entry, one that waits and one that was stopped.
export function addEligibility(db: Db) {
  addPkhPeriod(db)
  addCouple(db, 'home-pkh', { desil: null })
  addPkh(db, 'pkh-recipient', 'home-pkh')
  for (const [id, status] of [['run-ready', 'ready'], ['run-waiting', 'queued'], ['run-stopped', 'cancelled']] as const) {
    as(db, rina, (tx) => askForRun(tx, { id, programme: 'pkh', region: BANTUL, name: `Uji ${id}` }))
    db.$client.prepare('UPDATE eligibility_runs SET status = ? WHERE id = ?').run(status, id)
  }
  db.$client.prepare("INSERT INTO eligibility_villages VALUES ('run-ready', ?, 3, 1, 1, 1, 1, 1, 900000, 3000000, 0)").run(PONCOSARI)
  db.$client.prepare(`INSERT INTO eligibility_rows (run_id, kind, region_code, position, name, household_id, family_seq, recipient_id, desil, components, per_year, reasons)
    VALUES ('run-ready', 'entry', @village, 1, 'Ujang', 'ujang', 1, NULL, 1, 1, 3000000, ''), ('run-ready', 'exit', @village, 1, 'Keluarga PKH', 'home-pkh', 1, 'pkh-recipient', 7, 1, 900000, 'desil')`).run({ village: PONCOSARI })
  for (const [id, status] of [['round', 'previewed'], ['round-done', 'done']] as const) {
    db.insert(rounds).values({ id, runId: 'run-ready', programme: 'pkh', rowKind: 'entry', regionCode: PONCOSARI, changeKind: 'entry', status, planned: 1, madeBy: 'rina', madeAt: '2026-01-01T00:00:00.000Z', undoUntil: '2126-01-01T00:00:00.000Z' }).run()
  }
}
