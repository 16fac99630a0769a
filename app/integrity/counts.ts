import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

const begin = statement<[string, string, string], unknown>(
  'INSERT INTO gate_counts (region_code, kind, parent_code, households) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING')
const add = statement<[number, string, string], unknown>('UPDATE gate_counts SET households = max(0, households + ?) WHERE region_code = ? AND kind = ?')

// "34.02.01.2001" and all above it up to the country, "".
const placesOf = (code: string) => {
  const parts = code.split('.')
  return ['', ...parts.map((_, i) => parts.slice(0, i + 1).join('.'))]
}
const parentOf = (code: string) => code === '' ? '-' : code.split('.').slice(0, -1).join('.')

export type Counted = { regionCode: string, kinds: string[] }

// Moves a household from what it counted for to what it counts for now, in its desa and in everything above.
export function recount(db: Db, before: Counted | undefined, after: Counted | undefined) {
  const change = new Map<string, number>()
  const tell = ({ regionCode, kinds }: Counted, by: number) => {
    for (const place of placesOf(regionCode)) for (const kind of kinds) change.set(`${place}|${kind}`, (change.get(`${place}|${kind}`) ?? 0) + by)
  }
  if (before) tell(before, -1)
  if (after) tell(after, 1)
  for (const [key, by] of change) {
    const [place, kind] = key.split('|') as [string, string]
    if (by === 0) continue
    begin(db).run(place, kind, parentOf(place))
    add(db).run(by, place, kind)
  }
}
