import { queueCheck } from '#app/integrity/queue.ts'
import { isFailing, judge, type Judgement } from '#app/matching/judging.ts'
import type { Answer, Outcome } from '#app/matching/matcher.ts'
import { stateAt } from '#app/matching/states.ts'
import { nextTry, type RetryCause } from '#app/matching/waits.ts'
import { matchingQuestions } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import type { Tx } from '#db/transaction.ts'

export type AskedQuestion = typeof matchingQuestions.$inferSelect
type Method = 'file' | 'simulator'

const insertResult = statement<unknown[], { id: number }>(`INSERT INTO match_results (run_id, household_id, member_seq, nik, outcome, score, at, by,
  name, kk_number, register_name, register_kk, reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`)
const markAnswered = statement<[Outcome, string, string, number], unknown>(
  'UPDATE matching_questions SET outcome = ?, answered_at = ? WHERE run_id = ? AND position = ?')
const countAnswer = statement<[string], unknown>('UPDATE matching_runs SET answered_count = answered_count + 1 WHERE id = ?')
// The household may have moved or gone to rest since the question was gathered.
const keepState = statement<unknown[], unknown>(`INSERT INTO match_states (household_id, member_seq, region_code, outcome, living, nik, name, kk_number, score, at, result_id)
  SELECT h.id, ?, h.region_code, ?, NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id), ?, ?, ?, ?, ?, ? FROM households h WHERE h.id = ?
  ON CONFLICT DO UPDATE SET region_code = excluded.region_code, outcome = excluded.outcome, living = excluded.living, nik = excluded.nik, name = excluded.name,
    kk_number = excluded.kk_number, score = excluded.score, at = excluded.at, result_id = excluded.result_id`)
const keepRetry = statement<unknown[], unknown>(`INSERT INTO match_retries (household_id, member_seq, run_id, position, method, region_code, cause, tries, since, next_at)
  SELECT h.id, ?, ?, ?, ?, h.region_code, ?, ?, ?, ? FROM households h WHERE h.id = ?
  ON CONFLICT DO UPDATE SET run_id = excluded.run_id, position = excluded.position, method = excluded.method, region_code = excluded.region_code,
    cause = excluded.cause, tries = excluded.tries, next_at = excluded.next_at`)
const dropRetry = statement<[string, number], unknown>('DELETE FROM match_retries WHERE household_id = ? AND member_seq = ?')
const triesOf = statement<[string, number], { tries: number, cause: RetryCause }>('SELECT tries, cause FROM match_retries WHERE household_id = ? AND member_seq = ?')

export const triesBefore = ({ db }: Pick<Tx, 'db'>, { householdId, memberSeq }: Pick<AskedQuestion, 'householdId' | 'memberSeq'>) =>
  triesOf(db).get(householdId, memberSeq)?.tries ?? 0

// Takes an answer in: into the history always, into the person's state unless the register itself failed. The caller writes the
// line of audit for the whole run; a line for each of some hundred thousand people would bury everybody else's.
export function recordAnswer(tx: Tx, question: AskedQuestion, answer: Answer, method: Method): Judgement {
  const judgement = judge(question, answer)
  const { outcome, score, registerName, registerKk, reasons } = judgement
  const { runId, position, householdId, memberSeq, nik, name, kkNumber } = question
  const { id } = insertResult(tx.db).get(runId, householdId, memberSeq, nik, outcome, score, tx.now, tx.actor.id,
    name, kkNumber, registerName, registerKk, JSON.stringify(reasons))!
  if (question.outcome === null) countAnswer(tx.db).run(runId)
  checkAgain(tx, question, outcome)
  markAnswered(tx.db).run(outcome, tx.now, runId, position)
  if (outcome !== 'gangguan') keepState(tx.db).run(memberSeq, outcome, nik, name, kkNumber, score, tx.now, id, householdId)
  if (outcome === 'gangguan' || outcome === 'belum_online') askLater(tx, question, outcome, method)
  else dropRetry(tx.db).run(householdId, memberSeq)
  return judgement
}

// The gates of the household must be judged anew where this answer shuts or opens one.
function checkAgain(tx: Tx, { householdId, memberSeq }: AskedQuestion, outcome: Outcome) {
  const before = stateAt(tx.db, householdId, memberSeq)
  if (outcome !== 'gangguan' && (isFailing(outcome) || before && isFailing(before.outcome))) queueCheck(tx.db, [householdId])
}

// Each try in vain waits longer; another kind of failure begins anew.
function askLater(tx: Tx, { runId, position, householdId, memberSeq }: AskedQuestion, cause: RetryCause, method: Method) {
  const before = triesOf(tx.db).get(householdId, memberSeq)
  const tries = before?.cause === cause ? before.tries + 1 : 1
  keepRetry(tx.db).run(memberSeq, runId, position, method, cause, tries, tx.now, nextTry(cause, tries, tx.now), householdId)
}
