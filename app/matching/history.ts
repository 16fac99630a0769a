import { desc, eq } from 'drizzle-orm'
import { matchOf, type MatchRow } from '#app/matching/states.ts'
import type { Db } from '#db/connection.ts'
import { matchingRuns, matchResults } from '#db/schema/index.ts'

export type HistoryLine = ReturnType<typeof historyOf>[number]
export type HouseholdMatches = { rows: MatchRow[], history: HistoryLine[] }

const SHOWN = 60

// Every answer about the people of a household, the newest first. The caller has read the household in its scope.
const historyOf = (db: Db, householdId: string) => db.select({
  id: matchResults.id, memberSeq: matchResults.memberSeq, name: matchResults.name, registerName: matchResults.registerName, outcome: matchResults.outcome,
  score: matchResults.score, at: matchResults.at, reasons: matchResults.reasons, run: matchingRuns.number,
}).from(matchResults).innerJoin(matchingRuns, eq(matchingRuns.id, matchResults.runId))
  .where(eq(matchResults.householdId, householdId)).orderBy(desc(matchResults.id)).limit(SHOWN).all()

export const matchesOf = (db: Db, householdId: string): HouseholdMatches => ({ rows: matchOf(db, householdId), history: historyOf(db, householdId) })
