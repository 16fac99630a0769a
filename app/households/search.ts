import { sql, type SQL } from 'drizzle-orm'
import { households } from '#db/schema/index.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// What the box was understood as: one number of a card, or words of names and addresses.
export type Search = { kind: 'number', digits: string } | { kind: 'words', words: string[] }

const MOST_WORDS = 8

// Anything typed is safe here: only letters and digits are left, so no sign reaches the index's own query language.
export function readSearch(text: string): Search | undefined {
  const digits = text.replace(/[\s.-]/g, '')
  if (/^\d{16}$/.test(digits)) return { kind: 'number', digits }
  const words = text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const long = words.filter((word) => word.length > 1)
  return words.length > 0 ? { kind: 'words', words: (long.length > 0 ? long : words).slice(0, MOST_WORDS) } : undefined
}

// Every word begins one in the names or the address; the reader's own regions are asked for inside the index itself.
const matching = ({ words }: { words: string[] }, regions: string[]) => {
  const text = `{names address} : (${words.map((word) => `"${word}" *`).join(' AND ')})`
  const own = regions.includes('') ? '' : ` AND region : (${regions.map((code) => `"r${code.replaceAll('.', '')}"`).join(' OR ')})`
  return text + own
}

const byCardNumber = statement<{ digits: string }[], number>(`SELECT number FROM households WHERE head_nik = @digits
  UNION SELECT h.number FROM members m JOIN households h ON h.id = m.household_id WHERE m.nik = @digits
  UNION SELECT h.number FROM families f JOIN households h ON h.id = f.household_id WHERE f.kk_number = @digits`)
const byWords = statement<[string, number], number>('SELECT rowid FROM household_search WHERE household_search MATCH ? LIMIT ?')

// The rows found, unless words find more than `most`. A card's number is looked up everywhere, so the caller still asks
// within its own scope.
export function findNumbers(db: Db, search: Search, regions: string[], most: number): number[] | undefined {
  if (search.kind === 'number') return byCardNumber(db).pluck().all(search) as number[]
  const found = byWords(db).pluck().all(matching(search, regions), most + 1) as number[]
  return found.length > most ? undefined : found
}

const someByWords = statement<[string, number], number>('SELECT rowid FROM household_search WHERE household_search MATCH ? ORDER BY rowid LIMIT ?')

// Some of the rows found, in the order of the index itself: it stops at the last one wanted, however many there are.
export const findByText = (db: Db, search: Search, regions: string[], most: number): number[] => search.kind === 'number'
  ? byCardNumber(db).pluck().all(search) as number[] : someByWords(db).pluck().all(matching(search, regions), most) as number[]

// The same as a condition, for words that are in many.
export const isFound = (search: Search, regions: string[]): SQL | undefined => search.kind === 'words'
  ? sql`${households.number} IN (SELECT rowid FROM household_search WHERE household_search MATCH ${matching(search, regions)})` : undefined
