import type { SheetLine } from '#app/assignments/bdt-rows.ts'
import { openDatabase } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const create = 'CREATE TABLE shelf (household TEXT NOT NULL, line INTEGER NOT NULL, cells TEXT NOT NULL, taken INTEGER NOT NULL DEFAULT 0)'
const insert = statement<[string, number, string], unknown>('INSERT INTO shelf (household, line, cells) VALUES (?, ?, ?)')
const ofHousehold = statement<[string, number], Stored>('SELECT line, cells FROM shelf WHERE household = ? ORDER BY line LIMIT ?')
const mark = statement<[string], unknown>('UPDATE shelf SET taken = 1 WHERE household = ?')
const notTaken = statement<[], Stored>('SELECT line, cells FROM shelf WHERE taken = 0 ORDER BY line')

type Stored = { line: number, cells: string }
const whole = ({ line, cells }: Stored): SheetLine => ({ line, cells: JSON.parse(cells) as SheetLine['cells'] })

// A million members do not fit in memory. '' is a private database of SQLite on the disk, gone when it is closed.
export function openMemberShelf() {
  const db = openDatabase('')
  db.$client.exec(create)
  let indexed = false
  return {
    put: (lines: SheetLine[]) => db.$client.transaction(() => lines.forEach(({ line, cells }) => insert(db).run(cells.IDBDT ?? '', line, JSON.stringify(cells))))(),
    take(household: string, limit: number): SheetLine[] {
      if (!indexed) db.$client.exec('CREATE INDEX shelf_by_household ON shelf (household, line)')
      indexed = true
      mark(db).run(household)
      return ofHousehold(db).all(household, limit).map(whole)
    },
    *left(): Generator<SheetLine> {
      for (const stored of notTaken(db).iterate()) yield whole(stored)
    },
    close: () => db.$client.close(),
  }
}
