import { bonesOf, isOneSlip, plainSpelling, wordLikeness } from '#app/duplicates/names.ts'
import { readFollower } from '#app/followers.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// The words of names and addresses, known by how they begin and by what they are like. A typing error leaves the same word with some one
// letter left out; two spellings of one sound leave the same plain word; wrong vowels leave its bones. Bones stand in small letters.
const SHORTEST = 3
const LONGEST = 24

const isWord = (word: string) => word.length >= SHORTEST && word.length <= LONGEST && /^[a-z]+$/.test(word)

// As the index cuts them; the short ones have an index of their own there.
const wordsIn = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= SHORTEST)
// Under this every word lies by how it begins.
const WHOLE = '='

function formsOf(word: string): string[] {
  const plain = plainSpelling(word)
  if (plain.length <= SHORTEST) return [plain]
  const lacking = Array.from(plain, (_, i) => plain.slice(0, i) + plain.slice(i + 1))
  return [...new Set([plain, ...lacking, bonesOf(plain).toLowerCase()])]
}

const put = statement<[string, string], unknown>('INSERT INTO search_words (form, word) VALUES (?, ?) ON CONFLICT DO NOTHING')
// Asked each time rather than remembered: what wrote a word may yet be undone.
const missing = statement<[string, string], string>('SELECT DISTINCT w.value FROM json_each(?) w WHERE NOT EXISTS (SELECT 1 FROM search_words s WHERE s.form = ? || w.value AND s.word = w.value)')

// A word met for the first time is written; what is not of letters alone is known only by how it begins.
export function learnWords(db: Db, text: string) {
  for (const word of missing(db).pluck().all(JSON.stringify(wordsIn(text)), WHOLE) as string[]) {
    put(db).run(WHOLE + word, word)
    for (const form of isWord(word) ? formsOf(word) : []) put(db).run(form, word)
  }
}

const beginning = statement<[string, string, number], string>('SELECT word FROM search_words WHERE form >= ? AND form < ? ORDER BY form LIMIT ?')
const LAST = '\u{10ffff}'

/** All words that begin with this one, itself among them; undefined when they are more than `most`, or when not all words are known yet. */
export function wordsBeginning(db: Db, word: string, most: number): string[] | undefined {
  if (word.length <= SHORTEST || !/^[a-z0-9]+$/.test(word) || !readFollower(db, GATHERING)?.finishedAt) return undefined
  const found = beginning(db).pluck().all(WHOLE + word, WHOLE + word + LAST, most + 1) as string[]
  return found.length > most ? undefined : [...new Set([word, ...found])]
}

// Who learns the words of records that were there before (words-gathering.ts).
export const GATHERING = 'words'

const under = statement<[string], string>('SELECT DISTINCT s.word FROM json_each(?) f JOIN search_words s ON s.form = f.value')

const ALIKE = 0.9
const MOST_ALIKE = 12

// The words that this one may have been meant for, the likeliest first.
export function wordsLike(db: Db, word: string): string[] {
  if (!isWord(word)) return []
  const plain = plainSpelling(word)
  return (under(db).pluck().all(JSON.stringify(formsOf(word))) as string[]).filter((one) => one !== word)
    .map((one) => ({ one, likeness: likenessOf(plain, plainSpelling(one)) })).filter(({ likeness }) => likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.one < b.one ? -1 : 1)).slice(0, MOST_ALIKE).map(({ one }) => one)
}

const likenessOf = (one: string, other: string) => Math.max(wordLikeness(one, other), isOneSlip(one, other) ? ALIKE : 0)
