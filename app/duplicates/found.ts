import Database from 'better-sqlite3'
import { printOfBoth, type Alike } from '#app/duplicates/findings.ts'
import { householdOf, type Person } from '#app/duplicates/keys.ts'
import type { Judgement } from '#app/duplicates/scoring.ts'

// What two households have in common, by both their numbers.
export type Common = { lower: number, higher: number, alike: Alike[], cards: string[] }

type Row = { lower: number, higher: number, one: number, other: number, told: string }
// A card is no pair of people.
const NOBODY = 0
const CACHE_KB = 16_000

// What a search finds, put aside until it is over, in a database without a name that SQLite takes away itself.
export function openFound() {
  const client = new Database('')
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', `cache_size = -${CACHE_KB}`]) client.pragma(pragma)
  client.exec('CREATE TABLE found (lower INTEGER, higher INTEGER, one INTEGER, other INTEGER, told TEXT, PRIMARY KEY (lower, higher, one, other, told)) WITHOUT ROWID')
  const put = client.prepare<Row[], unknown>('INSERT OR IGNORE INTO found VALUES (@lower, @higher, @one, @other, @told)')
  const all = client.prepare<[], Row>('SELECT * FROM found ORDER BY lower, higher, one, other')
  const known = client.prepare<[number, number, number, number], unknown>('SELECT 1 FROM found WHERE lower = ? AND higher = ? AND one = ? AND other = ?')
  return {
    // Two who are alike meet by several keys.
    tellAlike: (one: Person, other: Person, judgement: Judgement) => {
      const [lower, higher] = [householdOf(one.member), householdOf(other.member)]
      if (known.get(lower, higher, one.member, other.member)) return
      put.run({ lower, higher, one: one.member, other: other.member, told: JSON.stringify({ judgement, print: printOfBoth(one, other) }) })
    },
    tellCard: (lower: number, higher: number, card: string) => void put.run({ lower, higher, one: NOBODY, other: NOBODY, told: card }),
    inOrder: () => byHouseholds(all.iterate()),
    close: () => client.close(),
  }
}
export type Found = ReturnType<typeof openFound>

function* byHouseholds(rows: Iterable<Row>): Generator<Common> {
  let common: Common | undefined
  for (const { lower, higher, one, other, told } of rows) {
    if (common?.lower !== lower || common.higher !== higher) {
      if (common) yield common
      common = { lower, higher, alike: [], cards: [] }
    }
    if (one === NOBODY) common.cards.push(told)
    else common.alike.push({ person: { member: one }, other: { member: other }, ...JSON.parse(told) as Pick<Alike, 'judgement' | 'print'> })
  }
  if (common) yield common
}
