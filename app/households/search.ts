import { sql, type SQL } from 'drizzle-orm'
import { households } from '#db/schema/index.ts'
import type { Db } from '#db/connection.ts'
import { wordsBeginning, wordsLike } from '#app/households/words.ts'
import { guessesFor, statement } from '#db/statements.ts'

// What the box was understood as: one number of a card, or words of names and addresses. alike: what is only like a word will do.
export type Search = { kind: 'number', digits: string } | { kind: 'words', words: string[], alike: boolean }

const MOST_WORDS = 8

// "RT 3", "RT.03" and "RT003" are one neighbourhood, and one word: "rt3". The letters by themselves stand in every address: they tell nothing,
// and to pass over them takes the index three times as long as all the rest.
const NEIGHBOURHOOD = /\b(r[tw])[\s.:-]{0,3}(\d{1,4})\b/g
const tells = (word: string) => word.length > 1 && word !== 'rt' && word !== 'rw'

// Anything typed is safe here: only letters and digits are left, so no sign reaches the index's own query language.
export function readSearch(text: string, alike = false): Search | undefined {
  const digits = text.replace(/[\s.-]/g, '')
  if (/^\d{16}$/.test(digits)) return { kind: 'number', digits }
  const words = text.normalize('NFKC').toLowerCase().replace(NEIGHBOURHOOD, (_, letters, number) => ` ${letters}${Number(number)} `).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const telling = words.filter(tells)
  return words.length > 0 ? { kind: 'words', words: (telling.length > 0 ? telling : words).slice(0, MOST_WORDS), alike } : undefined
}

// Every word begins one in the names or the address, but a letter alone is an initial: what begins with it is half of everybody.
// The reader's own regions are asked for inside the index itself.
const matching = (db: Db, { words, alike }: { words: string[], alike: boolean }, regions: string[]) => {
  const each = words.map((word) => [...beginningWith(db, word), ...alike ? wordsLike(db, word).map((one) => `"${one}"`) : []])
  const text = `{names address} : (${each.map((some) => some.length > 1 ? `(${some.join(' OR ')})` : some[0]).join(' AND ')})`
  const own = regions.includes('') ? '' : ` AND region : (${regions.map((code) => `"r${code.replaceAll('.', '')}"`).join(' OR ')})`
  return text + own
}

// The index first gathers all that bear any word with a given beginning, from everywhere; of whole words it reads only what it needs.
const MOST_BEGINNINGS = 8
const beginningWith = (db: Db, word: string) => word.length === 1 ? [`"${word}"`] : neighbourhood(word) ?? wordsBeginning(db, word, MOST_BEGINNINGS)?.map((one) => `"${one}"`) ?? [`"${word}" *`]

// In every way it is written.
function neighbourhood(word: string): string[] | undefined {
  const [, letters, number] = /^(r[tw])(\d{1,3})$/.exec(word) ?? []
  return number === undefined ? undefined : [...new Set([number, number.padStart(2, '0'), number.padStart(3, '0')])].flatMap((one) => [`"${one}"`, `"${letters}${one}"`])
}

const byCardNumber = statement<{ digits: string }[], number>(`SELECT number FROM households WHERE head_nik = @digits
  UNION SELECT h.number FROM members m JOIN households h ON h.id = m.household_id WHERE m.nik = @digits
  UNION SELECT h.number FROM families f JOIN households h ON h.id = f.household_id WHERE f.kk_number = @digits`)
// What a search comes to: the rows of a card's number, which is looked up everywhere, so the caller still asks within its own scope; or words
// as the index is asked for them, and how many bear them.
export type Sought = { numbers: number[] } | { text: string, count: number }

export function seek(db: Db, search: Search, regions: string[]): Sought {
  if (search.kind === 'number') return { numbers: byCardNumber(db).pluck().all(search) as number[] }
  const text = matching(db, search, regions)
  return { text, count: counts(db, text, () => countUpTo(db).pluck().get(text, CROWD) as number) }
}

// Up to a crowd. It decides the way to them, so a minute's age does no harm.
const CROWD = 100_000
const countUpTo = statement<[string, number], number>('SELECT count(*) FROM (SELECT 1 FROM household_search WHERE household_search MATCH ? LIMIT ?)')
const counts = guessesFor<number>(60_000)

const someByWords = statement<[string, number], number>('SELECT rowid FROM household_search WHERE household_search MATCH ? ORDER BY rowid LIMIT ?')

// Some of the rows found, in the order of the index itself: it stops at the last one wanted, however many there are. What is
// only like the words counts where nothing bears them.
export function findByText(db: Db, search: Search, regions: string[], most: number): number[] {
  if (search.kind === 'number') return byCardNumber(db).pluck().all(search) as number[]
  const found = someByWords(db).pluck().all(matching(db, search, regions), most) as number[]
  return found.length > 0 || search.alike ? found : findByText(db, { ...search, alike: true }, regions, most)
}

// Words as a condition on a household. Those of a crowd are asked for one by one, for soon there is a page of them; the others are listed once,
// and probed.
export const bears = ({ text, count }: { text: string, count: number }): SQL => count === CROWD
  ? sql`EXISTS (SELECT 1 FROM household_search WHERE household_search MATCH ${text} AND rowid = ${households.number})`
  : sql`${households.number} IN (SELECT rowid FROM household_search WHERE household_search MATCH ${text})`
