import { keepFound } from '#app/crosschecks/keeping.ts'
import { relinkAll } from '#app/crosschecks/relinking.ts'
import { applyRules } from '#app/crosschecks/rules.ts'
import { loadScope, type Scope } from '#app/crosschecks/scope.ts'
import { slices } from '#app/crosschecks/villages.ts'
import { dayOf } from '#app/questionnaire/age.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Judges these and keeps what is found. The full run and the look at one change are this same judgement.
export function judge(db: Db, scope: Scope, now: string) {
  loadScope(db, scope, dayOf(now))
  applyRules(db, dayOf(now))
  keepFound(db, now)
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
const isHousehold = statement<[string], { one: 1 }>('SELECT 1 AS one FROM households WHERE id = ?')
const markStale = statement<{ rows: string, households: string }[], unknown>(`UPDATE programme_reach SET stale = 1 WHERE stale = 0 AND region_code IN (
  SELECT r.region_code FROM json_each(@rows) j CROSS JOIN recipients r ON r.rowid = j.value
  UNION SELECT h.region_code FROM json_each(@households) j CROSS JOIN households h ON h.id = j.value)`)

// The same for many recipients and households, in slices.
export function* scopesAround(db: Db, ids: Iterable<string>): Generator<Scope> {
  const [recipients, households] = [new Set<number>(), new Set<string>()]
  for (const id of ids) {
    for (const row of concerned(db).pluck().all({ id }) as number[]) recipients.add(row)
    if (isHousehold(db).get(id)) households.add(id)
  }
  for (const some of slices([...recipients])) yield { recipients: some, households: [] }
  for (const some of slices([...households])) yield { recipients: [], households: some }
}

// One of the checks the follower of the trail makes: of a household that has changed, or of a recipient.
export function checkRecipients(db: Db, id: string, now: string) {
  const seen = concerned(db).pluck().all({ id }) as number[]
  const moved = relinkAll(db, seen, now)
  const recipients = moved.recipients.length === 0 ? seen : [...new Set([id, ...moved.recipients].flatMap((one) => concerned(db).pluck().all({ id: one }) as number[]).concat(seen))]
  const own = isHousehold(db).get(id) ? [id] : []
  const households = [...new Set([...own, ...moved.households, ...homesOf(db).pluck().all(JSON.stringify(recipients)) as string[]])]
  if (recipients.length === 0 && households.length === 0) return
  judge(db, { recipients, households }, now)
  markStale(db).run({ rows: JSON.stringify(recipients), households: JSON.stringify(households) })
}
