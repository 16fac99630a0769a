import type { FindingStatus } from '#db/schema/crosschecks.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What was found now, against what was known. Written only where it differs: most looks find everything as it was.
const addNew = statement<{ now: string }[], unknown>(`INSERT INTO crosscheck_findings
  (subject, kind, key, programme, sensitive, recipient_id, household_id, family_seq, member_seq, region_code, name, other, facts, household_number, status, status_at, found_at)
  SELECT f.*, 'open', @now, @now FROM judged_found f WHERE true ON CONFLICT DO NOTHING`)

type Changed = { id: number, status: FindingStatus, before: string, facts: string, regionCode: string, name: string, householdId: string | null, familySeq: number | null, memberSeq: number | null, other: string | null }
const OF_RECIPIENT = 'c.recipient_id = f.recipient_id AND c.kind = f.kind AND c.key = f.key'
const OF_FAMILY = 'c.recipient_id IS NULL AND c.household_number = f.household_number AND c.family_seq = f.family_seq AND c.kind = f.kind AND c.key = f.key'
const changedWhere = (same: string, more = '') => `SELECT c.id, c.status, c.facts AS before, f.facts, f.region_code AS regionCode, f.name, f.household_id AS householdId, f.family_seq AS familySeq,
    f.member_seq AS memberSeq, f.other
  FROM judged_found f CROSS JOIN crosscheck_findings c ON ${same}
  WHERE c.status = 'settled' OR c.facts <> f.facts OR c.region_code <> f.region_code OR c.name <> f.name${more}`
const changed = statement<[], Changed>(`${changedWhere(OF_RECIPIENT, ' OR c.household_id IS NOT f.household_id OR c.family_seq IS NOT f.family_seq OR c.member_seq IS NOT f.member_seq')}
  UNION ALL ${changedWhere(OF_FAMILY)}`)

type Gone = { id: number, status: FindingStatus, facts: string }
const UNFOUND = "c.status <> 'settled' AND NOT EXISTS (SELECT 1 FROM judged_found f WHERE f.subject = c.subject AND f.kind = c.kind AND f.key = c.key)"
const gone = statement<[], Gone>(`SELECT c.id, c.status, c.facts FROM judged_recipients s CROSS JOIN crosscheck_findings c ON c.recipient_id = s.id WHERE ${UNFOUND}
  UNION ALL SELECT c.id, c.status, c.facts FROM judged_households s CROSS JOIN crosscheck_findings c ON c.household_number = s.number WHERE c.recipient_id IS NULL AND ${UNFOUND}`)

const renew = statement<[Omit<Changed, 'before' | 'status'>], unknown>(`UPDATE crosscheck_findings SET facts = @facts, region_code = @regionCode, name = @name, household_id = @householdId,
  family_seq = @familySeq, member_seq = @memberSeq, other = @other WHERE id = @id`)
const turn = statement<[{ id: number, status: FindingStatus, now: string, note: string, by: string | null }], unknown>(
  'UPDATE crosscheck_findings SET status = @status, status_at = @now, note = @note, decided_by = @by WHERE id = @id')
const tell = statement<[number, FindingStatus, FindingStatus, string, string, string, string], unknown>(
  'INSERT INTO crosscheck_events (finding_id, from_status, to_status, at, actor_id, note, facts) VALUES (?, ?, ?, ?, ?, ?, ?)')

type Turn = { id: number, from: FindingStatus, to: FindingStatus, now: string, actorId: string, note?: string, facts: string }

// The one way a finding changes how it stands, with its line of history.
export function turnFinding(db: Db, { id, from, to, now, actorId, note = '', facts }: Turn) {
  turn(db).run({ id, status: to, now, note, by: to === 'dismissed' ? actorId : null })
  tell(db).run(id, from, to, now, actorId, note, facts)
}

// A dismissed finding is remembered as long as its facts stay; with others it is open again.
export function keepFound(db: Db, now: string) {
  const before = changed(db).all()
  addNew(db).run({ now })
  for (const { before: known, status, ...fresh } of before) {
    renew(db).run(fresh)
    const isOpenAgain = status === 'settled' || (status === 'dismissed' && known !== fresh.facts)
    if (isOpenAgain) turnFinding(db, { id: fresh.id, from: status, to: 'open', now, actorId: 'system', facts: fresh.facts })
  }
  for (const { id, status, facts } of gone(db).all()) turnFinding(db, { id, from: status, to: 'settled', now, actorId: 'system', facts })
}
