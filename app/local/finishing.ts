import { eq } from 'drizzle-orm'
import { letOthers, oneAtATime } from '#app/background.ts'
import type { LocalProgramme } from '#app/local/programmes.ts'
import { doubtOf } from '#app/operation/clock.ts'
import { moveRecipient, recipientOf } from '#app/programmes/recipients.ts'
import { addDays, dayOf } from '#app/questionnaire/age.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { system } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import { localProgrammes } from '#db/schema/index.ts'
import { statement } from '#db/statements.ts'
import { transact, type Tx } from '#db/transaction.ts'

const queue = oneAtATime()
export const finishingDone = queue.done
export const finishingSoon = queue.soon

// Programmes whose last month is over, or that were closed: who stood in them no longer does. Asked every hour and after a closing.
export const finishDue = (db: Db, now = new Date().toISOString()) => queue.add(db, () => work(db, now))

const running = statement<[string], Pick<LocalProgramme, 'id' | 'regionCode' | 'endsOn' | 'closedAt'>>(`SELECT id, region_code AS regionCode, ends_on AS endsOn, closed_at AS closedAt
  FROM local_programmes INDEXED BY local_programmes_running WHERE finished_at IS NULL AND ends_on < ? ORDER BY ends_on`)
const closed = statement<[], Pick<LocalProgramme, 'id' | 'regionCode' | 'endsOn' | 'closedAt'>>(`SELECT id, region_code AS regionCode, ends_on AS endsOn, closed_at AS closedAt
  FROM local_programmes INDEXED BY local_programmes_closed WHERE finished_at IS NULL AND closed_at > ''`)

async function work(db: Db, now: string) {
  try {
    const month = ({ regionCode }: Pick<LocalProgramme, 'regionCode'>) => dayOf(now, zoneOf(regionCode)).slice(0, 7)
    // The east is a day ahead at most; each is then asked by its own clock.
    // A clock that ran ahead ends nobody's aid.
    const over = doubtOf(db) ? [] : running(db).all(addDays(dayOf(now), 1).slice(0, 7)).filter((one) => one.endsOn < month(one))
    for (const one of [...over, ...closed(db).all()]) await finish(db, one, now)
  } catch (error) {
    // The server is stopping, or it failed: the next hour goes on.
    if (db.$client.open) console.error(error)
  }
}

const AT_ONCE = 100
const standing = statement<[string, number], { id: string }>(`SELECT id FROM recipients INDEXED BY recipients_of_local WHERE programme IN ('blt', 'apbd') AND variant = ? AND phase <> 'ended' LIMIT ?`)

async function finish(db: Db, local: Pick<LocalProgramme, 'id' | 'regionCode' | 'endsOn' | 'closedAt'>, now: string) {
  while (db.$client.open && transact(db, system, (tx) => finishSome(tx, local), new Date(now))) await letOthers()
}

// Who was never confirmed did not receive.
function finishSome(tx: Tx, { id, regionCode, endsOn, closedAt }: Pick<LocalProgramme, 'id' | 'regionCode' | 'endsOn' | 'closedAt'>): boolean {
  const closedOn = closedAt === null ? '9' : dayOf(closedAt, zoneOf(regionCode))
  const [lastDay] = [closedOn, lastDayOf(endsOn)].sort() as [string]
  const rows = standing(tx.db).all(id, AT_ONCE)
  for (const { id: one } of rows) {
    const recipient = recipientOf(tx.db, one)!
    const received = recipient.phase === 'receiving'
    moveRecipient(tx, recipient, received ? 'finished' : 'dropped', { cause: `local:${id}`, note: closedAt ? 'Program diakhiri' : 'Masa program selesai' }, { endedOn: lastDay })
  }
  if (rows.length === AT_ONCE) return true
  tx.db.update(localProgrammes).set({ finishedAt: tx.now }).where(eq(localProgrammes.id, id)).run()
  tx.audit('local_programme.finished', id)
  return false
}

const lastDayOf = (month: string) => {
  const [year, of] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, of, 0)).toISOString().slice(0, 10)
}
