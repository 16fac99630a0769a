import type { Person } from '#app/duplicates/keys.ts'
import type { Meeting } from '#app/duplicates/meetings.ts'
import { EVERYBODY } from '#app/duplicates/searching.ts'
import { dropPerson, isSame, knownBetween, putPerson } from '#app/duplicates/stored-people.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// Writes the index of everybody anew, in its own order, so that each page of it is touched once. What is right already stays
// untouched. Each step is a transaction of a few milliseconds, for others write between them.
const KEYS_AT_ONCE = 4000
const WORDS_AT_ONCE = 2000

// people: all whose numbers are from `from` on and below `end`.
export function writePeople(db: Db, from: number, end: number, people: Person[]) {
  const before = new Map(knownBetween(db, from, end).map((person) => [person.member, person]))
  const changed = people.filter((person) => {
    const old = before.get(person.member)
    before.delete(person.member)
    return !old || !isSame(old, person)
  })
  db.$client.transaction(() => {
    for (const person of changed) putPerson(db, person)
    for (const member of before.keys()) dropPerson(db, member)
  }).immediate()
}

const storedWords = statement<[], { word: string, people: number }>('SELECT word, people FROM duplicate_names')
const putWord = statement<[string, number], unknown>('INSERT INTO duplicate_names (word, people) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET people = excluded.people')
const dropWord = statement<[string], unknown>('DELETE FROM duplicate_names WHERE word = ?')

export function* writeWords(db: Db, words: Map<string, number>, people: number): Generator<void> {
  const stored = new Map(storedWords(db).all().map(({ word, people: carriers }) => [word, carriers]))
  const wanted = new Map([...words, [EVERYBODY, people]])
  const gone = [...stored.keys()].filter((word) => !wanted.has(word))
  const changed = [...wanted].filter(([word, carriers]) => stored.get(word) !== carriers)
  yield* inSteps(db, gone, WORDS_AT_ONCE, (word) => void dropWord(db).run(word))
  yield* inSteps(db, changed, WORDS_AT_ONCE, ([word, carriers]) => void putWord(db).run(word, carriers))
}

const keysBetween = statement<[number, number], [number, number]>('SELECT key, member FROM duplicate_keys WHERE key >= ? AND key < ? ORDER BY key, member')
const putKey = statement<[number, number], unknown>('INSERT INTO duplicate_keys (key, member) VALUES (?, ?)')
const dropKey = statement<[number, number], unknown>('DELETE FROM duplicate_keys WHERE key = ? AND member = ?')

// The stored keys of one part beside those it should have, both in order.
export function* writeKeys(db: Db, meeting: Meeting): Generator<void> {
  const stored = keysBetween(db).raw().all(meeting.from, meeting.to) as [number, number][]
  const [missing, surplus]: [number, number][][] = [[], []]
  let next = 0
  for (let i = 0; i < meeting.length; i += 1) {
    const entry = meeting.at(i)
    if (!entry) continue
    const wanted: [number, number] = [entry.key, entry.member]
    while (next < stored.length && isBefore(stored[next]!, wanted)) surplus!.push(stored[next++]!)
    if (next < stored.length && !isBefore(wanted, stored[next]!)) next += 1
    else missing!.push(wanted)
  }
  while (next < stored.length) surplus!.push(stored[next++]!)
  yield* inSteps(db, surplus!, KEYS_AT_ONCE, ([key, member]) => void dropKey(db).run(key, member))
  yield* inSteps(db, missing!, KEYS_AT_ONCE, ([key, member]) => void putKey(db).run(key, member))
}

const isBefore = ([key, member]: [number, number], [other, otherMember]: [number, number]) => key < other || (key === other && member < otherMember)

export function* inSteps<T>(db: Db, items: Iterable<T>, some: number, write: (item: T) => void): Generator<void> {
  let step: T[] = []
  const act = () => db.$client.transaction(() => step.forEach(write)).immediate()
  for (const item of items) {
    if (step.push(item) < some) continue
    act()
    step = []
    yield
  }
  if (step.length > 0) act()
  yield
}
