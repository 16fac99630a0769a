import { workBeside } from '#app/background.ts'
import { finishRound, followerOf, goOn } from '#app/followers.ts'
import { learnWords } from '#app/households/words.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// Every record that is written brings its words along; this learns those of the records that were there before, once.
const NAME = 'words'
const AT_ONCE = 100
const PAUSE_MS = 60_000

const nextTexts = statement<[number, number], { number: number, text: string }>(`SELECT number, head_name || ' ' || address || ' ' || sls_name || ' ' ||
    coalesce((SELECT group_concat(m.name, ' ') FROM members m WHERE m.household_id = h.id), '') AS text
  FROM households h WHERE number > ? ORDER BY number LIMIT ?`)

// false: nothing is left. It can be worked out again at any time, so its commits need not wait for the disk.
export function gatherSome(db: Db, now: string): boolean {
  let more = false
  commitUnsynced(db, () => db.$client.transaction(() => { more = work(db, now) }).immediate())
  return more
}

function work(db: Db, now: string): boolean {
  const { cursor, finishedAt } = followerOf(db, NAME, now)
  if (finishedAt !== null) return false
  const texts = nextTexts(db).all(cursor, AT_ONCE)
  for (const { text } of texts) learnWords(db, text)
  if (texts.length > 0) goOn(db, NAME, texts.at(-1)!.number, texts.length)
  else finishRound(db, NAME, now)
  return texts.length > 0
}

export const startGathering = (db: Db) => workBeside(db, (now) => gatherSome(db, now.toISOString()), PAUSE_MS, NAME)
