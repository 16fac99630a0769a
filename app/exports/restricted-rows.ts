import type { Cell, ExportColumn } from '#app/exports/exportable.ts'
import { findRegionName } from '#app/regions/regions.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

type Named = { id: string, regionCode: string, name: string | null, prelistId: string | null, nik: string | null, kk: string | null }
const people = statement<[], Named>(`SELECT h.id, h.region_code AS regionCode, m.name, h.prelist_id AS prelistId, m.nik, f.kk_number AS kk FROM (SELECT DISTINCT household_id FROM restrictions WHERE exports = 1) y
  CROSS JOIN households h ON h.id = y.household_id LEFT JOIN members m ON m.household_id = h.id LEFT JOIN families f ON f.household_id = h.id AND f.seq = m.family_seq`)

const isNumbered = ({ kind, label }: ExportColumn) => kind === 'card' || label === 'ID prelist' || label === 'IDBDT'

// Which rows may leave. One is known by the numbers it names; where it names none, by a name and its desa together: better a namesake
// is left out than whoever asked to be.
export function mayLeave(db: Db, columns: readonly ExportColumn[]): (row: readonly Cell[]) => boolean {
  const [numbers, names] = [new Set<string>(), new Set<string>()]
  for (const { id, regionCode, name, prelistId, nik, kk } of people(db).all()) {
    for (const number of [id, prelistId, nik, kk]) if (number) numbers.add(number)
    for (const place of [regionCode, findRegionName(db, regionCode)]) if (name && place) names.add(`${place}|${name.toUpperCase()}`)
  }
  if (numbers.size + names.size === 0) return () => true
  const at = columns.flatMap((column, i) => isNumbered(column) ? [i] : [])
  return (row) => {
    const own = at.map((i) => row[i]).filter(Boolean)
    if (own.length > 0) return !own.some((number) => numbers.has(String(number)))
    const texts = row.filter((cell) => typeof cell === 'string')
    return !texts.some((place) => texts.some((name) => names.has(`${place}|${name.toUpperCase()}`)))
  }
}
