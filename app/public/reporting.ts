import type { ReceivedFile } from '#app/files/upload.ts'
import { countUse, DOORS, networkOf, refuseOveruse } from '#app/public/brake.ts'
import { citizen } from '#app/public/citizen.ts'
import { Problem } from '#app/problems.ts'
import { addToReport, findByCode, followReport, withdrawReport, type Addition, type Followed } from '#app/reports/following.ts'
import { messageKept } from '#app/reports/reports.ts'
import { sentBefore, submitReport, type NewReport } from '#app/reports/submitting.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

type Caller = { db: Db, address: string, now?: number }

// Before a post with files is read at all: whoever sends without end fills the disk otherwise.
export function countSending({ db, address, now = Date.now() }: Caller) {
  refuseOveruse(db, DOORS.sending, networkOf(address), now)
  countUse(db, DOORS.sending, networkOf(address), now)
}

// What came before and is only sent again, over a line that swallowed the answer, wears nothing down: it gets its code.
export function sendReport({ db, address, now = Date.now() }: Caller, report: NewReport, photos: ReceivedFile[]): string {
  const known = sentBefore(db, report.key)
  if (known) return known
  const doors = [[DOORS.report, networkOf(address)], [DOORS.reportVillage, report.regionCode]] as const
  for (const [door, who] of doors) refuseOveruse(db, door, who, now)
  const code = transact(db, citizen, (tx) => submitReport(tx, report, photos), new Date(now))
  for (const [door, who] of doors) countUse(db, door, who, now)
  return code
}

// Wrong codes are counted, and after some even a right one is not looked at: so nobody learns which are right.
export function follow(caller: Caller, code: string): Followed {
  return guarded(caller, () => followReport(caller.db, code))
}

export const sendMessage = (caller: Caller, code: string, addition: Addition, photos: ReceivedFile[]) => guarded(caller, () => {
  const { db, now = Date.now() } = caller
  const { id } = findByCode(db, code)
  if (messageKept(db, id, addition.key)) return
  refuseOveruse(db, DOORS.message, id, now)
  countUse(db, DOORS.message, id, now)
  transact(db, citizen, (tx) => addToReport(tx, code, addition, photos), new Date(now))
})

export const withdraw = (caller: Caller, code: string) => guarded(caller, () =>
  transact(caller.db, citizen, (tx) => withdrawReport(tx, code), new Date(caller.now ?? Date.now())))

function guarded<T>({ db, address, now = Date.now() }: Caller, work: () => T): T {
  refuseOveruse(db, DOORS.code, networkOf(address), now)
  try {
    return work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') countUse(db, DOORS.code, networkOf(address), now)
    throw error
  }
}
