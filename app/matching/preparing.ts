import { letOthers } from '#app/background.ts'
import { canBeAsked, isWanted, peopleOf, type Asked } from '#app/matching/people.ts'
import type { Run } from '#app/matching/runs.ts'
import type { Stage } from '#app/households/stages.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import type { Who } from '#db/schema/matching.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const CHUNK = 50

type Row = { number: number, id: string, regionCode: string, headName: string, stage: Stage, visitId: string | null, record: string }
type Place = Pick<Row, 'regionCode' | 'headName' | 'number'>

const nextHouseholds = statement<[{ from: string, to: string, regionCode: string, headName: string, number: number, limit: number }], Row>(`
  SELECT h.number, h.id, h.region_code AS regionCode, h.head_name AS headName, h.stage, h.visit_id AS visitId, h.record
  FROM households h INDEXED BY households_by_name
  WHERE h.region_code >= @from AND h.region_code < @to AND (h.region_code, h.head_name, h.number) > (@regionCode, @headName, @number)
    AND h.stage <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id)
  ORDER BY h.region_code, h.head_name, h.number LIMIT @limit`)
const insertQuestion = statement<unknown[], unknown>(`INSERT INTO matching_questions (run_id, position, household_id, member_seq, region_code, nik, kk_number, name,
  sex, birth_date, birth_place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
const removeQuestions = statement<[string, number], unknown>(
  'DELETE FROM matching_questions WHERE rowid IN (SELECT rowid FROM matching_questions WHERE run_id = ? LIMIT ?)')
const statusOf = statement<[string], { status: Run['status'] }>('SELECT status FROM matching_runs WHERE id = ?')
const keepCounts = statement<[number, number, number, string], unknown>(
  'UPDATE matching_runs SET household_count = ?, question_count = ?, skipped_count = ? WHERE id = ?')
const restThe = statement<[string, string], unknown>(`UPDATE match_states SET living = 0 WHERE living = 1 AND household_id = ?
  AND member_seq NOT IN (SELECT value FROM json_each(?))`)
const dropRetries = statement<[string, string], unknown>('DELETE FROM match_retries WHERE household_id = ? AND member_seq NOT IN (SELECT value FROM json_each(?))')

export const hasStatus = (db: Db, id: string, status: Run['status']) => statusOf(db).get(id)?.status === status

// Gathers the people to ask about, from the beginning: what an earlier start left is thrown away first. False when the run
// was cancelled meanwhile.
export async function gatherQuestions(db: Db, { id, regionCode, who }: Pick<Run, 'id' | 'regionCode' | 'who'>): Promise<boolean> {
  while (removeQuestions(db).run(id, 1000).changes > 0) await letOthers()
  const counts = { households: 0, questions: 0, skipped: 0 }
  for (let place: Place | undefined = { regionCode: '', headName: '', number: 0 }; place;) {
    const from: Place = place
    const rows = nextHouseholds(db).all({ from: regionCode, to: `${regionCode}:`, ...from, limit: CHUNK })
    if (!transact(db, system, (tx) => hasStatus(db, id, 'preparing') && takeHouseholds(tx, id, rows, who, counts))) return false
    place = rows.length === CHUNK ? rows.at(-1) : undefined
    await letOthers()
  }
  return true
}

function takeHouseholds(tx: Tx, runId: string, rows: Row[], who: Who[], counts: { households: number, questions: number, skipped: number }) {
  for (const row of rows) {
    counts.households += 1
    const people = peopleOf(tx.db, row)
    forgetTheGone(tx, row.id, people)
    for (const person of people) {
      if (!isWanted(tx.db, row.id, person, who)) continue
      if (!canBeAsked(person)) {
        counts.skipped += 1
        continue
      }
      const { seq, nik, kkNumber, name, sex, birthDate, birthPlace } = person
      counts.questions += insertQuestion(tx.db).run(runId, counts.questions + 1, row.id, seq, row.regionCode, nik, kkNumber, name, sex, birthDate, birthPlace).changes
    }
  }
  keepCounts(tx.db).run(counts.households, counts.questions, counts.skipped, runId)
  return true
}

// Whoever died, left or was never there is counted no longer; the answer to the NIK stays known.
function forgetTheGone(tx: Tx, householdId: string, people: Asked[]) {
  const there = JSON.stringify(people.map(({ seq }) => seq))
  restThe(tx.db).run(householdId, there)
  dropRetries(tx.db).run(householdId, there)
}
