import { sql } from 'drizzle-orm'

// A check in words the migrations have too: the column holds one of these.
export const oneOf = (column: string, values: readonly string[]) => sql.raw(`${column} IN (${values.map((value) => `'${value}'`).join(', ')})`)
