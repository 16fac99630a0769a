import type { SubjectCase } from '#app/protection/cases.ts'
import type { Role } from '#app/users/permissions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Who looked at a person's data, for that person (art. 7). A line of the trail names what was opened: the household itself, or a
// visit, a usulan, a pair, a recipient of it; so it is asked for by all of these. What others of the household receive is theirs.
export type Reader = { at: string, action: string, name: string | null, role: Role | null }
type Whose = Pick<SubjectCase, 'householdId' | 'memberSeq'>

const READING = [
  'household.opened', 'numbers.opened', 'visit.opened', 'recipient.opened', 'recipient_change.opened', 'duplicate.opened', 'proposal.opened', 'backcheck.opened', 'pair.opened',
  'eligibility.explained', 'batch.names_printed', 'batch.package_downloaded', 'musdes.minutes_printed',
]
const MOST = 200

const readers = statement<[Whose], Reader>(`SELECT a.at, a.action, u.name, u.role FROM (
    SELECT @householdId AS subject UNION SELECT id FROM visits WHERE household_id = @householdId
    UNION SELECT b.id FROM visits v JOIN backchecks b ON b.visit_id = v.id WHERE v.household_id = @householdId
    UNION SELECT id FROM recipients WHERE household_id = @householdId AND coalesce(member_seq, @memberSeq) = @memberSeq
    UNION SELECT id FROM recipient_changes WHERE household_id = @householdId AND coalesce(member_seq, @memberSeq) = @memberSeq
    UNION SELECT proposal_id FROM proposal_households WHERE household_id = @householdId
    UNION SELECT id FROM duplicate_pairs WHERE one_household = @householdId UNION SELECT id FROM duplicate_pairs WHERE other_household = @householdId
    UNION SELECT batch_id FROM batch_items WHERE household_id = @householdId UNION SELECT musdes_id FROM musdes_results WHERE household_id = @householdId
  ) s CROSS JOIN audit_entries a INDEXED BY audit_by_subject ON a.subject = s.subject LEFT JOIN users u ON u.id = a.actor_id
  WHERE a.action IN (${READING.map((action) => `'${action}'`).join(', ')}) ORDER BY a.seq DESC LIMIT ${MOST}`)

export const readersOf = (db: Db, whose: Whose): Reader[] => readers(db).all(whose)
