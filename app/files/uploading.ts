import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { placeOf } from '#app/files/packs.ts'
import type { Carrier, Sent } from '#app/files/sending-away.ts'
import type { StoredFile } from '#app/files/store.ts'
import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'
import { commitUnsynced } from '#db/wal-sync.ts'

// Which files have yet to go to the store of photos. Rows of files are followed in the order they came; a round over all of them,
// once a day, finds what came otherwise (a photo known by name only that arrived later, a database that was put back).
type Followed = { followed: number, looked: number, roundEndedAt: string | null, missing: number }
const state = statement<[], Followed>('SELECT followed, looked, round_ended_at AS roundEndedAt, missing FROM photo_store WHERE id = 1')
const moveFollowed = statement<[number], unknown>('UPDATE photo_store SET followed = ? WHERE id = 1')
const moveLooked = statement<[number, number], unknown>('UPDATE photo_store SET looked = ?, missing = ? WHERE id = 1')
const endRound = statement<[string], unknown>('UPDATE photo_store SET looked = 0, round_ended_at = ? WHERE id = 1')
const isKnown = statement<[string], { freedAt: string | null }>('SELECT freed_at AS freedAt FROM remote_files WHERE name = ?')

type Row = StoredFile & { place: number, storedAt: string }
const rowsAfter = statement<[number, number], Row>(`SELECT rowid AS place, sha256, mime, bytes, pack, pack_offset AS packOffset, stored_at AS storedAt
  FROM files WHERE rowid > ? ORDER BY rowid LIMIT ?`)

const note = statement<[string, number, string, string, string], unknown>(`INSERT INTO remote_files (name, bytes, sha256, stored_at, uploaded_at)
  VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
const count = statement<[number], unknown>('UPDATE photo_store SET files = files + 1, bytes = bytes + ? WHERE id = 1')
// Its copy has come back, from a phone that sent it once more.
const here = statement<[string], { bytes: number }>('UPDATE remote_files SET freed_at = NULL WHERE name = ? AND freed_at IS NOT NULL RETURNING bytes')
const countHere = statement<[number], unknown>('UPDATE photo_store SET freed_files = freed_files - 1, freed_bytes = freed_bytes - ? WHERE id = 1')

const SOME = 200
const DAY_MS = 86_400_000

// What nobody has looked at yet first, then some of the round. false: nothing is left to do.
export async function uploadSome(db: Db, directory: string, { send }: Pick<Carrier, 'send'>, now: string): Promise<boolean> {
  const { followed, looked, roundEndedAt, missing } = state(db).get()!
  const fresh = rowsAfter(db).all(followed, SOME)
  if (fresh.length > 0) {
    const sent = await send(unsent(db, directory, fresh))
    keep(db, fresh, sent, now, () => moveFollowed(db).run(fresh.at(-1)!.place))
    return true
  }
  if (roundEndedAt !== null && Date.parse(now) - Date.parse(roundEndedAt) < DAY_MS) return false
  const some = rowsAfter(db).all(looked, SOME)
  const sent = await send(unsent(db, directory, some))
  const gone = (looked === 0 ? 0 : missing) + sent.filter((one) => 'gone' in one).length
  keep(db, some, sent, now, () => {
    welcomeBack(db, directory, some)
    if (some.length > 0) moveLooked(db).run(some.at(-1)!.place, gone)
    else endRound(db).run(now)
  })
  return true
}

const nameOf = (directory: string, file: StoredFile) => relative(directory, placeOf(directory, file).path)
const namesOf = (directory: string, rows: Row[]) => [...new Set(rows.filter(({ storedAt }) => storedAt !== '').map((row) => nameOf(directory, row)))]
const unsent = (db: Db, directory: string, rows: Row[]) => namesOf(directory, rows).filter((name) => !isKnown(db).get(name))

// It can be found out again, so it need not wait for the disk; before a copy goes, it is on it (freeing.ts).
function keep(db: Db, rows: Row[], sent: Sent[], now: string, move: () => void) {
  if (!db.$client.open) return
  const storedAt = new Map(rows.map(({ sha256, pack, storedAt: at }) => [pack ?? sha256, at]))
  commitUnsynced(db, () => db.$client.transaction(() => {
    for (const one of sent) {
      if ('gone' in one) continue
      const hash = /([0-9a-f]{64})\.\w+$/.exec(one.name)![1]!
      if (note(db).run(one.name, one.bytes, one.sha256, storedAt.get(hash) ?? now, now).changes > 0) count(db).run(one.bytes)
    }
    move()
  }).immediate())
}

function welcomeBack(db: Db, directory: string, rows: Row[]) {
  for (const name of namesOf(directory, rows)) {
    if (!isKnown(db).get(name)?.freedAt || !existsSync(join(directory, name))) continue
    const back = here(db).get(name)
    if (back) countHere(db).run(back.bytes)
  }
}

const lastRow = statement<[], number | null>('SELECT max(rowid) FROM files')

// Rows of files that nobody has looked at yet; several may lie in one file.
export const countWaiting = (db: Db): number => Math.max(0, ((lastRow(db).pluck().get() as number | null) ?? 0) - state(db).get()!.followed)
