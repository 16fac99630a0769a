import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/connection.ts'
import { households } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'

// What the list can be narrowed to: one desil, those that programmes aim at, or having none.
export const DESIL_CHOICES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '1-4', '1-5', 'none'] as const
export type DesilChoice = typeof DESIL_CHOICES[number]

type Range = { low: number, high: number }
function rangeOf(choice: Exclude<DesilChoice, 'none'>): Range {
  const [low, high = low] = choice.split('-').map(Number) as [number, number?]
  return { low, high }
}

type Asked = Range & { from: string, to: string, limit: number }
const inRange = statement<[Asked], number>(`SELECT number FROM household_desil
  WHERE region_code >= @from AND region_code < @to AND desil BETWEEN @low AND @high LIMIT @limit`)
const withNone = statement<[Asked], number>('SELECT number FROM household_desil WHERE region_code >= @from AND region_code < @to AND desil IS NULL LIMIT @limit')

// The households of these regions by their lowest desil; undefined when there are more than `most`.
export function findByDesil(db: Db, choice: DesilChoice, regions: string[], most: number): number[] | undefined {
  const numbers: number[] = []
  for (const region of regions) {
    const asked = { from: region, to: `${region}:`, limit: most + 1 - numbers.length, ...(choice === 'none' ? { low: 0, high: 0 } : rangeOf(choice)) }
    numbers.push(...(choice === 'none' ? withNone : inRange)(db).pluck().all(asked) as number[])
    if (numbers.length > most) return undefined
  }
  return numbers
}

// The same as a condition, where they are in many.
export function hasDesil(choice: DesilChoice): SQL {
  const own = sql`SELECT 1 FROM household_desil d WHERE d.household_id = ${households.id}`
  if (choice === 'none') return sql`EXISTS (${own} AND d.desil IS NULL)`
  const { low, high } = rangeOf(choice)
  return sql`EXISTS (${own} AND d.desil BETWEEN ${low} AND ${high})`
}
