import { workBeside } from '#app/background.ts'
import { finishRound, followerOf } from '#app/followers.ts'
import { GATHERING, learnWords } from '#app/households/words.ts'
import type { Db } from '#db/connection.ts'
import { prepared } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// Every record that is written brings its words along; this learns those of the records that were there before, once: from the terms
// of the search index, each of which stands there once however many bear it. One that all bear takes some milliseconds to be read.
const AT_ONCE = 50
const PAUSE_MS = 60_000

const terms = prepared(({ $client }) => {
  $client.exec('CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab(main, household_search, row)')
  return $client.prepare<[string, number], string>('SELECT term FROM temp.search_terms WHERE term > ? ORDER BY term LIMIT ?').pluck()
})
// The index holds the places too (regionTokens).
const PLACE = /^r\d+$/
// Where the last one stood. A restart begins at the first again: what is known is not written twice.
const last = prepared(() => ({ term: '' }))

// false: nothing is left. It can be worked out again at any time, so its commits need not wait for the disk.
export function gatherSome(db: Db, now: string): boolean {
  let more = false
  commitUnsynced(db, () => db.$client.transaction(() => { more = work(db, now) }).immediate())
  return more
}

function work(db: Db, now: string): boolean {
  const { finishedAt } = followerOf(db, GATHERING, now)
  if (finishedAt !== null) return false
  const found = terms(db).all(last(db).term, AT_ONCE)
  learnWords(db, found.filter((term) => !PLACE.test(term)).join(' '))
  last(db).term = found.at(-1) ?? ''
  if (found.length === 0) finishRound(db, GATHERING, now)
  return found.length > 0
}

export const startGathering = (db: Db) => workBeside(db, (now) => gatherSome(db, now.toISOString()), PAUSE_MS, GATHERING)
