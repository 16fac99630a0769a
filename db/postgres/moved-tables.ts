import type { Db } from '#db/connection.ts'

export type SourceTable = { name: string, columns: { name: string, type: 'text' | 'bigint' | 'double precision' | 'bytea' }[], key: string[] }

type Listed = { schema: string, name: string, type: string }
type Column = { name: string, type: string, pk: number, hidden: number }

const listed = ({ $client }: Db) => ($client.pragma('table_list') as Listed[]).filter(({ schema, name }) => schema === 'main' && !name.startsWith('sqlite_'))

// Search indexes keep nothing of their own: they are made again from what they index.
export const derivedTables = (db: Db) => listed(db).filter(({ type }) => type === 'virtual').map(({ name }) => name).sort()

const TYPES: [RegExp, SourceTable['columns'][number]['type']][] = [[/INT/i, 'bigint'], [/CHAR|CLOB|TEXT/i, 'text'], [/BLOB/i, 'bytea'], [/REAL|FLOA|DOUB|NUM/i, 'double precision']]

// By SQLite's own rule of affinity, which goes by the name of the type.
export const tablesOf = (db: Db): SourceTable[] => listed(db).filter(({ type }) => type === 'table').sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name }) => {
  const columns = (db.$client.pragma(`table_xinfo("${name}")`) as Column[]).filter(({ hidden }) => hidden === 0)
  return {
    name, key: columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name),
    columns: columns.map((column) => ({ name: column.name, type: TYPES.find(([pattern]) => pattern.test(column.type))?.[1] ?? 'text' })),
  }
})

// The kabupaten whose installation this is; undefined when it holds several or none.
export function installationOf({ $client }: Db): string | undefined {
  const codes = $client.prepare('SELECT DISTINCT substr(region_code, 1, 5) FROM households LIMIT 2').pluck().all() as string[]
  return codes.length === 1 ? codes[0] : undefined
}
