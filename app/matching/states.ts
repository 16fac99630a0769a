import { FAILURE_WORDS, isFailing } from '#app/matching/judging.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import { plainName } from '#app/matching/names.ts'
import type { RetryCause } from '#app/matching/waits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

export type MatchState = {
  householdId: string, memberSeq: number, outcome: Exclude<Outcome, 'gangguan'>, nik: string, name: string, kkNumber: string | null, score: number | null
  at: string, resultId: number
}
export type Person = { seq: number, nik: string | null, name: string, kkNumber?: string | null }

const COLUMNS = `household_id AS householdId, member_seq AS memberSeq, outcome, nik, name, kk_number AS kkNumber, score, at, result_id AS resultId`
const ownState = statement<[string, number], MatchState>(`SELECT ${COLUMNS} FROM match_states WHERE household_id = ? AND member_seq = ?`)
const statesOfNik = statement<[string], MatchState>(`SELECT ${COLUMNS} FROM match_states WHERE nik = ? ORDER BY at DESC LIMIT 20`)

export const stateAt = (db: Db, householdId: string, seq: number) => ownState(db).get(householdId, seq)

// What is known of this NIK in this household; else what was answered where the person, by the same name, lived before.
export function findState(db: Db, householdId: string, { nik, name }: Pick<Person, 'nik' | 'name'>): MatchState | undefined {
  if (!nik) return undefined
  const states = statesOfNik(db).all(nik)
  return states.find((state) => state.householdId === householdId && sameName(state.name, name))
    ?? states.find((state) => state.householdId === householdId) ?? states.find((state) => sameName(state.name, name))
}

export const sameName = (one: string, other: string) => plainName(one) === plainName(other)

// An answer stands as long as what was asked does: the NIK always, the name where the name was the question.
export const isStale = ({ outcome, name }: Pick<MatchState, 'outcome' | 'name'>, person: Pick<Person, 'name'>) =>
  outcome !== 'nik_tidak_ditemukan' && outcome !== 'meninggal' && outcome !== 'ganda' && !sameName(name, person.name)

// What the register says of this person, if it was asked about these very words and has said anything: padan or nothing held
// against, or the failure in a sentence.
export function matchOfPerson(db: Db, householdId: string, person: Pick<Person, 'nik' | 'name'>): { outcome: MatchState['outcome'], failure?: string } | undefined {
  const state = findState(db, householdId, person)
  if (!state || isStale(state, person)) return undefined
  return { outcome: state.outcome, ...(isFailing(state.outcome) && { failure: FAILURE_WORDS[state.outcome] }) }
}

export type MatchRow = {
  memberSeq: number, name: string, nik: string | null, outcome: Outcome | null, score: number | null, at: string | null
  registerName: string | null, registerKk: string | null, reasons: string[], stale: boolean, retry: Retry | null
}
export type Retry = { cause: RetryCause, tries: number, nextAt: string }

const membersOf = statement<[string], { seq: number, name: string, nik: string | null }>(
  'SELECT seq, name, nik FROM members WHERE household_id = ? ORDER BY seq')
const resultById = statement<[number], { registerName: string | null, registerKk: string | null, reasons: string }>(
  'SELECT register_name AS registerName, register_kk AS registerKk, reasons FROM match_results WHERE id = ?')
const retryOf = statement<[string, number], Retry>(
  'SELECT cause, tries, next_at AS nextAt FROM match_retries WHERE household_id = ? AND member_seq = ?')

// The newest answer of each member of the master record. The caller has read the household in its scope.
export function matchOf(db: Db, householdId: string): MatchRow[] {
  return membersOf(db).all(householdId).map(({ seq, name, nik }): MatchRow => {
    const own = stateAt(db, householdId, seq)
    const state = findState(db, householdId, { nik, name }) ?? own
    const retry = retryOf(db).get(householdId, seq) ?? null
    if (!state) return { memberSeq: seq, name, nik, outcome: retry ? retry.cause : null, score: null, at: null, registerName: null, registerKk: null, reasons: [], stale: false, retry }
    const { registerName, registerKk, reasons } = resultById(db).get(state.resultId)!
    return {
      memberSeq: seq, name, nik, outcome: state.outcome, score: state.score, at: state.at, registerName, registerKk,
      reasons: JSON.parse(reasons) as string[], stale: state.nik !== nik || isStale(state, { name }), retry,
    }
  })
}
