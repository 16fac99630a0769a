import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import { findingsIn } from '#app/crosschecks/work-list.ts'
import { openRun } from '#app/crosschecks/runs.ts'
import { crosschecksDone, workOnRun } from '#app/crosschecks/run-work.ts'
import { catchUp } from '#app/duplicates/checks.ts'
import { getHousehold, reviseHousehold } from '#app/households/records.ts'
import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { crosscheckFindings, dtsenEffective, dtsenRows, dtsenSnapshots, programmeSettings } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { addRecipient } from '#test/support/programmes.ts'
import { addHousehold, as, BANTUL, freshDatabase, PONCOSARI, rina } from '#test/support/world.ts'

export const AT = '2026-03-02T03:00:00.000Z'

// Each finding in one line: who, what, how it stands.
export const findingsNow = (db: Db) => db.select().from(crosscheckFindings).orderBy(asc(crosscheckFindings.subject), asc(crosscheckFindings.kind), asc(crosscheckFindings.key)).all()
export const toldNow = (db: Db) => findingsNow(db).filter(({ status }) => status !== 'settled').map(({ subject, kind, status }) => `${subject} ${kind}${status === 'open' ? '' : ` ${status}`}`)

// What a change leaves, as the follower comes to it.
export const follow = (db: Db, at = AT) => catchUp(db, at)

export async function runAll(db: Db, at = AT, region = '') {
  workOnRun(db, as(db, system, (tx) => openRun(tx, region, randomUUID()), at), () => at)
  await crosschecksDone(db)
}

export const setLimit = (db: Db, programme: 'pkh' | 'sembako' | 'pbi', value: number) => void db.insert(programmeSettings)
  .values({ programme, key: 'desil.max', regionCode: BANTUL, validFrom: '2026-01-01', value, source: 'SK', setBy: 'mega', setAt: '2026-01-02' }).run()

const renewed = statement<[], unknown>(`INSERT OR REPLACE INTO household_desil (household_id, number, region_code, desil, family_count, desil_count)
  SELECT household_id, number, region_code, min(desil), count(*), count(desil) FROM family_desil GROUP BY household_id`)

// The desil of families by their No KK, in effect in Bantul.
export function setDesil(db: Db, desils: Record<string, number>, id = 'desil') {
  db.insert(dtsenSnapshots).values({ id, label: id, effectiveOn: '2026-01-31', source: 'BPS', regionCode: BANTUL, fileName: 'a.csv', sha256: 'ef'.repeat(32), bytes: 1, uploadedBy: 'rina', uploadedAt: '2026-01-31', status: 'reading' }).run()
  Object.entries(desils).forEach(([kkNumber, desil], i) => db.insert(dtsenRows).values({ snapshotId: id, position: i + 2, kkNumber, desil, regionCode: PONCOSARI, match: 'kk' }).run())
  db.update(dtsenSnapshots).set({ status: 'applied', confirmedBy: 'rina', confirmedAt: '2026-01-31', finishedAt: '2026-01-31' }).where(eq(dtsenSnapshots.id, id)).run()
  db.insert(dtsenEffective).values({ regionCode: BANTUL, snapshotId: id }).onConflictDoUpdate({ target: dtsenEffective.regionCode, set: { snapshotId: id } }).run()
  db.$client.prepare('DELETE FROM household_desil').run()
  renewed(db).run()
}

// Two households of Poncosari, what happens to them, and what is told of it.
export const revise = (db: Db, id: string, change: (record: HouseholdRecord) => void) => as(db, rina, (tx) => {
  const household = getHousehold(tx, id)
  const record = structuredClone(household.record)
  change(record)
  reviseHousehold(tx, household, household.version, record, 'test')
})
export const member = (record: HouseholdRecord, i: number, answers: Answers) => void Object.assign(record.members[i]!, answers)
export const numbers = (db: Db, id: string) => {
  const { families, members } = getHousehold({ db, actor: rina }, id).record
  return { kkNumber: String(families[0]!.kkNumber), nik: String(members[0]!.nik), spouse: String(members[1]!.nik) }
}
export const receiving = (db: Db, id: string, household: string, more = {}) => {
  const { nik, kkNumber } = numbers(db, household)
  return addRecipient(db, id, { householdId: household, familySeq: 1, nik, kkNumber, name: household, startedOn: '2026-01-01', ...more })
}
export const sentences = (db: Db, actor = rina, region = PONCOSARI) => findingsIn(db, actor, region, { show: 'open' }).map(({ sentence }) => sentence)
export const pair = () => {
  const db = freshDatabase()
  addHousehold(db, 'asep', { head: 'Asep' })
  addHousehold(db, 'ujang', { head: 'Ujang' })
  return db
}

// One open finding, for pages that need one.
export const addFinding = (db: Db) => void db.insert(crosscheckFindings).values({
  id: 1, subject: 'asep/1', kind: 'low_desil', key: '', programme: '', sensitive: false, householdId: 'asep', householdNumber: 1, familySeq: 1, regionCode: PONCOSARI, name: 'Asep Suryana', status: 'open', statusAt: AT, foundAt: AT,
  facts: { desil: 1, limit: 4, family: 1, programmes: 'pkh' },
}).run()
