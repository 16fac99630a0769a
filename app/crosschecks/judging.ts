import { keepFound } from '#app/crosschecks/keeping.ts'
import { relinkLoaded } from '#app/crosschecks/relinking.ts'
import { applyRules } from '#app/crosschecks/rules.ts'
import { loadScope, type Scope } from '#app/crosschecks/scope.ts'
import { slices } from '#app/crosschecks/villages.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Judges these and keeps what is found. The full run and the look at one change are this same judgement.
export function judge(db: Db, scope: Scope, now: string) {
  loadScope(db, scope, dayOf(now))
  judgeLoaded(db, now)
}

function judgeLoaded(db: Db, now: string) {
  applyRules(db, dayOf(now))
  keepFound(db, now)
}

// The same of people who are read once for both: first they are linked to where the registry has them. Gives who was linked
// anew, and the households they left and came to.
export function linkAndJudge(db: Db, scope: Scope, now: string): string[] {
  loadScope(db, scope, dayOf(now))
  const { recipients, households } = relinkLoaded(db, now)
  judgeLoaded(db, now)
  return [...recipients, ...households]
}

// Everybody whom a change of this household, or of this recipient, may concern: those linked to it, those whose numbers stand
// in it, those who share a person with it; and whoever a finding or a number ties to one of them.
const concerned = statement<{ id: string }[], number>(`WITH first AS (
    SELECT rowid AS at FROM recipients WHERE id = @id UNION SELECT rowid FROM recipients WHERE household_id = @id
    UNION SELECT r.rowid FROM members m CROSS JOIN recipients r ON r.nik = m.nik WHERE m.household_id = @id
    UNION SELECT r.rowid FROM families f CROSS JOIN recipients r ON r.kk_number = f.kk_number WHERE f.household_id = @id
    UNION SELECT r.rowid FROM members m CROSS JOIN members n ON n.nik = m.nik AND n.household_id <> m.household_id CROSS JOIN recipients r ON r.household_id = n.household_id WHERE m.household_id = @id
    UNION SELECT r.rowid FROM crosscheck_findings c CROSS JOIN recipients r ON r.id = c.recipient_id WHERE c.other = @id AND c.status <> 'settled')
  SELECT at FROM first
  UNION SELECT o.rowid FROM first CROSS JOIN recipients s ON s.rowid = first.at CROSS JOIN recipients o ON o.nik = s.nik
  UNION SELECT o.rowid FROM first CROSS JOIN recipients s ON s.rowid = first.at CROSS JOIN recipients o ON o.kk_number = s.kk_number
  UNION SELECT o.rowid FROM first CROSS JOIN recipients s ON s.rowid = first.at CROSS JOIN recipients o ON o.household_id = s.household_id AND o.family_seq = s.family_seq
  UNION SELECT o.rowid FROM first CROSS JOIN recipients s ON s.rowid = first.at CROSS JOIN crosscheck_findings c ON c.other = s.id CROSS JOIN recipients o ON o.id = c.recipient_id
  ORDER BY 1 LIMIT 500`)
const homesOf = statement<[string], string>('SELECT DISTINCT r.household_id FROM json_each(?) j CROSS JOIN recipients r ON r.rowid = j.value WHERE r.household_id IS NOT NULL')
const numbersOf = statement<[string], number>('SELECT h.number FROM json_each(?) j CROSS JOIN households h ON h.id = j.value')
const markStale = statement<{ rows: string, households: string }[], unknown>(`UPDATE programme_reach SET stale = 1 WHERE stale = 0 AND region_code IN (
  SELECT r.region_code FROM json_each(@rows) j CROSS JOIN recipients r ON r.rowid = j.value
  UNION SELECT h.region_code FROM json_each(@households) j CROSS JOIN households h ON h.number = j.value)`)

// The same for many recipients and households, in slices.
export function* scopesAround(db: Db, ids: Iterable<string>): Generator<Scope> {
  const [recipients, households] = [new Set<number>(), new Set<number>()]
  for (const id of ids) {
    for (const row of concerned(db).pluck().all({ id }) as number[]) recipients.add(row)
    for (const number of householdNumbers(db, [id])) households.add(number)
  }
  for (const some of slices([...recipients])) yield { recipients: some, households: [] }
  for (const some of slices([...households])) yield { recipients: [], households: some }
}

const householdNumbers = (db: Db, ids: string[]) => numbersOf(db).pluck().all(JSON.stringify(ids)) as number[]

// One of the checks the follower of the trail makes: of a household that has changed, or of a recipient.
export function checkRecipients(db: Db, id: string, now: string) {
  const seen = concerned(db).pluck().all({ id }) as number[]
  const moved = linkSeen(db, seen, now)
  const recipients = moved.recipients.length === 0 ? seen : [...new Set([id, ...moved.recipients].flatMap((one) => concerned(db).pluck().all({ id: one }) as number[]).concat(seen))]
  const households = householdNumbers(db, [...new Set([id, ...moved.households, ...homesOf(db).pluck().all(JSON.stringify(recipients)) as string[]])])
  if (recipients.length === 0 && households.length === 0) return
  judge(db, { recipients, households }, now)
  markStale(db).run({ rows: JSON.stringify(recipients), households: JSON.stringify(households) })
}

function linkSeen(db: Db, recipients: number[], now: string) {
  if (recipients.length === 0) return { recipients: [], households: [] }
  loadScope(db, { recipients, households: [] }, dayOf(now))
  return relinkLoaded(db, now)
}
