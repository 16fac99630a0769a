import type { Db } from '#db/connection.ts'
import { prepared, statement } from '#db/statements.ts'

// Every region that comes and every change of one is a row more.
const newest = statement<[], string>("SELECT (SELECT max(rowid) FROM regions) || ' ' || coalesce((SELECT max(rowid) FROM region_changes), 0)")

// What is read of all regions at once, and again when one of them has changed.
export function keptUntilChange<T>(read: (db: Db) => T): (db: Db) => T {
  const kept = prepared(() => ({ stamp: '', value: undefined as T | undefined }))
  return (db) => {
    const [known, stamp] = [kept(db), newest(db).pluck().get() as unknown as string]
    if (known.stamp !== stamp) Object.assign(known, { stamp, value: read(db) })
    return known.value!
  }
}

// The names of some ninety thousand regions in one text, in the order they are shown: looking through it costs a twentieth of asking the
// table row by row, and two megabytes. Each line: name, tab, code.
const lines = statement<[], string | null>("SELECT group_concat(name || char(9) || code, char(10)) FROM (SELECT name, code FROM regions ORDER BY level, name, code)")
const namesOf = keptUntilChange((db) => `\n${(lines(db).pluck().get() as unknown as string | null ?? '').toLowerCase()}\n`)

/** Codes of the first `most` regions with `text` anywhere in the name, in the order of level and name. */
export function codesNamed(db: Db, text: string, most: number): string[] {
  const wanted = text.toLowerCase().replace(/\s+/g, ' ').trim()
  const [all, found]: [string, string[]] = [namesOf(db), []]
  if (wanted === '') return found
  for (let at = all.indexOf(wanted); at >= 0 && found.length < most;) {
    const end = all.indexOf('\n', at)
    const tab = all.lastIndexOf('\t', end)
    // Behind the tab stands the code, which is no name.
    if (at < tab) found.push(all.slice(tab + 1, end))
    at = all.indexOf(wanted, end)
  }
  return found
}
