import type { Ruled } from '#app/eligibility/rules.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Jumps along the index from one desa to the next instead of reading every household.
const leaps = (table: string, where: string) => statement<{ programme: string, from: string, to: string }[], string>(`WITH RECURSIVE village(code) AS (
  SELECT (SELECT min(region_code) FROM ${table} WHERE ${where} region_code >= @from AND region_code < @to)
  UNION ALL SELECT (SELECT min(region_code) FROM ${table} WHERE ${where} region_code > village.code AND region_code < @to) FROM village WHERE village.code IS NOT NULL)
  SELECT code FROM village WHERE code IS NOT NULL`)
const ofHouseholds = leaps('households', '')
const ofRecipients = leaps('recipients', 'programme = @programme AND')

// Where anybody lives or stands in the programme, in the order of codes.
export function villagesIn(db: Db, programme: Ruled, region: string): string[] {
  const range = { programme, from: region, to: `${region}:` }
  return [...new Set([...ofHouseholds(db).pluck().all(range), ...ofRecipients(db).pluck().all(range)] as string[])].sort()
}
