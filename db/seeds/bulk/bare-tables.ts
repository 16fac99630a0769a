import type { Client } from '#db/connection.ts'

type Made = { type: 'index' | 'trigger', name: string, sql: string }

// Takes the indexes and triggers off these tables and gives what makes them again: an index is built in one go from what lies
// there, and what a trigger would have summed row by row is summed at once.
export function undress(client: Client, tables: readonly string[]): Made[] {
  const made = client.prepare<[string], Made>(`SELECT type, name, sql FROM sqlite_master
    WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?)) ORDER BY type, name`).all(JSON.stringify(tables))
  for (const { type, name } of made) client.exec(`DROP ${type} "${name}"`)
  return made
}

export function dress(client: Client, made: readonly Made[], tell: (step: string, done: number, total: number) => void = () => {}) {
  made.forEach(({ sql }, i) => {
    client.exec(sql)
    tell('indexes', i + 1, made.length)
  })
}
