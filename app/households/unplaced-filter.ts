import { sql } from 'drizzle-orm'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

const unplaced = statement<[from: string, to: string, limit: number], number>('SELECT number FROM map_unplaced WHERE region_code >= ? AND region_code < ? LIMIT ?')

// The households of these regions that have no point on the map; undefined when there are more than `most`.
export function findUnplaced(db: Db, regions: string[], most: number): number[] | undefined {
  const numbers: number[] = []
  for (const region of regions) numbers.push(...unplaced(db).pluck().all(region, `${region}:`, most + 1 - numbers.length) as number[])
  return numbers.length > most ? undefined : numbers
}

// The same as a condition, where they are in many.
export const IS_UNPLACED = sql`EXISTS (SELECT 1 FROM map_unplaced u WHERE u.number = ${households.number})`
