import type { Db } from '#db/connection.ts'
import { statement } from '#db/statements.ts'

// live: the round the pages read, 0 before the first is counted. building: the one being counted, through the households by
// place and number (`place`, `household`), and then through the sums of the places above (`summed`).
export type Following = {
  line: number, move: number, live: number, building: number | null, place: string, household: number, summed: string, done: number, total: number, finishedAt: string | null
}
const NAME = 'dashboards'

const follower = statement<[string], Following>(`SELECT line, move, live, building, place, household, summed, done, total, finished_at AS finishedAt
  FROM dashboard_following WHERE name = ?`)
const beginFollowing = statement<[string, string], unknown>(`INSERT INTO dashboard_following (name, line, move, live, building, household, total, started_at)
  VALUES (?, (SELECT coalesce(max(seq), 0) FROM audit_entries), (SELECT coalesce(max(id), 0) FROM transitions), 0, 1, 0, (SELECT count(*) FROM households), ?) ON CONFLICT DO NOTHING`)
const beginRound = statement<[string, string], unknown>(`UPDATE dashboard_following SET building = live + 1, place = '', household = 0, summed = '', done = 0,
  total = (SELECT count(*) FROM households), started_at = ?, finished_at = NULL WHERE name = ? AND building IS NULL`)
const goTo = statement<[number, number, string], unknown>('UPDATE dashboard_following SET line = ?, move = ? WHERE name = ?')
const countTo = statement<[string, number, number, string], unknown>('UPDATE dashboard_following SET place = ?, household = ?, done = ? WHERE name = ?')
const sumTo = statement<[string, string], unknown>('UPDATE dashboard_following SET summed = ? WHERE name = ?')
const endRound = statement<[string, string], unknown>('UPDATE dashboard_following SET live = building, building = NULL, finished_at = ? WHERE name = ?')
const firstOpenLine = statement<[number], string>('SELECT at FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT 1')
const firstOpenMove = statement<[number], string>('SELECT at FROM transitions WHERE id > ? ORDER BY id LIMIT 1')

export const readFollowing = (db: Db): Following | undefined => follower(db).get(NAME)

// Up to when everything is counted: now, or when the first thing happened that is not counted yet.
export function countedAt(db: Db, { line, move }: Following, now: string): string {
  const open = [firstOpenLine(db).pluck().get(line), firstOpenMove(db).pluck().get(move)] as (string | undefined)[]
  return open.filter((at) => at !== undefined).sort()[0] ?? now
}

// A count of everything from the beginning, beside the one that is shown; asked for while one is under way, that one goes on.
export function restartRound(db: Db, now: string) {
  begin(db, now)
  beginRound(db).run(now, NAME)
}

// The state as it is; at the very first it begins with a full count.
export function begin(db: Db, now: string): Following {
  beginFollowing(db).run(NAME, now)
  return readFollowing(db)!
}

export const moveOn = (db: Db, { line, move }: Pick<Following, 'line' | 'move'>) => void goTo(db).run(line, move, NAME)
export const countOn = (db: Db, { place, household, done }: Pick<Following, 'place' | 'household' | 'done'>) => void countTo(db).run(place, household, done, NAME)
export const sumOn = (db: Db, summed: string) => void sumTo(db).run(summed, NAME)
export const endCount = (db: Db, now: string) => void endRound(db).run(now, NAME)
