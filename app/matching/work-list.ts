import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import { regionsIn } from '#app/households/filter.ts'
import type { Outcome } from '#app/matching/matcher.ts'
import { peopleOf } from '#app/matching/people.ts'
import { sameName } from '#app/matching/states.ts'
import { regionNames } from '#app/regions/regions.ts'
import type { Actor } from '#app/users/actor.ts'
import { demand } from '#app/users/permissions.ts'
import { within } from '#app/users/scope.ts'
import type { Db } from '#db/connection.ts'
import { households, matchingQuestions, matchResults, matchRetries, matchStates } from '#db/schema/index.ts'

const PAGE = 50

export type PersonPlace = { region: string, household: string, member: number }
export type ListedPerson = ReturnType<typeof listPeople>['people'][number]

// People by what the register said, desa by desa, each with both names. With "gangguan" those who have no answer yet.
export function listPeople(db: Db, actor: Actor, { outcome, region = '', after }: { outcome: Outcome, region?: string, after?: PersonPlace }) {
  demand(actor, 'matching.read')
  const scope = { regions: regionsIn(actor, region) }
  const rows = outcome === 'gangguan' ? unansweredRows(db, scope, after) : answeredRows(db, scope, outcome, after)
  const shown = rows.slice(0, PAGE)
  const names = regionNames(db, shown.map(({ regionCode }) => regionCode))
  const last = shown.at(-1)
  return {
    people: shown.map(({ record, stage, visitId, ...row }) => ({ ...row, village: names.get(row.regionCode)!, mended: isMended(db, { record, stage, visitId }, row) })),
    next: rows.length > PAGE && last ? { region: last.regionCode, household: last.householdId, member: last.memberSeq } : undefined,
  }
}

const behind = (columns: SQL, after: PersonPlace | undefined) => after && sql`${columns} > (${after.region}, ${after.household}, ${after.member})`
const retryAt = sql<string | null>`(SELECT next_at FROM match_retries r WHERE r.household_id = ${matchStates.householdId} AND r.member_seq = ${matchStates.memberSeq})`
const HOUSEHOLD = { headName: households.headName, record: sql<string>`${households.record}`, stage: households.stage, visitId: households.visitId }

const answeredRows = (db: Db, scope: Pick<Actor, 'regions'>, outcome: Exclude<Outcome, 'gangguan'>, after?: PersonPlace) => db.select({
  householdId: matchStates.householdId, memberSeq: matchStates.memberSeq, regionCode: matchStates.regionCode, nik: matchStates.nik, name: matchStates.name,
  score: matchStates.score, at: matchStates.at, registerName: matchResults.registerName, reasons: matchResults.reasons, retryAt, ...HOUSEHOLD,
}).from(matchStates).innerJoin(households, eq(households.id, matchStates.householdId)).innerJoin(matchResults, eq(matchResults.id, matchStates.resultId))
  .where(and(eq(matchStates.outcome, outcome), sql`${matchStates.living} = 1`, within(matchStates.regionCode, scope),
    behind(sql`(${matchStates.regionCode}, ${matchStates.householdId}, ${matchStates.memberSeq})`, after)))
  .orderBy(asc(matchStates.regionCode), asc(matchStates.householdId), asc(matchStates.memberSeq)).limit(PAGE + 1).all()

const NOTHING = { score: sql<number | null>`NULL`, registerName: sql<string | null>`NULL` }

const unansweredRows = (db: Db, scope: Pick<Actor, 'regions'>, after?: PersonPlace) => db.select({
  householdId: matchRetries.householdId, memberSeq: matchRetries.memberSeq, regionCode: matchRetries.regionCode, nik: matchingQuestions.nik, name: matchingQuestions.name,
  at: matchRetries.since, retryAt: sql<string | null>`${matchRetries.nextAt}`, ...NOTHING, ...HOUSEHOLD,
}).from(matchRetries).innerJoin(households, eq(households.id, matchRetries.householdId))
  .innerJoin(matchingQuestions, and(eq(matchingQuestions.runId, matchRetries.runId), eq(matchingQuestions.position, matchRetries.position)))
  .where(and(eq(matchRetries.cause, 'gangguan'), within(matchRetries.regionCode, scope),
    behind(sql`(${matchRetries.regionCode}, ${matchRetries.householdId}, ${matchRetries.memberSeq})`, after)))
  .orderBy(asc(matchRetries.regionCode), asc(matchRetries.householdId), asc(matchRetries.memberSeq)).limit(PAGE + 1).all()
  .map((row) => ({ ...row, reasons: ['Layanan Dukcapil terganggu; hasil sebelumnya tetap berlaku.'] }))

// The name or NIK has been put right since: what remains is to ask again.
function isMended(db: Db, household: Pick<typeof households.$inferSelect, 'stage' | 'visitId'> & { record: string }, { memberSeq, nik, name }: { memberSeq: number, nik: string, name: string }) {
  const person = peopleOf(db, household).find(({ seq }) => seq === memberSeq)
  return person === undefined || person.nik !== nik || !sameName(person.name, name)
}
