import { linesNaming } from '#app/names-in-text.ts'
import type { Db } from '#db/connection.ts'
import { keptUnder, statement } from '#db/statements.ts'

// Every region that comes and every change of one is a row more.
const newest = statement<[], string>("SELECT (SELECT max(rowid) FROM regions) || ' ' || coalesce((SELECT max(rowid) FROM region_changes), 0)")
export const keptUntilChange = <T>(read: (db: Db) => T) => keptUnder((db) => newest(db).pluck().get(), read)

// Some ninety thousand, in the order they are shown: two megabytes.
const lines = statement<[], string | null>("SELECT group_concat(name || char(9) || code, char(10)) FROM (SELECT name, code FROM regions ORDER BY level, name, code)")
const namesOf = keptUntilChange((db) => `\n${(lines(db).pluck().get() as unknown as string | null ?? '').toLowerCase()}\n`)

/** Codes of the first `most` regions with `text` anywhere in the name, in the order of level and name. */
export const codesNamed = (db: Db, text: string, most: number): string[] => linesNaming(namesOf(db), text, most)
