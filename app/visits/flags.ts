import { plainSignals } from '#app/evidence/plain-signals.ts'
import type { Signal } from '#app/evidence/signal.ts'
import type { Mistake } from '#app/questionnaire/mistakes.ts'
import type { Visit } from '#app/visits/visits.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// A signal for the checker: a plain sentence with its numbers. None rejects a visit by itself.
export type Flag = { code: string, message: string, weight: number }

export const flagsOf = (signals: readonly Signal[]): Flag[] =>
  signals.filter(({ level }) => level === 'look').map(({ code, sentence, weight }) => ({ code, message: sentence, weight }))

// What shows at once. What needs other visits beside it is found behind the requests: evidence/judging.ts.
export const findFlags = (db: Db, visit: Visit, warnings: Mistake[]): Flag[] => flagsOf(plainSignals(db, visit, warnings))

const readFlags = statement<[string], Flag>('SELECT code, message, weight FROM visit_flags WHERE visit_id = ? ORDER BY weight DESC, code')
// As they stand, the heaviest first; those of an earlier sending were put aside when this one came.
export const storedFlags = (db: Db, visitId: string): Flag[] => readFlags(db).all(visitId)

const clearFlags = statement<[string], unknown>('DELETE FROM visit_flags WHERE visit_id = ?')
const addFlag = statement<[string, string, string, number], unknown>('INSERT OR REPLACE INTO visit_flags (visit_id, code, message, weight) VALUES (?, ?, ?, ?)')
const countFlags = statement<[number, number, string], unknown>('UPDATE visits SET flag_count = ?, flag_weight = ? WHERE id = ?')
const keepPast = statement<[string, string, string, number, string, string], unknown>(`INSERT INTO past_flags (visit_id, code, message, weight, cleared_at, why)
  VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)

export type Kept = { flagCount: number, flagWeight: number, changed: boolean }
type Why = 'sent_again' | 'judged_again'

// The flags of a visit as it now stands, in place of those before. What stands no longer is kept with the reason.
export function keepFlags(db: Db, visitId: string, flags: Flag[], { now, why = 'sent_again' }: { now: string, why?: Why }): Kept {
  const before = readFlags(db).all(visitId)
  const [flagCount, flagWeight] = [flags.length, flags.reduce((sum, { weight }) => sum + weight, 0)]
  const changed = !same(before, flags)
  if (!changed) return { flagCount, flagWeight, changed }
  if (before.length > 0) clearFlags(db).run(visitId)
  for (const { code, message, weight } of flags) addFlag(db).run(visitId, code, message, weight)
  for (const { code, message, weight } of before) if (!flags.some((flag) => flag.code === code)) keepPast(db).run(visitId, code, message, weight, now, why)
  countFlags(db).run(flagCount, flagWeight, visitId)
  return { flagCount, flagWeight, changed }
}

const same = (before: readonly Flag[], flags: readonly Flag[]) => before.length === flags.length
  && flags.every(({ code, message, weight }) => before.some((flag) => flag.code === code && flag.message === message && flag.weight === weight))
